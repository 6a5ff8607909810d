"""The run that was looked at before, as a pale curve behind the one of now."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QGraphicsItem

from mnist_lab.runs.run import Run
from mnist_lab.studies.smoothing import RunningAverage, smoothing_span
from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_line import SMOOTH_WIDTH, CurveLine

Heights = Callable[[NDArray[np.floating]], NDArray[np.floating]]

_PALE = 0.45
"""How much of the colour is that of the ground."""
_BEHIND = -0.5
"""Its depth: over the grid, under all curves."""


@dataclass(frozen=True, eq=False)
class GhostSeries:
    """One quantity of another run.

    Attributes:
        name: what the legend calls that run.
        values: (n,) float32, smoothed as the run's own curve is; NaN where that has a gap.
    """

    name: str
    values: NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class GhostPair:
    """A run that has ended, as both curves show it.

    Attributes:
        run: which.
        updates: how many gradient updates of it are shown.
        loss: its loss.
        accuracy: its accuracy.
    """

    run: Run
    updates: int
    loss: GhostSeries
    accuracy: GhostSeries

    @classmethod
    def of(cls, run: Run | None, name: str, before: "GhostPair | None") -> "GhostPair | None":
        """Smooth the curves of a run: 46,900 updates take some milliseconds, so `before` serves while it can.

        None where there is no such run, or it goes on.
        """
        if run is None or run.is_live or not run.updates:
            return None
        if before is not None and (before.run, before.updates, before.loss.name) == (run, run.updates, name):
            return before
        span, history = smoothing_span(run.total_updates), run.history
        loss, accuracy = (
            GhostSeries(name, RunningAverage(span).update(column.values))
            for column in (history.losses, history.accuracies)
        )
        return cls(run, run.updates, loss, accuracy)


class GhostCurve:
    """Draws it into a view: anew when the view changes, and never because the run of now goes on."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._view = view
        self._drawn: object = None
        self._line = CurveLine(view)
        self._line.setZValue(_BEHIND)
        self._line.opts["antialias"] = True
        self._line.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)
        self._line.hide()
        view.addItem(self._line, ignoreBounds=True)

    @staticmethod
    def pen(palette: theme.Palette) -> QPen:
        """Grey, so that it is none of the colours that mean something."""
        pen: QPen = pyqtgraph.mkPen(theme.mix(palette.muted, palette.panel, _PALE), width=SMOOTH_WIDTH)
        return pen

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._line.setPen(self.pen(palette))
        self._line.keep_width()

    def draw(self, ghost: GhostSeries | None, heights: Heights, *, is_log: bool) -> None:
        """Draw it, where `heights` puts its values; None draws none."""
        view = self._view
        drawn = None if ghost is None else (ghost, *map(tuple, view.viewRange()), view.width(), view.height(), is_log)
        if drawn == self._drawn:
            return
        self._drawn = drawn
        self._line.setVisible(ghost is not None)
        if ghost is not None:
            self._line.keep_width()
            self._line.show_smooth(heights(ghost.values))
