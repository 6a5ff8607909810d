"""Numbers as people type them; knows no Qt."""

import math
import re

_PLAIN = re.compile(r"[+−-]?(\d+\.?\d*|\.\d+)(e[+−-]?\d+)?", re.IGNORECASE | re.ASCII)
_GROUPED = {
    ".": re.compile(r"[+−-]?[1-9]\d{0,2}([,’'_ \u00a0\u202f])\d{3}(\1\d{3})*(\.\d+)?(e[+−-]?\d+)?", re.IGNORECASE),
    ",": re.compile(r"[+−-]?[1-9]\d{0,2}([.’'_ \u00a0\u202f])\d{3}(\1\d{3})*(,\d+)?(e[+−-]?\d+)?", re.IGNORECASE),
}
"""Thousands set apart by the same sign everywhere, for each decimal sign."""


def read_whole(text: str, point: str = ".") -> int | None:
    """Return the whole number that `text` spells ("512", "16,384", "1e3"), or None if it spells none.

    It is read as `read_real` does: "1.000" is 1, and "1,5" and "12 34" spell no whole number.
    """
    number = read_real(text, point)
    return int(number) if number is not None and number == int(number) else None


def read_real(text: str, point: str = ".") -> float | None:
    """Return the number that `text` spells ("0.001", "1e-3", "16,384.5"), or None if it spells none.

    Args:
        text: what was typed.
        point: the language's decimal sign, "." or ","; where it stands it is one. The other of the two sets thousands
            apart where it can; else, alone, it is a decimal sign, too: with a point "1,000" is a thousand, "0,5" a
            half and "0,001" a thousandth.
    """
    text, comma = text.strip(), "." if point == "," else ","
    grouped = _GROUPED[point].fullmatch(text)
    if grouped is not None:
        text = text.replace(grouped[1], "")
    elif text.count(comma) == 1 and point not in text:
        text = text.replace(comma, point)
    return None if comma in text else _read(text.replace(point, "."))


def _read(text: str) -> float | None:
    if not _PLAIN.fullmatch(text):
        return None
    number = float(text.replace("−", "-"))
    return number if math.isfinite(number) else None


def step_one_two_five(value: float, steps: int) -> float:
    """Return the number `steps` places further along 1, 2, 5, 10, 20, 50 … (or back, if negative).

    A number between two of them goes to the neighbour on that side. Zero goes up to 1e-6, and what would fall
    below 1e-6 becomes zero.
    """
    for _ in range(abs(steps)):
        value = _up(value) if steps > 0 else _down(value)
    return value


_LEAST = 1e-6
_SLACK = 1e-9


def _up(value: float) -> float:
    if value < _LEAST:
        return _LEAST
    return next(mark for mark in _marks(value) if mark > value * (1 + _SLACK))


def _down(value: float) -> float:
    if value <= _LEAST * (1 + _SLACK):
        return 0.0
    return next(mark for mark in reversed(_marks(value)) if mark < value * (1 - _SLACK))


def _marks(value: float) -> list[float]:
    exponent = math.floor(math.log10(value))
    return [float(f"{digit}e{power}") for power in range(exponent - 1, exponent + 2) for digit in (1, 2, 5)]
