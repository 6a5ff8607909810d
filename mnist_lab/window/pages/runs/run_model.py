"""The kept runs as a table: filtered and sorted here, because asking Python for each comparison of Qt's own is slow."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont

from mnist_lab.runs.comparing import Settings
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.family import Families
from mnist_lab.window.pages.runs.run_lines import RunColumn, RunLine, RunLines
from mnist_lab.window.run_names import name_in_words
from mnist_lab.window.widgets.basic.plain_tip import plain_tip
from mnist_lab.window.words import fill

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_FEW = 32
"""So many rows come or go one by one; more at once are a new table."""
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_ALIGNMENTS = {
    RunColumn.STAR: _CENTRE,
    RunColumn.NUMBER: _RIGHT,
    RunColumn.BEST: _RIGHT,
    RunColumn.LAST: _RIGHT,
    RunColumn.TIME: _RIGHT,
    RunColumn.DATE: _RIGHT,
}

_WORDS = (RunColumn.NAME, RunColumn.SETTINGS, RunColumn.DATA, RunColumn.STATE)
"""A first click sorts these from A on, and all others from the most: the best, the newest, the starred."""
_ARROW_ROOM = "\u2003"
"""After titles above the ends of numbers: there Qt draws the arrow of the column that is sorted by."""

RowRole = Qt.ItemDataRole.UserRole
"""The `RunRow` of a cell."""


class RunModel(QAbstractTableModel):
    """Reads from the rows of the shelf.

    Attributes:
        looked: id of the run or network that the pages show; "" for none.

    Signals:
        renamed(str, str): a run's id and the name that was typed for it.
        arranged(): all rows are in their places.
    """

    renamed = Signal(str, str)
    arranged = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines = RunLines(self)
        self._all: list[RunLine] = []
        self._shown: list[RunLine] = []
        self._differing: list[str] = self._lines.differing(())
        self._compared: dict[int, Settings] = {}  # the settings that they were found in, by identity
        self._words: tuple[str, ...] = ()
        self._column, self._is_descending = RunColumn.NUMBER, True
        self.looked = ""
        self._is_arranging = self._is_due = False
        self._titles, self._tips = self._make_titles(), self._make_tips()

    # What is shown

    @property
    def rows(self) -> list[RunRow]:
        """Those that are shown, from the top."""
        return [line.row for line in self._shown]

    def place_of(self, run_id: str) -> int | None:
        """In which line that run is shown; None if it is not."""
        return next((place for place, line in enumerate(self._shown) if line.row.id == run_id), None)

    def told(self, run_id: str) -> str:
        """A run in full words, whatever the columns have room for; "" where it is not shown."""
        place = self.place_of(run_id)
        return "" if place is None else self._lines.told_in_full(self._shown[place], self._differing)

    def set_rows(self, rows: Iterable[RunRow], families: Families | None = None) -> None:
        """Show these runs; `families` tell whose children they are, where that is known."""
        self._lines.families = families or Families(())
        known = {line.row.id: line for line in self._all}
        self._all = [self._lines.line(row, known.get(row.id)) for row in rows]
        self._arrange()

    def set_filter(self, text: str) -> None:
        """Show only runs in whose words all of these are found."""
        words = tuple(text.casefold().split())
        if words != self._words:
            self._words = words
            self._arrange()

    def set_looked(self, run_id: str) -> None:
        """Mark the run or network that the pages show."""
        before, self.looked = self.looked, run_id
        for changed in {before, run_id} if before != run_id else ():
            place = self.place_of(changed)
            if place is not None:
                self._tell(place, place)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by that column."""
        self._column, self._is_descending = RunColumn(column), order == Qt.SortOrder.DescendingOrder
        self._arrange()

    def _arrange(self) -> None:
        """Show what is wanted; what comes meanwhile, as a typed name is kept while its row goes, is shown after it."""
        self._is_due = True
        if self._is_arranging:
            return
        self._is_arranging = True
        try:
            while self._is_due:
                self._is_due = False
                self._arrange_now()
        finally:
            self._is_arranging = False
        self.arranged.emit()

    def _arrange_now(self) -> None:
        wanted = [line for line in self._all if not self._words or self._lines.matches(line, self._words)]
        differing = self._differing_in(wanted)
        wanted = self._lines.sorted(wanted, self._column, differing, is_descending=self._is_descending)
        old, new = [line.row.id for line in self._shown], [line.row.id for line in wanted]
        if len(set(old) ^ set(new)) > _FEW:
            self.beginResetModel()
            self._shown, self._differing = wanted, differing
            self.endResetModel()
            return
        self._drop(set(old) - set(new))
        self._add(wanted, set(new) - set(old))
        self._reorder(wanted)
        self._differing = differing
        if wanted:
            self._tell(0, len(wanted) - 1)

    def _differing_in(self, lines: Sequence[RunLine]) -> list[str]:
        """In which settings they differ; found anew only where they are others than before."""
        settings = {id(line.settings): line.settings for line in lines}
        if settings.keys() != self._compared.keys():
            self._compared = settings
            return self._lines.differing(lines)
        return self._differing

    def _drop(self, gone: set[str]) -> None:
        for place in reversed(range(len(self._shown))):
            if self._shown[place].row.id in gone:
                self.beginRemoveRows(QModelIndex(), place, place)
                del self._shown[place]
                self.endRemoveRows()

    def _add(self, wanted: Sequence[RunLine], new: set[str]) -> None:
        for line in wanted:
            if line.row.id in new:
                place = len(self._shown)
                self.beginInsertRows(QModelIndex(), place, place)
                self._shown.append(line)
                self.endInsertRows()

    def _reorder(self, wanted: Sequence[RunLine]) -> None:
        """Put the rows that are there into their new order; selection and what is being typed go with them."""
        old = [line.row.id for line in self._shown]
        if old == [line.row.id for line in wanted]:
            self._shown = list(wanted)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        places = {line.row.id: place for place, line in enumerate(wanted)}
        self._shown = list(wanted)
        after = [self.index(places[old[index.row()]], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _tell(self, first: int, last: int) -> None:
        self.dataChanged.emit(self.index(first, 0), self.index(last, len(RunColumn) - 1))

    # What Qt asks

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """One for each run that is shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """As many as `RunColumn` has."""
        return 0 if parent.isValid() else len(RunColumn)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Names can be typed."""
        flags = super().flags(index)
        is_name = index.isValid() and index.column() == RunColumn.NAME and self._shown[index.row()].row.error is None
        return flags | Qt.ItemFlag.ItemIsEditable if is_name else flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles, above the ends of their numbers, with what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        column = RunColumn(section)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._heading(column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._titles[column]
            case Qt.ItemDataRole.ToolTipRole:
                return self._tips[column]
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGNMENTS.get(column, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
            case Qt.ItemDataRole.InitialSortOrderRole:  # a number, or Qt does not know it
                return (Qt.SortOrder.AscendingOrder if column in _WORDS else Qt.SortOrder.DescendingOrder).value
        return None

    def _heading(self, column: RunColumn) -> str:
        if column is RunColumn.STAR:
            return "★"
        room = _ARROW_ROOM if column in _ALIGNMENTS else ""
        return self._titles[column] + room

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says, by role."""
        line, column = self._shown[index.row()], RunColumn(index.column())
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._lines.text(line, column, self._differing)
            case Qt.ItemDataRole.EditRole:
                return name_in_words(line.row.name) if column is RunColumn.NAME else None
            case Qt.ItemDataRole.AccessibleTextRole:
                said = f"{self._titles[column]}: {self._lines.accessible(line, column, self._differing)}"
                is_looked = column is RunColumn.NAME and line.row.id == self.looked
                return fill(self.tr("{said}, shown on every page"), said=said) if is_looked else said
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tip(self._tip(line, column))
            case Qt.ItemDataRole.TextAlignmentRole:
                return _ALIGNMENTS.get(column)
            case Qt.ItemDataRole.FontRole:
                return _bold() if line.row.id == self.looked else None
        return line.row if role == RowRole else None

    def _tip(self, line: RunLine, column: RunColumn) -> str:
        of_column = self._tips[column] if column is RunColumn.TIME else ""
        of_row = self.tr("Every page shows it: that is why it is bold.") if line.row.id == self.looked else ""
        return "\n".join(part for part in (self._lines.tip(line, self._differing), of_column, of_row) if part)

    def setData(self, index: _Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take the name that was typed; it is shown when the shelf has it."""
        row = self._shown[index.row()].row
        if role != Qt.ItemDataRole.EditRole or index.column() != RunColumn.NAME:
            return False
        name = " ".join(str(value).split())
        if name not in (row.name, name_in_words(row.name)):
            self.renamed.emit(row.id, name)
        return True

    # Words

    def _make_titles(self) -> dict[RunColumn, str]:
        return {
            RunColumn.STAR: self.tr("star"),
            RunColumn.NUMBER: self.tr("run"),
            RunColumn.NAME: self.tr("name"),
            RunColumn.CURVE: self.tr("curve"),
            RunColumn.LAST: self.tr("accuracy"),
            RunColumn.SETTINGS: self.tr("settings"),
            RunColumn.BEST: self.tr("best"),
            RunColumn.DATA: self.tr("digits"),
            RunColumn.TIME: self.tr("time"),
            RunColumn.DATE: self.tr("date"),
            RunColumn.STATE: self.tr("state"),
        }

    def _make_tips(self) -> dict[RunColumn, str]:
        return {
            RunColumn.STAR: self.tr("Runs that you have starred: click a star, or press *."),
            RunColumn.NUMBER: self.tr("Every run has its number for ever: no other run gets it."),
            RunColumn.NAME: self.tr("What you call it (F2), your note, and the run it goes on from."),
            RunColumn.CURVE: self.tr("Training accuracy from the first update to the last, from 0 to 100\u00a0%."),
            RunColumn.SETTINGS: self.tr(
                "Only settings that are not the same in all listed runs. Where all are, the layers and the optimizer."
                " What a run does without, such as dropout 0, is left out."
            ),
            RunColumn.DATA: self.tr("The digits that it trained on."),
            RunColumn.BEST: self.tr(
                "The highest accuracy after an epoch, on new digits: the test images or those held out."
            ),
            RunColumn.LAST: self.tr("The accuracy after its last epoch, on test images or those held out."),
            RunColumn.TIME: self.tr(
                "Time spent in gradient updates, any waits of slow motion included: the first run of a new home is"
                " slowed, so that it can be watched."
            ),
            RunColumn.DATE: self.tr("When it began."),
            RunColumn.STATE: self.tr("How it ended, or that it goes on."),
        }


def _bold() -> QFont:
    font = QFont()
    font.setBold(True)
    return font
