"""What the table of runs says of each: texts, what they are sorted by, and the words by which they are found."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import QDateTime, QObject

from mnist_lab.runs import comparing
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.family import Families
from mnist_lab.window import translation
from mnist_lab.window.run_names import name_in_words, origin, run_title
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.words import fill, spell_duration, spell_percent, spell_whole

_BASIC = ("hidden_units", "optimizer")
"""What is told of runs that differ in nothing."""
_WITHOUT = {"dropout": 0.0, "l2": 0.0, "shuffled_labels": False, "one_batch": False, "moved_copies": 0}
"""Left out of a cell that tells more: what a run does without explains less than what it has."""
_DATE = "yyyy-MM-dd HH:mm"


class RunColumn(IntEnum):
    """The columns of the table, from the left: first what tells which run was better, and why."""

    STAR = 0
    NUMBER = 1
    NAME = 2
    SETTINGS = 3
    LAST = 4
    CURVE = 5
    BEST = 6
    DATA = 7
    TIME = 8
    DATE = 9
    STATE = 10


@dataclass(eq=False)
class RunLine:
    """One row of the shelf with what was made of it.

    Attributes:
        row: what is told.
        settings: all its settings, see `comparing.settings_of`.
        haystack: all its words in small letters, in which typed words are looked for; "" until they are.
        told: some of its settings and the words for them, as they were told last.
    """

    row: RunRow
    settings: Mapping[str, object] = field(default_factory=dict)
    haystack: str = ""
    told: tuple[Sequence[str], str] = ((), "")


class RunLines(QObject):
    """Makes the lines, and says what stands in them.

    Attributes:
        families: whose children the runs are.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.families = Families(())
        self._words = SettingWords(self)
        self._told: dict[tuple[str, str], str] = {}
        self._states = {
            "running": self.tr("goes on"),
            "finished": self.tr("finished"),
            "stopped": self.tr("stopped"),
            "diverged": self.tr("diverged"),
            "interrupted": self.tr("interrupted"),
            "failed": self.tr("failed"),
            "damaged": self.tr("damaged"),
        }
        self._kinds = {"full": self.tr("complete"), "starter": self.tr("starter set"), "own": self.tr("own data")}

    def line(self, row: RunRow, known: RunLine | None) -> RunLine:
        """The line of a row; what is `known` of it is used again."""
        if known is not None and known.row is row:
            return known
        is_same = known is not None and known.row.experiment == row.experiment and known.row.data == row.data
        settings = known.settings if known is not None and is_same else comparing.settings_of(row.experiment, row.data)
        return RunLine(row, settings)

    def differing(self, lines: Sequence[RunLine]) -> list[str]:
        """The settings in which these runs differ, without the data; of those that do in none the layers and optimizer.

        The data stand in a column of their own.
        """
        names = [name for name in comparing.differing([line.settings for line in lines]) if name != comparing.DATA]
        return names or list(_BASIC)

    def matches(self, line: RunLine, words: Sequence[str]) -> bool:
        """Whether each of these words, in small letters, is found in the line."""
        if not line.haystack:
            row = line.row
            parts = [row.name, row.note, self.state(row), self.data(row), f"#{row.number}", spell_whole(row.number)]
            parts.append(self.origin(row))
            parts += [self._told_setting(name, line.settings) for name in line.settings if name != comparing.DATA]
            line.haystack = " ".join(parts).casefold()
        return all(word in line.haystack for word in words)

    # What is shown

    def text(self, line: RunLine, column: RunColumn, differing: Sequence[str]) -> str:
        """What stands in a cell; "" in those that hold a picture."""
        row = line.row
        match column:
            case RunColumn.STAR:
                return "★" if row.is_starred else "☆"
            case RunColumn.NUMBER:
                return spell_whole(row.number) if row.number else "–"
            case RunColumn.NAME:
                return self._called(row, self.origin(row, is_short=True))
            case RunColumn.SETTINGS:
                return self._told_settings(line, differing) if row.error is None else self.state(row)
            case RunColumn.DATA:
                return self.data(row)
            case RunColumn.BEST:
                return _share(row.best_accuracy)
            case RunColumn.LAST:
                return _share(row.last_accuracy)
            case RunColumn.TIME:
                return spell_duration(row.training_seconds) if row.updates and row.kind == "run" else "–"
            case RunColumn.DATE:
                return self.date(row)
            case RunColumn.STATE:
                return self.state(row)
            case RunColumn.CURVE:
                return ""

    def accessible(self, line: RunLine, column: RunColumn, differing: Sequence[str]) -> str:
        """A cell as it is read out, without its column's title."""
        row = line.row
        if column is RunColumn.STAR:
            return self.tr("starred") if row.is_starred else self.tr("not starred")
        if column is RunColumn.CURVE:
            return self._curve(row)
        if column is RunColumn.NAME:
            return self._called(row, self.origin(row)) or self.tr("none")
        return self.text(line, column, differing) or self.tr("none")

    @staticmethod
    def _called(row: RunRow, origin: str) -> str:
        return " – ".join(part for part in (name_in_words(row.name), row.note, origin) if part)

    def tip(self, line: RunLine, differing: Sequence[str]) -> str:
        """More of a row than there is room for."""
        row = line.row
        if row.error is not None:
            return translation.sentence(row.error)
        told = [self._told_setting(name, line.settings) for name in differing if name in line.settings]
        from_where = self.origin(row)
        parts = [self.title(row), row.note, from_where[:1].upper() + from_where[1:], " · ".join(told)]
        if row.updates and row.total_updates:
            words = self.tr("{state}: {updates:,} of {total:,} gradient updates")
            state_told = fill(words, state=self.state(row), updates=row.updates, total=row.total_updates)
            parts.append(state_told[:1].upper() + state_told[1:])
        if row.test_accuracy is not None:
            parts.append(fill(self.tr("test accuracy {share}"), share=spell_percent(row.test_accuracy)))
        return "\n".join(part for part in parts if part)

    def told_in_full(self, line: RunLine, differing: Sequence[str]) -> str:
        """Its name, whose child it is, and its settings, in one line."""
        parts = (self.origin(line.row), self.text(line, RunColumn.SETTINGS, differing))
        return f"{self.title(line.row)}: {' · '.join(part for part in parts if part)}"

    def title(self, row: RunRow) -> str:
        """What a run is called in a sentence."""
        return run_title(row.number, row.name, is_network=row.kind == "network")

    def origin(self, row: RunRow, *, is_short: bool = False) -> str:
        """Which run it goes on from, and after which update; "" where it is nobody's child."""
        if not row.parent_id:
            return ""
        parent = self.families.row(row.parent_id)
        is_network = parent is not None and parent.kind == "network"
        number = None if parent is None else parent.number
        return origin(number, row.parent_update, is_network=is_network, is_short=is_short)

    def told(self, row: RunRow, names: Sequence[str]) -> str:
        """These of its settings, with their values, in as few words as are clear."""
        settings = comparing.settings_of(row.experiment, row.data)
        return " · ".join(self._told_setting(name, settings) for name in names if name in settings)

    def state(self, row: RunRow) -> str:
        """Where it stands, in a word or two."""
        if row.kind == "network" and row.error is None:
            return self.tr("kept network")
        return self._states[row.state]

    def data(self, row: RunRow) -> str:
        """Which digits it trained on."""
        if row.data is None:
            return "–"
        kind = self._kinds[row.data.kind]
        if row.data.hand is not None:
            return fill(self.tr("{kind} + a hand"), kind=kind)
        if not row.data.own_digits:
            return kind
        return fill(self.tr("{kind} + {own:,} drawn"), kind=kind, own=row.data.own_digits)

    def date(self, row: RunRow) -> str:
        """When it began, by this computer's clock; as wide for every run."""
        return str(QDateTime.fromSecsSinceEpoch(int(row.created.timestamp())).toString(_DATE))

    def _curve(self, row: RunRow) -> str:
        if not len(row.curve):
            return self.tr("no curve")
        words = self.tr("training accuracy from {first} to {last}")
        return fill(words, first=spell_percent(float(row.curve[0])), last=spell_percent(float(row.curve[-1])))

    def _told_settings(self, line: RunLine, names: Sequence[str]) -> str:
        if line.told[0] is not names:
            known = [name for name in names if name in line.settings]
            had = [name for name in known if name not in _WITHOUT or line.settings[name] != _WITHOUT[name]]
            line.told = names, " · ".join(self._told_setting(name, line.settings) for name in had or known)
        return line.told[1]

    def _told_setting(self, name: str, settings: Mapping[str, object]) -> str:
        """A setting with its value, in as few words as are clear."""
        value = settings[name]
        key = (name, str(value))
        if key not in self._told:
            self._told[key] = self._tell(name, self._words.value(name, value))
        return self._told[key]

    def _tell(self, name: str, value: str) -> str:
        is_one = value == "1"
        short = {
            "hidden_units": self.tr("{value} unit") if is_one else self.tr("{value} units"),
            "optimizer": "{value}",
            "activation": "{value}",
            "learning_rate": self.tr("rate {value}"),
            "epochs": self.tr("{value} epoch") if is_one else self.tr("{value} epochs"),
            "batch_size": self.tr("batches of {value}"),
        }
        return fill(short.get(name, "{name} {value}"), name=self._words.name(name), value=value)

    # What is sorted by

    def key(self, line: RunLine, column: RunColumn, differing: Sequence[str]) -> float | str | None:
        """What a column is sorted by; None where a run has nothing there."""
        row = line.row
        match column:
            case RunColumn.STAR:
                return float(row.is_starred)
            case RunColumn.BEST:
                return row.best_accuracy
            case RunColumn.LAST:
                return row.last_accuracy
            case RunColumn.TIME:
                return row.training_seconds if row.updates and row.kind == "run" else None
            case RunColumn.DATE:
                return row.created.timestamp()
            case RunColumn.NAME:
                return f"{row.name} {row.note}".strip().casefold() or None
            case RunColumn.SETTINGS | RunColumn.DATA | RunColumn.STATE:
                return self.text(line, column, differing).casefold() or None
            case RunColumn.NUMBER | RunColumn.CURVE:
                return float(row.number)

    def sorted(
        self, lines: Sequence[RunLine], column: RunColumn, differing: Sequence[str], *, is_descending: bool
    ) -> list[RunLine]:
        """The lines by a column, the newer of equals first; those with nothing there come last, either way."""
        newest = sorted(lines, key=lambda line: -line.row.number)
        keyed = [(self.key(line, column, differing), line) for line in newest]
        known = [pair for pair in keyed if pair[0] is not None]
        known.sort(key=lambda pair: pair[0], reverse=is_descending)  # type: ignore[arg-type, return-value]
        return [line for _, line in known] + [line for key, line in keyed if key is None]


def _share(accuracy: float | None) -> str:
    return "–" if accuracy is None or not math.isfinite(accuracy) else spell_percent(accuracy)
