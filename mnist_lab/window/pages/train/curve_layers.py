"""The lines and marks of a curve: every batch, the smoothed line, validation, and where numbers end."""

from collections.abc import Sequence

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem

from mnist_lab.studies import curve_shapes
from mnist_lab.window import theme
from mnist_lab.window.pages.train.corner_words import CornerWords
from mnist_lab.window.pages.train.curve_line import SMOOTH_WIDTH, CurveLine, in_view
from mnist_lab.window.pages.train.free_corner import Corner
from mnist_lab.window.pages.train.ghost_curve import GhostCurve, GhostSeries, Heights
from mnist_lab.window.pages.train.rate_marks import RateMarks

_MARK_SIZE, _SMALL_MARK, _TRAINED_SHARE = 11, 6, 0.7
"""Sizes of a mark in pixels, usual and where marks are dense; and the size of a round one beside it."""
_APART, _DENSE = 22.0, 9.0
"""From one mark to the next, in pixels: below the first they are small, below the second they would hide the curve."""
_BATCHES_A_PIXEL = 0.75


class CurveLayers:
    """Draws series into a view; heights are what the axis shows (logarithms already taken)."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._view = view
        self._corner = CornerWords(view)
        self._rates = RateMarks(view)
        self._ghost = GhostCurve(view)
        self._shown_validation: object = None
        self._batches = CurveLine(view)
        self._smooth = CurveLine(view)
        self._dots = pyqtgraph.ScatterPlotItem(size=5, pxMode=True)
        self._validation = CurveLine(view)
        self._trained = pyqtgraph.ScatterPlotItem(symbol="o", pxMode=True)
        self._marks = pyqtgraph.ScatterPlotItem(size=_MARK_SIZE, symbol="d", pxMode=True)
        self._marked = self._points = np.empty((0, 2))
        self._end = pyqtgraph.ScatterPlotItem(size=13, symbol="t", pxMode=True)
        self._end_words = pyqtgraph.TextItem(anchor=(1, 1))
        measured = (self._validation, self._trained, self._marks)
        items = (self._batches, self._smooth, self._dots, *measured, self._end, self._end_words)
        for depth, item in enumerate(items):
            item.setZValue(depth)
            view.addItem(item, ignoreBounds=True)
        for item in (self._dots, *measured, self._end_words):
            item.hide()  # while there is nothing to draw, Qt need not ask them

    def set_palette(self, palette: theme.Palette, *, is_smoothing: bool) -> None:
        """Take over the colours; without a smoothed line the batches themselves carry the full colour."""
        self._batches.setPen(self.batch_pen(palette, is_smoothing=is_smoothing))
        self._smooth.setPen(self.smooth_pen(palette))
        self._smooth.keep_width()
        self._dots.setPen(None)
        self._dots.setBrush(palette.training)
        self._validation.setPen(self.validation_pen(palette))
        self._marks.setBrush(palette.validation)
        self._trained.setBrush(palette.training)
        for marks in (self._marks, self._trained):
            marks.setPen(pyqtgraph.mkPen(palette.panel, width=1))
        self._end.setBrush(palette.wrong)
        self._end.setPen(pyqtgraph.mkPen(palette.panel, width=1))
        self._corner.set_palette(palette)
        self._rates.set_palette(palette)
        self._ghost.set_palette(palette)
        self._end_words.setColor(palette.wrong)
        self._end_words.fill = pyqtgraph.mkBrush(palette.panel)

    @staticmethod
    def batch_pen(palette: theme.Palette, *, is_smoothing: bool) -> QPen:
        """Pen of the single batches."""
        pen: QPen = pyqtgraph.mkPen(palette.training_pale if is_smoothing else palette.training, width=1)
        return pen

    @staticmethod
    def smooth_pen(palette: theme.Palette) -> QPen:
        """Pen of the smoothed line."""
        pen: QPen = pyqtgraph.mkPen(palette.training, width=SMOOTH_WIDTH)
        return pen

    @staticmethod
    def validation_pen(palette: theme.Palette) -> QPen:
        """Pen of the line between validations."""
        pen: QPen = pyqtgraph.mkPen(palette.validation, width=1, style=Qt.PenStyle.DashLine)
        return pen

    @staticmethod
    def trained_pen(palette: theme.Palette) -> QPen:
        """Colour of the marks of what was measured on images that are trained on; no line joins them."""
        pen: QPen = pyqtgraph.mkPen(palette.training, style=Qt.PenStyle.NoPen)
        return pen

    def set_antialiased(self, on: bool) -> None:
        """Draw finely, once, and keep the picture (at rest), or fast and anew each time (live)."""
        self._smooth.keep_width()
        cache = QGraphicsItem.CacheMode
        for item in (self._batches, self._smooth, self._validation):
            item.opts["antialias"] = on
            item.setCacheMode(cache.DeviceCoordinateCache if on else cache.NoCache)
            item.update()

    def draw_batches(self, heights: NDArray[np.floating]) -> None:
        """Draw every batch: what is in view, thinned to its extremes."""
        start, stop, pixels = in_view(self._view, len(heights))
        bucket = max(int((stop - start) * _BATCHES_A_PIXEL / pixels), 1)
        points = curve_shapes.thin_to_peaks(heights, start, stop, bucket)
        self._batches.show_points(points)
        self._points = np.column_stack(points)
        alone = curve_shapes.lonely(heights)
        if len(alone) or len(self._dots.data):
            self._dots.setData(alone.astype(np.float64), heights[alone].astype(np.float64))
            self._dots.setVisible(len(alone) > 0)

    def draw_smooth(self, heights: NDArray[np.floating]) -> None:
        """Draw the smoothed line; an empty array draws none."""
        self._smooth.keep_width()
        self._smooth.show_smooth(heights)

    def draw_measured(
        self, updates: NDArray[np.float64], heights: NDArray[np.floating], trained: NDArray[np.floating]
    ) -> None:
        """Draw what was measured after epochs: the validations (e,) as a dashed line with marks, and round marks.

        Where marks would touch they are left out, so that they do not cover the curve; the line remains.
        `trained` is (e,), or (0,) for none.
        """
        shown_already = (
            self._view.viewRange(),
            self._view.width(),
            *(part.tolist() for part in (updates, heights, trained)),
        )
        if shown_already == self._shown_validation:  # most redraws of a live run bring batches alone
            return
        self._shown_validation = shown_already
        self._validation.setVisible(len(updates) > 0)
        self._validation.show_points((updates, heights))
        size = self._mark_size(updates)
        marked = [
            self._mark(marks, updates, values, own_size)
            for marks, values, own_size in (
                (self._marks, heights, size),
                (self._trained, trained, round(_TRAINED_SHARE * size)),
            )
        ]
        self._marked = np.concatenate(marked)

    def _mark_size(self, updates: NDArray[np.float64]) -> int:
        """How large a mark may be, in pixels; 0: they would touch. Epochs are equally long."""
        if not len(updates):
            return 0
        (left, right), _ = self._view.viewRange()
        apart = float(updates[-1]) / len(updates) * self._view.width() / (right - left)
        if apart < _DENSE:
            return 0
        return _SMALL_MARK if apart < _APART else _MARK_SIZE

    @staticmethod
    def _mark(
        marks: pyqtgraph.ScatterPlotItem, updates: NDArray[np.float64], heights: NDArray[np.floating], size: int
    ) -> NDArray[np.float64]:
        """Set marks of that size, and return their (n, 2) places."""
        shown = np.isfinite(heights) if size else np.zeros(len(heights), bool)
        marks.setVisible(bool(shown.any()))
        places = np.column_stack([updates[: len(heights)][shown], heights[shown]])
        marks.setData(places[:, 0], places[:, 1], size=size or 1)
        return places

    def draw_ghost(self, ghost: GhostSeries | None, heights: Heights, *, is_log: bool) -> None:
        """Draw another run pale behind this one; `heights` gives where its values stand. None draws none."""
        self._ghost.draw(ghost, heights, is_log=is_log)

    def draw_rates(self, changes: Sequence[tuple[int, float]], newest: str) -> None:
        """Mark the updates (indices) from which another learning rate counted; `newest` stands beside the last one."""
        self._rates.draw([first for first, _ in changes], newest, self._points, self._marked)

    def show_corner(self, words: str, corner: Corner, others: NDArray[np.float64]) -> bool:
        """Say in that corner, or in a free one, what the view leaves out ("": nothing); returns whether it is said.

        `others` are (n, 2) places of the view that are taken, too.
        """
        self._corner.show(words, corner, np.concatenate([self._points, self._marked, others]))
        return self._corner.is_shown

    def draw_end(self, divergence: int | None, heights: NDArray[np.floating], words: str) -> None:
        """Mark the last finite value before the update at which numbers ended; None removes the mark."""
        self._end.setVisible(divergence is not None)
        self._end_words.setVisible(divergence is not None)
        if divergence is not None:
            finite = np.flatnonzero(np.isfinite(heights[:divergence]))
            update = int(finite[-1]) if len(finite) else 0
            self._place_end(update, float(heights[update]) if len(finite) else self._view.viewRange()[1][0], words)

    def _place_end(self, update: int, height: float, words: str) -> None:
        (left, right), (low, high) = self._view.viewRange()
        height = min(max(height, low), high)  # also where the last values are a spike that goes beyond
        across = min(max((update - left) / (right - left), 0.0), 1.0)  # so the words never reach beyond the view
        self._end.setData([update], [height])
        self._end_words.setTextWidth(-1)
        self._end_words.setText(words)
        if self._end_words.boundingRect().width() > self._view.width():  # a narrow plot: in two lines, not cut off
            self._end_words.setTextWidth(self._view.width())
        self._end_words.setAnchor((across, -0.4 if height > (low + high) / 2 else 1.4))
        self._end_words.setPos(update, height)
