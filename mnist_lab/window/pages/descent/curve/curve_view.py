"""The curve that one walks down, with balls, tangent, step, trails and the basin strip."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.basins import Basins
from mnist_lab.descent.curves import height_limits, sample_curve
from mnist_lab.descent.functions import Function
from mnist_lab.studies.ball_picture import BallPicture
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.descent.ball_painter import BallPainter
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.curve.basin_strip import BasinStrip, basin_colour
from mnist_lab.window.pages.descent.curve.hidden_floor import HiddenFloor
from mnist_lab.window.pages.descent.marked_step import MarkedStep
from mnist_lab.window.pages.descent.surface.pixel_map import PixelMap
from mnist_lab.window.pages.descent.trail_painter import paint_ring, step_near
from mnist_lab.window.pages.descent.zoomed_ranges import Range
from mnist_lab.window.widgets.plots.zoom_bounds import AROUND, CLOSEST
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels

_POINTS = 600
_KEY_STEP = 0.01
"""How far an arrow key with Shift moves the start, as a share of the domain."""
_ROOM_TO_FOLLOW = 0.08
_LEAST_HEIGHT = 220
"""In logical pixels at the usual text size: 130 of the curve itself, below its readout and above the strip."""
_FOLLOWED = "descentCurve, following"
"""What the ranges are noted as while the view grows with the balls."""


class CurveView(BenchPicture):
    """Shows a function; a click or a drag anywhere on the handle sets the start.

    Attributes:
        is_following: whether the view grows with balls that leave it.
        floor: what is drawn while the curve is hidden.
        balls: those that are shown.
        pointed: the places of one step that are ringed.
        basins: where every start ends; None: not known yet.

    Signals:
        start_chosen(float): the new start.
        steps_asked(int): Right and Left: so many steps forward or back.
        run_asked(): Space.
    """

    KEYS = page_keys.DESCENT

    start_chosen = Signal(float)
    steps_asked = Signal(int)
    run_asked = Signal()

    def __init__(self, marked: MarkedStep, parent: QWidget | None = None, *, floor: HiddenFloor | None = None) -> None:
        """Show places that were met from `floor`; without one the curve is never hidden."""
        self._marked = marked
        self.is_following = False
        self.floor = HiddenFloor() if floor is None else floor
        self._function: Function | None = None
        self._start = 0.0
        self.balls: Sequence[BallPicture] = ()
        self.pointed: Sequence[BallPicture] = ()
        self.basins: Basins | None = None
        self._strip: BasinStrip | None = None
        super().__init__("descentCurve", self.tr("Curve"), ("x", self.tr("loss f(x)")), parent)
        self._header.leave_out_legend()
        self.setToolTip(
            self.tr(
                "Click or drag sets the start. Space runs, Right and Left step, with Shift they move the start; "
                "Ctrl + wheel looks closer, 0 shows all."
            )
        )
        self._view.shares = (CLOSEST, AROUND)
        self._curve = pyqtgraph.PlotCurveItem(antialias=True)
        self._curve.setSegmentedLineMode("on")  # a curve of hundreds of waves takes a sixth of the time of one path
        self._view.addItem(self._curve, ignoreBounds=True)
        self._strip = BasinStrip(self._view)
        self.frame.layout.addItem(self._strip, 4, 1)
        self._view.sigXRangeChanged.connect(self._on_range)
        self.handle_moved.connect(self._on_handle)
        self.place_clicked.connect(self._on_place)
        self.set_palette(theme.current())
        self._hide_or_reveal()

    def minimumSizeHint(self) -> QSize:
        """Stay readable whatever comes below."""
        return QSize(super().minimumSizeHint().width(), theme.fonts.scaled(_LEAST_HEIGHT))

    def set_function(self, function: Function) -> None:
        """Show another curve, as a whole."""
        self._function = function
        self.balls = ()
        self.set_basins(None)
        self.show_whole()
        self._draw_curve()

    def set_start(self, start: float) -> None:
        """Say where the handle stands."""
        self._start = start
        if self._function is not None:
            with np.errstate(all="ignore"):
                y = self._function.value_at(start)
            self.set_handle("start", start, y if np.isfinite(y) else self._ranges[1][0])

    def show_balls(self, balls: Sequence[BallPicture]) -> None:
        """Show where they are now."""
        self.balls, self.pointed = self.floor.veiled(balls), ()
        if self.floor.is_on:
            self.refresh()
        if self.is_following:
            self._follow_balls()
        self.setAccessibleDescription(self.readout)
        self.viewport().update()

    def point_at(self, balls: Sequence[BallPicture]) -> None:
        """Ring the places of one step, more strongly that of the ball looked at; none rings none."""
        self.pointed = balls
        self.viewport().update()

    def set_basins(self, basins: Basins | None) -> None:
        """Show where every start ends; None: not known yet."""
        self.basins = basins
        if self._strip is not None:
            self._strip.set_basins(basins)
        self.viewport().update()

    def set_following(self, is_following: bool) -> None:
        """Let the view grow with the balls, or show the function's own domain again."""
        self.is_following = is_following
        if is_following:
            self._look_at_noted(_FOLLOWED)
            self._follow_balls()
        else:
            self._note_followed()
            self.show_whole()

    def show_hidden(self) -> None:
        """Hide the curve and all that would give it away, or reveal it, as `floor` says now."""
        self._hide_or_reveal()
        self.show_whole()

    def _hide_or_reveal(self) -> None:
        self._curve.setVisible(not self.floor.is_on)
        if self._strip is not None:
            self._strip.setOpacity(0.0 if self.floor.is_on else 1.0)  # keeps its room

    def refresh(self) -> None:
        """Show the domain, or as much as the balls need; a view the person looks closer at stands still."""
        if self._function is None or self.dragged is not None:
            return
        whole = self._whole()
        self.set_whole(*whole)
        if not self.is_zoomed:
            self._ranges = whole
            self._note_followed()

    def _note_followed(self) -> None:
        """Note how far the view has grown with the balls: it does not shrink when they come back."""
        if self._zoomed is None:
            return
        if self.is_following:
            self._zoomed.note(_FOLLOWED, *self._ranges)
        else:
            self._zoomed.forget(_FOLLOWED)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        super().set_palette(palette)
        if self._strip is not None and not self.closed:
            self._strip.set_palette(palette)
            self._curve.setPen(in_device_pixels(pyqtgraph.mkPen(palette.text, width=1.5), self))

    # Ranges

    def _whole(self) -> tuple[Range, Range]:
        function = self._function
        assert function is not None
        low, high = function.domain
        if self.is_following and self.balls:
            places = [float(ball.x[-1]) for ball in self.balls]
            low, high = min(low, *places), max(high, *places)
            if (low, high) != function.domain:
                room = _ROOM_TO_FOLLOW * (high - low)
                low, high = low - room, high + room
        if self.floor.is_on:
            return (low, high), self._met_heights()
        with np.errstate(all="ignore"):
            _x, y = sample_curve(function, low, high, _POINTS // 2)
        return (low, high), height_limits(y)

    def _met_heights(self) -> Range:
        """Of what was met in the domain, and of the balls that are followed out of it."""
        heights = [float(ball.y[-1]) for ball in self.balls if self.is_following and np.isfinite(ball.y[-1])]
        return min(self.floor.heights[0], *heights, np.inf), max(self.floor.heights[1], *heights, -np.inf)

    def _follow_balls(self) -> None:
        places = [float(ball.x[-1]) for ball in self.balls]
        left, right = self._view.viewRange()[0]
        if any(not left <= place <= right for place in places) or not self.balls:
            self.refresh()

    @Slot(object, object)
    def _on_range(self, _view: object = None, _range: object = None) -> None:
        self._draw_curve()

    def _draw_curve(self) -> None:
        if self._function is None:
            return
        left, right = self._view.viewRange()[0]
        with np.errstate(all="ignore"):
            x, y = sample_curve(self._function, left, right, _POINTS)
        self._curve.setData(x, y, connect="finite")

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curve, and above it what moves."""
        super().paintEvent(event)
        places = PixelMap(self._view)
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(places.room)
        self._paint_start(painter, places)
        self.floor.paint(painter, places, self._palette)
        self._paint_minima(painter, places)
        BallPainter(painter, places, self._palette).paint(self.balls)
        for ball in sorted(self.pointed, key=lambda ball: ball.is_looked_at):
            point = places.point(float(ball.x[-1]), float(ball.y[-1]))
            paint_ring(painter, ball.identifier, point, self._palette, is_strong=ball.is_looked_at)
        painter.end()

    def _paint_start(self, painter: QPainter, places: PixelMap) -> None:
        """A fine line where all balls begin."""
        above = places.point(self._start, 0.0).x()
        painter.setPen(QPen(QColor(self._palette.border), 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(above, places.room.top()), QPointF(above, places.room.bottom()))

    def _paint_minima(self, painter: QPainter, places: PixelMap) -> None:
        """A drop in the strip's colour at each minimum; where several share a pixel, that of the last."""
        if self.basins is None or self.floor.is_on:
            return
        points = ((index, places.point(one.x, one.value)) for index, one in enumerate(self.basins.found))
        for index, point in {round(point.x()): (index, point) for index, point in points}.values():
            painter.setPen(QPen(basin_colour(self._palette, index), 1, Qt.PenStyle.DashLine))
            painter.drawLine(point, QPointF(point.x(), places.room.bottom()))

    # Pointer and keys

    @Slot(str, float, float)
    def _on_handle(self, _name: str, x: float, _y: float) -> None:
        self.start_chosen.emit(self._as_exact_as_seen(x))

    @Slot(float, float)
    def _on_place(self, x: float, _y: float) -> None:
        self.start_chosen.emit(self._as_exact_as_seen(x))

    def _as_exact_as_seen(self, x: float) -> float:
        """As exact as a pixel is."""
        left, right = self._view.viewRange()[0]
        decimals = int(np.ceil(-np.log10((right - left) / 1_000)))
        return round(x, max(decimals, 0)) + 0.0

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the step on a trail that is under the pointer."""
        super().mouseMoveEvent(event)
        is_free = event.buttons() == Qt.MouseButton.NoButton
        self._marked.point(step_near(self.balls, PixelMap(self._view), event.position()) if is_free else None)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing any more."""
        super().leaveEvent(event)
        self._marked.point(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run, step, move the start, take a mark away, show all."""
        key = Qt.Key(event.key())
        sign = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}.get(key)
        if sign is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            if self._function is not None:
                self.start_chosen.emit(round(self._start + sign * _KEY_STEP * self._function.width, 6) + 0.0)
        elif sign is not None:
            self.steps_asked.emit(sign)
        elif key == Qt.Key.Key_Space:
            self.run_asked.emit()
        elif key == Qt.Key.Key_Escape and self._marked.mark is not None:
            self._marked.clear()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.look_closer(0.5 if key == Qt.Key.Key_Plus else 2.0, None)
        else:
            event.ignore()
