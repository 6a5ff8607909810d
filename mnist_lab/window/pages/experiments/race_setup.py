"""What is to race next: chosen once, kept while the page is thrown away and built again."""

from dataclasses import dataclass

from pydantic import JsonValue

from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.runs.race_rules import MOST_RACERS, five_optimizers, five_rates

_PRESETS = ("optimizers", "rates", "own")


@dataclass
class RaceSetup:
    """Who races next.

    Attributes:
        preset: "optimizers" or "rates", which follow the settings of the Train page; "own": what is listed.
        listed: the racers of "own".
    """

    preset: str = "optimizers"
    listed: tuple[Experiment, ...] = ()

    def racers(self, base: Experiment) -> tuple[Experiment, ...]:
        """The racers, where the Train page has the settings `base`."""
        if self.preset == "optimizers":
            return five_optimizers(base)
        return five_rates(base) if self.preset == "rates" else self.listed

    def choose(self, preset: str, base: Experiment) -> None:
        """Take another preset; what it lists can be changed from there on."""
        self.listed = self.racers(base)
        self.preset = preset

    def add(self, base: Experiment) -> None:
        """Let `base` race, too."""
        self.listed = (*self.racers(base), base)
        self.preset = "own"

    def remove(self, place: int, base: Experiment) -> None:
        """Let the racer of that index not race."""
        racers = self.racers(base)
        self.listed = racers[:place] + racers[place + 1 :]
        self.preset = "own"

    def to_json(self) -> JsonValue:
        """As `from_json` reads it."""
        return {"preset": self.preset, "listed": [one.model_dump(mode="json") for one in self.listed]}

    @classmethod
    def from_json(cls, kept: JsonValue) -> "RaceSetup":
        """What was kept; where it is not as `to_json` writes it, the usual race."""
        if not isinstance(kept, dict):
            return cls()
        preset, entries = kept.get("preset"), kept.get("listed")
        if preset not in _PRESETS or not isinstance(entries, list) or len(entries) > MOST_RACERS:
            return cls()
        objects = [entry for entry in entries if isinstance(entry, dict)]
        try:
            listed = tuple(Experiment.parse(entry) for entry in objects)
        except ExperimentError:
            return cls()
        return cls(str(preset), listed) if len(listed) == len(entries) else cls()
