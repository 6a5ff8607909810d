"""Which words of the glossary have a picture, and how it is drawn: by code, in the colours of the theme."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from mnist_lab.window.shell.help import cell_pictures, curve_pictures
from mnist_lab.window.shell.help.sketch import Sketch
from mnist_lab.window.theme import Palette

PICTURES: dict[str, Callable[[Sketch], None]] = {
    "batch": cell_pictures.batch,
    "broadcasting": cell_pictures.broadcasting,
    "confusion_matrix": cell_pictures.confusion_matrix,
    "cross_entropy": curve_pictures.cross_entropy,
    "derivative": curve_pictures.derivative,
    "dot_product": cell_pictures.dot_product,
    "dropout": cell_pictures.dropout,
    "epoch": cell_pictures.batch,
    "fork": curve_pictures.fork,
    "gradient_descent": curve_pictures.gradient_descent,
    "interval": curve_pictures.interval,
    "learning_rate": curve_pictures.learning_rate,
    "linear_approximation": curve_pictures.linear_approximation,
    "local_minimum": curve_pictures.local_minimum,
    "matrix_product": cell_pictures.matrix_product,
    "momentum": curve_pictures.momentum,
    "one_hot": cell_pictures.one_hot,
    "overfitting": curve_pictures.overfitting,
    "relu": curve_pictures.relu,
    "reshape": cell_pictures.reshape,
    "sigmoid": curve_pictures.sigmoid,
    "slice": cell_pictures.slice_,
    "softmax": cell_pictures.softmax,
    "tensor": cell_pictures.tensor,
}


def paint(word: str, size: QSize, ratio: float, palette: Palette) -> QImage:
    """The picture of a word.

    Args:
        word: one of `PICTURES`.
        size: in logical pixels.
        ratio: of the screen's pixels to logical ones.
        palette: its colours.
    """
    image = QImage(size * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    image.setDevicePixelRatio(ratio)
    image.fill(QColor(palette.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    PICTURES[word](Sketch(painter, QRectF(0, 0, size.width(), size.height()), palette))
    painter.end()
    return image
