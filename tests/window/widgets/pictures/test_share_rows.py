"""Rows of ten shares, by their measures."""

import math

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.widgets.pictures.share_rows import RowMeasures, ShareRows


class _Rows(ShareRows):
    """The third stands out."""

    def __init__(self, measures: RowMeasures, parent: QWidget | None = None) -> None:
        super().__init__(measures, 0.25, parent)

    @property
    def outstanding(self) -> int | None:
        return 2

    def said_of(self, *digits: int) -> str:
        return self._words(digits)


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.0, "0.0\u00a0%"),
        (0.0004, "< 0.1\u00a0%"),
        (0.0005, "0.1\u00a0%"),
        (0.984, "98.4\u00a0%"),
        (0.9995, "> 99.9\u00a0%"),
        (1.0, "100.0\u00a0%"),
        (math.nan, "–"),
    ],
)
def test_a_share_is_spelled_without_rounding_to_none_or_all(share: float, words: str) -> None:
    assert ShareRows.spell(share) == words


def test_sizes_follow_the_measures(qtbot: QtBot) -> None:
    small = _Rows(RowMeasures("small", (60, 120), (0, 5), 9, 10, 4))
    large = _Rows(RowMeasures("body", (90, 200), (1, 6), 8, 14, 8))
    for rows in (small, large):
        qtbot.addWidget(rows)
        least, usual = rows.minimumSizeHint(), rows.sizeHint()
        assert usual.height() - least.height() == 50
    assert small.sizeHint().width() - small.minimumSizeHint().width() == 60
    assert large.minimumSizeHint().height() > small.minimumSizeHint().height()


def test_ten_times_nothing_and_words_in_the_order_asked_for(qtbot: QtBot) -> None:
    rows = _Rows(RowMeasures("small", (60, 120), (0, 5), 9, 10, 4))
    qtbot.addWidget(rows)
    assert rows.values == (0.25,) * 10
    assert rows.said_of(7, 0) == "7: 25.0\u00a0%, 0: 25.0\u00a0%"
