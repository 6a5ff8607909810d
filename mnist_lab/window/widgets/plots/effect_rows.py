"""What a picture of main effects shows, as plain values, and where each of its lines stands."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mnist_lab.studies.curve_shapes import one_two_five_ceiling

_MARGIN = 0.06
"""Beyond the lowest and the highest accuracy, as a share of their distance."""
_LEAST_SPAN = 0.01
"""Of the axis: a hundredth of all images."""


@dataclass(frozen=True)
class EffectRow:
    """One value of a setting.

    Attributes:
        words: the value, as it stands at the left.
        number: the mean, as it stands at the right.
        spoken: all of it in a sentence.
        mean: accuracy from 0 to 1; None where no run has one.
        half_width: of the 95 % interval; None where there is none.
        accuracies: of the single runs.
    """

    words: str
    number: str
    spoken: str
    mean: float | None
    half_width: float | None
    accuracies: tuple[float, ...]


@dataclass(frozen=True)
class EffectPanel:
    """One setting.

    Attributes:
        title: its name.
        verdict: what the picture says of it, in few words.
        rows: its values, from the top.
    """

    title: str
    verdict: str
    rows: tuple[EffectRow, ...]


@dataclass(frozen=True)
class EffectLine:
    """One line of the picture.

    Attributes:
        top: in lines of rows from the top of the picture.
        panel: the setting, where the line is its title; else None.
        row: the value, where the line is one; else None.
        index: of the value, from 0 over all settings; −1 for a title.
    """

    top: float
    panel: EffectPanel | None = None
    row: EffectRow | None = None
    index: int = -1


def lines_of(panels: Sequence[EffectPanel], gap: float) -> Iterator[EffectLine]:
    """The lines, from the top; between two settings there is a gap of so many lines."""
    top, index = 0.0, 0
    for place, panel in enumerate(panels):
        top += gap if place else 0.0
        yield EffectLine(top, panel=panel)
        for row in panel.rows:
            top += 1
            yield EffectLine(top, row=row, index=index)
            index += 1
        top += 1


def accuracy_span(panels: Sequence[EffectPanel]) -> tuple[float, float]:
    """From where to where the axis goes: all single runs are on it, and never less than a hundredth of all images.

    Intervals may reach beyond: of two runs they are so wide that the runs would stand on one spot.
    """
    known = [accuracy for panel in panels for row in panel.rows for accuracy in row.accuracies]
    if not known:
        return 0.0, 1.0
    low, high = min(known), max(known)
    margin = max(_MARGIN * (high - low), (_LEAST_SPAN - (high - low)) / 2)
    low, high = max(low - margin, 0.0), min(high + margin, 1.0)
    return (low, high) if high - low >= _LEAST_SPAN / 2 else (max(high - _LEAST_SPAN, 0.0), high)


def tick_places(span: tuple[float, float], most: int) -> list[float]:
    """Round accuracies on an axis, `most` of them at the most, evenly apart by 1, 2 or 5 times a power of ten."""
    low, high = span
    per_mille = one_two_five_ceiling(round(1000 * (high - low) / max(most, 1), 6))  # which is fine enough
    first, last = math.ceil(1000 * low / per_mille - 1e-6), math.floor(1000 * high / per_mille + 1e-6)
    return [place * per_mille / 1000 for place in range(first, last + 1)]
