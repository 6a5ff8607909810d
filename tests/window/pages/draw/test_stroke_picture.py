"""The kept picture of strokes holds exactly the ink that was drawn."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.stroke_picture import StrokePicture


def ink(picture: StrokePicture) -> np.ndarray:
    image = picture.pixmap.toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return pixels[:, : image.width()] < 128


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_dot_is_as_wide_as_the_pen(qapp: QApplication, ratio: float) -> None:
    picture = StrokePicture()
    picture.repaint([np.array([[50.0, 60.0]])], 100, 16, ratio, theme.LIGHT)
    rows, columns = np.nonzero(ink(picture))
    assert picture.pixmap.width() == round(100 * ratio)
    assert np.ptp(rows) + 1 == pytest.approx(16 * ratio, abs=2)
    assert rows.mean() / ratio == pytest.approx(60, abs=1)
    assert columns.mean() / ratio == pytest.approx(50, abs=1)


def test_piece_by_piece_is_as_all_at_once(qapp: QApplication) -> None:
    points = np.array([[20.0, 20.0], [60.0, 30.0], [40.0, 80.0]])
    whole, pieces = StrokePicture(), StrokePicture()
    whole.repaint([points], 100, 8, 1, theme.LIGHT)
    pieces.repaint([], 100, 8, 1, theme.LIGHT)
    assert not ink(pieces).any()
    for start, end in pairwise(points):
        place = pieces.add_line(QPointF(*start), QPointF(*end))
        assert place.contains(QPointF(*start))
        assert place.contains(QPointF(*end))
    assert np.count_nonzero(ink(whole) != ink(pieces)) <= 4
