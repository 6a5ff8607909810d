"""The case of the races benchmark. Arguments: the .npz file, the number of turns, epochs of each racer."""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Begun, Event, Finished
from mnist_lab.network.pace import Fairness
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.race_rules import five_optimizers
from mnist_lab.runs.racing import kept_race
from mnist_lab.runs.store import RunStore
from tests.benchmarks.processes import Figures, report

_RACERS = 4


class _Stopwatch:
    """Listens to a race or a run: from when all networks stand to the last one's end.

    Attributes:
        updates: of all together.
        seconds: they took, validation and the final test included.
    """

    def __init__(self) -> None:
        self.updates, self.seconds = 0, 0.0
        self._begun = 0.0

    def hear(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, Begun):
            self._begun = time.perf_counter()
        elif isinstance(event, Finished):
            self.updates += event.updates
            self.seconds = time.perf_counter() - self._begun

    def settle(self, racers: int, experiment: Experiment, digits: Digits) -> None:
        """See that nobody left early: then the figures would tell of something else."""
        due = racers * experiment.epochs * -(-len(digits.train_images) // experiment.batch_size)
        if self.updates != due:
            raise RuntimeError(f"{self.updates} updates instead of {due}")


def main() -> None:
    digits, turns = sources.load(sys.argv[1]), int(sys.argv[2])
    usual = Experiment(epochs=int(sys.argv[3]))
    races: dict[str, tuple[Sequence[Experiment], Fairness]] = {
        "same settings": ([usual] * _RACERS, "updates"),
        "four optimizers": (five_optimizers(usual)[-_RACERS:], "updates"),
        "equal seconds": ([usual] * _RACERS, "seconds"),
    }
    store = RunStore()
    figures: Figures = {}
    for name, (racers, fairness) in races.items():
        figures |= _compare(name, turns, _race(store, racers, digits, fairness), _alone(store, racers, digits))
    report(figures)


def _race(store: RunStore, racers: Sequence[Experiment], digits: Digits, fairness: Fairness) -> Callable[[], float]:
    def go() -> float:
        stopwatch = _Stopwatch()
        kept_race(store, 1, racers, digits, fairness).train(stopwatch.hear, Control())
        stopwatch.settle(len(racers), racers[0], digits)
        return stopwatch.updates / stopwatch.seconds

    return go


def _alone(store: RunStore, racers: Sequence[Experiment], digits: Digits) -> Callable[[], float]:
    """The same runs one after the other; settings that several have are trained once."""

    def go() -> float:
        updates, seconds = 0, 0.0
        for experiment in [one for place, one in enumerate(racers) if one not in racers[:place]]:
            stopwatch = _Stopwatch()
            KeptTraining(experiment, digits, RunKeeper(store, experiment, digits)).train(stopwatch.hear, Control())
            stopwatch.settle(1, experiment, digits)
            updates, seconds = updates + stopwatch.updates, seconds + stopwatch.seconds
        return updates / seconds

    return go


def _compare(name: str, turns: int, race: Callable[[], float], alone: Callable[[], float]) -> Figures:
    """Updates a second of both, and their ratio turn by turn; who comes first takes turns, too."""
    speeds: dict[str, list[float]] = {"race": [], "alone": []}
    kinds = [("race", race), ("alone", alone)]
    for turn in range(turns + 1):
        for kind, go in kinds if turn % 2 else kinds[::-1]:
            gc.collect()
            speed = go()
            if turn > 0:  # the first compiles
                speeds[kind].append(speed)
    ratios = [together / one for together, one in zip(speeds["race"], speeds["alone"], strict=True)]
    return {
        f"{name}: race, updates/s": statistics.median(speeds["race"]),
        f"{name}: alone, updates/s": statistics.median(speeds["alone"]),
        f"{name}: ratio": statistics.median(ratios),
    }


if __name__ == "__main__":
    main()
