"""The curve, the straight line through one of its points, the triangle of run and rise, and the gap that is left."""

from dataclasses import dataclass

import numpy as np
import pyqtgraph
from PySide6.QtCore import QLineF, QPointF, QRectF, QSizeF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mnist_lab.descent.functions import Function
from mnist_lab.descent.local_line import LocalLine, Trust
from mnist_lab.window import theme
from mnist_lab.window.descent_parts.bench_picture import BenchPicture, Range
from mnist_lab.window.widgets.number_text import spell
from mnist_lab.window.widgets.plot_header import LegendEntry

POINT, EPSILON = "point", "epsilon"
_CURVE_POINTS = 500
_HEAD = 9.0
_FARTHEST = 30_000.0
"""In pixels: farther away nothing is seen, and painters fail."""
_WORDS = QSizeF(220, 22)


@dataclass(frozen=True, eq=False)
class Shown:
    """What the picture shows.

    Attributes:
        function: the curve.
        line: the line through the point, compared at ε.
        trust: how far it can be trusted there.
        is_step: whether ε is a step of gradient descent.
        ranges: of x and y.
    """

    function: Function
    line: LocalLine
    trust: Trust
    is_step: bool
    ranges: tuple[Range, Range]

    @property
    def is_left(self) -> bool:
        """Whether one has left the region where the line is honest."""
        return self.trust in (Trust.STRETCHED, Trust.BROKEN)


