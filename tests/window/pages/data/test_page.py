"""The Data page by mouse and keys: browse, filter, go to a number, prepare step by step, open on the pad."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QStackedWidget, QTabBar, QWidget

from mnist_lab.window import dialogs
from mnist_lab.window.pages.data.digits_tab import ClassPictures
from mnist_lab.window.pages.data.number_picture import NumberPicture
from mnist_lab.window.pages.data.page import DataPage
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.widgets.basic.listing_view import ListingView
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.conftest import Driver


@pytest.fixture
def page(driver: Driver) -> DataPage:
    driver.window.show_page_named("dataPage")
    page = driver.find(QStackedWidget, "pages").currentWidget()
    assert isinstance(page, DataPage)
    return page


def grid(driver: Driver) -> PictureGrid:
    found = driver.find(PictureGrid, "dataGrid")
    assert isinstance(found, PictureGrid)
    return found


def choose(driver: Driver, name: str, index: int) -> None:
    box = driver.find(QComboBox, name)
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(index)


def show_tab(driver: Driver, number: int) -> None:
    bar = driver.find(QTabBar, "dataTabs")
    assert isinstance(bar, QTabBar)
    driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(number).center())
    assert bar.currentIndex() == number


def test_the_whole_training_set_is_there_and_an_image_shows_its_numbers(driver: Driver, page: DataPage) -> None:
    digits = driver.window.lab.digits
    assert digits is not None
    assert len(grid(driver).indices) == len(digits.train_images) == 4_000
    for _ in range(3):
        driver.qtbot.keyClick(grid(driver), Qt.Key.Key_Right)
    picture = driver.find(NumberPicture, "dataImage")
    assert isinstance(picture, NumberPicture)
    assert picture.numbers is not None
    assert (picture.numbers == digits.train_images[3]).all()
    assert f"train_images[3], label {digits.train_labels[3]}" in driver.text("dataImageCaption")
    row, column = (int(place) for place in np.argwhere(digits.train_images[3] > 0)[0])
    driver.qtbot.mouseMove(picture, picture.pixel_rect(row, column).center().toPoint())
    words = f"row {row}, column {column}: {digits.train_images[3][row, column]}"
    assert words in driver.text("dataImageCaption")


def test_one_digit_of_the_test_set(driver: Driver, page: DataPage) -> None:
    digits = driver.window.lab.digits
    assert digits is not None
    choose(driver, "dataPart", 1)
    choose(driver, "dataDigit", 1 + 7)
    shown = grid(driver).indices
    assert shown.tolist() == np.flatnonzero(digits.test_labels == 7).tolist()
    assert "test_images" in driver.text("dataImageCaption")
    box = driver.find(QComboBox, "dataDigit")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "7 (100)"


def test_the_field_says_which_numbers_there_are(driver: Driver, page: DataPage) -> None:
    field = driver.find(QLineEdit, "dataIndex")
    assert isinstance(field, QLineEdit)
    assert field.placeholderText() == "0 to 3,999"
    choose(driver, "dataPart", 1)
    assert field.placeholderText() == "0 to 999"


@pytest.mark.parametrize("text", ["4000", "-1", "3.5", "1,5", "12 34", "many", "٣", "9" * 40, ""])
def test_a_number_that_is_none_gets_a_sentence(driver: Driver, page: DataPage, text: str) -> None:
    field = driver.find(QLineEdit, "dataIndex")
    assert isinstance(field, QLineEdit)
    field.setText(text)  # Qt's test keys know Latin letters alone
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    notice = driver.find(Notice, "dataIndexProblem")
    assert notice.isVisible()
    assert "from 0 to 3,999" in notice.text
    assert grid(driver).selected == 0


def test_a_number_goes_to_its_image_also_through_a_filter(driver: Driver, page: DataPage) -> None:
    digits = driver.window.lab.digits
    assert digits is not None
    other = int(np.flatnonzero(digits.train_labels != 3)[50])
    choose(driver, "dataDigit", 1 + 3)
    field = driver.find(QLineEdit, "dataIndex")
    driver.qtbot.keyClicks(field, f"{other:,}")
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert grid(driver).selected == other
    assert len(grid(driver).indices) == 4_000, "the filter had to go"
    assert not driver.find(QWidget, "dataIndexProblem").isVisible()


def test_each_digit_is_counted_and_averaged(driver: Driver, page: DataPage) -> None:
    digits = driver.window.lab.digits
    assert digits is not None
    show_tab(driver, 1)
    pictures = driver.find(ClassPictures, "classPictures")
    assert isinstance(pictures, ClassPictures)
    driver.wait(lambda: pictures.statistics is not None)
    assert pictures.statistics is not None
    assert pictures.statistics.counts.tolist() == [400] * 10
    twos = digits.train_images[digits.train_labels == 2].astype(np.float64)
    assert np.allclose(pictures.statistics.means[2], twos.mean(axis=0))
    assert "2: 400" in pictures.accessibleDescription()
    zeros = (digits.train_images == 0).mean()
    assert driver.text("greyShares").startswith(f"{100 * zeros:.1f}\u00a0% of all pixels are 0")
    choose(driver, "dataPart", 1)
    driver.wait(lambda: pictures.statistics is not None and pictures.statistics.counts.sum() == 1_000)


def test_the_preparation_is_run_step_by_step_and_taken_back(driver: Driver, page: DataPage) -> None:
    digits = driver.window.lab.digits
    assert digits is not None
    show_tab(driver, 2)
    assert "(4000, 28, 28), uint8, 3,136,000 bytes" in driver.text("preparationBefore")
    after = driver.find(QPlainTextEdit, "preparationNumbersAfter")
    assert isinstance(after, QPlainTextEdit)
    assert driver.text("preparationAfter") == "Not run yet."
    expected = [
        "train_images: shape (4000, 784), uint8, 3,136,000 bytes",
        "train_images: shape (4000, 784), float32, 12,544,000 bytes",
        "train_images: shape (4000, 784), float32, 12,544,000 bytes",
        "train_labels: shape (4000, 10), float64, 320,000 bytes",
    ]
    for words in expected:
        driver.click("preparationNextButton")
        assert driver.text("preparationAfter") == words
    ones = after.toPlainText().split("]", 1)[1].split()
    assert [float(one) for one in ones[:]] == np.eye(10)[digits.train_labels[0]].tolist()
    assert not driver.find(QWidget, "preparationNextButton").isEnabled()
    driver.click("preparationBackButton")
    numbers = [float(word) for line in after.toPlainText().splitlines() for word in line.split("]", 1)[1].split()]
    scaled = digits.train_images[0].reshape(784).astype(np.float32) / 255
    assert np.allclose(numbers, scaled, atol=5e-4)
    assert driver.find(ListingView, "preparationCode").accessibleDescription() == "train_images = train_images / 255"
    assert "0.584" in driver.find(QPlainTextEdit, "preparationNumbersAfter").toPlainText()
    field = driver.find(QLineEdit, "dataIndex")
    driver.qtbot.keyClicks(field, "7")
    driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    assert after.isVisible(), "another image is looked at in the same step"
    assert after.toPlainText().startswith("[7, 0:]")
    for _ in range(3):
        driver.click("preparationBackButton")
    assert driver.text("preparationAfter") == "Not run yet."
    assert not driver.find(QWidget, "preparationBackButton").isEnabled()


def test_an_image_opens_on_the_pad(driver: Driver, page: DataPage) -> None:
    driver.qtbot.keyClick(grid(driver), Qt.Key.Key_End)
    driver.click("dataOpenButton")
    pages = driver.find(QStackedWidget, "pages")
    assert isinstance(pages, QStackedWidget)
    assert pages.currentWidget().objectName() == "drawPage"
    lab = driver.window.lab
    assert lab.drawing is not None
    assert lab.digits is not None
    assert lab.drawing.label == lab.digits.train_labels[-1]
    assert np.allclose(lab.drawing.image * 255, lab.digits.train_images[-1], atol=1e-3)
    assert driver.find(DrawCanvas, "drawCanvas").accessibleDescription() == "Training digit 3,999", "as sentences begin"


def test_own_digits_are_browsed_too(driver: Driver, page: DataPage) -> None:
    lab = driver.window.lab
    assert lab.own_digits.add(np.full((28, 28), 9, np.uint8), 4, None)
    choose(driver, "dataPart", 2)
    assert grid(driver).indices.tolist() == [0]
    assert "my_digits[0], label 4" in driver.text("dataImageCaption")


def test_the_set_its_origin_and_its_licence_are_named(
    driver: Driver, page: DataPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "4,000 training and 1,000 test" in driver.text("dataName")
    assert "CC BY-SA 3.0" in driver.text("dataOrigin")
    path = tmp_path / "mine.npz"
    images, labels = np.arange(3 * 784, dtype=np.uint32).reshape(3, 28, 28) % 256, np.array([0, 1, 2], np.uint8)
    images = images.astype(np.uint8)
    np.savez(path, x_train=images, y_train=labels, x_test=images, y_test=labels)
    monkeypatch.setattr(dialogs, "ask_for_data_file", lambda _parent: path)
    driver.click("openDataFileButton")
    driver.wait(lambda: "Your data" in driver.text("dataName"))
    assert "mine.npz" in driver.text("dataOrigin")
    assert "does not know" in driver.text("dataOrigin")
    assert grid(driver).indices.tolist() == [0, 1, 2]


def test_labels_are_not_confused_with_the_part(driver: Driver, page: DataPage) -> None:
    choose(driver, "dataPart", 1)
    label = driver.find(QLabel, "dataImageCaption")
    assert isinstance(label, QLabel)
    show_tab(driver, 2)
    assert "(1000, 28, 28)" in driver.text("preparationBefore")
    code = driver.find(ListingView, "preparationCode").toPlainText().splitlines()
    assert [line.split(" = ")[0] for line in code] == ["test_images"] * 3 + ["test_labels"]
