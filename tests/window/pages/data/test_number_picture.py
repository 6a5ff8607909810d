"""The numbers in the pixels: there where there is room, in colours that can be read, and spelled as in the array."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.data.number_picture import NumberPicture
from mnist_lab.window.widgets.pictures.grey_image import ink_colours

NUMBERS = np.arange(784, dtype=np.uint16).reshape(28, 28).astype(np.uint8)


@pytest.fixture
def picture(qtbot: QtBot) -> NumberPicture:
    picture = NumberPicture()
    qtbot.addWidget(picture)
    picture.resize(560, 560)
    picture.show()
    qtbot.waitExposed(picture)
    return picture


def colours_in(picture: NumberPicture, image: QImage, row: int, column: int) -> set[str]:
    area = picture.pixel_rect(row, column).toRect().adjusted(1, 1, -1, -1)
    return {
        image.pixelColor(x, y).name()
        for x in range(area.left(), area.right() + 1)
        for y in range(area.top(), area.bottom() + 1)
    }


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_number_stands_out_from_its_pixel(picture: NumberPicture, palette: theme.Palette) -> None:
    picture.set_palette(palette)
    picture.set_numbers(NUMBERS)
    picture.clearFocus()
    image, colours = picture.grab().toImage(), ink_colours(palette)
    for row in range(28):
        for column in range(28):
            ground = QColor(colours[int(NUMBERS[row, column])]).name()
            best = max(theme.contrast(ground, colour) for colour in colours_in(picture, image, row, column))
            assert best > 3, (row, column, NUMBERS[row, column], best)


def test_figures_stay_in_their_pixels(picture: NumberPicture) -> None:
    numbers = np.zeros((28, 28), np.uint8)
    picture.set_numbers(numbers)
    picture.clearFocus()
    empty = picture.grab().toImage()
    numbers = numbers.copy()
    numbers[10, 10] = 255
    picture.set_numbers(numbers)
    full = picture.grab().toImage()
    changed = picture.pixel_rect(10, 10)
    for x in range(0, 560, 1):
        for y in range(150, 260):
            if empty.pixel(x, y) != full.pixel(x, y):
                assert changed.contains(x, y), (x, y)


def test_small_pixels_have_no_numbers(picture: NumberPicture) -> None:
    picture.set_numbers(np.full((28, 28), 255, np.uint8))
    picture.clearFocus()
    assert picture.has_room_for_numbers
    assert len(colours_in(picture, picture.grab().toImage(), 5, 5)) > 1
    picture.resize(200, 200)
    QApplication.processEvents()
    assert not picture.has_room_for_numbers
    assert colours_in(picture, picture.grab().toImage(), 5, 5) == {QColor(theme.current().ink).name()}


def test_pointer_and_keys_read_whole_numbers(picture: NumberPicture, qtbot: QtBot) -> None:
    picture.set_numbers(NUMBERS)
    qtbot.mouseMove(picture, picture.pixel_rect(9, 3).center().toPoint())
    assert picture.readout == f"row 9, column 3: {NUMBERS[9, 3]}"
    qtbot.keyClick(picture, Qt.Key.Key_Right)
    assert picture.readout == f"row 9, column 4: {NUMBERS[9, 4]}"
    QApplication.sendEvent(picture, QEvent(QEvent.Type.Leave))
    assert picture.readout == ""


def test_nothing_is_shown_in_words(picture: NumberPicture) -> None:
    picture.set_numbers(NUMBERS)
    picture.set_numbers(None)
    assert picture.accessibleDescription() == "Nothing to show yet"
    assert not picture.grab().isNull()
