"""How wide the columns of a sweep's results are: all in sight, where that can be."""

import math

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.sweep_model import SweepModel

_MEASURED_ROWS = 200
_LEAST_LETTERS = 8
"""So many of a word are there at least, where it is cut."""


class SweepWidths(QObject):
    """Gives every column the room that it needs, and the last one what is left.

    Where there is less room titles are short ones; where there is less still, settings whose values are words are cut:
    a tooltip has the whole. Numbers never are. As soon as one column is made wider or narrower by hand, all stay.
    """

    def __init__(self, table: QTableView, model: SweepModel) -> None:
        """`table` shows `model`."""
        super().__init__(table)
        self._table, self._model = table, model
        self._widest: list[int] = []
        self._is_sized_by_hand, self._is_fitting = False, False
        table.horizontalHeader().sectionResized.connect(self._on_sized)

    def begin(self) -> None:
        """Fit other columns than before, whatever was made of those by hand."""
        self._is_sized_by_hand = False
        self.measure()

    def measure(self) -> None:
        """See how much room what stands in the columns needs now."""
        measure = QFontMetrics(theme.fonts.base_font())
        texts = self._model.texts(_MEASURED_ROWS)
        self._widest = [max(map(measure.horizontalAdvance, column), default=0) for column in texts]
        self.fit()

    def fit(self) -> None:
        """Share what room there is, beside a scroll bar, be it there or not."""
        if self._is_sized_by_hand:
            return
        bar = self._table.verticalScrollBar()
        room = self._table.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())
        widths = self._needed(is_short=False)
        is_short = sum(widths) > room
        if is_short:
            widths = self._cut(self._needed(is_short=True), room)
        self._is_fitting = True
        self._model.set_short(is_short=is_short)
        for column, width in enumerate(widths):
            self._table.setColumnWidth(column, width)
        self._is_fitting = False

    def _needed(self, *, is_short: bool) -> list[int]:
        titles = self._titles(is_short=is_short)
        return [max(title, widest) + 2 * theme.GAP for title, widest in zip(titles, self._widest, strict=True)]

    def _titles(self, *, is_short: bool) -> list[int]:
        bold = theme.fonts.base_font()
        bold.setBold(True)
        measure = QFontMetrics(bold)
        columns = range(len(self._widest))
        return [measure.horizontalAdvance(self._model.title(column, is_short=is_short)) for column in columns]

    def _cut(self, widths: list[int], room: int) -> list[int]:
        """Take what is missing from columns of words, each in proportion to what it can do without; if that helps."""
        letters = QFontMetrics(theme.fonts.base_font()).averageCharWidth() * _LEAST_LETTERS
        least = [max(title, letters) + 2 * theme.GAP for title in self._titles(is_short=True)]
        spare = {column: max(widths[column] - least[column], 0) for column in self._model.word_columns}
        missing, whole = sum(widths) - room, sum(spare.values())
        if not 0 < missing <= whole:
            return widths
        return [width - math.ceil(missing / whole * spare.get(column, 0)) for column, width in enumerate(widths)]

    @Slot(int)
    def _on_sized(self, column: int) -> None:
        is_last = column == self._model.columnCount() - 1  # Qt gives it the rest
        self._is_sized_by_hand = self._is_sized_by_hand or not (self._is_fitting or is_last)
