"""What differs between the chosen runs, as a table that is as high as its rows."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QSizePolicy, QTableView, QWidget

from mnist_lab.runs.facts import KeptRun
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.differences_model import DifferencesModel

_LEAST_WIDTH = 240
_PADDING = 12
"""Above and below the words of a row, as the style sheet has it in headers, with its line."""


class DifferencesTable(QTableView):
    """Shows a column for each run; more columns than fit are scrolled to."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = DifferencesModel(self)
        self.setObjectName("differencesTable")
        self.setAccessibleName(self.tr("What differs between the runs"))
        self.setToolTip(self.tr("Settings that differ; below them, on grey, how well each run did."))
        self.setModel(self._model)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        for header in (self.horizontalHeader(), self.verticalHeader()):
            header.setSectionsClickable(False)
            header.setHighlightSections(False)
            header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.horizontalHeader().geometriesChanged.connect(self.updateGeometry)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fit_rows()

    def _fit_rows(self) -> None:
        line = QFontMetrics(theme.fonts.font()).height()
        self.verticalHeader().setMinimumSectionSize(line)
        self.verticalHeader().setDefaultSectionSize(line + _PADDING)

    @property
    def differing(self) -> int:
        """How many settings differ."""
        return self._model.settings

    def set_runs(self, runs: Sequence[KeptRun]) -> None:
        """Show these."""
        self._model.ratio = self.devicePixelRatioF()
        self._model.set_runs(runs)
        self.setVisible(bool(runs))
        self.updateGeometry()

    def set_palette(self, _palette: theme.Palette) -> None:
        """Draw the samples of lines anew, and take over the size of the text."""
        self._fit_rows()
        self._model.set_runs(self._model.runs)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Show all rows, with a scroll bar below them whether there is one now or not: nothing jumps."""
        rows = self.horizontalHeader().sizeHint().height() + self.verticalHeader().length()
        return QSize(2 * _LEAST_WIDTH, rows + self.horizontalScrollBar().sizeHint().height() + 2 * self.frameWidth())

    def minimumSizeHint(self) -> QSize:
        """Show all rows, and a column."""
        return QSize(theme.fonts.scaled(_LEAST_WIDTH), self.sizeHint().height())
