"""Type: two sizes beside the large numbers, and figures of one width so that nothing jumps.

All of it follows the text size that the person has chosen, in percent of what the system asks for.
"""

import functools
from typing import Literal

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

Size = Literal["body", "small", "large", "answer"]

_FAMILIES = ("Inter", "Segoe UI", "SF Pro Text", "Noto Sans")
_SCALES: dict[Size, float] = {"body": 1.0, "small": 0.9, "large": 2.0, "answer": 5.0}
_SMALLEST_POINTS = 9.0
_USUAL_PIXELS = 12
"""Height of the body font for which the lab's lengths were chosen: 9 points at 96 to the inch."""
USUAL_TEXT = 100
TEXT_SIZES = tuple(range(USUAL_TEXT, 201, 10))
"""What can be chosen, in percent."""

_text_size = USUAL_TEXT


def text_size() -> int:
    """The text size that was chosen, in percent: one of `TEXT_SIZES`."""
    return _text_size


def set_text_size(percent: int) -> None:
    """Choose a text size; `theme.apply` puts it on the application.

    Raises:
        ValueError: it is none of `TEXT_SIZES`.
    """
    global _text_size
    if percent not in TEXT_SIZES:
        raise ValueError(f"the text size is one of {TEXT_SIZES}, not {percent}")
    _text_size = percent


def base_font() -> QFont:
    """Return the body font: the first family that is installed, at the size of the system and of the person."""
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    installed = [family for family in _FAMILIES if QFontDatabase.hasFamily(family)]
    font = QFont([*installed, system.family(), "DejaVu Sans"])
    font.setPointSizeF(max(system.pointSizeF(), _SMALLEST_POINTS) * _text_size / USUAL_TEXT)
    return tabular(font)


def font(size: Size = "body", *, bold: bool = False) -> QFont:
    """Return the application's font at one of the lab's sizes."""
    result = tabular(QFont(QApplication.font()))
    result.setPointSizeF(result.pointSizeF() * _SCALES[size])
    if bold:
        result.setWeight(QFont.Weight.DemiBold)
    return result


def grown(factor: float) -> QFont:
    """Return the small font, so many times as large: not smaller than "small", and not larger than "large"."""
    result = font("small")
    result.setPointSizeF(result.pointSizeF() * min(max(factor, 1.0), _SCALES["large"] / _SCALES["small"]))
    return result


def fixed(size: Size = "body") -> QFont:
    """Return a font for code, whose letters all have one width, at one of the lab's sizes."""
    result = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    result.setPointSizeF(points(size))
    return result


def points(size: Size) -> float:
    """Point size of one of the lab's sizes."""
    return QApplication.font().pointSizeF() * _SCALES[size]


def scaled(pixels: int) -> int:
    """Return a length for words, chosen for a body font of the usual size, as it is for a larger one."""
    return round(pixels * max(QFontInfo(QApplication.font()).pixelSize() / _USUAL_PIXELS, 1.0))


def tabular(font: QFont) -> QFont:
    """Return the same font with figures of one width, where it has them."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def widest(font: QFont, text: str) -> float:
    """Measure `text` in logical pixels with each digit replaced by the widest one: room that never changes."""
    return _widest(font.toString(), text)


@functools.lru_cache(maxsize=1024)
def _widest(font_in_words: str, text: str) -> float:
    # Asked for at every redraw of an axis, for the same few labels.
    font = QFont()
    font.fromString(font_in_words)
    metrics = QFontMetricsF(tabular(font))
    digit = max("0123456789", key=metrics.horizontalAdvance)
    return metrics.horizontalAdvance("".join(digit if sign.isdigit() else sign for sign in text))
