"""Writing kept runs into a .lab file: whole or not at all, and the same bytes for the same runs."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal

from numpy.typing import NDArray
from pydantic import JsonValue

from mnist_lab import __version__
from mnist_lab.data.own_digits import OwnDigits
from mnist_lab.files.atomic import DOCUMENT, replaced_atomically
from mnist_lab.files.json_text import json_bytes
from mnist_lab.lab_file.own_part import packed_own
from mnist_lab.lab_file.packing import Packer, npz_bytes
from mnist_lab.lab_file.parts import (
    FORMAT,
    MANIFEST,
    MOST_SNAPSHOTS,
    OWN_DIGITS,
    VERSION,
    RunRecord,
    SnapshotRecord,
    file_name,
    json_of,
    numbers_of,
    snapshot_of,
)
from mnist_lab.network.events import Failed
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.adopting import whole_run
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.runs.run_reader import adapter, outcome_as_json
from mnist_lab.runs.snapshots import surplus
from mnist_lab.runs.store import RunStore
from mnist_lab.work import Cancelled

OwnWish = Literal["used", "all", "none"]
"""Which digits that a person drew go with a run: those that it was trained on, “My digits” as well, or none."""


def write_lab_file(
    path: Path,
    store: RunStore,
    run_ids: Sequence[str],
    *,
    with_digits: bool = True,
    own: OwnDigits | None = None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> None:
    """Write kept runs, with all that is kept of them, into one file.

    Args:
        path: of the file; its folder need not exist.
        store: where they are kept.
        run_ids: which, in this order.
        with_digits: whether digits that a person drew travel with a run that trained on them: without, it can be
            looked at elsewhere, and not be replayed or go on. Digits of others never do: their fingerprint tells them.
        own: a person's own digits, to be added to those of whoever opens the file; None: none.
        is_wanted: whether anybody still waits for it; asked now and then.

    Raises:
        StoreError: a run cannot be read.
        Cancelled: nobody waits for it any more.
        OSError: the file cannot be written.
    """
    with replaced_atomically(path, DOCUMENT) as file, Packer(file) as packer:
        for run_id in run_ids:
            with whole_run(store, run_id) as (kept, snapshots):
                if not with_digits:
                    kept = _without_digits(kept)
                _add_run(packer, kept, snapshots, is_wanted)
        if own is not None:
            packer.add(OWN_DIGITS, packed_own(own))
        parts: dict[str, JsonValue] = {name: asdict(part) for name, part in packer.parts.items()}
        manifest: dict[str, JsonValue] = {
            "format": FORMAT,
            "version": VERSION,
            "lab": __version__,
            "runs": list(run_ids),
            "parts": parts,
        }
        packer.add(MANIFEST, json_bytes(manifest))


def _add_run(packer: Packer, kept: KeptRun, snapshots: Iterator[Snapshot], is_wanted: Callable[[], bool]) -> None:
    run_id = kept.facts.id
    records: list[SnapshotRecord] = []
    surplus_ones = _surplus(kept)
    for snapshot in snapshots:
        if not is_wanted():
            raise Cancelled
        if snapshot.updates not in surplus_ones:
            records.append(_record(snapshot))
            packer.add(snapshot_of(run_id, snapshot.updates), npz_bytes(snapshot.variables))
    numbers: dict[str, NDArray[Any]] = {
        "losses": kept.losses,
        "accuracies": kept.accuracies,
        "seconds_at": kept.seconds_at,
    }
    packer.add(numbers_of(run_id), npz_bytes(numbers))
    packer.add(json_of(run_id), json_bytes(_told(kept, records)))


def _surplus(kept: KeptRun) -> frozenset[int]:
    """The updates of those snapshots for which there is no room: as evenly as `surplus` does it."""
    staying = {past.until for past in kept.facts.past}
    alike = [replace(one, bytes=1) for one in kept.snapshots]
    return frozenset(surplus(alike, MOST_SNAPSHOTS, staying))


def _record(snapshot: Snapshot) -> SnapshotRecord:
    return SnapshotRecord(
        snapshot.updates,
        snapshot.optimizer,
        asdict(snapshot.runtime),
        snapshot.weights_sha256,
        tuple(snapshot.variables),
    )


def _told(kept: KeptRun, snapshots: Sequence[SnapshotRecord]) -> dict[str, Any]:
    outcome = Failed(RuntimeError(kept.failure)) if kept.failure else kept.outcome
    record = RunRecord(
        facts=replace(kept.facts, data=_named_only(kept.facts.data)),
        name=kept.name,
        note=kept.note,
        starred=kept.is_starred,
        experiment=kept.experiment,
        rate_changes=tuple((int(change.update), float(change.learning_rate)) for change in kept.rate_changes),
        epochs=kept.epochs,
        outcome=None,
        snapshots=tuple(snapshots),
    )
    told: dict[str, Any] = adapter(RunRecord).dump_python(record, mode="json")
    told["outcome"] = None if outcome is None else json.loads(outcome_as_json(outcome))  # a loss may be no number
    for end in told["epochs"]:
        del end["run_id"]
    return told


def _named_only(data: DataFacts | None) -> DataFacts | None:
    """The same with the name of the file that the digits came from, without its folders: they are of this computer."""
    return None if data is None else replace(data, origin=file_name(data.origin))


def _without_digits(kept: KeptRun) -> KeptRun:
    data = kept.facts.data
    if data is None:
        return kept
    hand = None if data.hand is None else replace(data.hand, digits=())
    return replace(kept, facts=replace(kept.facts, data=replace(data, own=None, hand=hand)))
