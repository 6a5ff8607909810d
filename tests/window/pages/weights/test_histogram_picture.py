"""The histogram's words fit the picture: shorter where there is little room, never cut in a number."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.inspection.statistics import LayerHistogram
from mnist_lab.window import theme
from mnist_lab.window.pages.weights.histogram_picture import HistogramPicture


def histogram(mean: float, deviation: float) -> LayerHistogram:
    counts = np.array([1, 2], np.int64)
    return LayerHistogram(np.array([-1.0, 0, 1]), counts, counts, mean, deviation, -0.000798, 0.0619, 0, 0)


@pytest.fixture
def picture(qtbot: QtBot) -> HistogramPicture:
    picture = HistogramPicture()
    qtbot.addWidget(picture)
    return picture


def test_with_room_the_words_are_full(picture: HistogramPicture) -> None:
    picture.resize(500, 200)
    picture.show_histogram(histogram(0.0213, 0.369), has_start=True)
    full = ("now: mean +0.0213, deviation 0.369", "start: mean −0.000798, deviation 0.0619")
    assert picture.shown_words == full
    assert picture.accessibleDescription() == " ".join(full)


def test_an_earlier_moment_is_not_called_now(picture: HistogramPicture) -> None:
    picture.resize(500, 200)
    for at, named in ((1200, "update 1,200"), (None, "now")):
        picture.show_histogram(histogram(0.0213, 0.369), has_start=True, at=at)
        assert picture.shown_words[0].startswith(f"{named}: mean ")


@pytest.mark.parametrize("width", [200, 220, 240, 260])
@pytest.mark.parametrize(("mean", "deviation"), [(0.0213, 0.369), (-3.24e15, 4.21e17)])
def test_with_little_room_no_number_is_cut(
    picture: HistogramPicture, width: int, mean: float, deviation: float
) -> None:
    picture.resize(width, 200)
    picture.show_histogram(histogram(mean, deviation), has_start=True)
    for words in picture.shown_words:
        assert "…" not in words
        assert theme.fonts.widest(theme.fonts.font("small"), words) <= width - 20
    assert picture.words[0] in picture.accessibleDescription()
