"""The snapshots in a run's file, and networks that are kept as one."""

import itertools
import platform
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_lab.files.errors import DamageError
from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.backend import Runtime
from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.runs import run_file
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.facts import KeptSnapshot, RunFacts
from mnist_lab.runs.run_file import PART_BYTES, RunFile
from mnist_lab.runs.run_reader import as_json, read_facts, read_snapshots
from mnist_lab.runs.versions import installed_versions
from mnist_lab.words import QT_TRANSLATE_NOOP


def read_snapshot(file: RunFile, kept: KeptSnapshot) -> Snapshot:
    """The snapshot itself, with the bits that were kept.

    Raises:
        SqliteFileError: it is damaged.
    """
    reason = DamageError(
        QT_TRANSLATE_NOOP("errors", "its snapshot after update {update:,} has changed"), update=kept.updates
    )
    parts: list[bytes] = []
    for _, part, data in file.rows(run_file.PARTS, kept.updates):
        if part != len(parts):
            raise file.damaged(reason)
        parts.append(data)
    if sum(map(len, parts)) != kept.bytes:
        raise file.damaged(reason)
    try:
        snapshot = Snapshot.from_bytes(b"".join(parts))
    except SnapshotError as error:
        raise file.damaged(reason) from error
    if snapshot.updates != kept.updates or snapshot.weights_sha256 != kept.weights_sha256:
        raise file.damaged(reason)
    return snapshot


def snapshot_in(path: Path, updates: int | None) -> tuple[Snapshot, str]:
    """The newest snapshot in a run's file, or the newest of its first `updates` updates; and its network's activation.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    with store_errors(path), RunFile(path) as file, file.reading():
        facts = read_facts(file)
        kept = [kept for kept in read_snapshots(file) if updates is None or kept.updates <= updates]
        if not kept:
            raise StoreError(
                QT_TRANSLATE_NOOP(
                    "errors", "Of run {number} no network is kept that is as early: choose a later update."
                ),
                number=facts.number,
            )
        return read_snapshot(file, kept[-1]), activation_at(facts, kept[-1].updates)


def network_in(path: Path, updates: int | None) -> NetworkWeights:
    """The same as a network, without Keras.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    snapshot, activation = snapshot_in(path, updates)
    try:
        return network_of(snapshot, activation)
    except SnapshotError as error:
        raise StoreError(error.template, trouble=Trouble.DAMAGED, **error.values) from error


def put_snapshot(file: RunFile, snapshot: Snapshot) -> None:
    """Write a snapshot, cut into parts; in place of one after as many updates."""
    file.remove(run_file.PARTS, "updates = ?", snapshot.updates)
    data = snapshot.to_bytes()
    kept = KeptSnapshot(snapshot.updates, len(data), snapshot.weights_sha256)
    file.put(run_file.SNAPSHOTS, snapshot.updates, as_json(kept))
    for part, start in enumerate(range(0, len(data), PART_BYTES)):
        file.put(run_file.PARTS, snapshot.updates, part, data[start : start + PART_BYTES])  # all of it is no copy


def surplus(snapshots: Sequence[KeptSnapshot], budget: int, staying: Collection[int] = ()) -> list[int]:
    """The updates of those snapshots that go, so that the others take at most `budget` bytes.

    The first and the last stay, and those after so many updates as `staying` has. Of the others, the one goes first
    that leaves the shortest way between its neighbours: so the way from a snapshot to any update stays as short as it
    can be.
    """
    kept, gone = list(snapshots), []
    while sum(snapshot.bytes for snapshot in kept) > budget:
        ways = {
            index: kept[index + 1].updates - kept[index - 1].updates
            for index in range(1, len(kept) - 1)
            if kept[index].updates not in staying
        }
        if not ways:
            break
        gone.append(kept.pop(min(ways, key=ways.__getitem__)).updates)
    return gone


def thin(file: RunFile, budget: int) -> None:
    """Remove snapshots until the others take at most `budget` bytes; see `surplus`.

    Those stay with which a fork has begun: no way of its own leads there.
    """
    staying = {past.until for past in read_facts(file).past}
    for updates in surplus(read_snapshots(file), budget, staying):
        file.remove(run_file.SNAPSHOTS, "updates = ?", updates)
        file.remove(run_file.PARTS, "updates = ?", updates)


def network_of(snapshot: Snapshot, activation: str) -> NetworkWeights:
    """The weights of a snapshot as a network, without Keras.

    Raises:
        SnapshotError: its weights make no network.
    """
    arrays = snapshot.weights
    layers = tuple(DenseWeights(kernel, bias) for kernel, bias in zip(arrays[::2], arrays[1::2], strict=False))
    fits = all(
        layer.kernel.ndim == 2 and layer.bias.shape == layer.kernel.shape[1:] and layer.kernel.dtype == np.float32
        for layer in layers
    ) and all(one.kernel.shape[1] == other.kernel.shape[0] for one, other in itertools.pairwise(layers))
    if not layers or len(arrays) % 2 or not fits:
        raise SnapshotError(QT_TRANSLATE_NOOP("errors", "This snapshot makes no network: use another one."))
    return NetworkWeights(layers, activation, snapshot.updates)


def activation_at(facts: RunFacts, updates: int) -> str:
    """The activation of a run's network after so many of its updates: a fork may go on with another one."""
    return next((past.experiment.activation for past in facts.past if updates < past.until), facts.activation)


def as_snapshot(weights: NetworkWeights) -> Snapshot:
    """A network as a snapshot of weights alone: it has no optimizer, and nothing can go on from it."""
    names = [f"hidden_{number}" for number in range(1, len(weights.layers))]
    variables: dict[str, NDArray[np.float32]] = {}
    for name, layer in zip([*names, "output"], weights.layers, strict=True):
        variables |= {f"{name}/kernel": layer.kernel, f"{name}/bias": layer.bias}
    versions = installed_versions({})
    del versions["python"]
    runtime = Runtime(**versions, machine=platform.machine(), intra_op_threads=0, max_isa="", onednn=False, xla=False)
    return Snapshot(weights.updates, "", variables, runtime)
