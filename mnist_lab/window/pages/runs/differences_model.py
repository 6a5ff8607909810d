"""The table of what differs between runs: settings above, how well they did below."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor, QPixmap

from mnist_lab.runs.comparing import best_epoch, differing, gap_of, judged, settings_of_run
from mnist_lab.runs.facts import KeptRun
from mnist_lab.window import theme
from mnist_lab.window.pages.runs.comparison_words import ComparisonWords
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.theme.run_colours import run_sample
from mnist_lab.window.words import fill, spell_duration, spell_fixed, spell_percent, spell_whole

_Index = QModelIndex | QPersistentModelIndex
_SAMPLE, _SAMPLE_HEIGHT, _BESIDE = 26, 12, 4


@dataclass(frozen=True)
class _Row:
    """A line of the table.

    Attributes:
        name: what it tells.
        values: in words, one a run.
        is_result: whether it is how well a run did, not what was chosen.
    """

    name: str
    values: tuple[str, ...]
    is_result: bool


class DifferencesModel(QAbstractTableModel):
    """One column a run, one row for each setting that differs and for each result.

    Attributes:
        runs: those that are shown.
        settings: how many settings differ.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.runs: tuple[KeptRun, ...] = ()
        self.settings = 0
        self.ratio = 1.0
        self._rows: tuple[_Row, ...] = ()
        self._samples: tuple[QPixmap, ...] = ()
        self._words, self._setting_words = ComparisonWords(self), SettingWords(self)

    def set_runs(self, runs: Sequence[KeptRun]) -> None:
        """Show these."""
        self.beginResetModel()
        self.runs = tuple(runs)
        self._samples = tuple(self._sample(run) for run in runs)
        settings = self._setting_rows() if len(runs) > 1 else []
        self.settings = len(settings)
        self._rows = (*settings, *(self._result_rows() if runs else ()))
        self.endResetModel()

    def _setting_rows(self) -> list[_Row]:
        chosen = [settings_of_run(run) for run in self.runs]
        words = self._setting_words
        return [
            _Row(words.name(name), tuple(words.value(name, one.get(name)) for one in chosen), is_result=False)
            for name in differing(chosen)
        ]

    def _result_rows(self) -> list[_Row]:
        told: dict[str, Callable[[KeptRun], str]] = {
            self._accuracy_name(): self._accuracy,
            self.tr("95\u00a0% interval"): self._interval,
            self.tr("best epoch"): self._best_epoch,
            self.tr("gap to training"): self._gap,
            self.tr("updates"): self._updates,
            self.tr("training time"): self._time,
        }
        return [_Row(name, tuple(tell(run) for run in self.runs), is_result=True) for name, tell in told.items()]

    def _accuracy_name(self) -> str:
        """Says which digits it is of, where they are the same kind for all runs."""
        are_test = {one.is_test for run in self.runs if (one := judged(run)) is not None}
        if len(are_test) == 1:
            return self.tr("test accuracy") if are_test.pop() else self.tr("held-out accuracy")
        return self.tr("accuracy")

    def _accuracy(self, run: KeptRun) -> str:
        one = judged(run)
        if one is None:
            return "–"
        words = self._words.share(one.share)
        if not one.is_test:
            words = fill(self.tr("{accuracy} held-out digits"), accuracy=words)
        if one.epoch is None:
            return words
        return fill(self.tr("{accuracy}, after epoch {epoch:,}"), accuracy=words, epoch=one.epoch)

    def _interval(self, run: KeptRun) -> str:
        one = judged(run)
        return "–" if one is None else self._words.interval(one.share)

    def _best_epoch(self, run: KeptRun) -> str:
        end = best_epoch(run)
        if end is None:
            return "–"
        words = self.tr("{epoch:,} of {epochs:,}: {accuracy}")
        accuracy = spell_percent(end.validation_accuracy)
        return fill(words, epoch=end.epoch, epochs=len(run.epochs), accuracy=accuracy)

    def _gap(self, run: KeptRun) -> str:
        gap = gap_of(run)
        if gap is None:
            return "–"
        first, second = (round(100 * share.value, 1) for share in (gap.trained, gap.new))
        words = {
            "none": self.tr("{points} points"),
            "small": self.tr("{points} points: small"),
            "overfitting": self.tr("{points} points: overfitting"),
            "reversed": self.tr("{points} points: new digits are easier"),
        }[gap.grade]
        return fill(words, points=spell_fixed(first - second, 1))

    def _updates(self, run: KeptRun) -> str:
        return spell_whole(run.updates)

    def _time(self, run: KeptRun) -> str:
        return spell_duration(run.training_seconds) if len(run.losses) else "–"

    # For Qt

    def rowCount(self, _parent: _Index | None = None) -> int:
        """One for each setting that differs, and for each result."""
        return len(self._rows)

    def columnCount(self, _parent: _Index | None = None) -> int:
        """One a run."""
        return len(self.runs)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> object:
        """The run with a piece of its line; what a row tells."""
        if orientation == Qt.Orientation.Vertical:
            if role == Qt.ItemDataRole.ToolTipRole:
                return self._tip(self._rows[section])
            return self._rows[section].name if role == Qt.ItemDataRole.DisplayRole else None
        run = self.runs[section]
        if role == Qt.ItemDataRole.DecorationRole:
            return self._samples[section]
        return self._words.run(run) if role == Qt.ItemDataRole.DisplayRole else None

    def _sample(self, run: KeptRun) -> QPixmap:
        return run_sample(run.facts.number, _SAMPLE, _SAMPLE_HEIGHT, self.ratio, beside=_BESIDE)

    def data(self, index: _Index, role: int = 0) -> object:
        """What a run has, in words."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.values[index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.name}, {self._words.run(self.runs[index.column()])}: {row.values[index.column()]}"
        if role == Qt.ItemDataRole.BackgroundRole and row.is_result:
            return QColor(theme.current().window)
        return self._tip(row) if role == Qt.ItemDataRole.ToolTipRole else None

    def _tip(self, row: _Row) -> str | None:
        """What is to be known of a row; the file of a run does not say whether it was slowed."""
        if row.name != self.tr("training time"):
            return None
        return self.tr("Any waits of slow motion are included: a run that was slowed could train faster.")
