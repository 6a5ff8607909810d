"""Widths and colours of lines: by the scale, and the weakest left out where there are very many."""

import numpy as np
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.widgets.network.line_painting import (
    LEVELS,
    LinePainter,
    colours_of,
    faintest,
    levels_of,
    width_of,
)
from mnist_lab.window.widgets.network.lit_network import LitLines

NONE = np.empty(0)


def test_a_line_is_as_wide_as_its_value_and_zero_has_the_colour_of_the_ground() -> None:
    values = np.array([-2.0, -1.0, 0.0, 0.001, 1.0, 2.0, 50.0, np.nan, np.inf, 1e308])
    levels = levels_of(values, 2.0).tolist()
    assert levels[0] == -levels[5]
    assert levels[1] == -levels[4]
    assert levels[2:4] == [0, 0]
    assert levels[6] == levels[5], "a bundle beyond the scale is as at its end"
    assert levels[7:9] == [0, 0], "what is no number is not seen"
    assert levels[9] == levels[5]
    assert not levels_of(values, 0.0).any(), "without a scale nothing is"
    assert width_of(levels[5], 5.5) == 5.5
    assert abs(width_of(levels[4], 5.5) - 5.5 / 2) < 5.5 / LEVELS
    for palette in (theme.LIGHT, theme.DARK):
        colours = colours_of(palette)
        assert colours[len(colours) // 2].name() == palette.panel
        assert (colours[0].name(), colours[-1].name()) == (palette.negative, palette.positive)


def test_of_very_many_lines_the_weakest_are_left_out() -> None:
    few = LitLines(np.full((4, 10), 0.5), NONE, NONE, 1.0)
    assert faintest([few], 1.0) < 0.02
    many = LitLines(np.linspace(0, 1, 4000).reshape(100, 40), NONE, NONE, 1.0)
    least = faintest([few, many], 1.0)
    assert np.count_nonzero(many.values >= least) <= 300
    assert faintest([LitLines(many.values, NONE, NONE, 0.0)], 1.0) < 0.02, "what is not reached yet does not count"


def test_what_was_gathered_once_is_painted_again_as_it_was(qapp: QApplication) -> None:
    palette, pictures = theme.LIGHT, []
    lines = LinePainter(1.0, palette, 1.0, 5.5)
    lines.add(np.array([1.0, -0.5]), np.array([[0.0, 5.0], [0.0, 50.0]]), np.array([[100.0, 50.0], [100.0, 5.0]]))
    for _ in range(2):
        image = QImage(100, 60, QImage.Format.Format_RGB32)
        image.fill(QColor(palette.panel))
        painter = QPainter(image)
        lines.paint(painter)
        painter.end()
        pictures.append(image)
    assert pictures[0] == pictures[1]
    assert pictures[0].pixelColor(50, 27) != QColor(palette.panel)


def test_a_bundle_is_two_rails_with_the_ground_between_them_also_where_another_crosses(qapp: QApplication) -> None:
    palette = theme.LIGHT
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor(palette.panel))
    painter, lines = QPainter(image), LinePainter(1.0, palette, 1.0, 5.5)
    starts, ends = np.array([[0.0, 30.0], [0.0, 55.0]]), np.array([[100.0, 30.0], [100.0, 5.0]])
    lines.add_bundles(np.array([1.0, 1.0]), starts, ends)
    lines.paint(painter)
    painter.end()
    inked = [y for y in range(60) if image.pixelColor(12, y) != QColor(palette.panel)]
    assert len([y for y in inked if 25 <= y <= 35]) in range(2, 5)
    assert image.pixelColor(12, 30) == QColor(palette.panel)
    for x in range(45, 56):  # where both cross, neither wipes the other out
        assert any(image.pixelColor(x, y) != QColor(palette.panel) for y in (27, 28)), x
        assert any(image.pixelColor(x, y) != QColor(palette.panel) for y in (31, 32)), x
