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
    a tooltip has the whole. Numbers never are. If that does not help, columns stand closer and those go that can be
    spared, if then all others are in sight. As soon as one column is made wider or narrower by hand, all stay.
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
        gone: list[int] = []
        widths = self._needed(2 * theme.GAP, is_short=False)
        is_short = sum(widths) > room
        if is_short:
            widths, gone = self._crowded(room)
        self._is_fitting = True
        self._model.set_short(is_short=is_short)
        for column, width in enumerate(widths):
            self._table.setColumnHidden(column, column in gone)
            if column not in gone:
                self._table.setColumnWidth(column, width)
        self._is_fitting = False

    def _crowded(self, room: int) -> tuple[list[int], list[int]]:
        """Widths of columns under short titles, and those that go: as few as let the others be in sight; else none."""
        spared = self._model.spared_columns
        for gap in (2 * theme.GAP, theme.GAP + theme.SMALL_GAP):
            for count in range(len(spared) + 1):
                gone = spared[:count]
                widths = self._cut(self._needed(gap, is_short=True), room, gap, gone)
                if widths is not None:
                    return widths, gone
        return self._needed(2 * theme.GAP, is_short=True), []

    def _needed(self, gap: int, *, is_short: bool) -> list[int]:
        titles = self._titles(is_short=is_short)
        return [max(title, widest) + gap for title, widest in zip(titles, self._widest, strict=True)]

    def _titles(self, *, is_short: bool) -> list[int]:
        bold = theme.fonts.base_font()
        bold.setBold(True)
        measure = QFontMetrics(bold)
        columns = range(len(self._widest))
        return [measure.horizontalAdvance(self._model.title(column, is_short=is_short)) for column in columns]

    def _cut(self, widths: list[int], room: int, gap: int, gone: list[int]) -> list[int] | None:
        """Take what is missing from columns of words, each in proportion to what it can do without.

        None where that does not bring all others than those `gone` into sight.
        """
        letters = QFontMetrics(theme.fonts.base_font()).averageCharWidth() * _LEAST_LETTERS
        least = [max(title, letters) + gap for title in self._titles(is_short=True)]
        spare = {column: max(widths[column] - least[column], 0) for column in self._model.word_columns}
        missing = sum(width for column, width in enumerate(widths) if column not in gone) - room
        whole = sum(spare.values())
        if missing <= 0:
            return widths
        if missing > whole:
            return None
        return [width - math.ceil(missing / whole * spare.get(column, 0)) for column, width in enumerate(widths)]

    @Slot(int)
    def _on_sized(self, column: int) -> None:
        seen = [one for one in range(self._model.columnCount()) if not self._table.isColumnHidden(one)]
        by_hand = column in seen[:-1]  # to the last one Qt gives the rest, and from one that goes it takes its width
        self._is_sized_by_hand = self._is_sized_by_hand or (by_hand and not self._is_fitting)
