"""Runs to be kept, made up: numbers and small snapshots, without Keras."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from mnist_lab.experiment import Experiment
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import EpochEnd, Finished, RateChanged, Updates
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.facts import Batch, DataFacts
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore

EXPERIMENT = Experiment(hidden_units=(3,), epochs=2, batch_size=10)
DATA = DataFacts("0" * 64, "starter", "", train_images=100, test_images=20)
"""Ten updates an epoch."""
RUNTIME = Runtime("1", "2", "3", "4", "x86_64", 2, "AVX2", False, True)


def told(first: int, count: int, seconds: float = 0.0) -> Updates:
    """Numbers that tell which updates they are of."""
    losses = np.arange(first, first + count, dtype=np.float32)
    return Updates(first, losses, losses / np.float32(1024), seconds)


def end_of(epoch: int, updates_per_epoch: int = 10, accuracy: float = 0.5) -> EpochEnd:
    """An epoch's end, with numbers that no rounding leaves as they are."""
    return EpochEnd(epoch, epoch * updates_per_epoch, 0.1, 0.2, 1 / 3, accuracy, 0.6, 0.7, 50)


def snapshot_at(updates: int, units: int = 3) -> Snapshot:
    """A small snapshot whose weights tell when it was taken."""
    variables: dict[str, np.ndarray[Any, Any]] = {
        "hidden_1/kernel": np.full((784, units), updates, np.float32),
        "hidden_1/bias": np.zeros(units, np.float32),
        "output/kernel": np.ones((units, 10), np.float32),
        "output/bias": np.zeros(10, np.float32),
        "optimizer/iterations": np.array(updates, np.int64),
        "optimizer/learning_rate": np.array(0.001, np.float32),
    }
    return Snapshot(updates, "rmsprop", variables, RUNTIME)


FINISHED = Finished(0.25, 0.9, 0.95, 20, 2.0, 0.2, 0.96)


def batches() -> Sequence[Batch]:
    """What the run of `EXPERIMENT` tells, second by second."""
    return (
        Batch(snapshot=snapshot_at(0)),
        Batch([told(0, 4, 0.25), told(4, 3, 0.5)]),
        Batch([told(7, 3, 1.0)], [end_of(1)], snapshot=snapshot_at(10)),
        Batch([told(10, 5, 1.5)], changes=[RateChanged(12, 0.01)]),
        Batch([told(15, 5, 2.0)], [end_of(2, accuracy=0.75)], snapshot=snapshot_at(20), outcome=FINISHED),
    )


def keep(store: RunStore, count: int = 5, **fields: Any) -> RunWriter:
    """A run of which the first `count` batches are kept, and no more will be."""
    writer = store.begin(fields.pop("experiment", EXPERIMENT), DATA, **fields)
    for batch in batches()[:count]:
        writer.write(batch)
    writer.close()
    return writer
