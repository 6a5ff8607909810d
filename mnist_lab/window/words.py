"""Numbers, percentages and spans of time as the language of the lab's texts writes them, and sentences with them in.

That language, never the system's: a German point in an English sentence would be another number. Texts keep places for
values, `{count:,}`; `fill` puts the values in. Python's format specifications say how a number is rounded, the
language says which signs stand in it.
"""

import math
import re
from decimal import Decimal
from string import Formatter
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from mnist_lab.words import QT_TRANSLATE_NOOP

ENGLISH = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
_CONTEXT = "numbers"
_SMALLEST_PLAIN_EXPONENT = -5
_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOOSE_PERCENT = re.compile(r"(?<=\d) %(?!\w)")
_MINUTE = 60
_SHORTEST_TENTH = 0.05

_PERCENT = QT_TRANSLATE_NOOP("numbers", "{number}\u00a0%")
_HARDLY = QT_TRANSLATE_NOOP("numbers", "less than 0.1 s")
_SECONDS = QT_TRANSLATE_NOOP("numbers", "{seconds} s")
_MINUTES = QT_TRANSLATE_NOOP("numbers", "{minutes} min {seconds} s")
_HOURS = QT_TRANSLATE_NOOP("numbers", "{hours} h {minutes} min")
_UNITS_OF_TIME = (
    (1.0, QT_TRANSLATE_NOOP("numbers", "{number} s")),
    (1e-3, QT_TRANSLATE_NOOP("numbers", "{number} ms")),
    (1e-6, QT_TRANSLATE_NOOP("numbers", "{number} µs")),
)
_UNITS_OF_MEMORY = (
    (1e9, QT_TRANSLATE_NOOP("numbers", "{number:.1f} GB")),
    (1e6, QT_TRANSLATE_NOOP("numbers", "{number:.1f} MB")),
    (1e3, QT_TRANSLATE_NOOP("numbers", "{number:.1f} kB")),
)
_BYTES = QT_TRANSLATE_NOOP("numbers", "{number} bytes")


def set_language(locale: QLocale) -> None:
    """Write numbers as this language does, Qt's own fields and dialogs too."""
    QLocale.setDefault(locale)
    _filler.set_locale(locale)


def decimal_point() -> str:
    """What stands before the tenths: "." in English, "," in German."""
    return _filler.point


class _Filler(Formatter):
    """Puts values into the places of a text; the signs within numbers are those of a language."""

    def __init__(self, locale: QLocale) -> None:
        self.set_locale(locale)

    def set_locale(self, locale: QLocale) -> None:
        """Use this language's signs."""
        self.point = locale.decimalPoint()
        self._signs = str.maketrans({".": self.point, ",": locale.groupSeparator()})

    def format_field(self, value: Any, format_spec: str) -> str:
        """Write one value: numbers with the language's signs, all else as it is."""
        text = super().format_field(value, format_spec)
        return text if isinstance(value, str | bool) or not hasattr(value, "__float__") else self.localised(text)

    def localised(self, number: str) -> str:
        """A number as Python writes it, with the language's signs."""
        return number.translate(self._signs)


_filler = _Filler(ENGLISH)


def fill(template: str, *args: object, **values: object) -> str:
    """Put values into the places of a translated text: as `str.format`, with the language's signs in the numbers.

    No line breaks between a number and its "%".
    """
    return _LOOSE_PERCENT.sub("\u00a0%", _filler.vformat(template, args, values))


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
        return spell_fixed(value, decimals) if decimals is not None else _with_minus(_without_zeros(value))
    digits, exponent = f"{value:.{6 if mantissa is None else mantissa}e}".split("e")
    if mantissa is None:
        digits = digits.rstrip("0").rstrip(".")
    power = f"10{str(int(exponent)).translate(_SUPERSCRIPTS)}"
    sign = "−" if value < 0 else ""
    digits = digits.removeprefix("-")
    return f"{sign}{power}" if mantissa is None and digits == "1" else f"{sign}{_filler.localised(digits)} × {power}"


