"""What is to race next: chosen once, kept while the page is thrown away and built again."""

from dataclasses import dataclass

from mnist_lab.experiment import Experiment
from mnist_lab.runs.race_rules import five_optimizers, five_rates


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
