"""Parts of a row are equally wide, whatever their words need; without room they stand under each other."""

from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.equal_row import EqualRow


def test_parts_are_equally_wide_beside_or_below_each_other(qtbot: QtBot) -> None:
    short, long = QLabel("short"), QLabel("a text that needs much more room than the other one")
    row = EqualRow(short, long)
    qtbot.addWidget(row)
    widest = long.minimumSizeHint().width()
    assert row.minimumSizeHint().width() == widest
    row.show()
    for width, is_beside in ((3 * widest, True), (2 * widest - 4, False), (widest, False), (3 * widest, True)):
        row.resize(width, 300)
        QApplication.processEvents()
        assert abs(short.width() - long.width()) <= 1, width
        assert (short.y() == long.y()) is is_beside, width
        assert row.width() == width