class LinePicture(BenchPicture):
    """Shows both with two handles: the point and, ε away from it, the curve's own value.

    Signals:
        nudged(str, int): an arrow key asks to move the handle "point" or (with Shift) "epsilon" by that many places.
        zoom_asked(int): + (1) or − (−1) asks for the microscope.
    """

    nudged = Signal(str, int)
    zoom_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("linePicture", "", ("x", "f(x)"), parent)
        self.setAccessibleName(self.tr("The curve and its straight line at one point"))
        self.setToolTip(
            self.tr(
                "Drag the round point along the curve and the diamond away from it. Left and Right move the point,"
                " with Shift they change ε, + and − turn the microscope."
            )
        )
        self._shown: Shown | None = None
        self._curve = pyqtgraph.PlotCurveItem(antialias=True)
        self._straight = pyqtgraph.PlotCurveItem(antialias=True)
        self._overlay = _Overlay()
        self._point = pyqtgraph.ScatterPlotItem(size=14, symbol="o", pxMode=True)
        self._end = pyqtgraph.ScatterPlotItem(size=15, symbol="d", pxMode=True)
        for depth, item in enumerate((self._curve, self._straight, self._overlay, self._end, self._point)):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self._view.sigRangeChanged.connect(self._draw_curves)
        self.set_palette(theme.current())

    def show_line(self, shown: Shown) -> None:
        """Show another state."""
        self._shown = shown
        line = shown.line
        self.set_handle(POINT, line.x, line.y)
        end = line.true if np.isfinite(line.true) else line.y
        self.set_handle(EPSILON, line.x + line.epsilon, end)
        self._point.setData([line.x], [line.y])
        self._end.setData([line.x + line.epsilon], [end])
        self._overlay.show_line(shown)
        self._say(line)
        self.set_ranges(*shown.ranges)
        self._draw_curves()

    def _say(self, line: LocalLine) -> None:
        true, predicted, gap = (spell(float(f"{value:.4g}")) for value in (line.true, line.predicted, line.error))
        if not line.has_slope:
            self.set_readout(self.tr("There is no slope here, so there is no straight line."))
            return
        words = self.tr("f(x + ε) is {true}, the line says {predicted}: the gap is {gap}.")
        self.set_readout(words.format(true=true, predicted=predicted, gap=gap))

    @Slot()
    def _draw_curves(self) -> None:
        if self._shown is None:
            return
        low, high = self._view.viewRange()[0]
        x = np.linspace(low, high, _CURVE_POINTS)
        line = self._shown.line
        if self._shown.function.kinks:  # the tip itself, however closely one looks
            x = np.union1d(x, self._shown.function.kinks)
        with np.errstate(all="ignore"):
            self._curve.setData(x, self._shown.function.f(x), connect="finite")
        ends = np.array([low, high])
        self._straight.setVisible(line.has_slope)
        if line.has_slope:
            self._straight.setData(ends, line.y + line.slope * (ends - line.x))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.plotItem is None:  # closed: pyqtgraph has taken it apart
            return
        super().set_palette(palette)
        curve = pyqtgraph.mkPen(palette.training, width=1.5)
        straight = pyqtgraph.mkPen(palette.accent, width=1.5, style=Qt.PenStyle.DashLine)
        self._curve.setPen(curve)
        self._straight.setPen(straight)
        for item, colour in ((self._point, palette.training), (self._end, palette.validation)):
            item.setBrush(QColor(colour))
            item.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))
        self.set_legend(
            (
                LegendEntry("f(x)", curve),
                LegendEntry(self.tr("straight line: y + a·ε"), straight, short="y + a·ε"),
                LegendEntry(self.tr("the gap"), _gap_pen(palette)),
            )
        )
        self._overlay.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the point or ε, turn the microscope, show all."""
        key = Qt.Key(event.key())
        handle = EPSILON if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else POINT
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.nudged.emit(handle, 1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom_asked.emit(1 if key == Qt.Key.Key_Plus else -1)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()


def _gap_pen(palette: theme.Palette) -> QPen:
    pen = QPen(QColor(palette.validation), 4)
    pen.setDashPattern([1.0, 0.8])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


class _Overlay(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Triangle, gap and arrow, painted in pixels: they keep their strength however closely one looks."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: Shown | None = None

    def show_line(self, shown: Shown) -> None:
        """Paint this state."""
        self._shown = shown
        self.update()

    def viewRangeChanged(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """Cover the whole view."""
        view = self.getViewBox()
        return QRectF() if view is None else QRectF(view.viewRect())

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the triangle, then the gap, then the arrow of the run."""
        if self._shown is None or self.getViewBox() is None:
            return
        line, palette = self._shown.line, theme.current()
        start, run = self._pixel(line.x, line.y), self._pixel(line.x + line.epsilon, line.y)
        painter.save()
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if line.has_slope:
            predicted = self._pixel(line.x + line.epsilon, line.predicted)
            self._paint_triangle(painter, palette, (start, run, predicted))
            if np.isfinite(line.true):
                painter.setPen(_gap_pen(palette))
                painter.drawLine(QLineF(predicted, self._pixel(line.x + line.epsilon, line.true)))
        self._paint_run(painter, palette, start, run)
        painter.restore()

    def _pixel(self, x: float, y: float) -> QPointF:
        place = self.mapToDevice(QPointF(x, y))
        return QPointF(*(float(np.clip(value, -_FARTHEST, _FARTHEST)) for value in (place.x(), place.y())))

    @staticmethod
    def _paint_triangle(painter: QPainter, palette: theme.Palette, corners: tuple[QPointF, QPointF, QPointF]) -> None:
        soft = QColor(palette.accent)
        soft.setAlpha(36)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(soft)
        painter.drawPolygon(QPolygonF(list(corners)))
        _start, run, predicted = corners
        painter.setPen(QPen(QColor(palette.accent), 1.5))
        painter.drawLine(QLineF(run, predicted))
        if abs(run.y() - predicted.y()) > _WORDS.height():
            painter.setFont(theme.fonts.font("small", bold=True))
            is_right = run.x() > _start.x()
            middle = (run + predicted) / 2
            corner = middle + QPointF(6 if is_right else -6 - _WORDS.width(), -_WORDS.height() / 2)
            side = Qt.AlignmentFlag.AlignLeft if is_right else Qt.AlignmentFlag.AlignRight
            painter.drawText(QRectF(corner, _WORDS), side | Qt.AlignmentFlag.AlignVCenter, "a·ε")

    def _paint_run(self, painter: QPainter, palette: theme.Palette, start: QPointF, end: QPointF) -> None:
        if self._shown is None or abs(end.x() - start.x()) < 1:
            return
        colour = QColor(
            palette.warning if self._shown.is_left else palette.right if self._shown.is_step else palette.text
        )
        back = _HEAD if start.x() > end.x() else -_HEAD
        painter.setPen(QPen(colour, 2.5 if self._shown.is_step else 1.5))
        painter.drawLine(QLineF(start, end + QPointF(back, 0)))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPolygon(QPolygonF([end, end + QPointF(back, -_HEAD / 2), end + QPointF(back, _HEAD / 2)]))
        painter.setPen(colour)
        painter.setFont(theme.fonts.font("small", bold=True))
        # On the side of the run that the triangle leaves free.
        is_above = not self._shown.line.promised_change > 0  # nor where there is no slope
        middle = (start + end) / 2
        corner = middle - QPointF(_WORDS.width() / 2, _WORDS.height() if is_above else 0)
        words = "ε = −η·a" if self._shown.is_step else "ε"
        painter.drawText(QRectF(corner, _WORDS), Qt.AlignmentFlag.AlignCenter, words)
