"""Which runs there are: the folder of run files, seen through the index."""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock

from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.runs.errors import StoreError, no_such_run, store_errors
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.index import Entry, Key, RunIndex
from mnist_lab.runs.rows import entry_of
from mnist_lab.runs.run_file import COPY_SUFFIX, SUFFIX, RunFile
from mnist_lab.runs.run_lock import RunLock, is_held
from mnist_lab.runs.run_reader import read_facts
from mnist_lab.runs.run_writer import remove_files
from mnist_lab.words import QT_TRANSLATE_NOOP

NEW_SUFFIX = ".new"
"""Of a run file that is being made: it gets its name when it is whole."""

LOCK_SUFFIX = ".lock"
LOCK_SECONDS = 2.0
"""How long a run may be live before it is said to be: another window may just be closing it."""

_AT_ONCE = 50
"""Files that are read while nobody else writes the index; a run that begins meanwhile waits for it."""

PASSING = (Trouble.BUSY, Trouble.FULL, Trouble.REFUSED, Trouble.FAILED, Trouble.MISSING)
"""What may be over although the file is as it was."""


class Catalogue:
    """All runs of one folder.

    Attributes:
        folder: of the run files.
        bin: of those that were deleted.
        index: what makes lists fast.
    """

    def __init__(self, folder: Path) -> None:
        """`folder` need not exist."""
        self.folder = folder
        self.bin = folder / "bin"
        self.index = RunIndex(folder)
        self._unwritten: dict[Key, Entry | None] = {}
        """What was read and could not be written to the index; None for files that have gone. Replaced, not changed."""
        self._unwritten_alone = Lock()

    def path(self, run_id: str, *, is_deleted: bool = False) -> Path:
        """Where the run's file is, if there is one."""
        return (self.bin if is_deleted else self.folder) / f"{run_id}{SUFFIX}"

    def lock_path(self, run_id: str) -> Path:
        """The file whose lock says that the run is live."""
        return self.folder / f"{run_id}{LOCK_SUFFIX}"

    def found(self, run_id: str) -> Path:
        """Where the run's file is.

        Raises:
            StoreError: there is none.
        """
        check_id(run_id)
        path = self.path(run_id)
        if not os.path.lexists(path):
            raise no_such_run(run_id)
        return path

    def taken_lock(self, run_id: str) -> RunLock:
        """The run's lock, held; whoever asks for it frees it.

        Raises:
            StoreError: the run is live.
        """
        lock = RunLock(self.lock_path(run_id))
        with store_errors(self.folder):  # the lock is the lab's own affair; what can be allowed is writing there
            if not lock.take(LOCK_SECONDS):
                raise self._is_live_error(run_id)
        return lock

    @contextmanager
    def locked(self, run_id: str) -> Iterator[None]:
        """Nobody else writes the run meanwhile.

        Raises:
            StoreError: it is live.
        """
        lock = self.taken_lock(run_id)
        try:
            yield
        finally:
            lock.free()

    def is_live(self, run_id: str) -> bool:
        """Whether some process writes the run."""
        return is_held(self.lock_path(run_id))

    def rows(self, *, is_deleted: bool = False) -> list[RunRow]:
        """Those of the index, newest first; of the files only the locks are looked at."""
        known = self._known(self.index.entries())
        rows = [entry.row for entry in known.values() if entry.is_deleted == is_deleted]
        live = set() if is_deleted else self._live_ids()
        rows = [replace(row, state="running") if row.id in live and not row.error else row for row in rows]
        rows = [row for row in rows if row.updates or row.kind == "network" or row.state in ("running", "damaged")]
        return sorted(rows, key=lambda row: (row.number, row.created), reverse=True)

    def refresh(self, is_cancelled: Callable[[], bool]) -> None:
        """Bring the index up to date with the files; what is read until it is cancelled counts."""
        found = self._files()
        entries = self.index.entries()
        if found and entries is None:
            with suppress(StoreError):  # where nothing can be written, it stays
                self.index.throw_away()
        known, unwritten = self._known(entries), self._unwritten
        stale = [key for key in (*known, *unwritten) if key not in found]
        for key, status in found.items():
            if key not in known or key in unwritten or _is_to_be_read(known[key], status):
                stale.append(key)
        for start in range(0, len(stale), _AT_ONCE):
            if is_cancelled():
                break
            self._renew(stale[start : start + _AT_ONCE], known)

    def note(self, run_id: str) -> None:
        """Bring the index up to date with one run."""
        known = {entry.key: entry for entry in self.index.entries(run_id) or []}
        self._renew([(run_id, False), (run_id, True)], known)

    def _renew(self, keys: Sequence[Key], known: Mapping[Key, Entry]) -> None:
        def read() -> dict[Key, Entry | None]:
            return {key: self._entry(key, known.get(key)) for key in keys}

        try:
            self.index.renew(read)
        except StoreError:  # a home where nothing can be written: what was read is remembered here
            unwritten = read()
        else:
            unwritten = {}
        with self._unwritten_alone:
            others = {key: entry for key, entry in self._unwritten.items() if key not in keys}
            self._unwritten = others | unwritten

    def _entry(self, key: Key, before: Entry | None) -> Entry | None:
        """What the file holds; None where it has gone, or was empty and is removed."""
        path = self.path(key[0], is_deleted=key[1])
        try:
            entry = entry_of(path, key[1], before)
        except (FileNotFoundError, NotADirectoryError):
            return None
        return None if _is_empty(entry) and self._remove_empty(path) else entry

    def highest_number(self) -> int:
        """Of all run files, those in the bin included; files that cannot be read have none."""
        highest = 0
        for run_id, is_deleted in self._files():
            path = self.path(run_id, is_deleted=is_deleted)
            with suppress(StoreError), store_errors(path), RunFile(path) as file:
                highest = max(highest, read_facts(file).number)
        return highest

    def used_bytes(self) -> int:
        """What the run files take on disk, those in the bin included."""
        return sum(status.st_size for status in self._files().values())

    def clean(self) -> None:
        """Remove what killed processes have left: locks without a run, files that were never finished, copies."""
        for path in self._listed(self.folder):
            if path.suffix == NEW_SUFFIX:
                self._remove_unfinished(path)
            elif path.suffix == COPY_SUFFIX:
                with suppress(StoreError), store_errors(path), RunFile(path.with_suffix("")) as file:
                    if file.is_current:
                        path.unlink(missing_ok=True)
            elif path.suffix == LOCK_SUFFIX and not self.path(path.stem).exists():
                is_held(path)

    def _remove_unfinished(self, path: Path) -> None:
        lock = RunLock(self.lock_path(path.stem))
        with suppress(StoreError), store_errors(path):  # where nothing can be written, it stays
            if lock.take():
                try:
                    remove_files(path)
                finally:
                    lock.free()

    def _is_live_error(self, run_id: str) -> StoreError:
        entries = self.index.entries(run_id) or []
        return StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "Run {number} is being trained, here or in another window: stop it there, and try again."
            ),
            number=entries[0].row.number if entries else run_id,
        )

    def _known(self, entries: list[Entry] | None) -> dict[Key, Entry]:
        """Those of the index, and what could not be written to it."""
        known = {entry.key: entry for entry in entries or []} | self._unwritten
        return {key: entry for key, entry in known.items() if entry is not None}

    def _live_ids(self) -> set[str]:
        try:
            names = os.listdir(self.folder)
        except OSError:  # nobody can hold a lock in a folder that is not there
            return set()
        ids = [name.removesuffix(LOCK_SUFFIX) for name in names if name.endswith(LOCK_SUFFIX)]
        return {run_id for run_id in ids if self.path(run_id).exists() and self.is_live(run_id)}

    def _files(self) -> dict[Key, os.stat_result]:
        """The run files, in the order of their names."""
        found: dict[Key, os.stat_result] = {}
        for is_deleted, folder in ((False, self.folder), (True, self.bin)):
            for path in self._listed(folder):
                if path.suffix == SUFFIX and _is_text(path.stem):
                    with suppress(FileNotFoundError):  # removed meanwhile
                        found[path.stem, is_deleted] = path.lstat()
        return found

    def _listed(self, folder: Path) -> list[Path]:
        with store_errors(folder):
            try:
                return [folder / name for name in sorted(os.listdir(folder))]
            except FileNotFoundError:  # nothing was ever kept
                return []

    def _remove_empty(self, path: Path) -> bool:
        """Remove the file of a run that was killed before its first update was written; whether that was done."""
        lock = RunLock(self.lock_path(path.stem))
        with suppress(StoreError), store_errors(path):  # where nothing can be written, it stays
            if lock.take():
                try:
                    if _is_empty(entry_of(path, is_deleted=False, before=None)):  # still: it may just have ended
                        remove_files(path)
                finally:
                    lock.free()
        return not os.path.lexists(path)


def check_id(run_id: str) -> None:
    """Let no id lead out of the folder.

    Raises:
        StoreError: it would; so there is no such run.
    """
    if re.search(r"[/\\\0]", run_id):
        raise no_such_run(run_id)


def _is_empty(entry: Entry) -> bool:
    """Whether it is a run that is whole, without a single update."""
    row = entry.row
    return row.error is None and row.kind == "run" and not row.updates and not entry.is_deleted


def _is_to_be_read(before: Entry, status: os.stat_result) -> bool:
    error = before.row.error
    is_passing = error is not None and error.trouble in PASSING
    # An empty one is read again until it has an update, or whoever began it is dead: then it goes.
    return (
        is_passing or _is_empty(before) or (before.mtime_ns, before.row.bytes) != (status.st_mtime_ns, status.st_size)
    )


def _is_text(name: str) -> bool:
    """Whether the name of a file is text: Linux takes any bytes, of which a list and a sentence could show nothing."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
