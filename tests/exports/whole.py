"""A kept run with all that its network's files need, without Keras."""

from dataclasses import replace
from typing import Any

import numpy as np

from mnist_lab.data.sources import load_starter
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.facts import DataFacts
from mnist_lab.runs.run_writer import RunWriter
from mnist_lab.runs.store import RunStore
from tests.runs.kept import EXPERIMENT, batches, snapshot_at


def whole_snapshot(updates: int) -> Snapshot:
    """As `snapshot_at`, with RMSprop's state: so Keras can be given all of it."""
    snapshot = snapshot_at(updates)
    weights = {name: value for name, value in snapshot.variables.items() if not name.startswith("optimizer")}
    state: dict[str, np.ndarray[Any, Any]] = {
        f"optimizer/velocity/{name}": np.full_like(value, 0.5) for name, value in weights.items()
    }
    return replace(snapshot, variables={**snapshot.variables, **state})


def keep_whole(store: RunStore, **fields: Any) -> RunWriter:
    """As `keep`, with such snapshots, on the starter digits: ten updates an epoch, too."""
    writer = store.begin(EXPERIMENT.changed(batch_size=400), DataFacts.of(load_starter()), **fields)
    for batch in batches():
        snapshot = batch.snapshot
        writer.write(replace(batch, snapshot=None if snapshot is None else whole_snapshot(snapshot.updates)))
    writer.close()
    return writer
