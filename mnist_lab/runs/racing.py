"""Races whose racers are kept as runs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event
from mnist_lab.network.pace import Fairness
from mnist_lab.network.race import Racer, race
from mnist_lab.runs.keeper import RunKeeper, Store
from mnist_lab.runs.race_rules import check_race, racer_names, run_name
from mnist_lab.words import LabError


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
    run_ids: Sequence[str] = (),
    own_digits: int = 0,
    problem: Callable[[LabError | None], None] = lambda _error: None,
) -> KeptRace:
    """A race whose racers are kept as runs, called by its `number`; the arguments behind are as `RunKeeper` takes them.

    Raises:
        RaceError: as `check_race`.
    """
    check_race(experiments)
    keepers = tuple(
        RunKeeper(
            store,
            experiment,
            digits,
            run_id=run_id,
            name=run_name(number, name),
            own_digits=own_digits,
            problem=problem,
        )
        for experiment, name, run_id in zip(
            experiments, racer_names(experiments), run_ids or [""] * len(experiments), strict=True
        )
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
