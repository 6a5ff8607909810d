"""The table of a sweep's results: rows to choose and to open, by mouse and by keyboard."""

from PySide6.QtCore import QModelIndex, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.experiments.sweep_model import SweepModel
from mnist_lab.window.pages.experiments.sweep_widths import SweepWidths
from mnist_lab.window.state.live_sweep import LiveSweep
from mnist_lab.window.state.sweep_trials import SweepTrial

_LEAST_ROWS = 3
_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SweepTable(QTableView):
    """Shows a sweep's trials as they come.

    Signals:
        open_wanted(SweepTrial): the run of this one is to be looked at.
    """

    KEYS = page_keys.SWEEP_TABLE

    open_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = SweepModel(self)
        self._plan: object = None
        self.setObjectName("trialSweepTable")
        self.setAccessibleName(self.tr("Runs of the sweep"))
        self.setToolTip(self.tr("The best first. A double click, or Enter, opens a run; a click on a title sorts."))
        self.setModel(self._model)
        self._dress()
        self.setSortingEnabled(True)
        self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
        self._widths = SweepWidths(self, self._model)
        self._widths.begin()
        self.doubleClicked.connect(self._on_double_clicked)

    def _dress(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        rows, columns = self.verticalHeader(), self.horizontalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setDefaultSectionSize(QFontMetrics(theme.fonts.base_font()).lineSpacing() + theme.GAP)
        columns.setHighlightSections(False)
        columns.setStretchLastSection(True)

    @property
    def trials(self) -> list[SweepTrial]:
        """What is shown, from the top."""
        return self._model.shown

    def show_sweep(self, sweep: LiveSweep) -> None:
        """Show how its trials stand."""
        if sweep.plan is not self._plan:
            self._plan = sweep.plan
            self._model.begin(() if sweep.plan is None else sweep.plan.varied)
            self._model.set_trials(sweep.trials)
            self.sortByColumn(0, Qt.SortOrder.AscendingOrder)
            self._widths.begin()
        else:
            self._model.set_trials(sweep.trials)
            if not sweep.is_sweeping:  # now it is known how large a loss became
                self._widths.measure()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._widths.fit()

    def minimumSizeHint(self) -> QSize:
        """Show a few rows."""
        height = self.horizontalHeader().sizeHint().height()
        return QSize(theme.fonts.scaled(240), height + _LEAST_ROWS * self.verticalHeader().defaultSectionSize())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open a run with Enter; all else as in any table."""
        if event.key() in _OPENING and self.currentIndex().isValid():
            self._open(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Search nothing by typed letters: rows are numbers."""

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        self._open(index.row())

    def _open(self, line: int) -> None:
        self.open_wanted.emit(self._model.shown[line])
