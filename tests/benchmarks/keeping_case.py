"""The case of the keeping benchmark. Arguments: the .npz file, the number of turns, epochs of a run."""

import gc
import sys
import time
from typing import Any

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Updates
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore
from tests.benchmarks.budgets import measured
from tests.benchmarks.engine_case import Stopwatch
from tests.benchmarks.processes import report

_MOST_COST = 2.0
"""Percent of the updates a second."""


class TimedStore(RunStore):
    """A store that notes how long numbers wait until they are written.

    Attributes:
        told_at: of the run at hand, by each event's first update.
        waited: milliseconds of all events that were written.
    """

    def __init__(self) -> None:
        super().__init__()
        self.told_at: dict[int, float] = {}
        self.waited: list[float] = []

    def begin(self, *arguments: Any, **fields: Any) -> RunWriter:
        writer = super().begin(*arguments, **fields)
        write = writer.write

        def timed_write(batch: Batch) -> None:
            write(batch)
            now = time.perf_counter()
            self.waited += [1000 * (now - self.told_at.pop(event.first)) for event in batch.updates]

        writer.write = timed_write  # type: ignore[method-assign]
        return writer


def main() -> None:
    digits, turns = sources.load(sys.argv[1]), int(sys.argv[2])
    experiment = Experiment(epochs=int(sys.argv[3]))
    store = TimedStore()
    _speed(experiment, digits, None, {})  # compiles
    costs, closing, bytes_a_run = [], [], 0.0
    for turn in range(turns):
        speeds = {}
        for is_kept in (turn % 2 == 0, turn % 2 == 1):  # who comes first takes turns, too
            gc.collect()
            keeper = RunKeeper(store, experiment, digits) if is_kept else None
            store.told_at.clear()
            speeds[is_kept], after = _speed(experiment, digits, keeper, store.told_at)
            if keeper is not None:
                closing.append(1000 * after)
                bytes_a_run = float(store.used_bytes / (turn + 1))
        costs.append(100 * (1 - speeds[True] / speeds[False]))
    figures = measured("cost of keeping, %", costs, _MOST_COST)
    figures |= measured("numbers wait until they are kept, ms", store.waited, 1_000)
    report(figures | measured("writing the end, ms", closing, 1_000) | {"bytes a run": bytes_a_run})


def _speed(
    experiment: Experiment, digits: Digits, keeper: RunKeeper | None, told_at: dict[int, float]
) -> tuple[float, float]:
    """Updates a second, from the first to the end of the last epoch; and seconds from there until all is written."""
    stopwatch = Stopwatch()

    def hear(event: Event) -> None:
        stopwatch.hear(event)
        if isinstance(event, Updates):
            told_at[event.first] = time.perf_counter()

    KeptTraining(experiment, digits, keeper).train(hear, Control())
    after = time.perf_counter() - stopwatch.ended
    if keeper is not None and not keeper.is_whole:
        raise RuntimeError("the run was not kept")
    return stopwatch.figures()["updates_per_second"], after


if __name__ == "__main__":
    main()
