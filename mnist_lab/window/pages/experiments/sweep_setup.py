"""What is to be swept next: as it is typed, kept while the page is built again and for the next session."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Literal

from pydantic import JsonValue

from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices, ValueRange
from mnist_lab.window.pages.experiments.sweep_values import (
    EXAMPLES,
    SweepTextError,
    example_of,
    is_number,
    read_end,
    read_values,
    write_values,
)
from mnist_lab.window.widgets.fields.typed_numbers import read_whole
from mnist_lab.window.words import decimal_point, typed_number
from mnist_lab.words import QT_TRANSLATE_NOOP

SweepKind = Literal["grid", "random"]
MOST_VARIED = 6
"""Settings that the form has room for."""
MOST_TYPED = 2_000
"""Characters of a list of values."""
VARIABLE = tuple(Experiment.model_fields)
"""Any setting can vary."""
_SHAPES = ("list", "even", "log")


@dataclass(frozen=True)
class VariedSetting:
    """One setting that varies, as it is typed.

    Attributes:
        field: its name in `Experiment`.
        values: what is listed.
        shape: "list" draws from what is listed; "even" and "log" from a range. A grid always has what is listed.
        least: where the range begins.
        most: where it ends.
    """

    field: str
    values: str = ""
    shape: str = "list"
    least: str = ""
    most: str = ""

    @property
    def is_range(self) -> bool:
        """Whether values are drawn from a range, where they are drawn."""
        return self.shape != "list" and is_number(self.field)

    def drawn_from(self) -> tuple[object, ...] | ValueRange:
        """What values are drawn from.

        Raises:
            SweepTextError: one sentence on what cannot be read.
        """
        if not self.is_range:
            return read_values(self.field, self.values)
        least, most = read_end(self.least, self.field), read_end(self.most, self.field)
        if least is None or most is None:
            raise SweepTextError(
                QT_TRANSLATE_NOOP("errors", "The range of “{field}” needs two numbers, “from” and “to”."),
                field=FIELD_NAMES[self.field],
            )
        return ValueRange(least, most, self.shape == "log")


_FIRST = (
    VariedSetting("learning_rate", "0.0001, 0.001, 0.01", "log", "0.0001", "0.1"),
    VariedSetting("hidden_units", "32, 128", "list", "16", "256"),
)


@dataclass
class SweepSetup:
    """The form of a sweep; the settings that do not vary are those of the Train page.

    Attributes:
        kind: every combination, or random draws.
        varied: what varies, one to `MOST_VARIED`.
        count: how many are drawn, as it is typed.
        seed: decides the draws, as it is typed.
        workers: processes that train; 0 until it was chosen.
    """

    kind: SweepKind = "grid"
    varied: tuple[VariedSetting, ...] = _FIRST
    count: str = "12"
    seed: str = "0"
    workers: int = 0

    def choices(self) -> GridChoices | RandomChoices:
        """What is to be tried; `plan_of` says whether it can be.

        Raises:
            SweepTextError: one sentence on what cannot be read.
        """
        names = [one.field for one in self.varied]
        double = next((name for name in names if names.count(name) > 1), None)
        if double is not None:
            raise SweepTextError(
                QT_TRANSLATE_NOOP("errors", "“{field}” is chosen twice: choose another setting, or remove one."),
                field=FIELD_NAMES[double],
            )
        if self.kind == "grid":
            return GridChoices({one.field: read_values(one.field, one.values) for one in self.varied})
        count, seed = (read_whole(text, decimal_point()) for text in (self.count, self.seed))
        if count is None or seed is None:
            raise SweepTextError(
                QT_TRANSLATE_NOOP("errors", "How many are drawn, and their seed, are whole numbers such as 12 and 0.")
            )
        return RandomChoices({one.field: one.drawn_from() for one in self.varied}, count, seed)

    def take(self, choices: GridChoices | RandomChoices) -> None:
        """Show what a file asks for; the rest of the form stays."""
        if isinstance(choices, RandomChoices):
            self.kind, self.count, self.seed = "random", str(choices.count), str(choices.seed)
        else:
            self.kind = "grid"
        self.varied = tuple(_as_typed(name, values) for name, values in choices.values.items())

    def next_field(self) -> str:
        """A setting that does not vary yet."""
        used = {one.field for one in self.varied}
        order = ("learning_rate", "hidden_units", "optimizer", "batch_size", "seed", *VARIABLE)
        return next(name for name in order if name not in used)

    # From one session to the next

    def to_json(self) -> JsonValue:
        """As `from_json` reads it."""
        return {
            "kind": self.kind,
            "varied": [asdict(one) for one in self.varied],
            "count": self.count,
            "seed": self.seed,
            "workers": self.workers,
        }

    @classmethod
    def from_json(cls, kept: JsonValue) -> "SweepSetup":
        """What was kept; where it is not as `to_json` writes it, the usual form."""
        if not isinstance(kept, dict):
            return cls()
        entries = kept.get("varied")
        varied = [_varied(entry) for entry in entries] if isinstance(entries, list) else []
        known = tuple(one for one in varied if one is not None)
        workers = kept.get("workers")
        is_count = isinstance(workers, int) and not isinstance(workers, bool) and workers > 0
        if not known or len(known) < len(varied) or len(known) > MOST_VARIED:
            return cls()
        return cls(
            "random" if kept.get("kind") == "random" else "grid",
            known,
            _text(kept, "count", cls.count),
            _text(kept, "seed", cls.seed),
            workers if is_count and isinstance(workers, int) else 0,
        )


def fresh(name: str) -> VariedSetting:
    """A setting that begins to vary, with values that can be tried."""
    least, most = ("", "")
    if is_number(name):
        ends = (0, 1) if name == "hidden_units" else (0, -1)
        least, most = (write_values(name, [EXAMPLES[name][end]]) for end in ends)
    return VariedSetting(name, example_of(name), "list", least, most)


def _as_typed(name: str, values: object) -> VariedSetting:
    if isinstance(values, ValueRange):
        ends = [typed_number(end) for end in (values.least, values.most)]
        return VariedSetting(name, "", "log" if values.is_log else "even", *ends)
    assert isinstance(values, list | tuple)
    return VariedSetting(name, write_values(name, values))


def _varied(entry: JsonValue) -> VariedSetting | None:
    if not isinstance(entry, dict) or entry.get("field") not in VARIABLE or entry.get("shape") not in _SHAPES:
        return None
    texts = [_text(entry, name, "") for name in ("field", "values", "shape", "least", "most")]
    return VariedSetting(*texts)


def _text(entry: Mapping[str, JsonValue], name: str, usual: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) and len(value) <= MOST_TYPED else usual
