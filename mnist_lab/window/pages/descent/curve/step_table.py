"""The steps of one descent as a table; copying gives those of all as CSV."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QFont, QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from mnist_lab.descent.path import Path
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import with_key
from mnist_lab.window.pages.descent.curve.table_place import TablePlace
from mnist_lab.window.pages.descent.marked_step import MarkedStep, StepMark
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.words import spell

_Index = QModelIndex | QPersistentModelIndex


class _Steps(QAbstractTableModel):
    """Reads from a path."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.marked_row: int | None = None
        self.titles = (
            self.tr("step"),
            self.tr("x"),
            self.tr("loss"),
            self.tr("slope"),
            self.tr("slope used"),
            self.tr("η"),
            self.tr("effective η"),
        )

    def set_path(self, path: Path | None) -> None:
        """Show another, or the same after more steps."""
        self.beginResetModel()
        self.path = path
        self.endResetModel()

    def mark(self, row: int | None) -> None:
        """Let one row stand out; None: none."""
        before, self.marked_row = self.marked_row, row
        for changed in (before, row):
            if changed is not None:
                last = self.columnCount() - 1
                self.dataChanged.emit(self.index(changed, 0), self.index(changed, last))

    def rowCount(self, _parent: _Index | None = None) -> int:
        """One for each step, and one for the start."""
        return 0 if self.path is None else self.path.steps + 1

    def columnCount(self, _parent: _Index | None = None) -> int:
        """As many as titles."""
        return len(self.titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The titles, above the ends of their numbers."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        is_title = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self.titles[section] if is_title else None

    def data(self, index: _Index, role: int = 0) -> object:
        """A number, spelled; what no step has used yet stays empty."""
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if index.row() == self.marked_row and role in _MARKED:
            return _MARKED[role]()
        if role != Qt.ItemDataRole.DisplayRole or self.path is None:
            return None
        path, step = self.path, index.row()
        if index.column() == 0:
            return f"○ {step}" if step == self.marked_row else str(step)
        columns = (path.x, path.loss, path.slope, path.used_slope, path.rate, path.effective_rate)
        values = columns[index.column() - 1]
        if step >= len(values) or not np.isfinite(values[step]):
            return "" if step >= len(values) else "–"
        return spell(float(values[step]), 5, 3)


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font


_MARKED: dict[int, Callable[[], object]] = {
    Qt.ItemDataRole.BackgroundRole: lambda: QColor(theme.current().hover),
    Qt.ItemDataRole.FontRole: _bold,
}
"""How the marked row stands out; the selection is another thing."""


class _Table(QTableView):
    """Ctrl+C copies everything.

    Signals:
        copy_asked(): Ctrl+C.
        escaped(): Escape.
        left(): the pointer has left the rows.
        focus_changed(bool): whether the keyboard is here.
    """

    KEYS = page_keys.STEP_TABLE

    copy_asked = Signal()
    escaped = Signal()
    left = Signal()
    focus_changed = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, mark nothing, or what tables do."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.setAccepted(self.currentIndex().isValid())  # else something else may be put away
            self.escaped.emit()
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Tell that the pointer is elsewhere."""
        super().leaveEvent(event)
        self.left.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell that keys choose the row now."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell that keys are elsewhere."""
        super().focusOutEvent(event)
        is_for_a_while = event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if self.isVisible() and not is_for_a_while:  # a table that goes with its page leaves the mark to the next one
            self.focus_changed.emit(False)


class StepTable(QWidget):
    """The table under its button. The row under the pointer, or the chosen one, is the marked step, and the reverse."""

    def __init__(
        self, csv: Callable[[], str], marked: MarkedStep, place: TablePlace, parent: QWidget | None = None
    ) -> None:
        """`csv` gives the text to copy; the first steps that are shown are shown where `place` was left."""
        super().__init__(parent)
        self._csv, self._marked, self._rule, self._place = csv, marked, "", place
        self._is_new, self._is_showing = True, False
        self._model = _Steps(self)
        self._make_table()
        self._copy = IconButton("ph.copy", with_key(self.tr("Cop&y as CSV"), page_keys.COPY), self)
        self._copy.setObjectName("descentCopy")
        self._copy.setAccessibleName(self.tr("Copy the tables of all optimizers as CSV"))
        self._copy.setToolTip(self.tr("Copy every step of every optimizer as CSV, for a spreadsheet (Ctrl+C)."))
        self._words = QLabel(self)
        theme.set_role(self._words, "caption")
        row = QHBoxLayout()
        row.addWidget(self._words)
        row.addWidget(KeyLine(self._table, self._table.KEYS, self), 1)
        row.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(row)
        layout.addWidget(self._table, 1)
        self._copy.clicked.connect(self._on_copy)
        self._table.copy_asked.connect(self._on_copy)
        self._table.selectionModel().currentRowChanged.connect(self._on_row)
        self._table.entered.connect(self._on_entered)
        self._table.viewportEntered.connect(self._on_left)
        self._table.left.connect(self._on_left)
        self._table.escaped.connect(self._on_escaped)
        self._table.focus_changed.connect(self._on_focus)
        bar = self._table.verticalScrollBar()
        bar.valueChanged.connect(self._on_scrolled)
        bar.rangeChanged.connect(self._scroll)
        marked.changed.connect(self._on_marked)

    def show_path(self, rule: str, words: str, path: Path | None) -> None:
        """Show the steps of one descent; `words` say whose, `rule` is its identifier."""
        self._rule = rule
        self._words.setText(words)
        self._is_showing = True
        steps = -1 if path is None else path.steps
        if not self._is_new or (self._place.rule, self._place.steps) != (rule, steps):
            self._place.rule, self._place.steps, self._place.top, self._place.row = rule, steps, None, None
        self._is_new = False
        self._model.marked_row = None
        self._model.set_path(path)
        if self._place.row is not None:
            self._table.selectRow(self._place.row)
        self._scroll()
        self._is_showing = False
        self._on_marked()

    @Slot()
    def _scroll(self) -> None:
        """Show the place where one is, also once there is a height to scroll in."""
        if self._place.top is None:
            self._table.scrollToBottom()
        else:
            self._table.verticalScrollBar().setValue(self._place.top)

    @Slot(int)
    def _on_scrolled(self, top: int) -> None:
        if self._table.isVisible() and not self._is_showing:
            self._place.top = top if top < self._table.verticalScrollBar().maximum() else None

    def _make_table(self) -> None:
        table = _Table(self)
        table.setObjectName("descentTable")
        table.setAccessibleName(self.tr("Steps"))
        table.setToolTip(
            self.tr("Every step; a row is ringed on the curve, Escape takes the ring away. Ctrl+C copies all as CSV.")
        )
        table.setMouseTracking(True)
        table.setModel(self._model)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setTabKeyNavigation(False)
        table.setShowGrid(False)
        table.verticalHeader().hide()
        table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self._table = table

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._csv())

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _before: QModelIndex) -> None:
        if self._is_showing:
            return
        self._place.row = current.row() if current.isValid() else None
        if current.isValid():
            self._marked.keep(StepMark(self._rule, current.row()))

    @Slot(QModelIndex)
    def _on_entered(self, index: QModelIndex) -> None:
        self._marked.point(StepMark(self._rule, index.row()))

    @Slot()
    def _on_left(self) -> None:
        self._marked.point(None)

    @Slot()
    def _on_escaped(self) -> None:
        self._table.selectionModel().clear()
        self._marked.clear()

    @Slot(bool)
    def _on_focus(self, is_here: bool) -> None:
        """What keys have chosen is marked only as long as they are here."""
        current = self._table.currentIndex()
        self._marked.keep(StepMark(self._rule, current.row()) if is_here and current.isValid() else None)

    @Slot()
    def _on_marked(self) -> None:
        """Let the row stand out and be seen; selection and keyboard stay where they are."""
        mark = self._marked.mark
        row = mark.step if mark is not None and mark.step < self._model.rowCount() else None
        if row == self._model.marked_row:
            return
        self._model.mark(row)
        if row is not None and not self._table.underMouse():
            self._table.scrollTo(self._model.index(row, 0))
