"""Numbers up to 255 where the network learned from 0 to 1: told in one line, and put right from there."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QTabWidget

from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from tests.window.pad import SEVEN, Pad
from tests.window.pages.draw.tools import PREPARING
from tests.window.rebuilding import rebuild


def test_what_is_not_scaled_is_told_and_put_right(pad: Pad) -> None:
    driver = pad.driver
    strip = driver.find(HintStrip, "inputHintStrip")
    pad.draw(SEVEN)
    assert not strip.isVisible()
    driver.find(QTabWidget, "drawTabs").setCurrentIndex(PREPARING)
    QApplication.processEvents()
    place = driver.find(QTabWidget, "drawTabs").geometry()
    driver.click("scaleStep")
    assert strip.isVisible()
    QApplication.processEvents()
    assert driver.find(QTabWidget, "drawTabs").geometry() == place, "nothing has moved"
    assert driver.text("inputHintTitle") == "The input is not scaled"
    assert "numbers up to 25" in strip.accessibleDescription()
    driver.click("inputHintActButton")
    assert driver.find(QAbstractButton, "scaleStep").isChecked()
    assert not strip.isVisible()
    driver.click("acceptOfferButton")
    assert not driver.find(QAbstractButton, "scaleStep").isChecked()
    rebuild(driver)
    strip = driver.find(HintStrip, "inputHintStrip")
    assert strip.isVisible()
    driver.press("inputHintCloseButton", Qt.Key.Key_Space)
    assert not strip.isVisible()
    assert driver.window.focusWidget().objectName() == "drawCanvas"
