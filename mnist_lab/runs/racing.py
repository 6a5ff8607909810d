"""Races whose racers are kept as runs: who may race, from which start, under which names."""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from mnist_lab import experiment_text
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event
from mnist_lab.network.race import Fairness, Racer, race
from mnist_lab.runs.keeper import RunKeeper, Store
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

LEAST_RACERS, MOST_RACERS = 2, 6
_NAME = re.compile(r"race (\d{1,9}): ")
_OF_START = frozenset({"hidden_units", "initial_weights"})
"""Beside the seed, these decide with which weights a network begins."""
_OF_BATCHES = frozenset({"batch_size", "batch_order", "validation", "held_out_share", "shuffled_labels", "one_batch"})
"""Beside the seed and moved copies, these decide which batches it meets."""


class RaceError(LabError):
    """Experiments that cannot race each other."""


def check_race(experiments: Sequence[Experiment]) -> None:
    """See that they can race each other.

    Raises:
        RaceError: there are too few, too many, or they have different seeds.
    """
    if not LEAST_RACERS <= len(experiments) <= MOST_RACERS:
        raise RaceError(
            QT_TRANSLATE_NOOP("errors", "A race has {least} to {most} racers, not {count}."),
            least=LEAST_RACERS,
            most=MOST_RACERS,
            count=len(experiments),
        )
    seed = experiments[0].seed
    for place, experiment in enumerate(experiments, start=1):
        if experiment.seed != seed:
            raise RaceError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "Racers start alike and meet the same batches, so they have one seed: give racer {place} the seed "
                    "{seed}, as racer 1 has.",
                ),
                place=place,
                seed=str(seed),
            )


def differing_start(experiments: Sequence[Experiment]) -> list[str]:
    """The fields for which not all racers start from the same weights; none: they do."""
    return [name for name in _differing(experiments) if name in _OF_START]


def differing_batches(experiments: Sequence[Experiment]) -> list[str]:
    """The fields for which not all racers meet the same batches; none: they do, epoch by epoch."""
    return [name for name in _differing(experiments) if name in _OF_BATCHES or name.startswith("moved_")]


def _differing(experiments: Sequence[Experiment]) -> list[str]:
    """The fields that are not the same in all, in the order of the experiment."""
    first = experiments[0]
    found = {name for other in experiments[1:] for name in first.differing(other)}
    return [name for name in Experiment.model_fields if name in found]


def racer_names(experiments: Sequence[Experiment]) -> tuple[str, ...]:
    """What each is called in the race: by what tells them apart, as a line of settings writes it."""
    differing = _differing(experiments)
    names = [" ".join(_told(experiment, name) for name in differing).strip() for experiment in experiments]
    seen: list[str] = []
    for place, name in enumerate(names, start=1):
        is_alone = bool(name) and names.count(name) == 1
        seen.append(name if is_alone else f"{name} ({place})".strip())
    return tuple(seen)


def _told(experiment: Experiment, name: str) -> str:
    """One setting, by its value alone where that says which it is."""
    word = experiment_text.setting_word(name, getattr(experiment, name))
    if name in ("optimizer", "learning_rate", "activation", "hidden_units"):
        return word.partition("=")[2]
    return word if "=" in word or getattr(experiment, name) is not False else ""


def next_race_number(names: Iterable[str]) -> int:
    """One more than the highest among the names of kept runs."""
    numbers = (int(match[1]) for name in names if (match := _NAME.match(name)))
    return max(numbers, default=0) + 1


def run_name(number: int, racer: str) -> str:
    """What a racer's run is called; `next_race_number` reads it."""
    return f"race {number}: {racer}"


@dataclass(frozen=True, eq=False)
class KeptRace:
    """A race, and who keeps its racers.

    Attributes:
        experiments: what races.
        digits: on what.
        racers: the same with the run's ids, and the controls from which copies of their weights come.
        keepers: in the same order; empty: nobody keeps them.
        fairness: of what all get the same.
    """

    experiments: tuple[Experiment, ...]
    digits: Digits
    racers: tuple[Racer, ...]
    keepers: tuple[RunKeeper, ...]
    fairness: Fairness = "updates"

    def train(self, publish: Callable[[Event], None], control: Control) -> None:
        """Let them race, as `network.race.race` does; returns when all is written that is kept."""
        keepers = {keeper.run_id: keeper for keeper in self.keepers}

        def publish_and_keep(event: Event) -> None:
            keeper = keepers.get(event.run_id)
            if keeper is not None:
                keeper.receive(event)
            publish(event)

        try:
            race(self.racers, self.digits, publish_and_keep, control, self.fairness)
        finally:
            self.close()

    def close(self) -> None:
        """Wait until all is written; also where they never came to race."""
        for keeper in self.keepers:
            keeper.close()


def kept_race(
    store: Store,
    number: int,
    experiments: Sequence[Experiment],
    digits: Digits,
    fairness: Fairness = "updates",
    *,
    own_digits: int = 0,
    problem: Callable[[LabError | None], None] = lambda _error: None,
) -> KeptRace:
    """A race whose racers are kept as runs, called by its `number`; the other arguments are as `RunKeeper` takes them.

    Raises:
        RaceError: as `check_race`.
    """
    check_race(experiments)
    keepers = tuple(
        RunKeeper(store, experiment, digits, name=run_name(number, name), own_digits=own_digits, problem=problem)
        for experiment, name in zip(experiments, racer_names(experiments), strict=True)
    )
    racers = tuple(
        Racer(experiment, keeper.run_id, keeper.offer) for experiment, keeper in zip(experiments, keepers, strict=True)
    )
    return KeptRace(tuple(experiments), digits, racers, keepers, fairness)


def unkept_race(experiments: Sequence[Experiment], digits: Digits, fairness: Fairness = "updates") -> KeptRace:
    """A race that nobody keeps.

    Raises:
        RaceError: as `check_race`.
    """
    check_race(experiments)
    racers = tuple(Racer(experiment, f"racer {place}") for place, experiment in enumerate(experiments))
    return KeptRace(tuple(experiments), digits, racers, (), fairness)
