"""Arrays of every rank as cells: what is drawn, what the pointer and the keys read, what stands out."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.tensors.cells import spell_number
from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.view import legend, places_at, spell_cell, usual_places, view_of
from mnist_lab.window import theme
from mnist_lab.window.pages.tensors.tensor_colours import cell_colours
from mnist_lab.window.pages.tensors.tensor_picture import TensorPicture

SHAPES = [(), (4,), (3, 5), (3, 3, 5), (2, 3, 2, 2), (2, 2, 2, 3, 2), (0, 3), (40, 50), (60000, 1)]


@pytest.fixture
def picture(qtbot: QtBot) -> TensorPicture:
    picture = TensorPicture(empty_words="nothing")
    qtbot.addWidget(picture)
    picture.resize(600, 400)
    picture.show()
    qtbot.waitExposed(picture)
    return picture


@pytest.mark.parametrize("shape", SHAPES, ids=str)
@pytest.mark.parametrize("dtype", ["int64", "float32", "bool", "uint8"])
def test_every_drawn_cell_can_be_pointed_at_and_is_read(
    picture: TensorPicture, shape: tuple[int, ...], dtype: str
) -> None:
    array = (np.arange(np.prod(shape, dtype=int)) - 2).astype(dtype).reshape(shape)
    picture.set_views([view_of(array)])
    assert not picture.grab().isNull()
    view = picture.views[0]
    for drawn in np.ndindex(view.values.shape):
        index = view.index_of(drawn)
        assert view.values[drawn] == array[index]
        assert view.drawn_index(index) == drawn
        if shape and len(shape) < 3:  # in a stack, what lies in front hides what lies behind
            QTest.mouseMove(picture, picture.cell_rect(0, index).center().toPoint())
            assert picture.pointed == (0, index)
            assert picture.readout.endswith(f"= {spell_number(array[index])}")
    if not array.size:
        assert picture.pointed is None


def test_words_below_an_array_are_whole_in_a_narrow_picture(picture: TensorPicture) -> None:
    view = view_of(np.zeros((60_000, 28, 28), np.uint8), names=("samples", "height", "width"))
    picture.resize(180, 300)
    picture.set_views([view])
    image = picture.grab().toImage()
    within = range(8, image.height() - 8)  # the ring around what has the keyboard
    edges = {image.pixelColor(x, y).name() for x in (5, image.width() - 6) for y in within}
    assert edges == {QColor(theme.current().panel).name()}, "nothing is cut off at the sides"


def test_no_more_than_five_axes() -> None:
    with pytest.raises(TensorError):
        view_of(np.zeros((1,) * 6))


def test_of_long_axes_the_ends_are_drawn_and_the_cells_keep_their_index(picture: TensorPicture) -> None:
    array = np.arange(60_000 * 4).reshape(60_000, 2, 2)
    picture.set_views([view_of(array, ("samples", "", ""))])
    assert picture.views[0].places[0] == (0, 1, 2, 3, 59_996, 59_997, 59_998, 59_999)
    assert not picture.views[0].is_complete
    assert legend(picture.views[0]) == "→ 2   ↓ 2   ↗ samples 60,000"
    assert usual_places((3, 2)) == ((0, 1, 2), (0, 1))
    assert places_at((100,), (30,)) == (tuple(range(28, 56)),)
    assert places_at((100,), (99,)) == (tuple(range(84, 100)),)


def test_channels_are_drawn_as_colour_and_read_together(picture: TensorPicture) -> None:
    array = np.zeros((2, 3, 4, 3), np.uint8)
    array[0, 1, 2] = (10, 20, 30)
    picture.set_views([view_of(array, ("samples", "height", "width", "channels"))])
    view = picture.views[0]
    assert view.channels == 3
    np.testing.assert_array_equal(cell_colours(view, theme.LIGHT, with_numbers=False), array)
    QTest.mouseMove(picture, picture.cell_rect(0, (0, 1, 2)).center().toPoint())
    assert picture.readout.endswith("= [10, 20, 30]")
    grey = view_of(np.full((2, 3, 4, 1), 255, np.uint8), ("samples", "height", "width", "channels"))
    assert (cell_colours(grey, theme.LIGHT, with_numbers=False) == QColor(theme.LIGHT.ink).red()).any()


def test_keys_walk_through_a_stack(qtbot: QtBot, picture: TensorPicture) -> None:
    picture.set_views([view_of(np.zeros(3)), view_of(np.arange(24).reshape(2, 3, 4))])
    picture.setFocus()
    keys = (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_PageDown)
    for key in keys:
        qtbot.keyClick(picture, key)
    assert picture.pointed == (1, (1, 1, 1))
    assert picture.accessibleDescription() == picture.readout
    assert picture.readout.endswith("= 17")
    qtbot.keyClick(picture, Qt.Key.Key_Escape)
    assert picture.pointed is None
    assert picture.readout == ""


def test_through_a_sheet_without_a_lit_cell_one_points_at_the_lit_one(picture: TensorPicture) -> None:
    view = view_of(np.arange(27).reshape(3, 3, 3))
    lit = np.zeros((3, 3, 3), bool)
    lit[1] = True
    picture.set_views([replace(view, lit=lit)])
    assert not picture.grab().isNull()
    QTest.mouseMove(picture, picture.cell_rect(0, (1, 1, 1)).center().toPoint())
    assert picture.pointed == (0, (1, 1, 1))


def test_cells_that_are_not_there_yet_are_not_read(picture: TensorPicture) -> None:
    view = replace(view_of(np.array([1, 2])), done=np.array([True, False])).marked([], (0,))
    picture.set_views([view_of(np.array([5, 6])).marked([(1,)], None), view], ["+"])
    assert not picture.grab().isNull()
    for number, index, end in ((0, (1,), "= 6"), (1, (0,), "= 1")):
        QTest.mouseMove(picture, picture.cell_rect(number, index).center().toPoint())
        assert picture.readout.endswith(end)
    QTest.mouseMove(picture, picture.cell_rect(1, (1,)).center().toPoint())
    assert (picture.pointed, picture.readout) == ((1, (1,)), "")


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_colours_tell_grey_levels_signs_and_what_is_no_number(palette: theme.Palette) -> None:
    def colours(values: list[float], kind: str = "f4") -> list[str]:
        view = view_of(np.array([values], kind))
        found = cell_colours(view, palette, with_numbers=False)[0]
        return [QColor(*map(int, one)).name() for one in found]

    assert colours([0, 0.5, 1])[::2] == [palette.paper, palette.ink]
    assert colours([-2, 0, 2]) == [palette.negative, palette.zero, palette.positive]
    assert colours([np.nan, np.inf, 1]) == [palette.paper, palette.paper, palette.ink]


def test_numbers_are_spelled_for_cells() -> None:
    values = (12, -0.3051, 0.000123, 2_100_000.0, np.True_, np.float32(0.5), -7)
    assert list(map(spell_cell, values)) == ["12", "−0.305", "0.00012", "2.1e6", "1", "0.5", "−7"]


def test_cells_stand_on_whole_pixels_of_another_screen(picture: TensorPicture, monkeypatch) -> None:
    asked: list[float] = []

    def ratio() -> float:
        asked.append(1.5)
        return asked[-1]

    picture.set_views([view_of(np.arange(15.0).reshape(3, 5))])
    monkeypatch.setattr(picture, "devicePixelRatioF", ratio, raising=False)
    QApplication.sendEvent(picture, QEvent(QEvent.Type.DevicePixelRatioChange))
    asked.clear()
    QApplication.sendEvent(picture, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert asked, "the cells were placed anew"
