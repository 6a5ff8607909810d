"""The words of the picture: values that line up, words that fit whole or are left out."""

import re

import numpy as np
import pytest
from PySide6.QtCore import QBuffer, QIODevice, QObject, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QGuiApplication, QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.widgets.network.caption_painting import CaptionPainter
from mnist_lab.window.widgets.network.flow_words import FlowWords, like_each_other

PHRASES = ["weight × output", "double: many lines", "tiles: weights to ±0.13"]


@pytest.mark.parametrize(
    ("values", "figures", "words"),
    [
        ([10.0155, 6.49, -2.41, 0.0], 3, ["+10.0", "+6.5", "−2.4", "0.0"]),
        ([0.029, -0.0036, 2.9e-6], 3, ["+0.0290", "−0.0036", "0.0000"]),
        ([0.029, -0.0036], 2, ["+0.029", "−0.004"]),
        ([12345.6, -1.0], 3, ["+12,346", "−1"]),
        ([3.21e-9, -1e-9], 3, ["+3.2 × 10⁻⁹", "−1.0 × 10⁻⁹"]),
        ([0.0, 0.0], 3, ["0", "0"]),
        ([np.nan, 2.0], 3, ["nan", "+2.00"]),
    ],
)
def test_values_of_a_layer_have_as_many_places_as_each_other(
    values: list[float], figures: int, words: list[str]
) -> None:
    assert like_each_other(np.array(values), figures) == words


def painted(width: float, lines: int, limit: float | None) -> list[tuple[float, float, str]]:
    """What the scale says in so much room: x, y and words of each text."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(round(QGuiApplication.primaryScreen().logicalDotsPerInch()))
    painter = QPainter(generator)
    font = QFont(theme.fonts.font("small"))
    painter.setFont(font)
    parent = QObject()
    captions = CaptionPainter(theme.LIGHT, FlowWords(parent))
    height = painter.fontMetrics().height()
    captions.paint_scale(painter, QRectF(0, 0, width, lines * height), limit, PHRASES, 5.5)
    painter.end()
    svg = bytes(buffer.data().data()).decode()
    found = re.findall(r'<text[^>]* x="([-\d.]+)" y="([-\d.]+)"[^>]*>([^<]*)</text>', svg, re.DOTALL)
    return [(float(x), float(y), text.strip()) for x, y, text in found]


def wide(words: str) -> float:
    return QFontMetricsF(theme.fonts.font("small")).horizontalAdvance(words)


def test_the_scale_says_everything_in_one_line_where_it_fits(qapp: QApplication) -> None:
    said = painted(2000, 1, 0.35)
    assert [text for _, _, text in said] == ["−0.35", "+0.35", " · ".join(PHRASES)]
    assert len({y for _, y, _ in said}) == 1
    (_, low, _), *_ = painted(2000, 2, 0.35)
    assert low > said[0][1], "of two lines it is the lower one: beside the sentence that follows"
    assert [text for _, _, text in painted(2000, 1, None)] == [" · ".join(PHRASES)], "no line is seen: no scale"


def test_what_does_not_fit_stands_below_or_is_left_out_whole(qapp: QApplication) -> None:
    room = wide("−0.35 +0.35") + 90 + wide(" · ".join(PHRASES[:2])) + 60
    said = painted(room, 2, 0.35)
    texts = [text for _, _, text in said]
    assert texts == ["−0.35", "+0.35", " · ".join(PHRASES[:2]), PHRASES[2]]
    assert said[3][1] > said[2][1]
    assert said[3][0] == said[2][0], "below the words above it"
    assert [text for _, _, text in painted(room, 1, 0.35)] == texts[:3], "no word is cut"
