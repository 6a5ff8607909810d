"""Reading a .lab file that nobody vouches for: every part is judged before it is used, and nothing is written."""

import hashlib
import io
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError

from mnist_lab.data.own_digits import OwnDigits
from mnist_lab.files.archive import Archive, NotZipError, open_archive
from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.files.json_text import parse_json
from mnist_lab.files.npz import NpzFile, npz_in
from mnist_lab.lab_file.checks import check_end, check_numbers, check_record, check_snapshot
from mnist_lab.lab_file.errors import LabFileError, unusable
from mnist_lab.lab_file.manifest import additional, changed, missing, other_kind, read_manifest, valid
from mnist_lab.lab_file.own_part import unpacked_own
from mnist_lab.lab_file.parts import (
    BOUNDS,
    MOST_JSON_BYTES,
    MOST_NUMBERS_BYTES,
    MOST_OWN_BYTES,
    MOST_SNAPSHOT_BYTES,
    NUMBERS,
    OWN_DIGITS,
    RunRecord,
    SnapshotRecord,
    file_name,
    json_of,
    numbers_of,
    snapshot_of,
)
from mnist_lab.network.backend import Runtime
from mnist_lab.network.events import RateChanged
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.facts import KeptRun, KeptSnapshot, RunFacts
from mnist_lab.runs.run_reader import adapter, end_of
from mnist_lab.words import QT_TRANSLATE_NOOP

_VARIABLE_DTYPES = frozenset(np.dtype(name) for name in ("<f4", "<f8", "<i4", "<i8", "<u4", "<u8", "|u1", "|b1"))
"""Of what a network and an optimizer hold."""


@dataclass(frozen=True, eq=False)
class TravellingRun:
    """A run in a .lab file.

    Attributes:
        kept: all that is told of it; its number is that of the home that it comes from.
        records: what is told of its snapshots.
    """

    kept: KeptRun
    records: tuple[SnapshotRecord, ...]


class LabFile:
    """An open .lab file; `open_lab_file` makes it.

    Attributes:
        path: the file.
        lab: version of the lab that wrote it.
        runs: what it holds, in order.
        own: a person's own digits; None where it has none.
    """

    def __init__(self, archive: Archive) -> None:
        """Read all but the snapshots.

        Raises:
            DamageError, FileError: something in it is not as it must be.
        """
        self.path = archive.path
        self._archive = archive
        self._manifest = read_manifest(archive)
        self.lab = self._manifest.lab
        self.runs = tuple(self._run(run_id) for run_id in self._manifest.runs)
        self._check_parts()
        self.own: OwnDigits | None = None
        if OWN_DIGITS in self._manifest.parts:
            with self._npz(OWN_DIGITS, MOST_OWN_BYTES) as file:
                self.own = unpacked_own(file)

    def snapshots(self, run: TravellingRun) -> Iterator[Snapshot]:
        """The snapshots of one of its runs, one after the other.

        Raises:
            LabFileError: one of them is damaged, or no network of that run.
        """
        for record in run.records:
            with _errors(self.path):
                snapshot = self._snapshot(run.kept.facts, record)
            yield snapshot

    def _run(self, run_id: str) -> TravellingRun:
        record = valid(RunRecord, parse_json(self._part(json_of(run_id), MOST_JSON_BYTES)), json_of(run_id))
        if record.facts.id != run_id:
            raise DamageError(QT_TRANSLATE_NOOP("errors", "it has a run under another's id"))
        check_record(record)
        with self._npz(numbers_of(run_id), MOST_NUMBERS_BYTES) as file:
            losses, accuracies, seconds_at = _numbers(file)
        check_numbers(record, losses, accuracies, seconds_at)
        facts = record.facts
        if facts.data is not None:
            facts = replace(facts, data=replace(facts.data, origin=file_name(facts.data.origin)))
        try:
            end = end_of(facts, record.outcome)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise DamageError(QT_TRANSLATE_NOOP("errors", "the end of a run in it makes no sense")) from error
        check_end(end, losses)
        kept = KeptRun(
            facts=facts,
            name=record.name,
            note=record.note,
            is_starred=record.starred,
            state=end.state,
            experiment=record.experiment,
            rate_changes=tuple(RateChanged(update, rate) for update, rate in record.rate_changes),
            losses=losses,
            accuracies=accuracies,
            seconds_at=seconds_at,
            epochs=tuple(replace(end, run_id="") for end in record.epochs),
            outcome=None if end.outcome is None else replace(end.outcome, run_id=""),
            failure=end.failure,
            training_seconds=float(seconds_at[-1, 1]) if len(seconds_at) else 0.0,
            snapshots=tuple(self._kept(run_id, one) for one in record.snapshots),
        )
        return TravellingRun(kept, record.snapshots)

    def _kept(self, run_id: str, record: SnapshotRecord) -> KeptSnapshot:
        name = snapshot_of(run_id, record.updates)
        if name not in self._manifest.parts:
            raise missing(name)
        return KeptSnapshot(record.updates, self._manifest.parts[name].bytes, record.weights_sha256)

    def _check_parts(self) -> None:
        """See that there is no part that belongs to nothing."""
        wanted = {OWN_DIGITS}
        for run in self.runs:
            run_id = run.kept.facts.id
            wanted |= {json_of(run_id), numbers_of(run_id)}
            wanted |= {snapshot_of(run_id, record.updates) for record in run.records}
        for name in self._manifest.parts:
            if name not in wanted:
                raise additional(name)

    def _snapshot(self, facts: RunFacts, record: SnapshotRecord) -> Snapshot:
        name = snapshot_of(facts.id, record.updates)
        with self._npz(name, MOST_SNAPSHOT_BYTES) as file:
            if file.names != set(record.variables):
                raise DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” has other arrays than it says"), name=name)
            file.check_size(record.variables)
            for variable in record.variables:
                if file.header(variable).dtype not in _VARIABLE_DTYPES:
                    raise DamageError(
                        QT_TRANSLATE_NOOP("errors", "“{variable}” in “{name}” holds no numbers of a network"),
                        variable=variable,
                        name=name,
                    )
            arrays = {variable: np.asarray(file.read(variable), order="C") for variable in record.variables}
        snapshot = Snapshot(record.updates, record.optimizer, arrays, _runtime(record))
        check_snapshot(facts, snapshot)
        if snapshot.weights_sha256 != record.weights_sha256:
            raise DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” has other weights than it says"), name=name)
        return snapshot

    @contextmanager
    def _npz(self, name: str, most_bytes: int) -> Iterator[NpzFile]:
        with npz_in(io.BytesIO(self._part(name, most_bytes)), self.path / name, most_bytes) as file:
            yield file

    def _part(self, name: str, most_bytes: int) -> bytearray:
        """A part whose bytes are those that the manifest tells of."""
        listed = self._manifest.parts.get(name)
        if listed is None:
            raise missing(name)
        if self._archive.size(name) != listed.bytes:
            raise changed(name)
        content = self._archive.read(name, most_bytes)
        if hashlib.sha256(content).hexdigest() != listed.sha256:
            raise changed(name)
        return content


