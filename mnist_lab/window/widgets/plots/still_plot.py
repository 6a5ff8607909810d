"""A plot that is painted from an image of itself while nothing on it changes."""

from collections.abc import Mapping

import pyqtgraph
from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QHideEvent, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window import picture_mode, theme
from mnist_lab.window.widgets.plots.zoom_bounds import Range
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot


class StillPlot(ZoomablePlot):
    """Keeps what it looks like: pyqtgraph takes a millisecond and more to paint a plot, and a page has several.

    The image is made when the plot is painted for the second time without a change: a live curve never pays for one.
    """

    def __init__(self, axes: Mapping[str, pyqtgraph.AxisItem], whole_words: str, parent: QWidget | None = None) -> None:
        super().__init__(axes, whole_words, parent)
        self._still_image = QImage()
        self._is_painted = False
        self.scene().changed.connect(self.forget_image)
        self._view.sigRangeChanged.connect(self.forget_image)  # at once: the scene tells it later
        # Not only what Qt takes for changed: that is no rectangle any more where values are too large for one.
        self.setViewportUpdateMode(StillPlot.ViewportUpdateMode.FullViewportUpdate)

    @Slot()
    def forget_image(self) -> None:
        """Draw anew when it is painted next."""
        self._still_image, self._is_painted = QImage(), False

    def set_whole(self, x: Range, y: Range) -> None:
        """Show these ranges, with what is drawn in them now."""
        self.forget_image()
        super().set_whole(x, y)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self.forget_image()
        super().set_palette(palette)

    def hideEvent(self, event: QHideEvent) -> None:
        """Need no memory for what is not seen."""
        super().hideEvent(event)
        self.forget_image()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the image; what has just changed, has the keyboard, or is for a picture, is drawn itself."""
        if self.hasFocus() or not self._is_painted or picture_mode.is_taken():
            super().paintEvent(event)
            self._is_painted = True
            return
        ratio, room = self.devicePixelRatioF(), self.viewport().rect()
        if self._still_image.size() != room.size() * ratio or self._still_image.devicePixelRatioF() != ratio:
            self._still_image = self._draw_still(room, ratio)
        painter = QPainter(self.viewport())
        painter.drawImage(QPoint(0, 0), self._still_image)
        painter.end()

    def _draw_still(self, room: QRect, ratio: float) -> QImage:
        image = QImage(room.size() * ratio, QImage.Format.Format_RGB32)  # opaque: letters are painted as on screen
        image.setDevicePixelRatio(ratio)
        image.fill(QColor(self._palette.panel))
        self.scene().prepareForPaint()
        painter = QPainter(image)
        self.render(painter, QRectF(room), room, Qt.AspectRatioMode.IgnoreAspectRatio)
        painter.end()
        return image
