"""Times in words: a ratio that is one, and what was only reckoned said to be so."""

from PySide6.QtWidgets import QApplication

from mnist_lab.tensors.timing import Timing
from mnist_lab.window.pages.tensors.timing_words import spell


def test_both_times_and_their_ratio(qapp: QApplication) -> None:
    assert spell(Timing(2e-3, 1e-6, 2_040.0, (1_870.0, 2_110.0), 21, False, 1.0), is_view=False) == (
        "Naive loops: 2 ms. NumPy: 1 µs, 2,000 times faster."
        " Medians of 21 measurements in turns; the middle half of them: 1,900 to 2,100 times."
    )


def test_what_was_reckoned_and_what_is_only_a_view_are_said(qapp: QApplication) -> None:
    words = spell(Timing(90.0, 1e-6, 9e7, (8e7, 1e8), 9, True, 0.0166), is_view=True)
    assert words.startswith("Naive loops: ≈ 90 s.")
    assert "1.7\u00a0% of the work" in words
    assert "makes a view" in words


def test_where_numpy_is_no_faster_nothing_else_is_claimed(qapp: QApplication) -> None:
    assert "no faster" in spell(Timing(1e-6, 2e-6, 0.5, (0.4, 0.6), 9, False, 1.0), is_view=False)
