"""A column of controls is as wide as the place of the pages lets it be, whatever is shown in it and beside it."""

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.layouts import beside
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace


def _width_at(place: ScrollPlace, column: ScrollColumn, width: int) -> int:
    place.resize(width, 400)
    for _ in range(3):
        QApplication.processEvents()
    return column.width()


def test_controls_give_room_to_what_stands_beside_them(qtbot: QtBot) -> None:
    words, picture, content = QLabel("A word"), QLabel("A picture"), QWidget()
    column = ScrollColumn("controls", words)
    place = ScrollPlace("place", content)
    qtbot.addWidget(place)
    beside(column, picture, parent=content, least=250)
    place.show()
    usual = _width_at(place, column, 1400)
    assert usual == _width_at(place, column, 1000), "where there is room it is always the same"
    assert 250 < _width_at(place, column, 860) < usual
    assert _width_at(place, column, 600) == 250
    words.setText("A word that is much longer than the one before: it may scroll, but nothing beside it moves")
    picture.setMinimumWidth(500)
    assert _width_at(place, column, 600) == 250
    assert place.horizontalScrollBar().maximum() > 0, "what is shown needs more now"
    assert _width_at(place, column, 1400) == usual
