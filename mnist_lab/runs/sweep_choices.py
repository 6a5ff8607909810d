"""Which settings a sweep tries: every combination of some values, or some that are drawn at random.

Both give mappings from names of fields to values; `sweep_plan` makes experiments of them. Draws are exact and the same
everywhere: they use nothing but `random.Random(seed).random()`, whose numbers Python promises not to change.
"""

import itertools
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mnist_lab.experiment import FIELD_NAMES, LIMITS, WHOLE_FIELDS, Experiment
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

MOST_EXPERIMENTS = 10_000
"""Of one sweep."""
_DIGITS = 4
"""Of a drawn number that is not whole: no more than a person reads, so that it is exactly what it is told to be."""


class SweepError(LabError):
    """A sweep that cannot be made of what was asked for: one sentence."""


@dataclass(frozen=True)
class ValueRange:
    """Numbers from which one is drawn; whole numbers where the field takes only these.

    Attributes:
        least: the smallest.
        most: the largest.
        is_log: whether each factor is equally likely, instead of each difference: from 0.001 to 0.1 half of all draws
            are below 0.01.
    """

    least: float
    most: float
    is_log: bool = False

    def value_at(self, share: float, *, is_whole: bool) -> float | int:
        """The number that lies at `share`, from 0 (included) to 1 (excluded), of the way from the least to the most."""
        if is_whole:
            return min(math.floor(self._at(share, self.most + 1)), int(self.most))
        rounded = float(f"{self._at(share, self.most):.{_DIGITS}g}")
        return min(max(rounded, self.least), self.most)

    def _at(self, share: float, end: float) -> float:
        if self.is_log:
            return math.exp(math.log(self.least) + share * (math.log(end) - math.log(self.least)))
        return self.least + share * (end - self.least)


@dataclass(frozen=True)
class GridChoices:
    """Every combination of some values.

    Attributes:
        values: for each field that is chosen, what it is to be; one value: it has that in all. The last field changes
            fastest.
    """

    values: Mapping[str, Sequence[object]]

    def check(self) -> None:
        """See that it can be tried.

        Raises:
            SweepError: nothing varies, a field has no values, or there are too many combinations.
        """
        _check_fields(self.values)
        count = 1
        for name, values in self.values.items():
            if isinstance(values, str) or not isinstance(values, Sequence) or not values:
                raise SweepError(
                    QT_TRANSLATE_NOOP("errors", "grid, “{name}”: write a list with one value or more."), name=name
                )
            count *= len(values)
        if count > MOST_EXPERIMENTS:
            raise SweepError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "This grid has {count:,} combinations: a sweep may have {most:,}; leave out some values, or draw "
                    "at random.",
                ),
                count=count,
                most=MOST_EXPERIMENTS,
            )
        _check_varies(self.values)

    def drawn(self) -> Iterator[dict[str, object]]:
        """The combinations, in order."""
        for values in itertools.product(*self.values.values()):
            yield dict(zip(self.values, values, strict=True))

    @property
    def wanted(self) -> int:
        """How many combinations there are."""
        return math.prod(len(values) for values in self.values.values())


@dataclass(frozen=True)
class RandomChoices:
    """Settings that are drawn at random, each field by itself; the first draws are the same for every count.

    Attributes:
        values: for each field that is chosen, a list from which one is drawn, or a range.
        count: how many experiments are wanted.
        seed: decides the draws.
    """

    values: Mapping[str, Sequence[object] | ValueRange]
    count: int
    seed: int = 0

    def check(self) -> None:
        """See that it can be tried.

        Raises:
            SweepError: nothing varies, a field has neither values nor a range that fits it, or count or seed are not
                right.
        """
        _check_fields(self.values)
        _check_whole("count", self.count, 1, MOST_EXPERIMENTS)
        _check_whole("seed", self.seed, int(LIMITS["seed"].minimum), int(LIMITS["seed"].maximum))
        for name, values in self.values.items():
            if isinstance(values, ValueRange):
                _check_range(name, values)
            elif isinstance(values, str) or not isinstance(values, Sequence) or not values:
                raise SweepError(
                    QT_TRANSLATE_NOOP(
                        "errors",
                        "random, “{name}”: write a list with one value or more, or an object with “from”, “to” and, "
                        "if you wish, “scale”.",
                    ),
                    name=name,
                )
        _check_varies(self.values)

    def drawn(self) -> Iterator[dict[str, object]]:
        """Draws without end."""
        source = random.Random(self.seed)
        while True:
            yield {name: _one_of(name, values, source.random()) for name, values in self.values.items()}

    @property
    def wanted(self) -> int:
        """How many experiments are wanted."""
        return self.count


def _one_of(name: str, values: Sequence[object] | ValueRange, share: float) -> object:
    if not isinstance(values, ValueRange):
        return values[math.floor(share * len(values))]
    value = values.value_at(share, is_whole=name in WHOLE_FIELDS)
    return (value,) if name == "hidden_units" else value


def _check_fields(values: Mapping[str, object]) -> None:
    if not values:
        raise SweepError(
            QT_TRANSLATE_NOOP("errors", "Nothing varies in this sweep: name one setting or more, each with its values.")
        )
    for name in values:
        if name not in Experiment.model_fields:
            raise SweepError(
                QT_TRANSLATE_NOOP("errors", "An experiment has no setting “{name}”; it has: {names}."),
                name=name,
                names=Listing(", ".join(Experiment.model_fields)),
            )


def has_several(values: object) -> bool:
    """Whether a field that has these, a range or a list, varies."""
    if isinstance(values, ValueRange):
        return values.least < values.most
    return isinstance(values, Sequence) and len({repr(value) for value in values}) > 1


def _check_varies(values: Mapping[str, object]) -> None:
    if not any(map(has_several, values.values())):
        raise SweepError(
            QT_TRANSLATE_NOOP("errors", "Nothing varies in this sweep: give at least one setting two values or more.")
        )


def _check_whole(name: str, value: object, least: int, most: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise SweepError(
            QT_TRANSLATE_NOOP(
                "errors", "random, “{name}” cannot be {value}: it must be a whole number from {least:,} to {most:,}."
            ),
            name=name,
            value=str(value),
            least=least,
            most=most,
        )


def _check_range(name: str, values: ValueRange) -> None:
    if name not in LIMITS:
        raise SweepError(
            QT_TRANSLATE_NOOP("errors", "random, “{name}”: the {field} is no number; write a list instead of a range."),
            name=name,
            field=FIELD_NAMES[name],
        )
    limits, ends = LIMITS[name], (values.least, values.most)
    if name in WHOLE_FIELDS and not all(isinstance(end, int) for end in ends):
        raise SweepError(
            QT_TRANSLATE_NOOP("errors", "random, “{name}”: “from” and “to” must be whole numbers."), name=name
        )
    if not limits.minimum <= values.least <= values.most <= limits.maximum:  # NaN is outside, too
        raise SweepError(
            QT_TRANSLATE_NOOP(
                "errors",
                "random, “{name}” cannot range from {least} to {most}: choose from {minimum:,} to {maximum:,}, the "
                "smaller first.",
            ),
            name=name,
            least=values.least,
            most=values.most,
            minimum=limits.minimum,
            maximum=limits.maximum,
        )
    if values.is_log and values.least <= 0:
        raise SweepError(
            QT_TRANSLATE_NOOP("errors", "random, “{name}”: a logarithmic range must begin above 0."), name=name
        )
