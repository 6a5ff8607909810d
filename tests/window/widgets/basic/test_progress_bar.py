"""A bar that moves does not paint the window: that is done once, when all is as it is to be."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import mnist_lab.window
from mnist_lab.window.widgets.basic.progress_bar import ProgressBar


class Paintings(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def test_it_is_painted_with_everything_else(qtbot: QtBot) -> None:
    bar = ProgressBar()
    bar.setRange(0, 100)
    bar.setValue(20)
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    paintings = Paintings(bar)
    bar.setValue(90)
    bar.setRange(0, 50)
    bar.setRange(0, 200)
    bar.setValue(10)
    assert paintings.count == 0, "in the middle of whatever is being shown"
    assert (bar.value(), bar.maximum()) == (10, 200)
    qtbot.waitUntil(lambda: paintings.count > 0)
    assert bar.updatesEnabled()


def test_every_bar_is_of_this_kind() -> None:
    folder = Path(mnist_lab.window.__file__).parent
    others = [path for path in folder.rglob("*.py") if " QProgressBar(" in path.read_text(encoding="utf-8")]
    assert not others
