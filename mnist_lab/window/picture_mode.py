"""How things are painted while a picture of them is taken: as on paper, and as sharp as the picture is.

A picture leaves the lab: it has no mark of the keyboard and no word on keys, its lines are as wide as on the screen,
and nothing in it is the enlarged copy of what was painted for the screen. Who paints asks here; who takes it says so.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QWidget

Role = Literal["picture", "companion", "ornament"]
"""What a widget that paints is, as its class says in `PICTURE_ROLE`: a picture of values, which is what one is unless
it says so; a scale or a legend, which goes with the picture beside it; a mark that shows no value."""


@dataclass(frozen=True)
class PictureMode:
    """What a picture is taken for.

    Attributes:
        pens: pixels of the device in a logical one, for pens whose width counts those of the device.
        pixels: the same, for images that are computed at the resolution of the device.
    """

    pens: float
    pixels: float


VECTORS = PictureMode(pens=1.0, pixels=2.0)
"""For SVG: lines have no resolution; what must be an image is twice as fine as a plain screen."""

_mode: PictureMode | None = None


@contextmanager
def taking(mode: PictureMode) -> Iterator[None]:
    """Paint for a picture within the block; in the window's thread, like all painting."""
    global _mode
    before, _mode = _mode, mode
    try:
        yield
    finally:
        _mode = before


def is_taken() -> bool:
    """Whether a picture is being taken."""
    return _mode is not None


def has_keyboard(widget: QWidget) -> bool:
    """Whether the mark of the keyboard is to be painted on it."""
    return _mode is None and widget.hasFocus()


def pen_ratio(widget: QWidget) -> float:
    """Pixels of the device in each logical pixel, for the width of a cosmetic pen."""
    return widget.devicePixelRatioF() if _mode is None else _mode.pens


def pixel_ratio(on_screen: float) -> float:
    """Pixels in each logical pixel for an image that is computed; `on_screen` is what the screen has."""
    return on_screen if _mode is None else _mode.pixels


def draw_part(painter: QPainter, area: QRectF, image: QImage, part: QRect) -> None:
    """Draw a part of an image, in its own pixels: QtSvg would draw all of it there."""
    if _mode is None:
        painter.drawImage(area, image, QRectF(part))
    else:
        painter.drawImage(area, image.copy(part))
