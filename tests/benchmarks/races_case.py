"""The case of the races benchmark. Arguments: the .npz file, the number of turns, epochs of each racer."""

import gc
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

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
_Go = Callable[[], NDArray[np.float64]]
"""Trains, and gives updates a second, and a second of processors."""


class _Stopwatch:
    """Listens to a race or a run: from when all networks stand to the last one's end.

    Attributes:
        updates: of all together.
        spent: seconds that they took, and seconds of processors, validation and the final test included.
    """

    def __init__(self) -> None:
        self.updates, self.spent = 0, np.zeros(2)
        self._begun = np.zeros(2)

    def hear(self, event: Event) -> None:
        """Take the next event."""
        if isinstance(event, Begun):
            self._begun = _clocks()
        elif isinstance(event, Finished):
            self.updates += event.updates
            self.spent = _clocks() - self._begun

    def settle(self, racers: int, experiment: Experiment, digits: Digits) -> None:
        """See that nobody left early: then the figures would tell of something else."""
        due = racers * experiment.epochs * -(-len(digits.train_images) // experiment.batch_size)
        if self.updates != due:
            raise RuntimeError(f"{self.updates} updates instead of {due}")


def _clocks() -> NDArray[np.float64]:
    return np.array([time.perf_counter(), time.process_time()])


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


def _race(store: RunStore, racers: Sequence[Experiment], digits: Digits, fairness: Fairness) -> _Go:
    def go() -> NDArray[np.float64]:
        stopwatch = _Stopwatch()
        kept_race(store, 1, racers, digits, fairness).train(stopwatch.hear, Control())
        stopwatch.settle(len(racers), racers[0], digits)
        return stopwatch.updates / stopwatch.spent

    return go


def _alone(store: RunStore, racers: Sequence[Experiment], digits: Digits) -> _Go:
    """The same runs one after the other; settings that several have are trained once."""

    def go() -> NDArray[np.float64]:
        updates, spent = 0, np.zeros(2)
        for experiment in [one for place, one in enumerate(racers) if one not in racers[:place]]:
            stopwatch = _Stopwatch()
            KeptTraining(experiment, digits, RunKeeper(store, experiment, digits)).train(stopwatch.hear, Control())
            stopwatch.settle(1, experiment, digits)
            updates, spent = updates + stopwatch.updates, spent + stopwatch.spent
        return updates / spent

    return go


def _compare(name: str, turns: int, race: _Go, alone: _Go) -> Figures:
    """Updates a second of both, and their ratio turn by turn; who comes first takes turns, too."""
    speeds: dict[str, list[NDArray[np.float64]]] = {"race": [], "alone": []}
    kinds = [("race", race), ("alone", alone)]
    for turn in range(turns + 1):
        for kind, go in kinds if turn % 2 else kinds[::-1]:
            gc.collect()
            speed = go()
            if turn > 0:  # the first compiles
                speeds[kind].append(speed)
    together, one = (np.array(speeds[kind]) for kind in ("race", "alone"))
    ratio, of_processors = np.median(together / one, axis=0)
    return {
        f"{name}: race, updates/s": float(np.median(together[:, 0])),
        f"{name}: alone, updates/s": float(np.median(one[:, 0])),
        f"{name}: ratio": float(ratio),
        f"{name}: by processor time": float(of_processors),
    }


if __name__ == "__main__":
    main()
