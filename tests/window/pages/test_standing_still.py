"""A page stands still while one works on it: nothing that is told pushes a control away from under the mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QSlider,
    QTabWidget,
    QWidget,
)

from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from tests.window.conftest import Driver
from tests.window.pages.clipping import seen

_CONTROLS = (QAbstractButton, QAbstractSpinBox, QComboBox, QLineEdit, QSlider)


def _places(window: QWidget, page: QWidget) -> dict[str, QRect]:
    """Where the controls of a page lie in the window, by their names."""
    QApplication.processEvents()
    return {
        control.objectName(): QRect(control.mapTo(window, QPoint(0, 0)), control.size())
        for control in seen(page, QWidget)
        if isinstance(control, _CONTROLS) and control.objectName()
    }


def _fields(page: QWidget) -> Iterator[QLineEdit]:
    """The lines in which one can type, of the tab that is seen."""
    for field in seen(page, QWidget):
        line = field.lineEdit() if isinstance(field, QAbstractSpinBox) else field
        if isinstance(line, QLineEdit) and line.isEnabled() and not line.isReadOnly():
            yield line


@pytest.mark.parametrize("name", [spec.object_name for spec in PAGES])
def test_a_wrong_value_in_a_field_moves_nothing(driver: Driver, name: str) -> None:
    driver.window.show_page_named(name)
    page = driver.find(Page, name)
    for button in seen(page, QAbstractButton):
        if button.objectName() == "moreSettings":
            driver.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    tabs = page.findChild(QTabWidget)
    for index in range(1 if tabs is None else tabs.count()):
        if tabs is not None:
            tabs.setCurrentIndex(index)
        QApplication.processEvents()
        for line in list(_fields(page)):
            _assert_a_wrong_value_moves_nothing(driver, page, line)


def _assert_a_wrong_value_moves_nothing(driver: Driver, page: Page, line: QLineEdit) -> None:
    line.setFocus()
    before, text = _places(driver.window, page), line.text()
    line.selectAll()
    driver.qtbot.keyClicks(line, "abc")
    if isinstance(line.parentWidget(), QAbstractSpinBox):
        assert line.parentWidget().has_bad_text
    else:
        driver.qtbot.keyClick(line, Qt.Key.Key_Return)
        driver.wait(lambda: not driver.window.lab.is_computing)
    assert _places(driver.window, page) == before, line.objectName() or line.parentWidget().objectName()
    line.setText(text)
    driver.qtbot.keyClick(line, Qt.Key.Key_Return)


def test_what_the_banner_says_moves_nothing_and_can_be_put_away(driver: Driver) -> None:
    page = driver.find(Page, "trainPage")
    before = _places(driver.window, page)
    driver.window.lab.problem.emit("The file cannot be read: choose another one. " * 5)
    banner = driver.find(QWidget, "problemBanner")
    assert banner.isVisible()
    assert _places(driver.window, page) == before
    assert banner.geometry().bottom() == driver.find(QWidget, "getFullSetButton").parentWidget().geometry().bottom()
    assert banner.visibleRegion().contains(banner.rect())
    driver.window.lab.problem.emit("Choose another file.")
    driver.wait(lambda: banner.geometry().height() < 2 * driver.find(QWidget, "closeBannerButton").height())
    assert len(_colours_beside_the_words(driver, banner)) == 1, "the status line shines through"
    driver.click("closeBannerButton")
    assert not banner.isVisible()


def _colours_beside_the_words(driver: Driver, banner: QWidget) -> set[int]:
    """What is seen of the banner behind a short sentence, up to the button."""
    corner = banner.mapTo(driver.window, QPoint(0, 0))
    picture = driver.window.grab().toImage()
    end = driver.find(QWidget, "closeBannerButton").mapTo(driver.window, QPoint(0, 0)).x()
    rows = range(corner.y() + 8, corner.y() + banner.height() - 8)
    return {picture.pixel(x, y) for x in range(corner.x() + 260, end - 4) for y in rows}


def test_the_way_back_to_the_default_rate_moves_nothing(driver: Driver) -> None:
    page = driver.find(Page, "trainPage")
    before = _places(driver.window, page)
    driver.press("learningRate", Qt.Key.Key_Up)
    after = _places(driver.window, page)
    assert after.pop("defaultRateButton", None) is not None
    assert after == before
