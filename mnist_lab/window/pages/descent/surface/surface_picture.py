"""A surface from above: heights as shades and contour lines, the ways down, and the gradient at one ball."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from mnist_lab.descent.functions import Reals
from mnist_lab.descent.isolines import isolines
from mnist_lab.descent.surfaces import Surface, SurfacePath, contour_levels, grid
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.rule_colours import rule_colour, rule_marker, rule_pen
from mnist_lab.window.theme.colours import rgb
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.widgets.plots.view_item import ViewItem
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels

_SHADES = 64
_COLUMNS, _ROWS = 160, 120
_CLOSEST, _FARTHEST = 1 / 100, 4.0
"""How small and how large a part one may look at, as a share of the domain."""
_OFF = 10.0
"""Where a trail that has left is cut, in widths of the domain: dashes without end would take for ever to paint."""
_PACES = 40
_ARROW, _CONTOUR, _HEAD = 62.0, 26.0, 10.0


@dataclass(frozen=True, eq=False)
class _Relief:
    """What shades and lines of a surface go by, whatever part of it is looked at."""

    low: float
    high: float
    levels: Reals


class SurfacePicture(BenchPicture):
    """Click or arrow keys choose the start; Ctrl + wheel and drag look closer.

    Signals:
        start_nudged(float, float): an arrow key asks to move the start by so much of x and y.
    """

    KEYS = page_keys.SURFACE

    start_nudged = Signal(float, float)

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("surfacePicture", "", ("x", "y"), parent)
        self.setAccessibleName(self.tr("The surface from above, and the ways down"))
        self.setToolTip(self.tr("Click where the descent is to start, or move the start with the arrow keys."))
        self._surface: Surface | None = None
        self._paint_soon = QTimer(self, interval=0, singleShot=True)
        self._paint_soon.timeout.connect(self._draw_relief)
        self._make_items()
        self._view.shares = (_CLOSEST, _FARTHEST)
        self._view.setAspectLocked(True)  # the gradient is perpendicular to a contour only where x and y have one scale
        self._view.sigRangeChanged.connect(self._on_range)
        self._view.sigResized.connect(self._on_resized)
        self.set_palette(theme.current())

    def _make_items(self) -> None:
        self._image = pyqtgraph.ImageItem()
        self._lines = pyqtgraph.PlotCurveItem(connect="pairs")
        self._minima = pyqtgraph.ScatterPlotItem(size=11, symbol="+", pxMode=True)
        self._start = pyqtgraph.ScatterPlotItem(size=17, symbol="o", pxMode=True)
        self._arrow = _GradientArrow()
        self._trails = {rule.identifier: pyqtgraph.PlotCurveItem(antialias=True) for rule in RULES}
        self._balls = {
            rule.identifier: pyqtgraph.ScatterPlotItem(size=13, symbol=rule_marker(rule.identifier), pxMode=True)
            for rule in RULES
        }
        items = (self._image, self._lines, self._minima, self._start, *self._trails.values(), self._arrow)
        self._image.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)  # scaling takes long
        for depth, item in enumerate((*items, *self._balls.values())):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self._grid.hide()  # the contours are lines enough

    def show_surface(self, surface: Surface) -> None:
        """Show another surface."""
        self._surface = surface
        values = grid(surface, _COLUMNS, _ROWS)[2]
        self._relief = _Relief(float(values.min()), float(np.quantile(values, 0.98)), contour_levels(values))
        x_low, x_high, y_low, y_high = surface.domain
        minima = np.array(surface.minima).reshape(-1, 2)
        self._minima.setData(minima[:, 0], minima[:, 1])
        self.set_ranges((x_low, x_high), (y_low, y_high))
        self._paint_soon.start()

    def show_paths(self, paths: Mapping[str, SurfacePath], looked_at: str | None) -> None:
        """Show the ways of these rules; the gradient is drawn at the ball of `looked_at`."""
        for name, trail in self._trails.items():
            trail.setVisible(name in paths)
            self._balls[name].setVisible(name in paths)
        for name, path in paths.items():
            points = self._within(path.points)
            self._trails[name].setData(points[:, 0], points[:, 1])
            self._balls[name].setData(points[-1:, 0], points[-1:, 1])
        shown = paths.get(looked_at) if looked_at else None
        self._arrow.show_gradient(*((shown.points[-1], shown.gradient[-1]) if shown else (None, None)))

    def show_start(self, start: tuple[float, float]) -> None:
        """Mark where all begin."""
        self._start.setData(*([value] for value in start))

    def _within(self, points: Reals) -> Reals:
        if self._surface is None:
            return points
        x_low, x_high, y_low, y_high = self._surface.domain
        low, high = np.array([x_low, y_low]), np.array([x_high, y_high])
        return np.clip(points, low - _OFF * (high - low), high + _OFF * (high - low))

    @Slot()
    def _on_resized(self) -> None:
        """Take the ranges again: in a view that was too small or too narrow pyqtgraph has given them up."""
        if not self._look_at_noted():
            self.refresh()

    @Slot()
    def _on_range(self) -> None:
        self._paint_soon.start()  # x and y change one after the other: once for both

    @Slot()
    def _draw_relief(self) -> None:
        """Shade what is in view, and draw the contour lines there."""
        if self._surface is None or self.closed:
            return
        (left, right), (low, high) = self._view.viewRange()
        x, y, values = grid(replace(self._surface, domain=(left, right, low, high)), _COLUMNS, _ROWS)
        relief = self._relief
        share = np.cbrt(np.clip((values - relief.low) / (relief.high - relief.low), 0, 1))
        self._image.setImage((share * (_SHADES - 1)).astype(np.uint8), autoLevels=False, levels=(0, _SHADES - 1))
        half_x, half_y = (right - left) / (_COLUMNS - 1) / 2, (high - low) / (_ROWS - 1) / 2
        self._image.setRect(QRectF(left - half_x, low - half_y, right - left + 2 * half_x, high - low + 2 * half_y))
        ends = np.concatenate([isolines(x, y, values, level) for level in relief.levels]).reshape(-1, 2)
        self._lines.setData(ends[:, 0], ends[:, 1], connect="pairs")

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        low, high = (theme.mix(palette.panel, palette.training, share) for share in (0.55, 0.0))
        self._image.setLookupTable(
            np.array([rgb(theme.mix(low, high, place / (_SHADES - 1))) for place in range(_SHADES)])
        )
        self._lines.setPen(pyqtgraph.mkPen(theme.mix(palette.panel, palette.muted, 0.55), width=1))
        self._minima.setPen(pyqtgraph.mkPen(palette.text, width=1))
        self._minima.setBrush(QColor(palette.text))
        self._start.setPen(pyqtgraph.mkPen(palette.text, width=1.5))
        self._start.setBrush(None)
        for name, trail in self._trails.items():
            trail.setPen(in_device_pixels(rule_pen(palette, name), self))
            self._balls[name].setBrush(QColor(rule_colour(palette, name)))
            self._balls[name].setPen(pyqtgraph.mkPen(palette.panel, width=1.5))
        self.set_legend(
            (
                LegendEntry(self.tr("steepest way down"), pyqtgraph.mkPen(palette.accent, width=2.5)),
                LegendEntry(self.tr("contour line there"), _contour_pen(palette)),
            )
        )
        self._arrow.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the start, show all."""
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, 1),
            Qt.Key.Key_Down: (0, -1),
        }
        key = Qt.Key(event.key())
        if key in ways and self._surface is not None:
            pace = (self._surface.domain[1] - self._surface.domain[0]) / _PACES
            self.start_nudged.emit(*(pace * way for way in ways[key]))
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()


