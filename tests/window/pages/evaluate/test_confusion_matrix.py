"""The matrix says in words and numbers what it was given, and each cell can be opened by mouse and by keys."""

import itertools

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.confusion_matrix import DIGITS, ConfusionMatrix, Normalisation

COUNTS = np.diag([980, 1130, 1000, 990, 950, 870, 940, 1000, 950, 980])
COUNTS[4, 9] = 23
COUNTS[4, 4] = 959
COUNTS[9, 4] = 31


@pytest.fixture
def matrix(qtbot: QtBot) -> ConfusionMatrix:
    matrix = ConfusionMatrix()
    qtbot.addWidget(matrix)
    matrix.resize(480, 480)
    matrix.set_counts(COUNTS)
    matrix.show()
    qtbot.waitExposed(matrix)
    return matrix


def test_a_cell_in_words(matrix: ConfusionMatrix) -> None:
    assert matrix.words_of(4, 9) == "4 taken for 9: 23 of 982 (2.3\u00a0%)"
    assert matrix.words_of(4, 4) == "4 recognised: 959 of 982 (97.7\u00a0%)"
    matrix.set_normalisation("column")
    assert matrix.words_of(4, 9) == "4 taken for 9: 23 of 1,003 answers “9” (2.3\u00a0%)"


@pytest.mark.parametrize(("normalisation", "axis"), [("row", 1), ("column", 0)])
def test_numbers_are_per_cent_of_their_row_or_column(
    matrix: ConfusionMatrix, normalisation: Normalisation, axis: int
) -> None:
    matrix.set_normalisation(normalisation)
    sums = COUNTS.sum(axis=axis)
    for row in range(DIGITS):
        for column in range(DIGITS):
            if not COUNTS[row, column]:
                assert matrix.cell_words(row, column) == "·"
                continue
            expected = 100 * COUNTS[row, column] / sums[row if axis else column]
            assert float(matrix.cell_words(row, column)) == pytest.approx(expected, abs=0.05)
    matrix.set_normalisation("count")
    assert matrix.cell_words(1, 1) == "1,130"


def test_one_image_of_thousands_is_not_shown_as_none(matrix: ConfusionMatrix) -> None:
    counts = COUNTS.copy()
    counts[1, 1], counts[1, 7] = 9999, 1
    matrix.set_counts(counts)
    matrix.set_normalisation("row")
    assert matrix.cell_words(1, 7) == "0.01"


@pytest.mark.parametrize("palette", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_every_number_can_be_read_on_its_ground(matrix: ConfusionMatrix, palette: theme.Palette) -> None:
    matrix.set_palette(palette)
    counts = np.ones((DIGITS, DIGITS), np.int64)
    counts[0] = np.arange(DIGITS) * 11
    counts[0, 0] = 1
    np.fill_diagonal(counts, np.arange(1, DIGITS + 1))
    matrix.set_counts(counts)
    grounds = {matrix.cell_colour(row, column) for row in range(DIGITS) for column in range(DIGITS)}
    assert len(grounds) > 10
    for ground in grounds:
        assert max(theme.contrast(palette.text, ground), theme.contrast(palette.panel, ground)) >= 4.5, ground
    # Right and wrong never look alike, and more is stronger.
    assert matrix.cell_colour(9, 9) != matrix.cell_colour(0, 9)
    strengths = [theme.contrast(matrix.cell_colour(0, column), palette.panel) for column in range(1, DIGITS)]
    assert strengths == sorted(strengths)


def test_the_pointer_reads_and_a_click_opens(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    place = matrix.cell_rect(4, 9).center().toPoint()
    qtbot.mouseMove(matrix, place)
    assert matrix.readout == "4 taken for 9: 23 of 982 (2.3\u00a0%)"
    with qtbot.waitSignal(matrix.cell_activated) as opened:
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    assert opened.args == [4, 9]


def test_arrows_go_through_the_cells_and_enter_opens(matrix: ConfusionMatrix, qtbot: QtBot) -> None:
    matrix.activateWindow()
    matrix.setFocus()
    assert matrix.pointed == (0, 0)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left):
        qtbot.keyClick(matrix, key)
    assert matrix.pointed == (0, 1)
    assert matrix.accessibleDescription() == "0 taken for 1: 0 of 980 (0.0\u00a0%)"
    with qtbot.waitSignal(matrix.cell_activated) as opened:
        qtbot.keyClick(matrix, Qt.Key.Key_Return)
    assert opened.args == [0, 1]


def test_without_counts_nothing_opens(matrix: ConfusionMatrix, qtbot: QtBot, qapp: QApplication) -> None:
    matrix.set_counts(None)
    with qtbot.assertNotEmitted(matrix.cell_activated):
        qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=matrix.cell_rect(2, 2).center().toPoint())
    assert matrix.readout == ""
    assert matrix.accessibleDescription() == "No answers yet"
    assert not matrix.grab().isNull()


def test_a_digit_without_images_divides_by_nothing(matrix: ConfusionMatrix) -> None:
    counts = COUNTS.copy()
    counts[3] = 0
    matrix.set_counts(counts)
    normalisations: tuple[Normalisation, ...] = ("row", "column", "count")
    for normalisation in normalisations:
        matrix.set_normalisation(normalisation)
        assert matrix.cell_words(3, 3) == "·"
        assert "(0.0\u00a0%)" in matrix.words_of(3, 3)
        assert not matrix.grab().isNull()


def test_other_numbers_units_and_themes_are_painted(matrix: ConfusionMatrix) -> None:
    images = [matrix.grab().toImage()]
    matrix.set_normalisation("row")
    images.append(matrix.grab().toImage())
    matrix.set_counts(COUNTS.T)
    images.append(matrix.grab().toImage())
    matrix.set_palette(theme.DARK)
    images.append(matrix.grab().toImage())
    assert all(image != other for image, other in itertools.pairwise(images))


def _height_of_number(matrix: ConfusionMatrix, side: int) -> int:
    """Pixels from the top to the bottom of the figures in the first cell, in a matrix of that size."""
    matrix.resize(side, side)
    area = matrix.cell_rect(0, 0).toRect().adjusted(4, 4, -4, -4)
    image = matrix.grab(area).toImage()
    ground = image.pixelColor(0, 0)
    rows = [
        row
        for row in range(image.height())
        if any(image.pixelColor(column, row) != ground for column in range(image.width()))
    ]
    return rows[-1] - rows[0] + 1


def test_numbers_grow_with_their_cells_up_to_the_large_type(matrix: ConfusionMatrix) -> None:
    small, larger, largest, beyond = (_height_of_number(matrix, side) for side in (450, 700, 1200, 1600))
    assert small < larger < largest
    assert beyond == largest
