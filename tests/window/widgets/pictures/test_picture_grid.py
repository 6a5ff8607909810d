"""Any number of pictures, each where it belongs, reached by mouse and keys, and only those in view are drawn."""

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.opening_grid import OpeningGrid
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from mnist_lab.window.widgets.pictures.picture_painting import PicturePainter

PICTURES = np.zeros((70_000, 28, 28), np.uint8)
PICTURES[np.arange(70_000) % 2 == 1] = 255


@pytest.fixture
def grid(qtbot: QtBot) -> PictureGrid:
    grid = OpeningGrid()
    qtbot.addWidget(grid)
    grid.resize(520, 400)
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def colour_at(grid: PictureGrid, place: int) -> QColor:
    return grid.viewport().grab().toImage().pixelColor(grid.picture_rect(place).center())


def columns_of(grid: PictureGrid) -> int:
    """How many pictures stand beside each other."""
    first = grid.picture_rect(0).top()
    return next(place for place in itertools.count(1) if grid.picture_rect(place).top() > first)


def test_each_picture_is_where_it_belongs(grid: PictureGrid) -> None:
    grid.set_pictures(PICTURES, np.array([1, 0, 3, 2, 5]))
    palette = theme.current()
    inked = [colour_at(grid, place) == QColor(palette.ink) for place in range(5)]
    assert inked == [True, False, True, False, True]


def test_keys_walk_through_all_and_open(grid: PictureGrid, qtbot: QtBot) -> None:
    grid.set_pictures(PICTURES)
    assert grid.selected == 0
    columns = columns_of(grid)
    for key, expected in [
        (Qt.Key.Key_Right, 1),
        (Qt.Key.Key_Down, 1 + columns),
        (Qt.Key.Key_Left, columns),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_Up, 0),
        (Qt.Key.Key_End, 69_999),
        (Qt.Key.Key_Right, 69_999),
    ]:
        qtbot.keyClick(grid, key)
        assert grid.selected == expected
    area = grid.viewport().rect()
    assert area.contains(grid.picture_rect(69_999)), "the view went along"
    with qtbot.waitSignal(grid.picture_activated) as opened:
        qtbot.keyClick(grid, Qt.Key.Key_Return)
    assert opened.args == [69_999]
    qtbot.keyClick(grid, Qt.Key.Key_Home)
    assert grid.selected == 0
    assert area.contains(grid.picture_rect(0))
    qtbot.keyClick(grid, Qt.Key.Key_PageDown)
    assert grid.selected is not None
    assert grid.selected >= columns


def test_a_click_opens_what_is_under_it(grid: PictureGrid, qtbot: QtBot) -> None:
    grid.set_pictures(PICTURES, np.array([7, 9, 11]))
    with qtbot.waitSignal(grid.picture_activated) as opened:
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.picture_rect(2).center())
    assert opened.args == [11]
    with qtbot.assertNotEmitted(grid.picture_activated):
        qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.picture_rect(3).center())


def test_what_is_pointed_at_is_told(grid: PictureGrid, qtbot: QtBot) -> None:
    grid.set_pictures(PICTURES, np.array([7, 9, 11]))
    told: list[object] = []
    grid.pointed_changed.connect(told.append)
    qtbot.mouseMove(grid.viewport(), grid.picture_rect(1).center())
    qtbot.mouseMove(grid.viewport(), QPoint(300, 300))
    assert told == [9, None]


def test_selecting_by_index(grid: PictureGrid) -> None:
    grid.set_pictures(PICTURES, np.array([7, 9, 11]))
    assert grid.select(9)
    assert grid.selected == 9
    assert not grid.select(8)
    assert grid.selected == 9


def test_other_pictures_begin_at_the_first_and_the_same_stay(grid: PictureGrid, qtbot: QtBot) -> None:
    grid.set_pictures(PICTURES)
    qtbot.keyClick(grid, Qt.Key.Key_End)
    grid.set_pictures(PICTURES, captions=str)
    assert grid.selected == 69_999, "only the captions are new"
    grid.set_pictures(PICTURES, np.arange(10))
    assert grid.selected == 0
    assert grid.verticalScrollBar().value() == 0


def test_nothing_to_show_says_so(grid: PictureGrid, qtbot: QtBot) -> None:
    grid.set_empty_words("No mistakes of this kind.")
    grid.set_pictures(np.empty((0, 28, 28), np.uint8))
    assert grid.selected is None
    assert grid.accessibleDescription() == "No mistakes of this kind."
    with qtbot.assertNotEmitted(grid.picture_activated):
        qtbot.keyClick(grid, Qt.Key.Key_Return)
        qtbot.keyClick(grid, Qt.Key.Key_Down)


