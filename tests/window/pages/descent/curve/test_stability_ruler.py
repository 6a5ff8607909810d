"""The ruler: the rate in use is marked, and no colour of a basin is that of a rising loss."""

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.basin_strip import basin_colour
from mnist_lab.window.pages.descent.curve.stability_ruler import StabilityRuler


def _pixels(ruler: StabilityRuler) -> NDArray[np.uint8]:
    image = ruler.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4)[..., :3].copy()


def test_the_triangle_stands_at_the_rate_in_use_and_not_at_the_limit(qtbot: QtBot) -> None:
    ruler = StabilityRuler((-4, 1))
    qtbot.addWidget(ruler)
    ruler.resize(300, 18)
    limits = CurveBench().limits()
    pictures = []
    for rate in (1e-3, 1.0):
        ruler.set_limits(limits, 0, rate)
        pictures.append(_pixels(ruler))
    changed = np.flatnonzero((pictures[0] != pictures[1]).any(axis=(0, 2)))
    inset, step = 9, (300 - 18) / 5
    places = [inset + step * (np.log10(rate) + 4) for rate in (1e-3, 1.0)]
    assert all(min(abs(column - place) for place in places) <= 8 for column in changed)
    assert all(np.abs(changed - place).min() <= 2 for place in places)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_red_means_a_rising_loss_only(palette: theme.Palette) -> None:
    rising = QColor(palette.wrong).hue()
    for index in range(6):
        away = abs(basin_colour(palette, index).hue() - rising)
        assert min(away, 360 - away) > 20
    assert len({basin_colour(palette, index).name() for index in range(6)}) == 6
