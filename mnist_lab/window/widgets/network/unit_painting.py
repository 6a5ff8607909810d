"""Paints the units of a network: tiles of weights, lamps, the others as one bundle, and the outputs' shares."""

import math
from functools import cache

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, qRgb

from mnist_lab.inspection.activations import Array
from mnist_lab.window import theme
from mnist_lab.window.picture_mode import draw_part
from mnist_lab.window.widgets.network.line_painting import colours_of
from mnist_lab.window.widgets.network.lit_network import LitUnits
from mnist_lab.window.widgets.network.network_places import SIDE, ColumnPlaces
from mnist_lab.window.widgets.pictures.tile_mosaic import GAP, ZERO

_VEIL = 165
"""Of 255: how much of the ground lies over a unit that puts out nothing."""
_ROUND = 3


def tile_image(tiles: Array, limit: float, palette: theme.Palette) -> QImage:
    """Tiles one above the other, one pixel a weight.

    Args:
        tiles: (784, k) float32, k of 1 or more.
        limit: weight of the strongest colour; 0 paints everything as zero.
        palette: gives the colours.
    """
    factor = np.float32(ZERO / limit if limit > 0 else 0)
    is_number = np.isfinite(tiles.T)
    finite = np.where(is_number, tiles.T, np.float32(0))
    shades = np.clip(finite * factor + np.float32(ZERO + 0.5), 0.5, 2 * ZERO + 0.5)
    levels = np.where(is_number, shades, np.float32(GAP + 0.5)).astype(np.uint8)
    levels = np.ascontiguousarray(levels.reshape(-1, SIDE))
    image = QImage(levels.data, SIDE, len(levels), SIDE, QImage.Format.Format_Indexed8)
    image.setColorTable(_colours_of_weights(palette))
    return image.convertToFormat(QImage.Format.Format_RGB32)


@cache
def _colours_of_weights(palette: theme.Palette) -> list[int]:
    table = [qRgb(*(int(part) for part in entry)) for entry in theme.diverging(palette)]
    return [*table, QColor(palette.line).rgb()]


@cache
def _shade(paper: str, ink: str, share: float) -> QColor:
    return QColor(theme.mix(paper, ink, share))


class UnitPainter:
    """Paints units in the colours of a theme."""

    def __init__(self, palette: theme.Palette) -> None:
        self._palette = palette
        self._signed = colours_of(palette)

    def paint_tiles(self, painter: QPainter, image: QImage, column: ColumnPlaces, units: LitUnits) -> None:
        """The first layer's units as pictures of their weights; faded where they put out nothing."""
        veil = QColor(self._palette.panel)
        veil.setAlpha(_VEIL)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.setPen(QColor(self._palette.line))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place, area in enumerate(column.units):
            draw_part(painter, area, image, QRect(0, place * SIDE, SIDE, SIDE))
            if units.is_off[place]:
                painter.fillRect(area, veil)
            painter.drawRect(area.adjusted(-0.5, -0.5, 0.5, 0.5))

    def paint_lamps(self, painter: QPainter, column: ColumnPlaces, units: LitUnits) -> None:
        """A lamp for each unit: bright for its output, coloured for a sum or a slope."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pens = QPen(QColor(self._palette.border), 1), QPen(QColor(self._palette.line), 1)
        for place, area in enumerate(column.lamps):
            painter.setPen(pens[bool(units.is_off[place])])
            painter.setBrush(self._colour(units, place))
            round_by = min(area.width(), area.height()) / 2
            painter.drawRoundedRect(area, round_by, round_by)

    def _colour(self, units: LitUnits, place: int) -> QColor:
        palette, value = self._palette, float(units.values[place])
        if units.is_off[place]:
            return QColor(palette.line)
        if units.lamp == "dark" or units.limit <= 0 or not math.isfinite(value):
            return QColor(palette.panel)
        share = min(abs(value) / units.limit, 1.0)
        if units.lamp == "signed":
            middle = len(self._signed) // 2
            return self._signed[middle + round(math.copysign(share * middle, value))]
        return _shade(palette.paper, palette.ink if value >= 0 else palette.negative, round(share, 2))

    def paint_bundle(self, painter: QPainter, area: QRectF) -> None:
        """The others: as a stack of which one sees the edges."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.setBrush(QColor(self._palette.panel))
        step = min(area.height() / 6, 2.5)
        for number in (2, 1, 0):
            part = area.adjusted(number * step, number * step, -(2 - number) * step, -(2 - number) * step)
            painter.drawRoundedRect(part, _ROUND, _ROUND)

    def paint_share(self, painter: QPainter, bar: QRectF, share: float, *, is_winner: bool) -> None:
        """The bar of an output."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._palette.line))
        painter.drawRoundedRect(bar, _ROUND, _ROUND)
        if math.isfinite(share) and share > 0:
            painter.setBrush(QColor(self._palette.accent if is_winner else self._palette.muted))
            painter.drawRoundedRect(QRectF(bar.left(), bar.top(), max(bar.width() * share, 2), bar.height()), 2, 2)

    def paint_ring(self, painter: QPainter, area: QRectF, *, is_held: bool) -> None:
        """Mark what is read, stronger where it stays."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._palette.accent), 2.5 if is_held else 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(area.adjusted(-2.5, -2.5, 2.5, 2.5), _ROUND + 1, _ROUND + 1)
