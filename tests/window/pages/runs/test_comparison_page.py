"""The comparison on its page, with runs that a store keeps."""

from PySide6.QtWidgets import QComboBox, QLabel

from mnist_lab.window.pages.runs.comparison_plot import ComparisonPlot
from mnist_lab.window.pages.runs.comparison_view import ComparisonView
from tests.window.pages.runs.test_page import Runs, runs
from tests.window.rebuilding import assert_looks_the_same

__all__ = ["runs"]


def test_a_page_that_is_built_again_shows_the_same_comparison(runs: Runs) -> None:
    runs.window.resize(1280, 900)
    runs.table.selectAll()
    runs.settle()
    box = runs.find(QComboBox, "comparisonSource")
    box.setCurrentIndex(box.findData("batches"))
    plot = runs.find(ComparisonPlot, "comparisonPlot")
    plot.setFocus()
    plot.read_near(0.5)
    for tab in (0, 2):
        view = runs.window.findChild(ComparisonView)
        assert view is not None
        view.tabs.setCurrentIndex(tab)
        runs.settle()
        assert_looks_the_same(runs)
    assert "Of the same 1,000 test digits" in runs.find(QLabel, "confusionSummary").text()
