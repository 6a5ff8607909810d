"""A matrix picture is true to its numbers and can be read by mouse and keyboard."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture


@pytest.fixture
def picture(qtbot) -> MatrixPicture:
    picture = MatrixPicture()
    qtbot.addWidget(picture)
    picture.resize(280, 280)
    picture.show()
    qtbot.waitActive(picture)
    return picture


def colour(picture: MatrixPicture, row: int, column: int) -> str:
    image = picture.grab().toImage()
    centre = picture.cell_rect(row, column).center() * image.devicePixelRatio()
    return image.pixelColor(int(centre.x()), int(centre.y())).name()


def point(qtbot, picture: MatrixPicture, row: int, column: int) -> None:
    for place in (QPoint(picture.width() - 1, picture.height() - 1), picture.cell_rect(row, column).center().toPoint()):
        qtbot.mouseMove(picture, place)


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_colours_are_those_of_the_scale(picture: MatrixPicture, qapp: QApplication, palette: theme.Palette) -> None:
    theme.apply(qapp, palette)
    picture.set_values(np.array([[0.5, 0.0], [-0.5, np.nan]], np.float32))
    assert picture.limit == pytest.approx(0.5)
    shown = [colour(picture, row, column) for row in range(2) for column in range(2)]
    assert shown == [palette.positive, palette.zero, palette.negative, palette.line]
    theme.apply(qapp, theme.LIGHT)


def test_a_common_scale_makes_equal_numbers_equal_colours(picture: MatrixPicture) -> None:
    picture.set_values(np.full((4, 4), 0.1, np.float32), 0.1)
    assert colour(picture, 1, 1) == theme.LIGHT.positive
    picture.set_values(np.full((4, 4), 0.1, np.float32), 1.0)
    assert colour(picture, 1, 1) != theme.LIGHT.positive


def test_the_number_under_the_pointer_is_read(qtbot, picture: MatrixPicture) -> None:
    values = np.zeros((28, 28), np.float32)
    values[7, 12] = -0.25
    picture.set_values(values)
    with qtbot.waitSignal(picture.pointed_changed):
        point(qtbot, picture, 7, 12)
    assert picture.readout == "row 7, column 12 · −0.25"
    assert picture.accessibleDescription() == picture.readout
    with qtbot.waitSignal(picture.cell_activated) as clicked:
        qtbot.mouseClick(picture, Qt.MouseButton.LeftButton, pos=picture.point_of((7, 12)))
    assert clicked.args == [7, 12]
    assert picture.point_of((28, 0)) is None


def test_keys_read_and_open(qtbot, picture: MatrixPicture) -> None:
    picture.set_values(np.arange(6, dtype=np.float32).reshape(2, 3))
    picture.setFocus()
    for key in (Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Right):
        qtbot.keyClick(picture, key)
    assert picture.pointed == (0, 2)
    with qtbot.waitSignal(picture.cell_activated) as opened:
        qtbot.keyClick(picture, Qt.Key.Key_Return)
    assert opened.args == [0, 2]
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert picture.pointed is None
    assert picture.readout == ""


def test_axes_are_named_and_cells_fill_the_room(picture: MatrixPicture) -> None:
    picture.set_axes("output digit", "unit")
    picture.set_values(np.zeros((10, 100), np.float32))
    first, last = picture.cell_rect(0, 0), picture.cell_rect(9, 99)
    assert first.height() > 5 * first.width()
    assert last.right() <= picture.width()
    assert last.bottom() < picture.height()
    picture.point((3, 7))
    assert picture.readout == "output digit 3, unit 7 · 0"


def test_more_numbers_than_pixels_show_the_largest_and_say_so(qtbot, picture: MatrixPicture) -> None:
    values = np.zeros((600, 1000), np.float32)
    values[301, 502] = -1
    picture.set_values(values)
    assert picture.block_words.startswith("3×4 numbers")
    assert colour(picture, 301, 502) == theme.LIGHT.negative
    for place in (QPoint(279, 279), picture.cell_rect(300, 500).topLeft().toPoint()):  # another number of that block
        qtbot.mouseMove(picture, place)
    assert picture.pointed == (301, 502)
    picture.set_values(np.zeros((28, 28), np.float32))
    assert picture.block_words == ""


def test_fewer_numbers_forget_what_was_read(picture: MatrixPicture) -> None:
    picture.set_values(np.zeros((28, 28), np.float32))
    picture.point((20, 20))
    picture.set_values(np.zeros((10, 10), np.float32))
    assert picture.pointed is None
    picture.set_values(None)
    assert not picture.grab().isNull()
    assert picture.accessibleDescription() == "Nothing to show yet"


@pytest.mark.parametrize("value", [0.0, np.nan, np.inf, 3.4e38])
def test_any_numbers_can_be_shown(picture: MatrixPicture, value: float) -> None:
    picture.set_values(np.full((5, 5), value, np.float32))
    picture.point((2, 2))
    assert not picture.grab().isNull()
