"""The Evaluate page as a person meets it, with a network that nobody trained."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QTabWidget

from mnist_lab.inspection.evaluation import Evaluation, evaluate
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.pages.draw.pad_picture import PadPicture
from mnist_lab.window.pages.evaluate.confusion_matrix import DIGITS, ConfusionMatrix
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
ANSWERS, CERTAINTY, ROBUSTNESS, MAP = range(4)


class Looker:
    """Looks at a network on the Evaluate page, without a run where none is needed."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        self.lab = driver.window.lab
        driver.window.show_page_named("evaluatePage")
        driver.window.resize(1280, 800)

    def look_at(self, weights: NetworkWeights) -> None:
        """Keep a network, which chooses it, and wait until all its answers are there."""
        self.lab.keep_network("looked at", weights)
        self.driver.wait(lambda: self.lab.inspections.evaluation.is_current)

    def expected(self) -> Evaluation:
        looked = self.lab.looked
        assert looked is not None
        result = evaluate(looked.weights, looked.digits.test_images, looked.digits.test_labels, lambda: False)
        assert result is not None
        return result

    def tab(self, index: int) -> None:
        bar = self.driver.find(QTabWidget, "evaluateTabs").tabBar()
        self.driver.qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(index).center())

    def rebuild(self) -> None:
        """Throw all pages away and build them again, and wait until nothing is computed any more."""
        self.driver.window.rebuild()
        self.driver.wait(lambda: self.driver.find(QTabWidget, "evaluateTabs").isVisible() and not self.lab.is_computing)

    def taken(self) -> PadPicture:
        """The picture that was put on the pad last; the page that was left for it is shown again."""
        pages = self.driver.find(QStackedWidget, "pages")
        assert pages.currentWidget().objectName() == "drawPage"
        picture = self.driver.find(DrawCanvas, "drawCanvas").picture
        assert picture is not None
        self.driver.window.show_page_named("evaluatePage")
        return picture

    @property
    def matrix(self) -> ConfusionMatrix:
        return self.driver.find(ConfusionMatrix, "confusionMatrix")

    @property
    def counts(self) -> NDArray[np.int64]:
        """The numbers of the matrix."""
        counts = self.matrix.counts
        assert counts is not None
        return counts

    @property
    def grid(self) -> PictureGrid:
        return self.driver.find(PictureGrid, "answersGallery")

    def click_cell(self, row: int, column: int) -> None:
        self.driver.qtbot.mouseClick(self.matrix, LEFT, pos=self.matrix.cell_rect(row, column).center().toPoint())

    def click_picture(self, place: int) -> None:
        """Click a picture of the first rows."""
        self.driver.qtbot.mouseClick(self.grid.viewport(), LEFT, pos=self.grid.picture_rect(place).center())


def templates(looker: Looker, spread: float = 4.0) -> NetworkWeights:
    """A network without training: each unit looks for the mean picture of one digit. Right for about two in three."""
    digits = looker.lab.digits
    assert digits is not None
    means = np.stack(
        [digits.train_images[digits.train_labels == digit].mean(axis=0).ravel() / 255 for digit in range(DIGITS)],
        axis=1,
    ).astype(np.float32)
    bias = (-(means**2).sum(axis=0) / 2).astype(np.float32)
    hidden = DenseWeights(np.eye(784, dtype=np.float32), np.zeros(784, np.float32))
    output = DenseWeights(means * np.float32(spread / 10), bias * np.float32(spread / 10))
    return NetworkWeights((hidden, output), "relu", 42)
