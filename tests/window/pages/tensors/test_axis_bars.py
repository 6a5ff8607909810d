"""Bars of axes: their words, and the accent where the choice lies."""

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.tensors.axis_bars import AxisBar, AxisBars


def test_the_chosen_part_lies_where_it_should(qtbot: QtBot) -> None:
    bars = AxisBars()
    qtbot.addWidget(bars)
    bars.set_bars((AxisBar("rows", "all", 0, 1), AxisBar("rows", "half", 0.5, 1), AxisBar("rows", "none", 0, 0)))
    bars.resize(400, bars.sizeHint().height())
    assert bars.accessibleName() == "rows all; rows half; rows none"
    image = bars.grab().toImage()
    accent = QColor(theme.current().accent).rgb()
    lengths = []
    for number in range(3):
        y = round((number + 0.5) * image.height() / 3)
        lengths.append(sum(image.pixel(x, y) == accent for x in range(image.width())))
    assert lengths[0] > 200
    assert abs(lengths[1] - lengths[0] / 2) <= 2
    assert lengths[2] == 0


def test_the_smallest_choice_can_still_be_seen(qtbot: QtBot) -> None:
    bars = AxisBars()
    qtbot.addWidget(bars)
    bars.set_bars((AxisBar("samples", "59,999 of 60,000", 59_999 / 60_000, 1),))
    bars.resize(400, bars.sizeHint().height())
    image = bars.grab().toImage()
    accent = QColor(theme.current().accent).rgb()
    assert any(image.pixel(x, image.height() // 2) == accent for x in range(image.width()))
