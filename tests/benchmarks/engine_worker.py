"""A worker of the training matrix: the lab's engine alone, in the main thread, nobody watching.

Argument: the .npz file. The clock starts at the first `EpochEnd`: a run's first epoch also holds the start of its
pacing (chunks of updates grow from 1), as the first epoch of `fit` holds its tracing, and both are left out.
"""

import gc
import sys
import time
from dataclasses import replace
from functools import partial

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.network.control import Control
from mnist_lab.network.events import EpochEnd, Event, Stopped
from mnist_lab.network.trainer import train
from tests.benchmarks.matrix_settings import Setting
from tests.benchmarks.processes import Figures
from tests.benchmarks.workers import LEAST_SECONDS, MOST_EPOCHS, serve


class Stopwatch:
    """Listens to a run and stops it once whole epochs were measured for long enough."""

    def __init__(self, control: Control) -> None:
        self.ends: list[float] = []
        self.last: Event | None = None
        self._control = control

    def hear(self, event: Event) -> None:
        self.last = event
        if isinstance(event, EpochEnd):
            self.ends.append(time.perf_counter())
            if self.ends[-1] - self.ends[0] >= LEAST_SECONDS:
                self._control.stop()


def main() -> None:
    serve(partial(_measure, sources.load(sys.argv[1])))


def _measure(all_digits: Digits, setting: Setting) -> Figures:
    digits = replace(
        all_digits,
        train_images=all_digits.train_images[: setting.images],
        train_labels=all_digits.train_labels[: setting.images],
        test_images=all_digits.test_images[: setting.test_images],
        test_labels=all_digits.test_labels[: setting.test_images],
    )
    control = Control()
    stopwatch = Stopwatch(control)
    train(setting.experiment.changed(epochs=MOST_EPOCHS), digits, stopwatch.hear, control)
    gc.collect()  # now, not while another worker is measured
    if not isinstance(stopwatch.last, Stopped):
        raise RuntimeError(f"the run ended with {stopwatch.last}")
    ends = stopwatch.ends
    updates, seconds = (len(ends) - 1) * setting.updates, ends[-1] - ends[0]
    return {"updates": updates, "seconds": seconds, "updates_per_second": updates / seconds}


if __name__ == "__main__":
    main()
