"""A hand with a mouse, for the drawing pad of the real window."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from tests.window.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
SEVEN = (((0.28, 0.27), (0.5, 0.26), (0.72, 0.25), (0.6, 0.45), (0.5, 0.62), (0.44, 0.8)),)
"""A seven in one stroke; points as shares of the pad's side."""


class Pad:
    """The Draw page of a driver's window, opened and ready for the mouse; also after it was built again."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.window.show_page_named("drawPage")
        driver.wait(lambda: self.canvas.side > 200)

    @property
    def canvas(self) -> DrawCanvas:
        return self.driver.find(DrawCanvas, "drawCanvas")

    @property
    def bars(self) -> ProbabilityBars:
        return self.driver.find(ProbabilityBars, "probabilities")

    @property
    def prediction(self) -> str:
        return self.driver.text("prediction")

    def draw(self, strokes: Sequence[Sequence[tuple[float, float]]] | Sequence[NDArray[np.floating]]) -> None:
        """Press, move, release; points are shares of the pad's side."""
        canvas = self.canvas
        for stroke in strokes:
            points = [QPoint(round(x * canvas.side), round(y * canvas.side)) for x, y in stroke]
            QTest.mousePress(canvas, LEFT, pos=points[0])
            for point in points[1:]:
                QTest.mouseMove(canvas, point)
            QTest.mouseRelease(canvas, LEFT, pos=points[-1])
