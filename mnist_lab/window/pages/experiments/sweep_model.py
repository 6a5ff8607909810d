"""The trials of a sweep as a table, sorted here: the best first, or by any column."""

import math
from collections.abc import Sequence
from enum import IntEnum

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mnist_lab.window.pages.experiments.trial_words import TrialWords
from mnist_lab.window.state.sweep_trials import SweepTrial
from mnist_lab.window.widgets.basic.plain_tip import plain_tip
from mnist_lab.window.words import fill, spell_whole

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BEFORE_WORDS = "\u2002"
"""Before words that follow the end of a number."""
_ARROW_ROOM = "\u2003"
"""After titles above the ends of numbers: there Qt draws the arrow of the column that is sorted by."""


class SweepColumn(IntEnum):
    """Columns that are always there; those of the settings that vary stand between place and accuracy."""

    PLACE = 0
    ACCURACY = 1
    LOSS = 2
    STATE = 3


_ORDER = {"finished": 0, "training": 1, "waiting": 2, "stopped": 3, "diverged": 4, "failed": 5}


class SweepModel(QAbstractTableModel):
    """Shows trials; a first click on a column sorts it from its best or smallest on."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = TrialWords(self)
        self._trials: Sequence[SweepTrial] = ()
        self._varied: tuple[str, ...] = ()
        self._places: dict[int, int] = {}
        self._shown: list[int] = []
        self._alignments: list[Qt.AlignmentFlag] = []
        self._column, self._is_descending = 0, False
        self._is_short = False

    @property
    def shown(self) -> list[SweepTrial]:
        """The trials, from the top."""
        return [self._trials[index] for index in self._shown]

    def begin(self, varied: Sequence[str]) -> None:
        """Have columns for these fields, and no trials yet."""
        self.beginResetModel()
        self._trials, self._varied, self._places, self._shown = (), tuple(varied), {}, []
        self._column, self._is_descending = 0, False
        self.endResetModel()

    def set_trials(self, trials: Sequence[SweepTrial]) -> None:
        """Show these, as they stand now."""
        trials = tuple(trials)
        if len(trials) != len(self._trials):
            self.beginResetModel()
            self._arrange(trials)
            self._alignments = [self._found_alignment(column) for column in range(self.columnCount())]
            self.endResetModel()
            return
        changed = [one.index for one, before in zip(trials, self._trials, strict=True) if one is not before]
        if all(trials[index].state == self._trials[index].state for index in changed):
            self._trials = trials  # only how far they are: that moves no row
            self._tell(changed)
            return
        self._rearrange(trials)

    def _tell(self, changed: Sequence[int]) -> None:
        """Say which rows are others now: those between the first and the last of them."""
        if changed:
            places = {index: row for row, index in enumerate(self._shown)}
            rows = [places[index] for index in changed]
            self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), self.columnCount() - 1))

    def _rearrange(self, trials: Sequence[SweepTrial]) -> None:
        before = list(self._shown)
        self.layoutAboutToBeChanged.emit()
        indexes = self.persistentIndexList()
        self._arrange(trials)
        if before != self._shown:
            rows = {trial: row for row, trial in enumerate(self._shown)}
            moved = [self.index(rows[before[index.row()]], index.column()) for index in indexes]
            self.changePersistentIndexList(indexes, moved)
        self.layoutChanged.emit()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by that column."""
        self._column, self._is_descending = max(column, 0), order == Qt.SortOrder.DescendingOrder
        self._rearrange(self._trials)

    def _arrange(self, trials: Sequence[SweepTrial]) -> None:
        self._trials = trials
        ranked = sorted((trial for trial in trials if _accuracy(trial) is not None), key=_rank)
        self._places = {trial.index: place for place, trial in enumerate(ranked, start=1)}
        self._shown = [trial.index for trial in sorted(trials, key=self._key, reverse=self._is_descending)]

    def _key(self, trial: SweepTrial) -> tuple[bool, object, int]:
        """By what a trial is sorted: what has no number comes last, in both directions."""
        sign = -1 if self._is_descending else 1
        value = self._sort_value(trial)
        is_last = value is None
        return is_last != self._is_descending, 0.0 if value is None else value, sign * trial.index

    def _sort_value(self, trial: SweepTrial) -> object:
        field = self._field(self._column)
        if field:
            value = _comparable(getattr(trial.experiment, field))
            return (0, value, "") if isinstance(value, float) else (1, 0.0, value)  # numbers before all else
        match self._fixed(self._column):
            case SweepColumn.PLACE:
                place = self._places.get(trial.index)
                return None if place is None else float(place)
            case SweepColumn.ACCURACY:
                return _accuracy(trial)
            case SweepColumn.LOSS:
                return None if trial.result is None else trial.result.test_loss
            case SweepColumn.STATE:
                return float(_ORDER[trial.state])

    def texts(self, most: int) -> list[list[str]]:
        """What stands in each column of the first `most` rows, and the longest that may come to stand there."""
        longest = {SweepColumn.ACCURACY: "100.00 %", SweepColumn.LOSS: "00.0000", SweepColumn.STATE: "not begun"}
        found = []
        for column in range(self.columnCount()):
            before = _BEFORE_WORDS if self._alignment(column) == _LEFT else ""
            texts = [before + self._text(trial, column) for trial in self.shown[:most]]
            if not self._field(column):
                texts.append(longest.get(self._fixed(column), spell_whole(len(self._trials))))
            found.append(texts)
        return found

    # Columns

    def _field(self, column: int) -> str:
        """The setting of a column; "" where it is one of those that are always there."""
        return self._varied[column - 1] if 1 <= column <= len(self._varied) else ""

    def _fixed(self, column: int) -> SweepColumn:
        return SweepColumn(0 if column == 0 else column - len(self._varied))

    # What Qt asks

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """One for each trial."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Those that are always there, and one for each setting that varies."""
        return 0 if parent.isValid() else len(SweepColumn) + len(self._varied)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The titles, with what they mean."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        title, tip = self._heading(section)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self.title(section, is_short=self._is_short)
            case Qt.ItemDataRole.AccessibleTextRole:
                return title
            case Qt.ItemDataRole.ToolTipRole:
                return tip
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(section)
            case Qt.ItemDataRole.InitialSortOrderRole:  # a number, or Qt does not know it
                is_best_last = not self._field(section) and self._fixed(section) is SweepColumn.ACCURACY
                return (Qt.SortOrder.DescendingOrder if is_best_last else Qt.SortOrder.AscendingOrder).value
        return None

    def title(self, column: int, *, is_short: bool) -> str:
        """What stands above a column."""
        title = self._short(column) if is_short else self._heading(column)[0]
        return title if self._alignment(column) == _LEFT else title + _ARROW_ROOM

    def set_short(self, *, is_short: bool) -> None:
        """Have short titles, or whole ones; a tooltip has the whole where they are short."""
        if is_short != self._is_short:
            self._is_short = is_short
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    @property
    def word_columns(self) -> list[int]:
        """Those of settings whose values are words."""
        columns = range(self.columnCount())
        return [one for one in columns if self._field(one) and self._alignment(one) == _LEFT]

    @property
    def spared_columns(self) -> list[int]:
        """Those that can be done without where room is short, the first one first: others tell what they do.

        The loss stands in a tooltip, too; and where all have finished, the state says nothing. What is sorted by stays.
        """
        loss, state = (len(self._varied) + fixed for fixed in (SweepColumn.LOSS, SweepColumn.STATE))
        is_state_plain = bool(self._trials) and all(trial.state == "finished" for trial in self._trials)
        return [one for one in (loss, state) if one != self._column and (one == loss or is_state_plain)]

    def _short(self, column: int) -> str:
        field = self._field(column)
        if field:
            return self._words.short_field(field)
        return self.tr("#") if self._fixed(column) is SweepColumn.PLACE else self._heading(column)[0]

    def _heading(self, column: int) -> tuple[str, str]:
        field = self._field(column)
        if field:
            name = self._words.field(field)
            return name, fill(self.tr("A setting that varies: {name}."), name=name)
        best_of_many = self.tr(
            "On all test digits, at the end of the run. The best of many runs looks a little better than it is: chance"
            " helped it, too."
        )
        headings = {
            SweepColumn.PLACE: (self.tr("place"), self.tr("By accuracy on the test digits, the best first.")),
            SweepColumn.ACCURACY: (self.tr("accuracy"), best_of_many),
            SweepColumn.LOSS: (self.tr("loss"), self.tr("On all test digits, at the end of the run.")),
            SweepColumn.STATE: (self.tr("state"), self.tr("How the run stands, or how it ended.")),
        }
        return headings[self._fixed(column)]

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        return self._alignments[column] if column < len(self._alignments) else _RIGHT

    def _found_alignment(self, column: int) -> Qt.AlignmentFlag:
        """Numbers end at the right, words begin at the left."""
        field = self._field(column)
        if field:
            is_number = all(isinstance(_comparable(getattr(one.experiment, field)), float) for one in self._trials)
            return _RIGHT if is_number else _LEFT
        return _LEFT if self._fixed(column) is SweepColumn.STATE else _RIGHT

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell says, by role."""
        trial = self._trials[self._shown[index.row()]]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                text = self._text(trial, index.column())
                return text if self._alignment(index.column()) == _RIGHT else _BEFORE_WORDS + text
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._heading(index.column())[0]}: {self._text(trial, index.column())}"
            case Qt.ItemDataRole.ToolTipRole:
                return self._tip(trial, index.column())
            case Qt.ItemDataRole.TextAlignmentRole:
                return self._alignment(index.column())
        return None

    def _tip(self, trial: SweepTrial, column: int) -> str | None:
        """Why it failed; else the whole of what may be cut, and beside the accuracy the loss."""
        text = self._words.problem(trial)
        if not text and self._is_short and column in self.word_columns:
            text = self._text(trial, column)
        if _accuracy(trial) is not None and column == len(self._varied) + SweepColumn.ACCURACY:
            text = fill(self.tr("loss {loss}"), loss=self._words.loss(trial))
        return plain_tip(text) if text else None

    def _text(self, trial: SweepTrial, column: int) -> str:
        field = self._field(column)
        if field:
            return self._words.value(trial, field)
        match self._fixed(column):
            case SweepColumn.PLACE:
                place = self._places.get(trial.index)
                return "–" if place is None else str(place)
            case SweepColumn.ACCURACY:
                return self._words.accuracy(trial)
            case SweepColumn.LOSS:
                return self._words.loss(trial)
            case SweepColumn.STATE:
                return self._words.state(trial)


def _accuracy(trial: SweepTrial) -> float | None:
    return None if trial.result is None else trial.result.test_accuracy


def _rank(trial: SweepTrial) -> tuple[float, float, int]:
    """The higher accuracy first, of equals the lower loss."""
    accuracy, result = _accuracy(trial), trial.result
    loss = math.inf if result is None or result.test_loss is None else result.test_loss
    return -(accuracy or 0.0), loss, trial.index


def _comparable(value: object) -> object:
    """A number as a float, one layer as its units; all else as text."""
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