def spell_signed(value: float) -> str:
    """Spell a number to be read with its sign, to three figures: "+0.0831", "−1.2 × 10⁻⁵", "0"."""
    if value == 0 or not math.isfinite(value):
        return spell(value)
    text = spell(rounded(value, 3))
    return f"+{text}" if value > 0 else text


def spell_whole(value: int) -> str:
    """Spell a whole number with its thousands set apart: "51,264", "−1,000"."""
    return _with_minus(f"{value:,}")


def spell_fixed(value: float, decimals: int) -> str:
    """Spell a number with so many places after the point, its thousands set apart: "0.9817", "−1,234.5"."""
    return _with_minus(f"{value:,.{decimals}f}")


def spell_percent(share: float, decimals: int = 1, *, figures: int | None = None) -> str:
    """Spell a share of 1 with so many decimals ("98.2 %") or figures ("0.031 %"); "–" where there is none (NaN)."""
    if not math.isfinite(share):
        return "–"
    number = spell_fixed(100 * share, decimals) if figures is None else spell(rounded(100 * share, figures))
    return _translated(_PERCENT, number=number)


def spell_setting(value: float) -> str:
    """Spell a number as one types it, with a true minus: "0.001", "1e-6", "−20", never with zeros at the end."""
    text = typed_number(value)
    return "−" + text[1:] if text.startswith("-") else text


def spell_short(value: float) -> str:
    """Spell the first figure of a number as one types it, in the fewest signs: "0.3", "4e-5"."""
    figure, _, exponent = f"{value:.0e}".partition("e")
    return min(spell_setting(rounded(value, 1)), f"{figure}e{int(exponent)}", key=len)


def typed_number(value: float) -> str:
    """Spell a number as a field shows it and one types it: "0.001", "0.00001", "1e-6", "-20"; "0,001" in German."""
    if value == 0 or not math.isfinite(value):
        return f"{value:g}"
    short = Decimal(f"{value:.12g}").normalize()
    if short.adjusted() >= _SMALLEST_PLAIN_EXPONENT:
        return _filler.localised(format(short, "f"))
    digits = format(short.scaleb(-short.adjusted()).normalize(), "f")
    return f"{_filler.localised(digits)}e{short.adjusted()}"


def spell_duration(seconds: float, *, tenths: bool = True) -> str:
    """Spell a time that one waits: "less than 0.1 s", "1.9 s", "2 min 5 s", "1 h 8 min"; without `tenths` "2 s"."""
    if tenths and seconds < _SHORTEST_TENTH:
        return QCoreApplication.translate(_CONTEXT, _HARDLY)
    if round(seconds) < _MINUTE:
        return _translated(_SECONDS, seconds=spell_fixed(seconds, 1 if tenths else 0))
    minutes, rest = divmod(round(seconds), _MINUTE)
    if minutes < _MINUTE:
        return _translated(_MINUTES, minutes=minutes, seconds=rest)
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return _translated(_HOURS, hours=spell_whole(hours), minutes=minutes)


def spell_measured(seconds: float) -> str:
    """Spell a time that was measured, in three figures: "1.23 µs", "45.6 ms", "2 s"."""
    size, template = next((unit for unit in _UNITS_OF_TIME if seconds >= unit[0]), _UNITS_OF_TIME[-1])
    return _translated(template, number=_filler.localised(f"{seconds / size:,.3g}"))


def spell_bytes(size: int) -> str:
    """Spell an amount of memory: "0 bytes", "3.1 kB", "188.2 MB"."""
    for unit, template in _UNITS_OF_MEMORY:
        if size >= unit:
            return _translated(template, number=size / unit)
    return _translated(_BYTES, number=size)


def rounded(value: float, figures: int) -> float:
    """The number that is nearest to `value` among those of so many figures."""
    return float(f"{value:.{figures}g}")


def _translated(template: str, **values: object) -> str:
    return fill(QCoreApplication.translate(_CONTEXT, template), **values)


def _with_minus(number: str) -> str:
    return _filler.localised(number).replace("-", "−")


def _without_zeros(value: float) -> str:
    return format(Decimal(f"{value:.7g}").normalize(), ",f")
