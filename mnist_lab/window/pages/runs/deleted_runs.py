"""The button that lists the lab's bin: deleted runs, also of earlier sessions, are brought back or removed for good."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal, Slot
from PySide6.QtWidgets import QMenu, QWidget

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import dialogs
from mnist_lab.window.pages.runs.run_lines import RunColumn, RunLines
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.words import fill, spell_bytes, spell_whole


class DeletedRuns(IconButton):
    """Opens a list of what lies in the bin; who chooses a run there gets it back.

    Signals:
        restore_wanted(list[str]): ids of the runs that are to come back.
        removal_wanted(list[str]): ids of the runs that are to go for good; the person was asked.
    """

    restore_wanted = Signal(list)
    removal_wanted = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("ph.arrow-counter-clockwise", parent=parent)
        self._rows: tuple[RunRow, ...] = ()
        self._lines = RunLines(self)
        self._menu = QMenu(self)
        self._menu.setObjectName("deletedRunsMenu")
        self._menu.setStyleSheet("QMenu { menu-scrollable: 1; }")  # a bin may hold more than a screen has room for
        self.setObjectName("restoreRunButton")
        self.setText(self.tr("R&estore…"))
        self.setAccessibleName(self.tr("Restore a deleted run"))
        self.clicked.connect(self._on_clicked)
        self.show_deleted(())

    def show_deleted(self, rows: Sequence[RunRow]) -> None:
        """Offer these runs, which lie in the bin."""
        self._rows = tuple(rows)
        self.setEnabled(bool(rows))
        words = self.tr("Bring back a deleted run, or delete all for good: {runs} in the lab's bin, {room} in all.")
        self.setToolTip(self._counted(words) if rows else self.tr("No deleted run lies in the lab's bin."))

    def _counted(self, words: str) -> str:
        room = spell_bytes(sum(row.bytes for row in self._rows))
        return fill(words, runs=spell_whole(len(self._rows)), room=room)

    @Slot()
    def _on_clicked(self) -> None:
        self._menu.clear()
        told = self._counted(self.tr("Deleted runs: {runs}, {room} in all"))
        self._menu.addAction(told).setEnabled(False)
        self._menu.addSeparator()
        for row in self._rows:
            self._add(self._told(row), [row.id])
        self._menu.addSeparator()
        every = [row.id for row in self._rows]
        if len(every) > 1:
            self._add(self.tr("Bring all of them back"), every)
        for_good = self._menu.addAction(
            self.tr("Delete for good…") if len(every) == 1 else self.tr("Delete all for good…")
        )
        for_good.setObjectName("deleteForGoodAction")
        for_good.triggered.connect(lambda: self._ask_to_remove(told, every))
        self._menu.setActiveAction(self._menu.actions()[2])
        self._menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _add(self, words: str, run_ids: list[str]) -> None:
        action = self._menu.addAction(words.replace("&", "&&"))  # a name may hold one
        action.triggered.connect(lambda: self.restore_wanted.emit(run_ids))

    def _ask_to_remove(self, told: str, run_ids: list[str]) -> None:
        if dialogs.ask_to_delete_for_good(self, told):
            self.removal_wanted.emit(run_ids)

    def _told(self, row: RunRow) -> str:
        """A run in one line, so that it is told from the others."""
        if row.error is not None:
            parts = [fill(self.tr("The file {file}"), file=row.id), self._lines.state(row)]
        else:
            parts = [self._lines.title(row)]
            line, basic = self._lines.line(row, None), self._lines.differing(())
            parts += [self._lines.text(line, column, basic) for column in (RunColumn.SETTINGS, RunColumn.LAST)]
            parts.append(self._lines.date(row))
        return "  ·  ".join((*(part for part in parts if part), spell_bytes(row.bytes)))
