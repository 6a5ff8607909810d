"""One case of the training benchmark: the lab's engine alone, in the main thread, nobody watching.

Arguments: the .npz file and the number of epochs.
"""

import sys
import time

from mnist_lab.data import sources
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import EpochEnd, Event, Finished, Prepared
from mnist_lab.network.trainer import train
from tests.benchmarks.processes import Figures, report


class Stopwatch:
    """Listens to a run: from its first update to the end of its last epoch's validation."""

    def __init__(self) -> None:
        self.prepared = 0.0
        self.first_updates = 0.0
        self.ended = 0.0
        self._compile_seconds = 0.0
        self._last: Event | None = None

    def hear(self, event: Event) -> None:
        now = time.perf_counter()
        self._last = event
        if isinstance(event, Prepared):
            self.prepared = now
            self._compile_seconds = event.compile_seconds
        elif isinstance(event, EpochEnd):
            self.ended = now
        elif not self.first_updates and self.prepared:
            self.first_updates = now

    def figures(self) -> Figures:
        assert isinstance(self._last, Finished), self._last
        return {
            "updates": self._last.updates,
            "updates_per_second": self._last.updates / (self.ended - self.prepared),
            "test_accuracy": self._last.test_accuracy,
            "compile_seconds": self._compile_seconds,
        }


def main() -> None:
    path, epochs = sys.argv[1], int(sys.argv[2])
    stopwatch = Stopwatch()
    train(Experiment(epochs=epochs), sources.load(path), stopwatch.hear, Control())
    report(stopwatch.figures())


if __name__ == "__main__":
    main()
