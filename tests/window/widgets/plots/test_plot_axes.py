"""Labels of the axes of a curve say what they count, and leave each other room."""

from collections.abc import Callable
from functools import partial
from itertools import pairwise

import pytest
from PySide6.QtGui import QFontMetricsF

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.labelled_plot import NumberAxis
from mnist_lab.window.widgets.plots.plot_axes import CurveAxis, UpdateAxis, ValueAxis


def test_the_lower_axis_always_says_what_it_counts() -> None:
    axis = UpdateAxis()
    assert axis.tickStrings([0, 500, 1000], 1, 500) == ["update 0", "500", "1,000"]
    assert axis.tickStrings([699.5, 700, 700.5], 1, 0.5) == ["", "update 700", ""]
    assert axis.tickStrings([], 1, 1) == []


def test_the_first_label_of_the_lower_axis_does_not_touch_the_second() -> None:
    axis = UpdateAxis()
    axis.setRange(0, 100)
    axis.resize(400, 20)
    assert axis.tickStrings([0, 20, 40], 1, 20) == ["update 0", "20", "40"]
    axis.resize(150, 20)
    assert axis.tickStrings([0, 20, 40], 1, 20) == ["update 0", "", "40"]


def test_labels_of_the_lower_axis_do_not_touch_in_a_narrow_plot() -> None:
    axis = UpdateAxis()
    font = theme.fonts.font("small")
    for end in (64, 9_600, 4_700_000):
        for width in (120, 170, 400):
            axis.setRange(-0.03 * end, 1.03 * end)
            axis.resize(width, 20)
            spacing, places = axis.tickValues(-0.03 * end, 1.03 * end, width)[0]
            labels = [(at, text) for at, text in zip(places, axis.tickStrings(places, 1, spacing), strict=True) if text]
            for (left, left_text), (right, right_text) in pairwise(labels):
                room = (theme.fonts.widest(font, left_text) + theme.fonts.widest(font, right_text)) / 2
                assert (right - left) * width / (1.06 * end) > room, (end, width)


@pytest.mark.parametrize(
    "make", [partial(ValueAxis, "loss"), partial(ValueAxis, "accuracy"), partial(NumberAxis, "left")]
)
def test_labels_of_an_upright_axis_do_not_touch_in_a_low_plot(make: Callable[[], CurveAxis]) -> None:
    axis = make()
    line = QFontMetricsF(theme.fonts.font("small")).height()
    for low, high in ((0.0, 1.0), (2.0, 3.0), (-0.03, 2.5), (0.9, 0.97)):
        for size in (46, 75, 150, 400):
            axis.setRange(low, high)
            spacing, places = axis.tickValues(low, high, size)[0]
            assert spacing * size / (high - low) > line, (low, high, size)
            assert places, "one at least"
            assert size > 80 or spacing * size / (high - low) < 5 * line, "and as many as have room"
