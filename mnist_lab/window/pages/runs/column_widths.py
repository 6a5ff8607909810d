"""How wide the columns of the table of runs are."""

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTableView

from mnist_lab.window import theme
from mnist_lab.window.pages.runs.run_lines import RunColumn

_SAMPLES = {
    RunColumn.STAR: "★",
    RunColumn.NUMBER: "1,000",
    RunColumn.NAME: "my first",
    RunColumn.SETTINGS: "64 units · RMSprop",
    RunColumn.LAST: "100.0 %",
    RunColumn.CURVE: "curve ▾▾",
    RunColumn.BEST: "100.0 %",
    RunColumn.DATA: "starter set",
    RunColumn.TIME: "59 min 59 s",
    RunColumn.DATE: "0000-00-00 00:00",
    RunColumn.STATE: "interrupted ▾",
}
"""As wide as these texts and the titles the columns are at first, whatever stands in them: nothing moves when it
changes, and up to the accuracy all is seen in the smallest usual window."""

_LEAST_SHARE = 0.7
"""So much of the usual width of the settings is there at least, where the accuracy would not be seen else."""


class ColumnWidths(QObject):
    """Gives every column the room that it needs, and what is left, or a little less, to the settings: they tell most.

    As soon as one column is made wider or narrower by hand, all stay as they are.
    """

    def __init__(self, table: QTableView) -> None:
        """`table` has its model."""
        super().__init__(table)
        self._table = table
        self._is_sized_by_hand, self._is_sharing = False, True
        self._least = self._needed()
        for column, width in self._least.items():
            table.setColumnWidth(column, width)
        self._is_sharing = False
        table.horizontalHeader().sectionResized.connect(self._on_sized)

    def _needed(self) -> dict[RunColumn, int]:
        measure, bold = QFontMetrics(theme.fonts.base_font()), theme.fonts.base_font()
        bold.setBold(True)
        titles, least = QFontMetrics(bold), {}
        for column, sample in _SAMPLES.items():
            title = self._table.model().headerData(column, Qt.Orientation.Horizontal)
            room = titles.horizontalAdvance(title) + 4 * theme.GAP
            if column in (RunColumn.STAR, RunColumn.NUMBER):  # their titles leave room for the mark of sorting
                room -= theme.GAP
            else:
                room += titles.lineSpacing()
            least[column] = max(room, measure.horizontalAdvance(sample) + 2 * theme.GAP)
        return least

    def share(self) -> None:
        """See how much is left beside the columns up to the accuracy, and a scroll bar, be it there or not."""
        if self._is_sized_by_hand:
            return
        bar = self._table.verticalScrollBar()
        room = self._table.viewport().width() - (0 if bar.isVisible() else bar.sizeHint().width())
        usual = self._least[RunColumn.SETTINGS]
        spare = room - sum(self._least[column] for column in RunColumn if column <= RunColumn.LAST)
        self._is_sharing = True
        self._table.setColumnWidth(RunColumn.SETTINGS, max(usual + spare, round(_LEAST_SHARE * usual)))
        self._is_sharing = False

    @Slot()
    def _on_sized(self) -> None:
        self._is_sized_by_hand = self._is_sized_by_hand or not self._is_sharing