@contextmanager
def open_lab_file(path: Path) -> Iterator[LabFile]:
    """Open a .lab file and read what it tells of its runs.

    Raises:
        LabFileError: it cannot be read, or is none.
    """
    with ExitStack() as stack:
        with _errors(path):
            file = LabFile(stack.enter_context(open_archive(path, BOUNDS)))
        yield file


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the file into a `LabFileError`.

    Raises:
        LabFileError: what is done in here failed.
    """
    try:
        yield
    except NotZipError as error:
        raise unusable(path, other_kind(path) or error) from error
    except DamageError as error:
        raise unusable(path, error) from error
    except FileError as error:
        raise LabFileError(error.template, **error.values) from error
    except MemoryError as error:
        raise LabFileError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” does not fit into the free memory: close other programs, and try again."
            ),
            path=path,
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise LabFileError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot be read ({reason}): name a file that can be read."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error


# Arrays


def _numbers(file: NpzFile) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64]]:
    headers = {name: file.header(name) for name in NUMBERS if name in file}
    if (
        file.names != set(NUMBERS)
        or any(len(headers[name].shape) != 1 or headers[name].dtype != np.float32 for name in NUMBERS[:2])
        or headers["seconds_at"].dtype != np.float64
        or len(headers["seconds_at"].shape) != 2
        or headers["seconds_at"].shape[1] != 2
    ):
        raise DamageError(QT_TRANSLATE_NOOP("errors", "the numbers of a run in it have other shapes or dtypes"))
    file.check_size(NUMBERS)
    losses, accuracies = (file.read(name).astype(np.float32, copy=False) for name in NUMBERS[:2])
    for values in (losses, accuracies):
        values.flags.writeable = False
    return losses, accuracies, file.read("seconds_at").astype(np.float64)


def _runtime(record: SnapshotRecord) -> Runtime:
    try:
        return adapter(Runtime).validate_python(dict(record.runtime))
    except ValidationError as error:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "a snapshot in it does not say what it was made with")) from error
