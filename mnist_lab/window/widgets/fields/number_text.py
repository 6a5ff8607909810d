"""Numbers as people type them and as the lab shows them; knows no Qt."""

import math
import re
from decimal import Decimal

_GROUPED = re.compile(r"[+−-]?[1-9]\d{0,2}([.,’'_ \u00a0\u202f])\d{3}(\1\d{3})*")
_GROUPED_WITH_DECIMALS = re.compile(r"[+−-]?[1-9]\d{0,2}([,’'_ \u00a0\u202f])\d{3}(\1\d{3})*\.\d+")
_PLAIN = re.compile(r"[+−-]?(\d+\.?\d*|\.\d+)(e[+−-]?\d+)?", re.IGNORECASE)
_SMALLEST_PLAIN_EXPONENT = -5
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def read_whole(text: str) -> int | None:
    """Return the whole number that `text` spells ("512", "16,384", "1e3"), or None if it spells none.

    Signs within a number count only where they set thousands apart: "1,5" and "12 34" spell no whole number.
    """
    text = text.strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[^\d+−-]", "", text)
    number = _read(text)
    return int(number) if number is not None and number == int(number) else None


def read_real(text: str) -> float | None:
    """Return the number that `text` spells, with a decimal point or comma ("0.001", "1e-3", "0,5"), or None.

    One comma is a decimal comma unless exactly three digits follow a number that does not begin with 0:
    "1,000" is a thousand, "0,001" a thousandth.
    """
    text = text.strip()
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


def spell(value: float, decimals: int | None = None, mantissa: int | None = 1) -> str:
    """Spell a number to be read: "0.182", "12,346", "1.0 × 10⁻⁴", "−4.6 × 10¹⁹"; the notation of every picture.

    Args:
        value: any number; what is not finite is spelled as Python does.
        decimals: places after the point of a plain number; None leaves out zeros at the end, after 7 figures.
        mantissa: places after the point before a power of ten; None leaves out zeros, and a lone 1: "10⁻⁵".
    """
    if not math.isfinite(value):
        return f"{value:g}"
    size = abs(value)
    if size == 0 or 1e-4 * (1 - 1e-9) <= size < 99_999.5:
        plain = f"{value:,.{decimals}f}" if decimals is not None else _without_zeros(value)
        return plain.replace("-", "−")
    digits, exponent = f"{value:.{6 if mantissa is None else mantissa}e}".split("e")
    if mantissa is None:
        digits = digits.rstrip("0").rstrip(".")
    power = f"10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    sign = "−" if value < 0 else ""
    digits = digits.removeprefix("-")
    return f"{sign}{power}" if mantissa is None and digits == "1" else f"{sign}{digits} × {power}"


def spell_signed(value: float) -> str:
    """Spell a number to be read with its sign, to three figures: "+0.0831", "−1.2 × 10⁻⁵", "0"."""
    if value == 0 or not math.isfinite(value):
        return spell(value)
    words = spell(float(f"{value:.3g}"))
    return f"+{words}" if value > 0 else words


def _without_zeros(value: float) -> str:
    return format(Decimal(f"{value:.7g}").normalize(), ",f")


def show_real(value: float) -> str:
    """Spell a number shortly: "0.001", "0.00001", "1e-6", "20", never with trailing zeros."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    short = Decimal(f"{value:.12g}").normalize()
    if short.adjusted() >= _SMALLEST_PLAIN_EXPONENT:
        return format(short, "f")
    digits = format(short.scaleb(-short.adjusted()).normalize(), "f")
    return f"{digits}e{short.adjusted()}"


def say_real(value: float) -> str:
    """Spell a number within a sentence: as `show_real`, with a true minus."""
    text = show_real(value)
    return "−" + text[1:] if text.startswith("-") else text


def say_whole(value: int) -> str:
    """Spell a whole number within a sentence: as `show_whole`, with a true minus."""
    return show_whole(value).replace("-", "−")


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
