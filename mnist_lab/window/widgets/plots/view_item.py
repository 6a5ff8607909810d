"""What is painted over the whole view of a plot."""

import pyqtgraph
from PySide6.QtCore import QRectF


class ViewItem(pyqtgraph.GraphicsObject):  # type: ignore[misc]
    """Covers the view, whatever part of the plot it shows; a subclass implements `paint`."""

    def viewRangeChanged(self) -> None:
        """Follow the view."""
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """Cover the whole view."""
        view = self.getViewBox()
        return QRectF() if view is None else QRectF(view.viewRect())
