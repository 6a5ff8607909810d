"""The row of stages: all titles where there is room, else that of the stage that is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.basic.stage_bar import StageBar

TITLES = ("Continuity", "Smoothness", "Line", "All at once")


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    """What the row stands in: a window of its own would keep Qt's own least size."""
    around = QWidget()
    qtbot.addWidget(around)
    return around


@pytest.fixture
def bar(qtbot: QtBot, around: QWidget) -> StageBar:
    bar = StageBar("stage", tuple((title, f"About {title}.") for title in TITLES), "Next", around)
    around.show()
    qtbot.waitExposed(around)
    return bar


def _words(bar: StageBar) -> list[str]:
    QApplication.processEvents()
    buttons = bar.findChildren(QToolButton)
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    assert all(bar.rect().contains(button.geometry()) for button in buttons)
    return [button.text() for button in buttons]


def test_a_narrow_row_tells_the_title_of_the_stage_that_is_shown(bar: StageBar, qtbot: QtBot) -> None:
    all_told = [f"{number}  {title}" for number, title in enumerate(TITLES, 1)]
    narrow, wide = bar.minimumSizeHint(), bar.sizeHint()
    assert narrow.width() < wide.width()
    bar.resize(wide)
    assert _words(bar) == all_told
    bar.resize(narrow)
    assert _words(bar) == ["1  Continuity", "2", "3", "4"]
    for _ in range(3):
        qtbot.keyClick(bar, Qt.Key.Key_Right)
        _words(bar)
    assert _words(bar) == ["1", "2", "3", "4  All at once"]
    assert bar.findChild(QToolButton, "stage2").toolTip().startswith("Smoothness\n")
    bar.resize(wide)
    assert _words(bar) == all_told
