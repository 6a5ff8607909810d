"""A view with axes around it."""

from collections.abc import Mapping

import pyqtgraph
from PySide6.QtWidgets import QGraphicsGridLayout, QGraphicsItem

from mnist_lab.window.widgets.plots.bounded_view import BoundedView

_PLACES = {"top": (1, 1), "left": (2, 0), "bottom": (3, 1)}
"""Row and column of an axis; the view stands at (2, 1), and row 0 is left for a header."""
_VIEW = (2, 1)
_DATA_ITEMS = (pyqtgraph.PlotCurveItem, pyqtgraph.ScatterPlotItem)
_BEHIND_CONTENT = 0.5
"""Depth of an axis: before images, behind what is given a depth of 1 and more."""


class PlotFrame(pyqtgraph.GraphicsWidget):  # type: ignore[misc]
    """Lays out a view and its axes, in the place of pyqtgraph's `PlotItem`.

    That one makes fifty widgets for menus which the lab does not open: for all plots together two of five widgets in
    the window, and each change of the theme goes through all of them.

    Attributes:
        view: what shows the curves.
        axes: by "left", "bottom" and "top"; a side may be missing.
        layout: rows for header, top axis, view and bottom axis; columns for left axis and view.
    """

    def __init__(self, axes: Mapping[str, pyqtgraph.AxisItem]) -> None:
        super().__init__()
        self.axes = dict(axes)
        self.layout = QGraphicsGridLayout()
        self.setLayout(self.layout)
        self.layout.setContentsMargins(1, 1, 1, 1)
        self.layout.setHorizontalSpacing(0)
        self.layout.setVerticalSpacing(0)
        self.view = BoundedView(self)
        self.layout.addItem(self.view, *_VIEW)
        self.layout.setRowStretchFactor(_VIEW[0], 100)
        self.layout.setColumnStretchFactor(_VIEW[1], 100)
        for side, axis in self.axes.items():
            axis.linkToView(self.view)
            self.layout.addItem(axis, *_PLACES[side])
            axis.setZValue(_BEHIND_CONTENT)
            axis.setFlag(QGraphicsItem.GraphicsItemFlag.ItemNegativeZStacksBehindParent)

    # What scripts ask a `PlotItem` for, by pyqtgraph's names

    def getViewBox(self) -> BoundedView:
        """Return the view."""
        return self.view

    def getAxis(self, name: str) -> pyqtgraph.AxisItem:
        """Return the axis "left", "bottom" or "top"; KeyError where there is none."""
        return self.axes[name]

    def viewRange(self) -> list[list[float]]:
        """Return what is in view: [[left, right], [low, high]]."""
        ranges: list[list[float]] = self.view.viewRange()
        return ranges

    def listDataItems(self) -> list[pyqtgraph.GraphicsObject]:
        """Return the lines and marks; `getData()` of one gives x and y of what it draws, (n,) each; None: nothing."""
        return [item for item in self.view.allChildren() if isinstance(item, _DATA_ITEMS)]

    def close(self) -> None:
        """Take everything apart, in the order that Qt needs."""
        for axis in self.axes.values():
            axis.close()
        self.axes = {}
        self.scene().removeItem(self.view)
