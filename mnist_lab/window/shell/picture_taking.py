"""Takes pictures in the window's thread: as pixels, twice as fine as a plain screen, or as drawings for SVG."""

import math

from PySide6.QtCore import QBuffer, QIODevice, QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPainter

from mnist_lab.window.picture_mode import VECTORS, PictureMode
from mnist_lab.window.shell.picture_frame import PictureFrame, PicturePart
from mnist_lab.window.shell.picture_svg import Box, DrawnPart
from mnist_lab.window.widgets.plots.plot_dress import taking_with

_SHARPNESS = 2
_INCH = 0.0254
DOTS_PER_INCH = 96
"""Logical pixels in an inch."""


def image_of(frame: PictureFrame, screen_ratio: float) -> QImage:
    """The picture in pixels, with its title, and how large it is meant to be.

    There are two of them in each logical pixel, or more where a screen of another `screen_ratio` would make cells
    uneven.
    """
    ratio = screen_ratio * math.ceil(_SHARPNESS / screen_ratio)
    image = QImage(frame.size * ratio, QImage.Format.Format_RGB32)
    image.fill(QColor(frame.ground))
    image.setDevicePixelRatio(ratio)
    with taking_with(frame.plots, PictureMode(ratio, ratio)):
        painter = QPainter(image)
        for part in frame.parts:
            painter.save()
            painter.translate(part.place.topLeft())
            part.paint(painter)
            painter.restore()
        painter.end()
    image.setDevicePixelRatio(1)
    dots_per_metre = round(DOTS_PER_INCH * ratio / _INCH)
    image.setDotsPerMeterX(dots_per_metre)
    image.setDotsPerMeterY(dots_per_metre)
    image.setText("Title", frame.title)
    image.setText("Software", "MNIST Lab")
    return image


def drawings_of(frame: PictureFrame) -> list[DrawnPart]:
    """Every part as an SVG document of its own: QtSvg cuts nothing off at the edge of a widget, its document does."""
    with taking_with(frame.plots, VECTORS):
        return [DrawnPart(_box(part.place), _drawn(part)) for part in frame.parts]


def _box(place: QRect) -> Box:
    return place.left(), place.top(), place.width(), place.height()


def _drawn(part: PicturePart) -> bytes:
    from PySide6.QtSvg import QSvgGenerator  # another library: only who saves an SVG waits for it

    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator(QSvgGenerator.SvgVersion.Svg11)  # the smaller version knows no clipping
    generator.setOutputDevice(buffer)
    generator.setSize(part.place.size())
    generator.setViewBox(QRect(QPoint(0, 0), part.place.size()))
    generator.setResolution(DOTS_PER_INCH)
    painter = QPainter(generator)
    part.paint(painter)
    painter.end()
    return bytes(buffer.data().data())
