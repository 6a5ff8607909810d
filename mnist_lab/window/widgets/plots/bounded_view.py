"""A view in which wheel, drag and keys look closer and farther away, but not without end."""

from collections.abc import Sequence

import pyqtgraph
from pyqtgraph.GraphicsScene.mouseEvents import MouseDragEvent
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QGraphicsSceneWheelEvent

from mnist_lab.window.widgets.plots.zoom_bounds import CLOSEST, FARTHEST, Range, ZoomBounds


class BoundedView(pyqtgraph.ViewBox):  # type: ignore[misc]
    """Keeps what a hand does within bounds that follow from the whole; until that is known, nothing is zoomed.

    Without bounds, who looks at 10¹³ times the whole asks for as many lines and labels, and who looks at a 10¹⁵th of
    it for lines of more pixels than Qt can count. Pyqtgraph's own limits would also cut off what the lab sets itself,
    and at a limit they move the view along.

    Attributes:
        shares: the smallest and the largest range, as shares of the whole one.
    """

    def __init__(self, parent: pyqtgraph.GraphicsWidget) -> None:
        super().__init__(parent=parent, enableMenu=False)
        self.shares = (CLOSEST, FARTHEST)
        self._bounds: tuple[ZoomBounds, ...] = ()

    @property
    def has_whole(self) -> bool:
        """Whether the whole is known, so that one can look at a part of it."""
        return bool(self._bounds)

    @property
    def shows_whole(self) -> bool:
        """Whether the whole is seen, and one cannot look farther away."""
        spans = zip(self._bounds, self.targetRange(), strict=False)
        return self.has_whole and all(bounds.is_whole(span) for bounds, span in spans)

    def set_whole(self, x: Range, y: Range) -> None:
        """Say what the whole is; what is seen stays as it is."""
        self._bounds = ZoomBounds(*x, *self.shares), ZoomBounds(*y, *self.shares)

    def forget_whole(self) -> None:
        """There is nothing to look at: nothing is zoomed."""
        self._bounds = ()

    def wheelEvent(self, event: QGraphicsSceneWheelEvent, axis: int | None = None) -> None:
        """Look closer or farther away."""
        if self.has_whole:
            super().wheelEvent(event, axis)
        else:
            event.ignore()

    def mouseDragEvent(self, event: MouseDragEvent, axis: int | None = None) -> None:
        """Move along; with the right button look closer or farther away."""
        if self.has_whole:
            super().mouseDragEvent(event, axis)
        else:
            event.ignore()

    def scaleBy(
        self,
        s: Sequence[float | None] | None = None,
        center: QPointF | None = None,
        x: float | None = None,
        y: float | None = None,
    ) -> None:
        """Multiply the ranges around a place, as far as the bounds allow; None leaves an axis as it is."""
        factors = (x, y) if s is None else (s[0], s[1])
        spans = self.targetRange()
        place = self.targetRect().center() if center is None else center
        if self.state["aspectLocked"] is not False:  # one scale for both axes, which both bounds allow
            factor = factors[0] if factors[1] is None else factors[1]
            for bounds, span in zip(self._bounds, spans, strict=False):
                factor = None if factor is None else bounds.factor(span, factor)
            factors = factor, factor
        ranges = [
            None if factor is None else bounds.scaled(span, bounds.factor(span, factor), centre)
            for bounds, span, factor, centre in zip(self._bounds, spans, factors, (place.x(), place.y()), strict=False)
        ]
        self._show(ranges)

    def translateBy(self, t: QPointF | None = None, x: float | None = None, y: float | None = None) -> None:
        """Move along the axes, as far as the bounds allow; None leaves an axis as it is."""
        shifts = (x, y) if t is None else (t.x(), t.y())
        self._show(
            [
                None if shift is None else bounds.moved(span, shift)
                for bounds, span, shift in zip(self._bounds, self.targetRange(), shifts, strict=False)
            ]
        )

    def _show(self, ranges: Sequence[Range | None]) -> None:
        if any(span is not None for span in ranges):
            self.setRange(xRange=ranges[0], yRange=ranges[1], padding=0)