def _contour_pen(palette: theme.Palette) -> QPen:
    return QPen(QColor(palette.text), 1.5, Qt.PenStyle.DotLine)


class _GradientArrow(ViewItem):
    """The steepest way down from a point, and a piece of the contour line there: they are perpendicular."""

    def __init__(self) -> None:
        super().__init__()
        self._point: Reals | None = None
        self._gradient = np.zeros(2)

    def show_gradient(self, point: Reals | None, gradient: Reals | None) -> None:
        """Draw it at that point (2,); None draws none."""
        self._point = point
        self._gradient = np.zeros(2) if gradient is None else gradient
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Draw in pixels, of one length: only the direction is told."""
        steepness = float(np.hypot(*self._gradient))
        view = self.getViewBox()
        if self._point is None or view is None or steepness == 0 or not np.isfinite(steepness):
            return
        place = QPointF(*(float(value) for value in self._point))
        start = self.mapToDevice(place)
        if start is None or not view.viewRect().contains(place):  # no start: the view has no size yet
            return
        down = QPointF(-self._gradient[0] / steepness, self._gradient[1] / steepness)  # pixels grow downwards
        across = QPointF(-down.y(), down.x())
        palette = theme.current()
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(_contour_pen(palette))
        painter.drawLine(QLineF(start - across * _CONTOUR, start + across * _CONTOUR))
        end, colour = start + down * _ARROW, QColor(palette.accent)
        painter.setPen(QPen(colour, 2.5))
        painter.drawLine(QLineF(start, end - down * _HEAD))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        back = end - down * _HEAD
        painter.drawPolygon(QPolygonF([end, back + across * _HEAD / 2, back - across * _HEAD / 2]))
        painter.restore()
