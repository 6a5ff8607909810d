"""A line through a curve where in time one looks."""

import pyqtgraph

from mnist_lab.window import theme

_WIDTH = 2


class MomentMark:
    """Stands at one gradient update, in the colour of what can be moved; hidden while one looks at now."""

    def __init__(self, view: pyqtgraph.ViewBox) -> None:
        self._line = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._line.addMarker("v", 1.0, 9.0)
        self._line.setZValue(20)
        self._line.hide()
        view.addItem(self._line, ignoreBounds=True)
        self.set_palette(theme.current())

    def show(self, updates: int | None) -> None:
        """Stand there; None: nowhere."""
        self._line.setVisible(updates is not None)
        if updates is not None:
            self._line.setPos(updates)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._line.setPen(pyqtgraph.mkPen(palette.accent, width=_WIDTH))
