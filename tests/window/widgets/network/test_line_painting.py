"""Widths and colours of lines: by the scale, and the weakest left out where there are very many."""

import numpy as np

from mnist_lab.window import theme
from mnist_lab.window.widgets.network.line_painting import WIDEST, colours_of, faintest, level_of, width_of
from mnist_lab.window.widgets.network.lit_network import LitLines

NONE = np.empty(0)


def test_a_line_is_as_wide_as_its_value_and_zero_has_the_colour_of_the_ground() -> None:
    levels = [level_of(value, 2.0) for value in (-2.0, -1.0, 0.0, 0.001, 1.0, 2.0, 50.0, np.nan)]
    assert levels[0] == -levels[5]
    assert levels[1] == -levels[4]
    assert levels[2:4] == [0, 0]
    assert levels[6] == levels[5], "a bundle beyond the scale is as at its end"
    assert levels[7] == 0
    assert width_of(levels[5]) == WIDEST
    assert abs(width_of(levels[4]) - WIDEST / 2) < WIDEST / 28
    for palette in (theme.LIGHT, theme.DARK):
        colours = colours_of(palette)
        assert colours[len(colours) // 2].name() == palette.panel
        assert (colours[0].name(), colours[-1].name()) == (palette.negative, palette.positive)


def test_of_very_many_lines_the_weakest_are_left_out() -> None:
    few = LitLines(np.full((4, 10), 0.5), NONE, NONE, 1.0)
    assert faintest([few], 1.0) < 0.02
    many = LitLines(np.linspace(0, 1, 4000).reshape(100, 40), NONE, NONE, 1.0)
    least = faintest([few, many], 1.0)
    assert np.count_nonzero(many.values >= least) <= 450
    assert faintest([LitLines(many.values, NONE, NONE, 0.0)], 1.0) < 0.02, "what is not reached yet does not count"
