"""Tiles of weights in the colours of the theme, also those of a run that diverged."""

import numpy as np
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.widgets.network.unit_painting import tile_image


def test_a_weight_has_its_colour_and_what_is_no_number_has_none(qapp: QApplication) -> None:
    tiles = np.zeros((784, 2), np.float32)
    tiles[0, 0], tiles[1, 0], tiles[2, 0], tiles[3, 0] = 0.5, -0.5, np.inf, np.nan
    tiles[28, 1] = 9.0
    image = tile_image(tiles, 0.5, theme.LIGHT)
    assert (image.width(), image.height()) == (28, 56)

    def colour(x: int, y: int) -> str:
        return QColor(image.pixel(x, y)).name()

    assert colour(4, 0) == theme.LIGHT.zero
    assert colour(0, 0) == theme.LIGHT.positive
    assert colour(1, 0) == theme.LIGHT.negative
    assert colour(2, 0) == colour(3, 0) == theme.LIGHT.line
    assert colour(0, 28 + 1) == theme.LIGHT.positive, "beyond the scale it is as at its end"
