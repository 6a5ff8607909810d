"""A hand with a mouse, for the drawing pad of the real window."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from tests.window.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
SEVEN = (((0.28, 0.27), (0.5, 0.26), (0.72, 0.25), (0.6, 0.45), (0.5, 0.62), (0.44, 0.8)),)
"""A seven in one stroke; points as shares of the pad's side."""


class Pad:
    """The Draw page of a driver's window, opened and ready for the mouse."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        index = next(index for index, spec in enumerate(PAGES) if spec.object_name == "drawPage")
        driver.window.show_page(index)
        self.canvas: DrawCanvas = driver.find(DrawCanvas, "drawCanvas")
        self.bars: ProbabilityBars = driver.find(ProbabilityBars, "probabilities")
        driver.wait(lambda: self.canvas.side > 200)

    @property
    def prediction(self) -> str:
        return self.driver.text("prediction")

    def draw(self, strokes: Sequence[Sequence[tuple[float, float]]] | Sequence[NDArray[np.floating]]) -> None:
        """Press, move, release; points are shares of the pad's side."""
        for stroke in strokes:
            points = [QPoint(round(x * self.canvas.side), round(y * self.canvas.side)) for x, y in stroke]
            QTest.mousePress(self.canvas, LEFT, pos=points[0])
            for point in points[1:]:
                QTest.mouseMove(self.canvas, point)
            QTest.mouseRelease(self.canvas, LEFT, pos=points[-1])
