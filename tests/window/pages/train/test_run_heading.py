"""A long name and large text leave the sentence on a run its room."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.run_heading import RunHeading

_SAID = "Finished at update 160, after 0.8 s. Try it on Draw."


def test_the_name_stands_below_where_it_would_leave_no_room(qtbot: QtBot) -> None:
    said, name = QLabel(_SAID), QLabel("Run 1")
    said.setWordWrap(True)
    heading = RunHeading(said, name)
    qtbot.addWidget(heading)
    heading.resize(500, 60)
    heading.show()
    qtbot.waitExposed(heading)
    qtbot.waitUntil(lambda: name.x() > said.x())
    assert name.geometry().center().y() == said.geometry().center().y()
    name.setText("Run 5 “a name that leaves nothing else any room beside it”")
    qtbot.waitUntil(lambda: name.y() > said.y())
    assert said.width() == heading.width()
    assert heading.minimumSizeHint().width() < 500, "it need not be wider"
    said.setText("Training: epoch 4 of 5.")
    qtbot.waitUntil(lambda: name.y() > said.y())
