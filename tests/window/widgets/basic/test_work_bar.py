"""Long work that goes on: a bar beside Cancel."""

from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.work_bar import WorkBar
from mnist_lab.work import Progress


def test_where_the_room_is_scarce_the_bar_is_short_and_the_button_whole(qtbot: QtBot) -> None:
    work = WorkBar("some", "Progress", "End it.")
    qtbot.addWidget(work)
    cancel = work.findChild(QAbstractButton, "someCancel")
    assert isinstance(cancel, QAbstractButton)
    work.resize(cancel.sizeHint().width() + 40, 30)
    work.show()
    qtbot.waitExposed(work)
    work.show_progress(Progress(1, 6, 2.0))
    bar = work.findChild(QWidget, "someProgress")
    assert isinstance(bar, QWidget)
    assert 0 < bar.width() < 40
    assert cancel.width() >= cancel.sizeHint().width()
    assert cancel.height() >= cancel.sizeHint().height()
    assert work.rect().contains(cancel.geometry())
