"""The table of kept runs: rows to choose, by mouse and by keyboard."""

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mnist_lab.runs.facts import RunRow
from mnist_lab.window import page_keys, theme
from mnist_lab.window.keyboard import add_shortcut
from mnist_lab.window.pages.runs.column_widths import ColumnWidths
from mnist_lab.window.pages.runs.curve_delegate import CurveDelegate
from mnist_lab.window.pages.runs.name_delegate import NameDelegate
from mnist_lab.window.pages.runs.run_lines import RunColumn
from mnist_lab.window.pages.runs.run_model import RunModel
from mnist_lab.window.pages.runs.runs_look import RunsLook

_SIDEWAYS = (Qt.Key.Key_Left, Qt.Key.Key_Right)


class RunTable(QTableView):
    """Shows a `RunModel`; selection and sorting are kept in a look, by the runs' ids.

    Signals:
        chosen(): other rows are selected, or the selected ones are told otherwise.
        open_wanted(): the current run is to be looked at.
        star_wanted(list[str]): the stars of these runs are to be turned over.
        delete_wanted(): the selected runs are to go.
        undo_wanted(): what was deleted last is to come back.
    """

    KEYS = page_keys.RUN_TABLE

    chosen = Signal()
    open_wanted = Signal()
    star_wanted = Signal(list)
    delete_wanted = Signal()
    undo_wanted = Signal()

    def __init__(self, model: RunModel, look: RunsLook, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._look = model, look
        self._is_sight_due = False  # those that were chosen are to be brought into sight once they are listed
        self._is_restoring = self._is_restore_due = self._goes_sideways = False
        self.setObjectName("runTable")
        self.setAccessibleName(self.tr("Kept runs"))
        self.setToolTip(self.tr("Every run that was kept. Choose one, or several to compare them; Enter opens one."))
        self._dress()
        model.rowsAboutToBeRemoved.connect(self._on_rows_going)  # before the view hears it
        self.setModel(model)
        self.verticalHeader().setDefaultSectionSize(QFontMetrics(theme.fonts.base_font()).lineSpacing() + 2 * theme.GAP)
        self._widths = ColumnWidths(self)
        self.setItemDelegateForColumn(RunColumn.CURVE, CurveDelegate(self))
        self.setItemDelegateForColumn(RunColumn.NAME, NameDelegate(self))
        self.setSortingEnabled(True)
        self.sortByColumn(look.column, look.order)
        self._connect()

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)  # by `rename`: other keys do other things
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def sizeHint(self) -> QSize:
        """As high as it must be at least, too: a stack asks only how high its parts would like to be."""
        return super().sizeHint().expandedTo(self.minimumSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let names and settings have what is left."""
        super().resizeEvent(event)
        self._widths.share()

    def _connect(self) -> None:
        self.clicked.connect(self._on_clicked)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        for come_or_gone in (self._model.modelReset, self._model.rowsInserted, self._model.rowsRemoved):
            come_or_gone.connect(self._on_rows_changed)
        self._model.arranged.connect(self._on_arranged)
        add_shortcut(page_keys.RESTORE, self).activated.connect(self.undo_wanted)

    # What is chosen

    @property
    def current(self) -> RunRow | None:
        """The run that keys and buttons act on; None without one."""
        index = self.currentIndex()
        return self._model.rows[index.row()] if index.isValid() else None

    @property
    def selected(self) -> list[RunRow]:
        """All selected runs, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = self._model.rows
        return [rows[place] for place in places]

    @Slot(list)
    def choose(self, run_ids: list[str]) -> None:
        """Select these runs, as soon as they are listed."""
        self._look.selected, self._look.current = run_ids, next(iter(run_ids), "")
        self._is_sight_due = True
        self.restore()
        self._bring_into_sight()

    def follow(self, run_id: str) -> None:
        """Select the run that the pages show now, unless another choice was made than that of the run before."""
        if run_id == self._look.followed or self._model.place_of(run_id) is None:
            return
        listed = [chosen for chosen in self._look.selected if self._model.place_of(chosen) is not None]
        has_chosen = listed not in ([], [self._look.followed])
        self._look.followed = run_id
        if not has_chosen:
            self.choose([run_id])

    def point_of(self, place: int | tuple[int, int]) -> QPoint | None:
        """Where to click for a run, 0 for the newest, which is brought into sight; None where it is not listed."""
        newest = sorted(self._model.rows, key=lambda row: row.number, reverse=True)
        if not isinstance(place, int) or place >= len(newest):
            return None
        line = self._model.place_of(newest[place].id)
        assert line is not None  # it is one of those listed
        index = self._model.index(line, RunColumn.NAME)
        self.scrollTo(index)
        return self.visualRect(index).center()

    def rename(self) -> None:
        """Let the current run's name be typed."""
        index = self.currentIndex()
        if index.isValid():
            name = index.siblingAtColumn(RunColumn.NAME)
            super().scrollTo(name)
            self.edit(name)

    @Slot()
    def restore(self) -> None:
        """Select the runs again that were selected, where they are shown."""
        self._is_restoring = True
        places = [place for run_id in self._look.selected if (place := self._model.place_of(run_id)) is not None]
        current = self._model.place_of(self._look.current)
        if current is not None:
            column = max(self.currentIndex().column(), RunColumn.NAME)
            index = self._model.index(current, column)
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        wanted, last = QItemSelection(), len(RunColumn) - 1
        for place in places:
            wanted.select(self._model.index(place, 0), self._model.index(place, last))
        self.selectionModel().select(wanted, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._is_restoring = False
        self.chosen.emit()

    @Slot()
    def _on_rows_changed(self) -> None:
        self._is_restore_due = True

    @Slot()
    def _on_arranged(self) -> None:
        """Select again once all rows are in their places: those that come back come last at first."""
        if self._is_restore_due:
            self._is_restore_due = False
            self.restore()
        self._bring_into_sight()

    def _bring_into_sight(self) -> None:
        """Scroll to what was chosen, once it is listed."""
        current = self._model.place_of(self._look.current)
        if self._is_sight_due and current is not None:
            self.scrollTo(self._model.index(current, RunColumn.NAME))
            self._is_sight_due = False

    @Slot()
    def _on_rows_going(self) -> None:
        """Rows that go, to the bin or by the filter, take no choice along: back again, they are selected again."""
        self._is_restoring = True

    @Slot(QItemSelection, QItemSelection)
    def _on_selection_changed(self, _new: QItemSelection, _old: QItemSelection) -> None:
        if not self._is_restoring:
            self._look.selected = [row.id for row in self.selected]
            self.chosen.emit()

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if not self._is_restoring and current.isValid():
            self._look.current = self._model.rows[current.row()].id

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, column: int, order: Qt.SortOrder) -> None:
        self._look.column, self._look.order = column, order

    # What is done

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if index.column() == RunColumn.STAR:
            self.star_wanted.emit([self._model.rows[index.row()].id])

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if index.column() != RunColumn.STAR:
            self.open_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open, rename, star, delete, or what tables do."""
        if self.state() == QAbstractItemView.State.EditingState:
            super().keyPressEvent(event)
            return
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open_wanted.emit()
            case Qt.Key.Key_F2:
                self.rename()
            case Qt.Key.Key_Delete:
                self.delete_wanted.emit()
            case Qt.Key.Key_Home | Qt.Key.Key_End:
                self._go_to_end(event)
            case Qt.Key.Key_Asterisk:
                self.star_wanted.emit([row.id for row in self.selected])
            case _:
                self._goes_sideways = event.key() in _SIDEWAYS
                super().keyPressEvent(event)
                self._goes_sideways = False

    def _go_to_end(self, event: QKeyEvent) -> None:
        """Choose the first or the last run, with Ctrl as without: Qt would go along the row, or choose nothing."""
        last = len(self._model.rows) - 1
        before, flags = self.currentIndex(), QItemSelectionModel.SelectionFlag
        index = self._model.index(0 if event.key() == Qt.Key.Key_Home else last, max(before.column(), 0))
        if index.isValid() and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            between = QItemSelection(*sorted((before, index), key=lambda one: one.row()))
            self.selectionModel().select(between, flags.ClearAndSelect | flags.Rows)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)
        elif index.isValid():
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)

    def scrollTo(
        self,
        index: QModelIndex | QPersistentModelIndex,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Bring a row into view; sideways only keys move the table: a cell stays under the mouse that clicked it."""
        bar = self.horizontalScrollBar()
        before = bar.value()
        super().scrollTo(index, hint)
        if not self._goes_sideways:
            bar.setValue(before)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing by typed letters: the field above does, in all columns."""
