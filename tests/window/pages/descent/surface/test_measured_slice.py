"""The Surface tab measures a slice of the network's own loss, and goes down it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTabBar

from mnist_lab.window.pages.descent.surface.surface_tab import SurfaceTab
from tests.window.conftest import Driver


@pytest.mark.keras
def test_the_page_measures_and_descends_it(driver: Driver) -> None:
    driver.window.lab.start()
    driver.wait_for_end()
    driver.window.show_page_named("descentPage")
    bar = driver.find(QTabBar, "descentTabs")
    assert isinstance(bar, QTabBar)
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(2).center())
    driver.click("measureSlice")
    choice = driver.find(QComboBox, "surfaceKind")
    assert isinstance(choice, QComboBox)
    driver.wait(lambda: "Network" in choice.currentText())
    tab = driver.window.findChild(SurfaceTab)
    assert tab is not None
    before = tab.model.balls.balls["sgd"].path.loss[0]
    driver.click("surfaceStep")
    assert tab.model.balls.balls["sgd"].path.loss[-1] < before
