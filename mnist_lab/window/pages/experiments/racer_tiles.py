"""What the first units of each racer look for, small: a row of tiles for each."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.state.live_race import Lane
from mnist_lab.window.theme.run_colours import paint_run_sample
from mnist_lab.window.widgets.plots.empty_words import paint_empty_words

_SIDE, _GAP = 28, 2
_SAMPLE = 26


class RacerTiles(QWidget):
    """The weights of each racer's first units, each racer on a scale of its own, symmetric about zero."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("racersTiles")
        self.setAccessibleName(self.tr("Weights of the racers' first units"))
        self.setToolTip(
            self.tr("What the first units of each racer look for; each row has its own scale, with zero in the middle.")
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._lanes: Sequence[Lane] = ()
        self._rows = 2

    def reserve(self, racers: int) -> None:
        """Have room for so many of them."""
        if racers != self._rows:
            self._rows = racers
            self.updateGeometry()

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Show these racers' networks."""
        if lanes:
            self.reserve(len(lanes))
        self._lanes = lanes
        self.update()

    def set_palette(self, _palette: theme.Palette) -> None:
        """Take over the colours."""
        self.update()

    @property
    def _pitch(self) -> int:
        return theme.fonts.scaled(_SIDE + 2 * _GAP)

    def sizeHint(self) -> QSize:
        """A row for each racer."""
        return QSize(320, self._pitch * max(self._rows, 2))

    def minimumSizeHint(self) -> QSize:
        """The same, narrower."""
        return QSize(180, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows, or say what will be here."""
        if not self._lanes:
            paint_empty_words(self, self.tr("Once a race begins, the first units of each racer stand here."))
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        side = theme.fonts.scaled(_SIDE)
        left = _SAMPLE + theme.GAP
        units = max((self.width() - left) // (side + _GAP), 1)
        for place, lane in enumerate(self._lanes, start=1):
            top = (place - 1) * self._pitch
            paint_run_sample(painter, place, QRect(0, top, _SAMPLE, side))
            if lane.weights is None:
                painter.setPen(QColor(theme.current().muted))
                room = QRect(left, top, self.width() - left, side)
                painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, self.tr("being prepared"))
                continue
            for unit, image in enumerate(tile_images(lane.weights, units)):
                painter.drawImage(QRect(left + unit * (side + _GAP), top, side, side), image)
        painter.end()


def tile_images(weights: NetworkWeights, units: int) -> list[QImage]:
    """Pictures of the first units' weights, on one scale."""
    kernel = np.nan_to_num(weights.layers[0].kernel[:, :units])
    limit = float(np.abs(kernel).max()) or 1.0
    shades = np.rint(127 + 127 * kernel / limit).astype(np.uint8)
    colours: NDArray[np.uint8] = theme.diverging(theme.current())
    pictures = colours[np.minimum(shades, len(colours) - 1)]
    return [_image(np.ascontiguousarray(pictures[:, unit].reshape(_SIDE, _SIDE, 3))) for unit in range(kernel.shape[1])]


def _image(pixels: NDArray[np.uint8]) -> QImage:
    return QImage(pixels.data, _SIDE, _SIDE, 3 * _SIDE, QImage.Format.Format_RGB888).copy()
