"""Where the labels of a value axis stand and how they are spelled: never on top of each other; knows no Qt."""

import math
from collections.abc import Sequence

from mnist_lab.studies.curve_shapes import one_two_five_ceiling
from mnist_lab.window.words import rounded, spell, spell_fixed

_HALVES, _THIRDS = (1, 2, 5), (1, 3)
_FARTHEST = 300.0
"""Powers of ten beyond which floats end: there only decades are labelled."""
_FEWEST = 3


def log_ticks(low: float, high: float, size: float, room: float) -> list[float]:
    """Return the places of labels on a logarithmic axis: decades, and 1-2-5 between them where there is room.

    Where there is less, and fewer than three decades would be labelled, 1-3 between them.

    Args:
        low: lower end of the axis, as a power of ten.
        high: upper end.
        size: pixels from end to end.
        room: pixels that a label needs.

    Returns:
        Powers of ten, rising; at least `room` pixels apart. Where one looks so closely that fewer than three would be
        left, round numbers as on a plain axis.
    """
    if not (math.isfinite(low) and math.isfinite(high)) or high <= low or size <= 0:
        return []
    apart = room * (high - low) / size
    if apart > math.log10(2) or max(-low, high) > _FARTHEST:
        every = one_two_five_ceiling(apart)
        decades = [float(power) for power in range(math.ceil(low / every) * every, math.floor(high) + 1, every)]
        has_room = len(decades) < _FEWEST and apart <= math.log10(3) and max(-low, high) <= _FARTHEST
        return _of_each_decade(low, high, _THIRDS) if has_room else decades
    ticks = _of_each_decade(low, high, _HALVES)
    return ticks if len(ticks) >= _FEWEST else max(ticks, _close_ticks(low, high, apart), key=len)


def _of_each_decade(low: float, high: float, digits: Sequence[int]) -> list[float]:
    """Return these numbers of each power of ten, as far as they lie on the axis."""
    powers = range(math.floor(low), math.ceil(high) + 1)
    ticks = [power + math.log10(digit) for power in powers for digit in digits]
    return [tick for tick in ticks if low <= tick <= high]


def _close_ticks(low: float, high: float, apart: float) -> list[float]:
    """Return round numbers between 10^low and 10^high, at least `apart` powers of ten from each other."""
    bottom, top = 10.0**low, 10.0**high
    least = top * (1 - 10.0**-apart)  # the steps are closest at the upper end
    power = 10.0 ** math.floor(math.log10(least))
    step = next(digit * power for digit in (*_HALVES, 10) if digit * power >= least * (1 - 1e-9))
    first, last = math.ceil(bottom / step), math.floor(top / step)
    return [math.log10(number * step) for number in range(first, last + 1) if number > 0]


def log_labels(places: Sequence[float]) -> list[str]:
    """Spell powers of ten: "0.001", "2", "5 × 10⁻⁵", "10⁻³⁸"."""
    return [_log_label(place) for place in places]


def _log_label(place: float) -> str:
    if abs(place) > _FARTHEST:
        return ""
    return spell(rounded(10.0**place, 7), mantissa=None)


def plain_labels(values: Sequence[float], spacing: float) -> list[str]:
    """Spell values of a plain axis, all with the same number of places, or all as powers of ten."""
    largest = max((abs(value) for value in values), default=0.0)
    if largest >= 99_999.5 or largest < 1e-4 or spacing <= 0:
        return [spell(value, mantissa=None) for value in values]
    places = max(math.ceil(-math.log10(spacing) - 1e-6), 0)
    return [spell_fixed(round(value, places) + 0.0, places) for value in values]