def test_captions_marks_and_words_for_screen_readers(grid: PictureGrid) -> None:
    grid.set_pictures(PICTURES, np.array([4, 5]), captions=lambda index: f"no. {index}", marks=lambda index: index == 5)
    assert grid.accessibleDescription() == "picture 1 of 2: no. 4"
    palette = theme.current()
    image = grid.viewport().grab().toImage()
    for place, colour in enumerate((palette.wrong, palette.right)):
        lower_edge = grid.picture_rect(place).bottomLeft() + QPoint(20, -1)
        assert image.pixelColor(lower_edge) == QColor(colour)


def test_the_choice_is_marked_without_the_keyboard_where_it_is_kept(grid: PictureGrid) -> None:
    grid.set_pictures(PICTURES)
    grid.clearFocus()
    accent, edge = QColor(theme.current().accent), grid.picture_rect(0).topLeft() + QPoint(-1, 20)
    assert grid.viewport().grab().toImage().pixelColor(edge) != accent
    grid.keep_choice()
    assert grid.viewport().grab().toImage().pixelColor(edge) == accent


def test_a_caption_that_is_too_long_stays_below_its_own_picture(grid: PictureGrid) -> None:
    grid.set_pictures(PICTURES, np.array([0]), captions=lambda _index: "W" * 40)
    image = grid.viewport().grab().toImage()
    first, next_one, below = (grid.picture_rect(place) for place in (0, 1, columns_of(grid)))
    beside = image.copy(next_one.left(), next_one.bottom() + 1, 100, below.top() - first.bottom() - 1)
    colours = {beside.pixel(x, y) for x in range(beside.width()) for y in range(beside.height())}
    assert len(colours) == 1


def test_of_seventy_thousand_only_those_in_view_are_painted(grid: PictureGrid, monkeypatch: pytest.MonkeyPatch) -> None:
    """What makes them scroll as smoothly as seventy (tests.benchmarks.redraw has its time)."""
    painted: list[int] = []
    paint = PicturePainter.paint_pictures

    def note(self: PicturePainter, painter: QPainter, pictures: NDArray[np.uint8], areas: Sequence[QRect]) -> None:
        painted.append(len(pictures))
        paint(self, painter, pictures, areas)

    monkeypatch.setattr(PicturePainter, "paint_pictures", note)
    grid.resize(1000, 700)
    grid.set_pictures(PICTURES)
    QApplication.processEvents()
    columns = columns_of(grid)
    row = grid.picture_rect(columns).top() - grid.picture_rect(0).top()
    in_view = columns * (grid.viewport().height() // row + 2)
    bar = grid.verticalScrollBar()
    for value in np.linspace(0, bar.maximum(), 40).astype(int):
        bar.setValue(int(value))
        painted.clear()
        grid.viewport().repaint()
        assert len(painted) == 1
        assert in_view / 2 < painted[0] <= in_view


def test_another_grid_goes_on_where_one_was(grid: PictureGrid, qtbot: QtBot) -> None:
    look = GridLook()
    for number in range(3):
        again = OpeningGrid(look=look)
        qtbot.addWidget(again)
        again.set_pictures(PICTURES, np.arange(5_000))  # before it has its size: nothing of the place is lost by that
        again.resize(520, 400)
        again.show()
        qtbot.waitExposed(again)
        if not number:
            for key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageDown, Qt.Key.Key_Right):
                qtbot.keyClick(again, key)
            before = again.selected, again.verticalScrollBar().value()
            assert before[1] > 0
        assert (again.selected, again.verticalScrollBar().value()) == before
    again.set_pictures(PICTURES, np.arange(4_000))
    assert (again.selected, again.verticalScrollBar().value()) == (0, 0)


def test_a_place_can_be_pointed_at_while_it_is_in_sight_and_each_choice_counts(qtbot: QtBot) -> None:
    look = GridLook()
    grid = PictureGrid(look=look)
    qtbot.addWidget(grid)
    grid.resize(300, 200)
    grid.set_pictures(PICTURES[:200])
    assert look.choices == 0, "what is shown first was chosen by nobody"
    middle = grid.point_of(3)
    assert middle is not None
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (grid.selected, look.choices) == (3, 1)
    qtbot.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert look.choices == 2, "it counts again"
    assert grid.point_of(199) is None, "it is farther down"
    grid.select(199)
    assert grid.point_of(199) is not None
    assert grid.point_of(200) is None
    assert grid.point_of(0) is None, "it is farther up"
