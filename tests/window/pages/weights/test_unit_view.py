"""The picture of a unit in a column that scrolls."""

import numpy as np
from PySide6.QtWidgets import QStyle
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.weights.unit_view import SIDE, UnitPicture
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.short_label import ShortLabel


def test_the_picture_is_as_high_without_a_scroll_bar_as_with_one(qtbot: QtBot) -> None:
    """Else the bar, which makes it lower, would come and go without end where just its height decides: a crash."""
    view = UnitPicture("unitPicture")
    column = ScrollColumn("weightControls", view)
    qtbot.addWidget(column)
    column.resize(262, 900)
    column.show()
    qtbot.waitUntil(lambda: view.picture.height() > 0)
    bar = column.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    assert column.verticalScrollBar().maximum() == 0
    assert view.picture.height() == (view.width() - bar) // SIDE * SIDE < view.width() // SIDE * SIDE


def test_what_the_keys_do_makes_nothing_wider(qtbot: QtBot) -> None:
    unit = UnitPicture("unit")
    qtbot.addWidget(unit)
    unit.show_unit("Unit 0", np.zeros(SIDE * SIDE, np.float32), 1.0, "")
    width = unit.minimumSizeHint().width()
    unit.show()
    qtbot.waitExposed(unit)
    unit.picture.setFocus()
    qtbot.waitUntil(lambda: unit.findChild(ShortLabel).text().startswith("←"))
    assert unit.minimumSizeHint().width() == width
