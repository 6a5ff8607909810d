"""A map of digits: each looks like its digit, mistakes have a ring, arrows walk over the map."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from mnist_lab.window import theme
from mnist_lab.window.pages.evaluate.point_map import PointMap

POINTS = np.array([[0, 0], [10, 0], [0, 10], [11, 10], [5, 4]], np.float32)
LABELS = np.array([0, 1, 2, 3, 4], np.uint8)
WRONG = np.array([False, True, False, False, False])


@pytest.fixture
def point_map(qtbot: QtBot) -> PointMap:
    point_map = PointMap()
    qtbot.addWidget(point_map)
    point_map.resize(400, 400)
    point_map.set_points(POINTS, LABELS, WRONG)
    point_map.show()
    qtbot.waitExposed(point_map)
    return point_map


def test_arrows_walk_and_enter_opens(point_map: PointMap, qtbot: QtBot) -> None:
    walked = []
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Down):
        qtbot.keyClick(point_map, key)
        walked.append(point_map.pointed)
    assert walked == [0, 4, 2, 2, 4]
    with qtbot.waitSignal(point_map.point_activated) as signal:
        qtbot.keyClick(point_map, Qt.Key.Key_Return)
    assert signal.args == [4]


def test_each_digit_has_its_colour_and_mistakes_have_a_ring(point_map: PointMap) -> None:
    image = point_map.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    for label in LABELS:
        assert theme.current().digits[label] in colours
    assert theme.current().wrong in colours
    point_map.set_points(POINTS, LABELS, WRONG & False)
    image = point_map.grab().toImage()
    assert theme.current().wrong not in {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }


def test_other_points_and_none(point_map: PointMap, qtbot: QtBot) -> None:
    qtbot.mouseMove(point_map.viewport(), point_map.place_of(3).toPoint())
    point_map.set_points(POINTS[:0], LABELS[:0], WRONG[:0])
    assert point_map.pointed is None
    point_map.set_empty_words("Nothing yet")
    point_map.set_palette(theme.DARK)
    assert not point_map.grab().isNull()
    qtbot.keyClick(point_map, Qt.Key.Key_Right)
    assert point_map.pointed is None
    same = np.zeros((3, 2), np.float32)
    point_map.set_points(same, LABELS[:3], WRONG[:3])
    assert not point_map.grab().isNull()
