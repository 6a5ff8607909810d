"""Pictures of ink: grey values from 0 (paper) to 1 (ink) in the colours of the theme."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage, qRgb

from mnist_lab.window import theme

_LEVELS = 255


def ink_colours(palette: theme.Palette) -> list[int]:
    """The 256 colours from paper to ink, as Qt's table of an indexed image."""
    paper, ink = QColor(palette.paper), QColor(palette.ink)
    ends = np.array([[paper.red(), paper.green(), paper.blue()], [ink.red(), ink.green(), ink.blue()]])
    shares = np.linspace(0, 1, _LEVELS + 1)[:, np.newaxis]
    table = np.rint(ends[0] + shares * (ends[1] - ends[0])).astype(int)
    return [qRgb(*(int(part) for part in entry)) for entry in table]


def grey_image(values: NDArray[np.floating], colours: list[int]) -> QImage:
    """A picture of (h, w) values from 0 to 1; others are drawn as the nearer end, what is no number as paper."""
    levels = np.nan_to_num(np.clip(values, 0, 1)) * _LEVELS
    levels = np.ascontiguousarray(np.rint(levels).astype(np.uint8))
    height, width = levels.shape
    image = QImage(levels.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    return image.convertToFormat(QImage.Format.Format_RGB32)
