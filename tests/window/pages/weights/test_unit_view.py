"""The picture of a unit in a column that scrolls."""

from PySide6.QtWidgets import QStyle
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.weights.unit_view import SIDE, UnitPicture
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn


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
