"""Runs and networks that come in files: taken in off the window's thread, told, and looked at."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot

from mnist_lab.imports import import_file
from mnist_lab.inspection.network_file import is_network
from mnist_lab.runs.facts import RunRow
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.words import fill
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle

if TYPE_CHECKING:  # they are loaded when a file comes
    from mnist_lab.lab_file.importing import Imported, ImportedRun


@dataclass(frozen=True)
class _Arrived:
    """What came of some files.

    Attributes:
        imported: of each that was taken in.
        errors: of each other, why not.
        digits: .npz files that hold digits, not a network.
    """

    imported: Sequence["Imported"]
    errors: Sequence[LabError]
    digits: Sequence[Path]

    @property
    def runs(self) -> list["ImportedRun"]:
        """All runs and networks."""
        return [run for imported in self.imported for run in imported.runs]


class Arrivals(QObject):
    """Takes files in, one after the other, and turns the look to what came last."""

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self._waiting: list[Path] = []
        self._job: Job | None = None
        self._wanted = ""  # the run or network that is to be looked at as soon as the list has it
        self._untold: _Arrived | None = None  # told once that is looked at: a banner goes when something else is
        lab.shelf.changed.connect(self._look)
        lab.changed.connect(self._on_changed)

    def take_in(self, paths: Sequence[Path]) -> None:
        """Take in the runs and networks in these files; digits in an .npz file become the digits in use."""
        self._waiting += paths
        if self._job is None and self._waiting:
            coming, self._waiting = self._waiting, []
            store = self._lab.store

            def work(handle: JobHandle) -> _Arrived:
                imported: list[Imported] = []
                errors: list[LabError] = []
                digits: list[Path] = []
                for path in coming:
                    if path.suffix.lower() == ".npz" and not is_network(path):
                        digits.append(path)
                        continue
                    try:
                        imported.append(import_file(store, path, lambda: not handle.is_cancelled))
                    except LabError as error:  # the others come all the same
                        errors.append(error)
                return _Arrived(imported, errors, digits)

            self._job = Job(self._lab, work, self._receive, self._fail)
            self._job.start()

    def _receive(self, arrived: _Arrived) -> None:
        self._job = None
        lab = self._lab
        if any(imported.own_digits for imported in arrived.imported):
            lab.own_digits.load()
        if arrived.digits:
            lab.supply.open(arrived.digits[-1])
        listed = [run for run in arrived.runs if run.is_listed]
        if not listed:
            self._tell(arrived)
        elif lab.look.source_id == listed[-1].id:
            self._tell(arrived)
            self._show(lab.shelf.row(listed[-1].id))
        else:
            self._wanted, self._untold = listed[-1].id, arrived
            lab.shelf.refresh()
            self._look()
        self.take_in(())

    def _fail(self, error: Exception) -> None:
        self._job = None
        self._lab.problem.emit(translation.sentence(error))
        self.take_in(())

    @Slot()
    def _look(self) -> None:
        """Open what came last, and turn to where it is seen best, once it is in the list."""
        row = self._lab.shelf.row(self._wanted) if self._wanted else None
        if row is not None:
            self._wanted = ""
            self._lab.open_run(row.id)
            self._show(row)

    def _show(self, row: RunRow | None) -> None:
        is_network = row is not None and row.kind == "network"
        self._lab.navigator.open("weightsPage" if is_network else "trainPage")

    # What is told

    @Slot()
    def _on_changed(self) -> None:
        arrived = self._untold
        if arrived is not None and self._lab.look.source_id == [run for run in arrived.runs if run.is_listed][-1].id:
            self._untold = None
            self._tell(arrived)

    def _tell(self, arrived: _Arrived) -> None:
        runs = arrived.runs
        others = [run for run in runs if not run.is_listed]
        if arrived.errors:
            self._lab.problem.emit(translation.sentence(arrived.errors[0]))
        elif len(others) == 1 and others[0].here.standing == "deleted":
            self._lab.offered.emit(self._offer_of(others[0]))
        elif others:
            self._lab.problem.emit(translation.sentence(others[0].note))
        elif arrived.imported:
            self._lab.noticed.emit(" ".join(self._told(arrived)))

    def _told(self, arrived: _Arrived) -> Iterator[str]:
        runs = arrived.runs
        if len(runs) == 1:
            yield translation.sentence(runs[0].note)
        elif runs:
            new = sum(run.is_new for run in runs)
            yield fill(self.tr("Taken in: {new:,}. Here already: {same:,}."), new=new, same=len(runs) - new)
        own = [imported.own_digits for imported in arrived.imported if imported.has_own_digits]
        if own:
            yield fill(self.tr("Added to your own digits: {count:,}."), count=sum(own))

    def _offer_of(self, run: "ImportedRun") -> Offer:
        """A way to bring back what lies in the bin."""
        shelf = self._lab.shelf

        def bring_back() -> None:
            self._wanted = run.id
            shelf.restore([run.id])

        return Offer(
            translation.sentence(run.note),
            self.tr("&Restore it"),
            self.tr("Take it out of the lab's bin, and look at it."),
            bring_back,
            lambda: shelf.row(run.id) is None,
        )
