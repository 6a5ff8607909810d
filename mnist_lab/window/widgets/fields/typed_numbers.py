"""Numbers as people type them; knows no Qt."""

import math
import re

_GROUPED = re.compile(r"[+−-]?[1-9]\d{0,2}([.,’'_ \u00a0\u202f])\d{3}(\1\d{3})*")
_GROUPED_WITH_DECIMALS = re.compile(r"[+−-]?[1-9]\d{0,2}([,’'_ \u00a0\u202f])\d{3}(\1\d{3})*\.\d+")
_PLAIN = re.compile(r"[+−-]?(\d+\.?\d*|\.\d+)(e[+−-]?\d+)?", re.IGNORECASE)


def read_whole(text: str) -> int | None:
    """Return the whole number that `text` spells ("512", "16,384", "1e3"), or None if it spells none.

    Signs within a number count only where they set thousands apart: "1,5" and "12 34" spell no whole number.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d+−-]", "", text)
    number = _read(text)
    return int(number) if number is not None and number == int(number) else None


def read_real(text: str, point: str = ".") -> float | None:
    """Return the number that `text` spells, with a decimal point or comma ("0.001", "1e-3", "0,5"), or None.

    One comma is a decimal comma unless exactly three digits follow a number that does not begin with 0:
    "1,000" is a thousand, "0,001" a thousandth. Where `point`, the language's own, is a comma, every one is.
    """
    text = text.strip()
    if point == "," and text.count(",") == 1 and "." not in text:
        return _read(text.replace(",", "."))
    if _GROUPED_WITH_DECIMALS.fullmatch(text) or (_GROUPED.fullmatch(text) and "." not in text):
        text = re.sub(r"[^\d.+−-]", "", text)
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    return _read(text)


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
