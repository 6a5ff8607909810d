"""The picture shows each pixel where it is and tells its value."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture


@pytest.fixture
def picture(qtbot) -> PixelPicture:
    picture = PixelPicture(empty_words="Draw a digit")
    qtbot.addWidget(picture)
    picture.resize(200, 200)
    picture.show()
    qtbot.waitActive(picture)
    return picture


def point(qtbot, picture: PixelPicture, row: int, column: int) -> None:
    for place in (picture.pixel_rect(27, 27), picture.pixel_rect(row, column)):  # only a pointer that moves is told
        qtbot.mouseMove(picture, place.center().toPoint())


def ramp() -> np.ndarray:
    return (np.arange(784, dtype=np.float32) / 783).reshape(28, 28)


def colour(picture: PixelPicture, row: int, column: int) -> str:
    return picture.grab().toImage().pixelColor(picture.pixel_rect(row, column).center().toPoint()).name()


def test_empty_picture_says_so(picture: PixelPicture) -> None:
    assert picture.picture is None
    assert picture.accessibleDescription() == "Draw a digit"
    assert picture.readout == ""
    picture.set_picture(ramp())
    picture.set_picture(None)
    assert picture.accessibleDescription() == "Draw a digit"


def test_zero_is_paper_and_one_is_ink(picture: PixelPicture, qapp: QApplication) -> None:
    values = np.zeros((28, 28), np.float32)
    values[5, 9] = 1
    picture.set_picture(values)
    for palette in (theme.DARK, theme.LIGHT):
        theme.apply(qapp, palette)
        assert colour(picture, 5, 9) == palette.ink
        assert colour(picture, 5, 10) == palette.paper
        assert colour(picture, 9, 5) == palette.paper


def test_pointer_reads_a_pixel(qtbot, picture: PixelPicture) -> None:
    picture.set_picture(ramp())
    heard: list[str] = []
    picture.readout_changed.connect(heard.append)
    point(qtbot, picture, 7, 12)
    assert picture.pointed == (7, 12)
    assert heard[-1] == f"row 7, column 12: {(7 * 28 + 12) / 783:.2f}"
    assert picture.accessibleDescription() == picture.readout


def test_readout_follows_the_picture(qtbot, picture: PixelPicture) -> None:
    picture.set_picture(ramp())
    point(qtbot, picture, 7, 12)
    picture.set_picture(np.ones(784, np.float32))
    assert picture.readout == "row 7, column 12: 1.00"


def test_keys_go_from_pixel_to_pixel(qtbot, picture: PixelPicture) -> None:
    picture.set_picture(ramp())
    picture.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(picture, key)
    assert picture.pointed == (13, 13)
    for _ in range(30):
        qtbot.keyClick(picture, Qt.Key.Key_Down)
    assert picture.pointed == (27, 13)
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert picture.pointed is None


def test_picture_is_a_copy(picture: PixelPicture) -> None:
    values = ramp()
    picture.set_picture(values)
    values[:] = 0
    assert picture.picture is not None
    assert picture.picture[27, 27] == 1


def test_odd_values_are_drawn_without_complaint(picture: PixelPicture) -> None:
    values = ramp()
    values[0, :3] = [np.nan, -3, np.inf]
    picture.set_picture(values)
    assert colour(picture, 0, 2) == theme.current().ink
    with pytest.raises(ValueError, match="reshape"):
        picture.set_picture(np.zeros(10, np.float32))


def test_pixels_are_square_at_any_size(picture: PixelPicture) -> None:
    for width, height in ((84, 84), (301, 200), (90, 500)):
        picture.resize(width, height)
        rect = picture.pixel_rect(27, 27)
        assert rect.width() == rect.height() >= 3
        assert rect.right() <= width
        assert rect.bottom() <= height
