"""The steps of one descent as a table; copying gives those of all as CSV."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QHeaderView, QLabel, QTableView, QVBoxLayout, QWidget

from mnist_lab.descent.path import Path
from mnist_lab.window import theme
from mnist_lab.window.widgets.icon_button import IconButton
from mnist_lab.window.widgets.number_text import spell

_Index = QModelIndex | QPersistentModelIndex


class _Steps(QAbstractTableModel):
    """Reads from a path."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.path: Path | None = None
        self.titles = (
            self.tr("step"),
            self.tr("x"),
            self.tr("loss"),
            self.tr("slope"),
            self.tr("slope used"),
            self.tr("η"),
            self.tr("effective"),
        )

    def set_path(self, path: Path | None) -> None:
        """Show another, or the same after more steps."""
        self.beginResetModel()
        self.path = path
        self.endResetModel()

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
        if role != Qt.ItemDataRole.DisplayRole or self.path is None:
            return None
        path, step = self.path, index.row()
        if index.column() == 0:
            return str(step)
        columns = (path.x, path.loss, path.slope, path.used_slope, path.rate, path.effective_rate)
        values = columns[index.column() - 1]
        if step >= len(values) or not np.isfinite(values[step]):
            return "" if step >= len(values) else "–"
        return spell(float(values[step]), 5, 3)


class _Table(QTableView):
    """Ctrl+C copies everything.

    Signals:
        copy_asked(): Ctrl+C.
    """

    copy_asked = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or what tables do."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_asked.emit()
        else:
            super().keyPressEvent(event)


class StepTable(QWidget):
    """The table under its button.

    Signals:
        step_pointed(int): the row that was chosen.
    """

    step_pointed = Signal(int)

    def __init__(self, csv: Callable[[], str], parent: QWidget | None = None) -> None:
        """`csv` gives the text to copy."""
        super().__init__(parent)
        self._csv = csv
        self._model = _Steps(self)
        self._make_table()
        self._copy = IconButton("ph.copy", self.tr("Cop&y as CSV"), self)
        self._copy.setObjectName("descentCopy")
        self._copy.setAccessibleName(self.tr("Copy the tables of all optimizers as CSV"))
        self._copy.setToolTip(self.tr("Copy every step of every optimizer as CSV, for a spreadsheet (Ctrl+C)."))
        self._words = QLabel(self)
        theme.set_role(self._words, "caption")
        row = QHBoxLayout()
        row.addWidget(self._words, 1)
        row.addWidget(self._copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(row)
        layout.addWidget(self._table, 1)
        self._copy.clicked.connect(self._on_copy)
        self._table.copy_asked.connect(self._on_copy)
        self._table.selectionModel().currentRowChanged.connect(self._on_row)

    def show_path(self, words: str, path: Path | None) -> None:
        """Show the steps of one descent; `words` say whose."""
        self._words.setText(words)
        self._model.set_path(path)
        self._table.scrollToBottom()

    def _make_table(self) -> None:
        table = _Table(self)
        table.setObjectName("descentTable")
        table.setAccessibleName(self.tr("Steps"))
        table.setToolTip(self.tr("Every step; a row is ringed on the curve. Ctrl+C copies all as CSV."))
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
        if current.isValid():
            self.step_pointed.emit(current.row())
