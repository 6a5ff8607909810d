"""Runs of a .lab file taken into the home of this lab: nothing that is here is changed, and nothing is there twice."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from mnist_lab.data import own_digits_file
from mnist_lab.data.own_digits import OwnDigits
from mnist_lab.lab_file.reading import LabFile, TravellingRun, open_lab_file
from mnist_lab.runs.adopting import Here, adopt, standing_of
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError
from mnist_lab.work import Cancelled


class ImportNote(LabError):  # noqa: N818 - what has become of a run; not always a fault
    """What has become of something that came in a file, in one sentence."""


@dataclass(frozen=True)
class ImportedRun:
    """A run of a .lab file, and what has become of it.

    Attributes:
        id: of the run.
        here: how it stood before it was opened, and its number here; only one that was “new” was taken in.
        note: one sentence on it.
    """

    id: str
    here: Here
    note: ImportNote

    @property
    def is_new(self) -> bool:
        """Whether it was taken in now."""
        return self.here.standing == "new"

    @property
    def is_listed(self) -> bool:
        """Whether it can be opened here, with the content of the file."""
        return self.here.standing in ("new", "same")


@dataclass(frozen=True)
class Imported:
    """What has become of a file.

    Attributes:
        runs: of each of its runs or networks, in order.
        own_digits: how many own digits were added to those of this home.
        has_own_digits: whether there were any in it.
    """

    runs: tuple[ImportedRun, ...]
    own_digits: int = 0
    has_own_digits: bool = False


_THEIRS = QT_TRANSLATE_NOOP("errors", "Run {theirs} of “{file}”")
_WHOSE = QT_TRANSLATE_NOOP("errors", "The network of “{file}”")
_NOTES = {
    "new": QT_TRANSLATE_NOOP("errors", "{whose} is number {number} here."),
    "same": QT_TRANSLATE_NOOP("errors", "{whose} is here already, as number {number}."),
    "deleted": QT_TRANSLATE_NOOP("errors", "{whose} is number {number} in the lab's bin: restore it from there."),
    "live": QT_TRANSLATE_NOOP("errors", "{whose} is run {number} here, which is being trained: nothing was changed."),
    "other": QT_TRANSLATE_NOOP(
        "errors",
        "{whose} is number {number} here with other content, {updates:,} gradient updates in place of {its:,}: nothing "
        "was changed. Delete number {number} first to have that of the file.",
    ),
    "damaged": QT_TRANSLATE_NOOP(
        "errors", "{whose} is here, but damaged: delete it from the list of runs, and open the file again."
    ),
}


def note_on(here: Here, path: Path, theirs: int | None = None, updates: int = 0) -> ImportNote:
    """What to say of a run that came in a file with so many `updates`; `theirs` is its number where it comes from."""
    whose = LabError(_WHOSE, file=path.name) if theirs is None else LabError(_THEIRS, file=path.name, theirs=theirs)
    return ImportNote(_NOTES[here.standing], whose=whose, number=here.number, updates=here.updates, its=updates)


def import_lab_file(store: RunStore, path: Path, is_wanted: Callable[[], bool] = lambda: True) -> Imported:
    """Take the runs of a file in that are not here yet, and the own digits that travel with them.

    Everything in it is looked at before anything is written. It takes its time: never call it in the window's thread.

    Raises:
        LabFileError: it is no .lab file, or damaged: nothing was taken in.
        StoreError: a run cannot be written; those before it are here.
        DataError: the own digits cannot be saved; the runs are here.
        Cancelled: nobody waits for it any more; those that are in are here.
    """
    with open_lab_file(path) as file:
        for run in file.runs:
            for _ in file.snapshots(run):
                _check(is_wanted)
        runs = []
        for run in file.runs:
            _check(is_wanted)
            runs.append(_imported(store, file, run))
        return Imported(tuple(runs), _joined(file), has_own_digits=file.own is not None)


def _check(is_wanted: Callable[[], bool]) -> None:
    if not is_wanted():
        raise Cancelled


def _imported(store: RunStore, file: LabFile, run: TravellingRun) -> ImportedRun:
    while (here := standing_of(store, run.kept)).standing == "new":
        number = adopt(store, run.kept, file.snapshots(run))
        if number is not None:  # else another window was quicker
            here = Here("new", number, run.kept.updates)
            break
    kept = run.kept
    return ImportedRun(kept.facts.id, here, note_on(here, file.path, kept.facts.number, kept.updates))


def _joined(file: LabFile) -> int:
    """Add the own digits of the file to those of this home; returns how many are new."""
    more = file.own
    if more is None:
        return 0
    before = 0

    def join(own: OwnDigits) -> OwnDigits:
        nonlocal before
        before = len(own)
        return own.joined(more)

    return len(own_digits_file.change(own_digits_file.usual_path(), own_digits_file.Kept(), join).own) - before
