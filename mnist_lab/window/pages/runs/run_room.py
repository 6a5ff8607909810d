"""What all runs take of the disk, what is left of it, and what a run may take: a line under the table."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.keeper import MOST_WAITING_BYTES
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.runs.deleted_runs import DeletedRuns
from mnist_lab.window.state.run_shelf import RunShelf
from mnist_lab.window.widgets.basic.drop_down import DropDown, keep_list_wide
from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.words import fill, spell_bytes, spell_whole


class RunRoom(QWidget):
    """Tells the room, and lets a person choose how much of it the networks of a run may take.

    Attributes:
        deleted: lists what lies in the bin.

    Signals:
        budget_chosen(int): bytes, one of `RunShelf.BUDGETS`.
    """

    budget_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setObjectName("runRoom")
        self._words.setWordWrap(True)
        self.deleted = DeletedRuns(self)
        self._budget = DropDown(self)
        self._budget.setObjectName("runBudget")
        self._budget.setAccessibleName(self.tr("Disk for the networks of a run"))
        self._budget.setToolTip(
            fill(
                self.tr(
                    "How much of the disk the networks of one run may take, from the next run on. With more, more"
                    " moments of a run are kept; its numbers, its first and its last network always are. While they"
                    " wait to be written, they take at most {memory} of memory."
                ),
                memory=spell_bytes(MOST_WAITING_BYTES),
            )
        )
        for budget in RunShelf.BUDGETS:
            self._budget.addItem(
                fill(self.tr("at most {number} MB a run"), number=spell_whole(budget // 10**6)), budget
            )
        keep_list_wide(self._budget)
        shows_state(self)
        theme.set_role(self._words, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._words)  # a line of its own: beside the buttons large text takes seven
        layout.addWidget(FoldingRow(FoldingPart(self.deleted, 0), FoldingPart(self._budget, 1), parent=self))
        self._budget.currentIndexChanged.connect(self._on_chosen)

    def show_room(self, runs: int, deleted: Sequence[RunRow], used: int, free: int | None, budget: int) -> None:
        """Say what all runs take, also those in the bin, what is left, and what a run may take; all in bytes.

        Args:
            runs: how many are in the list.
            deleted: those in the bin.
            used: what all of them take together.
            free: what is left; None: nobody knows.
            budget: what the networks of a run may take.
        """
        in_bin = sum(row.bytes for row in deleted)
        words = fill(self.tr("%Ln run(s) take {used}.", "", runs), used=spell_bytes(max(used - in_bin, 0)))
        if deleted:
            words += " " + fill(self.tr("The deleted ones take {room} more."), room=spell_bytes(in_bin))
        self.deleted.show_deleted(deleted)
        if free is not None:
            words += " " + fill(self.tr("{free} are free."), free=spell_bytes(free))
        self._words.setText(words)
        with QSignalBlocker(self._budget):
            self._budget.setCurrentIndex(self._budget.findData(budget))

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.budget_chosen.emit(self._budget.itemData(index))
