"""Numbers as people type them and as the lab shows them; knows no Qt."""

import math
import re
from decimal import Decimal

_GROUPED = re.compile(r"[+-]?[1-9]\d{0,2}([.,’' \u00a0\u202f])\d{3}(\1\d{3})*")
_GROUP_SIGNS = "’' \u00a0\u202f_"
_SMALLEST_PLAIN_EXPONENT = -5


def read_whole(text: str) -> int | None:
    """Return the whole number that `text` spells ("512", "16,384", "1e3"), or None if it spells none."""
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d+-]", "", text)
    number = _read(text)
    return int(number) if number is not None and number == int(number) else None


def read_real(text: str) -> float | None:
    """Return the number that `text` spells, with a decimal point or comma ("0.001", "1e-3", "0,5"), or None.

    One comma is a decimal comma unless exactly three digits follow a number that does not begin with 0:
    "1,000" is a thousand, "0,001" a thousandth.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text) and "." not in text:
        text = re.sub(r"[^\d+-]", "", text)
    elif text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    return _read(text)


def _read(text: str) -> float | None:
    for sign in _GROUP_SIGNS:
        text = text.replace(sign, "")
    text = text.replace("−", "-")
    if "," in text and "." in text and text.rfind(",") < text.rfind("."):
        text = text.replace(",", "")
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def show_real(value: float) -> str:
    """Spell a number shortly: "0.001", "0.00001", "1e-6", "20", never with trailing zeros."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    short = Decimal(f"{value:.12g}").normalize()
    if short.adjusted() >= _SMALLEST_PLAIN_EXPONENT:
        return format(short, "f")
    digits = format(short.scaleb(-short.adjusted()).normalize(), "f")
    return f"{digits}e{short.adjusted()}"


def show_whole(value: int) -> str:
    """Spell a whole number with its thousands set apart: "51,264"."""
    return f"{value:,}"


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
