"""Where the marks of an axis stand in a drawn plot, and how they are spelled."""

import math
from dataclasses import dataclass
from typing import Literal

Spelling = Literal["whole", "number", "share", "power"]
"""Whole numbers, numbers, shares of 1 in per cent, powers of ten."""

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN_POWERS = range(-4, 6)


@dataclass(frozen=True)
class AxisTick:
    """A mark.

    Attributes:
        place: in the axis's own numbers; of a logarithmic axis, the power of ten.
        text: what stands beside it.
    """

    place: float
    text: str


def axis_ticks(low: float, high: float, most: int, spelling: Spelling) -> list[AxisTick]:
    """Round places from `low` to `high`, at most about so many."""
    step = _step((high - low) / most, at_least=1.0 if spelling in ("whole", "power") else 0.0)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [AxisTick(number * step, _spelled(number * step, step, spelling)) for number in range(first, last + 1)]


def _step(rough: float, at_least: float) -> float:
    rough = max(rough, at_least)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= rough * (1 - 1e-9))


def _spelled(value: float, step: float, spelling: Spelling) -> str:
    match spelling:
        case "whole":
            return f"{value:,.0f}"
        case "power":
            power = round(value)
            return f"{10.0**power:,.10g}" if power in _PLAIN_POWERS else f"10{str(power).translate(_SUPERSCRIPTS)}"
        case "share":
            return f"{100 * value:.{_decimals(100 * step)}f}\u00a0%"
        case "number":
            return f"{value:,.{_decimals(step)}f}"


def _decimals(step: float) -> int:
    return max(math.ceil(-math.log10(step) - 1e-9), 0)
