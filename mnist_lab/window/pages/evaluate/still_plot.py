"""A plot that is painted from an image of itself while nothing on it changes."""

from collections.abc import Mapping

import pyqtgraph
from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot


class StillPlot(ZoomablePlot):
    """Caches what it looks like: pyqtgraph takes a millisecond to paint even a small plot, and a page has several."""

    def __init__(self, axes: Mapping[str, pyqtgraph.AxisItem], whole_words: str, parent: QWidget | None = None) -> None:
        super().__init__(axes, whole_words, parent)
        self._image = QImage()
        self.scene().changed.connect(self.forget_image)

    @Slot()
    def forget_image(self) -> None:
        """Draw anew when it is painted next."""
        self._image = QImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cached image; with the keyboard's ring around it, all of the plot."""
        if self.hasFocus():
            super().paintEvent(event)
            return
        ratio, room = self.devicePixelRatioF(), self.viewport().rect()
        if self._image.size() != room.size() * ratio or self._image.devicePixelRatioF() != ratio:
            self._image = self._drawn(room, ratio)
        painter = QPainter(self.viewport())
        painter.drawImage(QPoint(0, 0), self._image)
        painter.end()

    def _drawn(self, room: QRect, ratio: float) -> QImage:
        image = QImage(room.size() * ratio, QImage.Format.Format_RGB32)  # opaque: letters are painted as on screen
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._palette.panel))
        self.scene().prepareForPaint()
        painter = QPainter(image)
        self.render(painter, QRectF(room), room, Qt.AspectRatioMode.IgnoreAspectRatio)
        painter.end()
        return image
