"""Which setting of a sweep mattered: for each, the mean accuracy of all runs that share one of its values. No Qt.

A main effect is what one setting changes on average over all values of the others. It says nothing of how settings work
together: a learning rate that is good for one optimizer may be bad for another.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

import numpy as np

from mnist_lab.experiment import Experiment

MOST_VALUES = 6
"""Of a setting that is a number: where there are more, its runs are told by thirds."""
_THIRDS = 3
_LEAST_FOR_RANKS = 3
_CONFIDENCE = 0.95
_HALVINGS = 80
"""Of the interval in which a quantile is looked for: beyond the figures of a float."""

EffectVerdict = Literal["clear", "unclear", "untold"]
"""Whether the 95 % intervals of the highest and the lowest mean are apart; "untold" where one of them has none."""


@dataclass(frozen=True)
class EffectLevel:
    """All runs that share one value of a setting, or whose value lies in one third of those that were drawn.

    Attributes:
        lowest: the value; of a third, its smallest.
        highest: the same value; of a third, its largest.
        accuracies: of those runs that have one, in their order, from 0 to 1.
        missing: how many have none: they diverged, failed, or were stopped too early.
    """

    lowest: object
    highest: object
    accuracies: tuple[float, ...]
    missing: int

    @property
    def mean(self) -> float | None:
        """Of the accuracies; None where there are none."""
        return math.fsum(self.accuracies) / len(self.accuracies) if self.accuracies else None

    @property
    def half_width(self) -> float | None:
        """Of the 95 % interval of the mean, `t · s / √n` with n − 1 degrees of freedom; None for fewer than two runs.

        Student, "The probable error of a mean", Biometrika 6 (1908), 1–25.
        """
        count, mean = len(self.accuracies), self.mean
        if mean is None or count < 2:
            return None
        variance = math.fsum((accuracy - mean) ** 2 for accuracy in self.accuracies) / (count - 1)
        return t_quantile(count - 1) * math.sqrt(variance / count)


@dataclass(frozen=True)
class MainEffect:
    """What one setting did.

    Attributes:
        field: its name in `Experiment`.
        levels: its values, numbers in ascending order, others in the order in which they came.
        rank_correlation: of its values with the accuracies, from −1 to 1 (Spearman's); None where the setting is no
            number, there are fewer than three runs, or one of the two never changes.
    """

    field: str
    levels: tuple[EffectLevel, ...]
    rank_correlation: float | None

    @property
    def best(self) -> EffectLevel | None:
        """The level with the highest mean, the first of equals; None where no run has an accuracy."""
        return self._first(lambda mean: -mean)

    @property
    def worst(self) -> EffectLevel | None:
        """The level with the lowest mean, the first of equals."""
        return self._first(lambda mean: mean)

    @property
    def is_compared(self) -> bool:
        """Whether two of its values or more have runs with an accuracy."""
        return len(self._means) > 1

    @property
    def spread(self) -> float:
        """From the lowest mean to the highest, from 0 to 1; 0 where there are not two."""
        means = self._means
        return max(means) - min(means) if means else 0.0

    @property
    def verdict(self) -> EffectVerdict:
        """Whether chance hardly explains the difference between the highest and the lowest mean."""
        best, worst = self.best, self.worst
        if best is None or worst is None or best.mean is None or worst.mean is None or not self.is_compared:
            return "untold"
        if best.half_width is None or worst.half_width is None:
            return "untold"
        return "clear" if best.mean - best.half_width > worst.mean + worst.half_width else "unclear"

    @property
    def _means(self) -> list[float]:
        return [level.mean for level in self.levels if level.mean is not None]

    def _first(self, key: Callable[[float], float]) -> EffectLevel | None:
        known = [(key(level.mean), place) for place, level in enumerate(self.levels) if level.mean is not None]
        return self.levels[min(known)[1]] if known else None


def main_effects(
    experiments: Sequence[Experiment], accuracies: Sequence[float | None], varied: Sequence[str]
) -> tuple[MainEffect, ...]:
    """Tell what each setting did, the one first whose means are farthest apart.

    Args:
        experiments: what was trained.
        accuracies: of each on the test digits, from 0 to 1; None where there is none to compare.
        varied: the fields that were varied, in their order, which decides between equals.
    """
    effects = [_effect(field, experiments, accuracies) for field in varied]
    return tuple(sorted(effects, key=lambda effect: -effect.spread))


def _effect(field: str, experiments: Sequence[Experiment], accuracies: Sequence[float | None]) -> MainEffect:
    values = [_comparable(getattr(experiment, field)) for experiment in experiments]
    numbers = [_number(value) for value in values]
    are_numbers = all(number is not None for number in numbers)
    runs: dict[str, list[int]] = {}  # by value, as text: a dict of settings cannot be a key
    for run, value in enumerate(values):
        runs.setdefault(repr(value), []).append(run)
    kinds = list(runs.values())
    if are_numbers:
        kinds.sort(key=lambda kind: numbers[kind[0]] or 0.0)
    groups = _thirds(kinds) if are_numbers and len(kinds) > MOST_VALUES else [[kind] for kind in kinds]
    levels = tuple(_level(group, values, accuracies) for group in groups)
    known = [
        (number, accuracy)
        for number, accuracy in zip(numbers, accuracies, strict=True)
        if number is not None and accuracy is not None
    ]
    return MainEffect(field, levels, _rank_correlation(known) if are_numbers else None)


def _comparable(value: object) -> object:
    """The value; that of one hidden layer as the number of its units."""
    return value[0] if isinstance(value, tuple) and len(value) == 1 else value


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _thirds(kinds: Sequence[Sequence[int]]) -> list[list[Sequence[int]]]:
    """Put the runs of each value, in ascending order, into three groups, as even as can be: equals stay together."""
    groups: list[list[Sequence[int]]] = [[] for _ in range(_THIRDS)]
    before, count = 0, sum(map(len, kinds))
    for kind in kinds:
        middle = before + len(kind) / 2
        groups[min(int(middle * _THIRDS / count), _THIRDS - 1)].append(kind)
        before += len(kind)
    return [group for group in groups if group]


def _level(group: Sequence[Sequence[int]], values: Sequence[object], accuracies: Sequence[float | None]) -> EffectLevel:
    here = [accuracies[run] for run in sorted(run for kind in group for run in kind)]
    known = tuple(accuracy for accuracy in here if accuracy is not None)
    return EffectLevel(values[group[0][0]], values[group[-1][0]], known, len(here) - len(known))


def _rank_correlation(pairs: Sequence[tuple[float, float]]) -> float | None:
    """Spearman's: Pearson's of the ranks, of which equals share their mean."""
    if len(pairs) < _LEAST_FOR_RANKS:
        return None
    across, upright = (_ranks([pair[side] for pair in pairs]) for side in (0, 1))
    if np.ptp(across) == 0 or np.ptp(upright) == 0:
        return None
    return float(np.corrcoef(across, upright)[0, 1])


def _ranks(values: Sequence[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    _, places, counts = np.unique(np.array(values), return_inverse=True, return_counts=True)
    means = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(means[places.reshape(-1)], np.float64)


@cache
def t_quantile(degrees: int) -> float:
    """The t below which 97.5 % of Student's distribution with so many degrees of freedom lie: 12.706 for 1.

    Args:
        degrees: of freedom, 1 or more.
    """
    low, high = 0.0, 16.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if _t_within(middle, degrees) < _CONFIDENCE:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _t_within(t: float, degrees: int) -> float:
    """The share of Student's distribution between −t and t: exact, by a finite sum.

    Abramowitz and Stegun, "Handbook of Mathematical Functions" (1964), 26.7.3 and 26.7.4.
    """
    angle = math.atan2(t, math.sqrt(degrees))
    cosine, sine = math.cos(angle), math.sin(angle)
    is_odd = degrees % 2 == 1
    term = cosine if is_odd else 1.0
    total = term if degrees > 1 else 0.0
    for factor in range(2 if is_odd else 1, degrees - 2, 2):
        term *= factor / (factor + 1) * cosine * cosine
        total += term
    return 2 / math.pi * (angle + sine * total) if is_odd else sine * total
