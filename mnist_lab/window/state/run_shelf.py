"""The kept runs in the window: their list, read off the window's thread, and what a person does with it.

What is asked for is shown at once and written in the order in which it was asked, one thing after the other, in the
background; where it cannot be written, that is told and the list is read again.
"""

import logging
import uuid
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.state.run_opening import RunOpening
from mnist_lab.window.state.shelf_words import ShelfWords
from mnist_lab.window.state.whole_runs import WholeRuns
from mnist_lab.work import JobHandle

_logger = logging.getLogger(__name__)

Errand = Callable[[], object]
_Read = tuple[tuple[RunRow, ...], tuple[RunRow, ...], int, int | None]


class RunShelf(QObject):
    """The runs and networks that are kept, newest first.

    Attributes:
        store: where they are kept.
        rows: what the list shows of them.
        deleted: those in the lab's bin.
        is_read: whether it was read yet.
        used_bytes: what all of them take, those in the bin included.
        free_bytes: what is left where they are kept; None where that is not known.

    Signals:
        changed(): the list is another now.
        checked(): the list was read from the run files, not from the index alone.
        budget_changed(): the networks of a run may take more or less of the disk, from the next run on.
        opened(OpenedRun): a run that was asked for.
        not_opened(): it cannot be read, or the list cannot, so that none can be opened.
        loaded(list[KeptRun]): those that were asked for by `load`.
        restored(list[str]): runs that are taken out of the bin; they are listed as soon as that is done.
        offered(Offer): something that can be taken back.
        problem(str): a sentence for the learner.
        hindered(Hindrance): why what was asked for cannot be now.
    """

    BUDGETS = tuple(megabytes * 10**6 for megabytes in (16, 64, 256, 1000))
    changed = Signal()
    checked = Signal()
    budget_changed = Signal()
    opened = Signal(object)
    not_opened = Signal()
    loaded = Signal(list)
    restored = Signal(list)
    offered = Signal(object)
    problem = Signal(str)
    hindered = Signal(object)

    def __init__(self, store: RunStore, parent: QObject) -> None:
        super().__init__(parent)
        self.store = store
        self._words = ShelfWords(self)
        self.rows: tuple[RunRow, ...] = ()
        self.deleted: tuple[RunRow, ...] = ()
        self.is_read = False
        self.used_bytes = 0
        self.free_bytes: int | None = None
        self._errands: deque[Errand] = deque()
        self._errand: Job | None = None
        self._reading: Job | None = None
        self._why_unread = ""
        self._has_ended = False
        self._is_outdated = False  # what is being read may be older than what was written meanwhile
        self._opening = RunOpening(store, self)
        self._opening.opened.connect(self.opened)
        self._opening.problem.connect(self._on_not_opened)
        self._whole = WholeRuns(store, self)
        self._whole.loaded.connect(self.loaded)
        self._whole.problem.connect(self._on_not_loaded)
        self._deleted: list[tuple[str, ...]] = []
        self._removed: set[str] = set()

    # Reading

    @property
    def is_reading(self) -> bool:
        """Whether the list is being read."""
        return self._reading is not None

    def row(self, run_id: str) -> RunRow | None:
        """The row of that run; None if it is not in the list."""
        return next((row for row in self.rows if row.id == run_id), None)

    def refresh(self) -> None:
        """Read the list again, once for all who ask meanwhile."""
        self._is_outdated = True
        if not self._has_ended and self._reading is None and self._errand is None:
            self._is_outdated = False
            self._reading = Job(self, self._read, self._receive, self._fail_to_read)
            self._reading.progressed.connect(self._show_rows)
            self._reading.start()

    def _read(self, handle: JobHandle) -> _Read:
        if not self.is_read:
            handle.report(tuple(self.store.rows()))  # what the index knows comes at once
        rows = tuple(self.store.refresh(lambda: handle.is_cancelled))
        return rows, tuple(self.store.deleted_rows()), self.store.used_bytes, self._free_bytes()

    def _free_bytes(self) -> int | None:
        try:
            return self.store.free_bytes
        except StoreError:
            return None  # the system does not tell: then nobody is told

    def _receive(self, read: _Read) -> None:
        self._reading = None
        rows, self.deleted, self.used_bytes, self.free_bytes = read
        self._why_unread = ""
        if not self._errands and self._errand is None:
            self._show_rows(rows)
            self.checked.emit()
        self._go_on()

    def _fail_to_read(self, error: Exception) -> None:
        """Tell it once, however often it is tried."""
        self._reading = None
        sentence, before = translation.sentence(error), self._why_unread
        self._why_unread = sentence
        self.not_opened.emit()
        if sentence != before:
            self.problem.emit(sentence)
        self._go_on()

    def _show_rows(self, rows: Sequence[RunRow]) -> None:
        self.is_read = True
        self.rows = tuple(rows)
        self.changed.emit()

    def open(self, run_id: str, at_hand: Sequence[Digits] = ()) -> None:
        """Read a run to be looked at; its digits may be among those `at_hand`. A later call replaces an earlier one."""
        self._opening.open(run_id, at_hand)

    @Slot(str)
    def _on_not_opened(self, sentence: str) -> None:
        self.not_opened.emit()
        self.problem.emit(sentence)
        self.refresh()

    def load(self, run_ids: Sequence[str]) -> None:
        """Read these runs whole, for comparing; a later call replaces an earlier one."""
        self._whole.load([row for row in self.rows if row.id in set(run_ids)])

    @Slot(str)
    def _on_not_loaded(self, sentence: str) -> None:
        self.problem.emit(sentence)
        self.refresh()  # its file has gone, or changed

    # Changing

    def set_budget(self, budget: int) -> None:
        """Let the networks of a run take so many bytes, one of `BUDGETS`."""
        self.store.budget = budget
        self.budget_changed.emit()

    def rename(self, run_id: str, name: str) -> None:
        """Call it otherwise; "" takes its name away."""
        self._change((run_id,), lambda: self.store.rename(run_id, name), name=name)

    def set_note(self, run_id: str, note: str) -> None:
        """Write something else on it."""
        self._change((run_id,), lambda: self.store.set_note(run_id, note), note=note)

    def set_starred(self, run_ids: Sequence[str], is_starred: bool) -> None:
        """Star them, or take their stars away."""
        errand = partial(_each, lambda run_id: self.store.set_starred(run_id, is_starred), tuple(run_ids))
        self._change(run_ids, errand, is_starred=is_starred)

    def delete(self, run_ids: Sequence[str]) -> None:
        """Lay them into the lab's bin; `undo` takes them out again. A run that goes on stays."""
        gone = [row for row in self.rows if row.id in set(run_ids) and row.state != "running"]
        if len(gone) < len(run_ids):
            words, going_on = self.tr("A run that goes on cannot be deleted: stop it first."), set(run_ids)
            self.hindered.emit(
                Hindrance(words, lambda: any(row.id in going_on and row.state == "running" for row in self.rows))
            )
        if not gone:
            return
        ids = tuple(row.id for row in gone)
        self._deleted.append(ids)
        self.rows = tuple(row for row in self.rows if row.id not in ids)
        self.changed.emit()
        self._send(partial(_each, self.store.delete, ids))
        explanation = self.tr("Put back what was deleted last.")
        self.offered.emit(
            Offer(self._words.deleted(gone), self.tr("&Undo"), explanation, self.undo, lambda: ids in self._deleted)
        )

    def undo(self) -> None:
        """Put back what was deleted last in this window."""
        if self._deleted:
            self.restore(self._deleted.pop())

    def restore(self, run_ids: Sequence[str]) -> None:
        """Take runs out of the lab's bin again; what brings them back is not to be undone once more."""
        back = [run_id for run_id in run_ids if run_id not in self._removed]
        self._forget_deleted(back)
        self._send(partial(_each, self.store.restore, back))
        self.restored.emit(back)

    def remove_deleted(self, run_ids: Sequence[str]) -> None:
        """Remove runs from the lab's bin for good: nothing brings them back."""
        gone = tuple(run_ids)
        self._removed |= set(gone)
        self._forget_deleted(gone)
        self.deleted = tuple(row for row in self.deleted if row.id not in gone)
        self._send(partial(_each, self.store.remove_deleted, gone))
        self.changed.emit()

    def _forget_deleted(self, run_ids: Sequence[str]) -> None:
        """Let there be no undo for these."""
        known = set(run_ids)
        self._deleted = [rest for ids in self._deleted if (rest := tuple(one for one in ids if one not in known))]

    def keep_network(
        self,
        name: str,
        weights: NetworkWeights,
        parent_id: str,
        parent_update: int,
        experiment: Experiment | None,
    ) -> str:
        """Keep a network, made from a run or network at one of its updates; return its id."""
        run_id = uuid.uuid4().hex
        self._send(lambda: self.store.keep_network(name, weights, parent_id, parent_update, experiment, run_id=run_id))
        return run_id

    def _change(self, run_ids: Sequence[str], errand: Errand, **changes: Any) -> None:
        ids = set(run_ids)
        self.rows = tuple(replace(row, **changes) if row.id in ids else row for row in self.rows)
        self._send(errand)
        self.changed.emit()

    def _send(self, errand: Errand) -> None:
        self._errands.append(errand)
        self._go_on()

    def _go_on(self) -> None:
        """Begin what comes next: something to write, or the list to read again when all is written."""
        if self._errand is not None or self._reading is not None:
            return
        if self._errands:
            errand = self._errands.popleft()
            self._is_outdated = True
            self._errand = Job(self, lambda _handle: errand(), self._on_done, self._on_failed)
            self._errand.start()
        elif self._is_outdated:
            self.refresh()

    def _on_done(self, _result: object) -> None:
        self._errand = None
        self._go_on()

    def _on_failed(self, error: Exception) -> None:
        self._errand = None
        self.problem.emit(translation.sentence(error))
        self._go_on()

    def end(self) -> None:
        """Write what is still to be written, give up the rest, and wait for the threads."""
        self._has_ended = True
        for job in self.findChildren(Job):
            job.end()
        self._errand = self._reading = None
        while self._errands:
            try:
                self._errands.popleft()()
            except StoreError as error:
                _logger.warning("%s", error)  # for the terminal: the window goes


def _each(change: Callable[[str], None], run_ids: Sequence[str]) -> None:
    for run_id in run_ids:
        change(run_id)
