"""Where one is on the Data page outlives the page."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QTabBar, QWidget

from mnist_lab.window.pages.data.digits_tab import ClassPictures, GreyHistogram
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.conftest import Driver
from tests.window.rebuilding import difference, page_picture, rebuild


@pytest.fixture
def page(driver: Driver) -> Driver:
    driver.window.show_page_named("dataPage")
    driver.find(QComboBox, "dataPart").setCurrentIndex(1)
    driver.find(QComboBox, "dataDigit").setCurrentIndex(1 + 7)
    return driver


def show_tab(page: Driver, number: int) -> None:
    bar = page.find(QTabBar, "dataTabs")
    page.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())


def test_the_chosen_image_and_where_one_has_scrolled(page: Driver) -> None:
    page.press("dataGrid", *[Qt.Key.Key_PageDown] * 3, Qt.Key.Key_Right)
    grid = page.find(PictureGrid, "dataGrid")
    selected, scrolled = grid.selected, grid.verticalScrollBar().value()
    assert scrolled > 0
    before = page_picture(page)
    rebuild(page)
    again = page.find(PictureGrid, "dataGrid")
    assert again is not grid
    assert (again.selected, again.verticalScrollBar().value()) == (selected, scrolled)
    assert page.find(QComboBox, "dataDigit").currentText() == "7 (100)"
    assert f"test_images[{selected}]" in page.text("dataImageCaption")
    assert not difference(before, page_picture(page))
    page.find(QComboBox, "dataDigit").setCurrentIndex(0)
    assert (again.selected, again.verticalScrollBar().value()) == (0, 0), "other images begin at the first"


def test_a_number_that_is_none_stays_with_its_sentence(page: Driver) -> None:
    field = page.find(QLineEdit, "dataIndex")
    page.qtbot.keyClicks(field, "many")
    page.qtbot.keyClick(field, Qt.Key.Key_Return)
    said = page.find(Notice, "dataIndexProblem").text
    assert "many" in said
    rebuild(page)
    assert page.find(QLineEdit, "dataIndex").text() == "many"
    assert page.find(Notice, "dataIndexProblem").isVisible()
    assert page.find(Notice, "dataIndexProblem").text == said
    page.find(QComboBox, "dataPart").setCurrentIndex(0)
    assert not page.find(Notice, "dataIndexProblem").isVisible()


def test_digits_are_not_counted_again_and_one_looks_as_closely_at_them(page: Driver) -> None:
    show_tab(page, 1)
    pictures = page.find(ClassPictures, "classPictures")
    page.wait(lambda: pictures.statistics is not None)
    statistics = pictures.statistics
    page.find(GreyHistogram, "greyHistogram").look_closer(0.5, 20)
    ranges = page.find(GreyHistogram, "greyHistogram").getViewBox().viewRange()
    before = page_picture(page)
    rebuild(page)
    assert page.find(ClassPictures, "classPictures").statistics is statistics
    histogram = page.find(GreyHistogram, "greyHistogram")
    assert histogram.is_zoomed
    np.testing.assert_allclose(histogram.getViewBox().viewRange(), ranges)
    assert not difference(before, page_picture(page))


def test_the_steps_of_the_preparation_that_were_run(page: Driver) -> None:
    show_tab(page, 2)
    for _ in range(2):
        page.click("preparationNextButton")
    said, before = page.text("preparationAfter"), page_picture(page)
    assert "(1000, 784), float32" in said
    rebuild(page)
    assert page.text("preparationAfter") == said
    assert not difference(before, page_picture(page))
    page.click("preparationBackButton")
    assert "(1000, 784), uint8" in page.text("preparationAfter")


def test_the_keyboard_stays_at_the_numbers_of_the_chosen_image(driver: Driver) -> None:
    driver.window.activateWindow()
    driver.qtbot.waitActive(driver.window)
    driver.press("dataGrid", *[Qt.Key.Key_Right] * 28)
    driver.find(QWidget, "dataImage").setFocus()
    rebuild(driver)
    numbers = driver.find(QWidget, "dataImage")
    driver.wait(numbers.hasFocus)
    driver.qtbot.keyClick(numbers, Qt.Key.Key_Down)
    assert driver.text("dataImageCaption").startswith("train_images[28]")
