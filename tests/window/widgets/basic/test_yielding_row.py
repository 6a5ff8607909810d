"""Parts of a row go under each other before one of them is cut off."""

from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.yielding_row import YieldingRow


def test_parts_stand_beside_each_other_where_they_have_room_and_under_each_other_where_not(qtbot: QtBot) -> None:
    long, short = QPushButton("The chapter's settings"), QPushButton("Settings")
    place = QWidget()
    qtbot.addWidget(place)
    place.resize(600, 200)
    row = YieldingRow(long, short, parent=place)  # where a layout gives it its size
    row.resize(600, 100)
    place.show()
    qtbot.waitExposed(place)
    assert long.y() == short.y()
    assert long.geometry().right() < short.x()
    assert short.width() == short.sizeHint().width(), "each has its own width"
    row.resize(row.minimumSizeHint().width(), 100)
    qtbot.waitUntil(lambda: short.y() > long.geometry().bottom())
    assert long.width() == long.sizeHint().width()
