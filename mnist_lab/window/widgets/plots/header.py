"""What a plot asks of that which stands above its view."""

import pyqtgraph
from PySide6.QtCore import Signal


class Header(pyqtgraph.GraphicsWidget):  # type: ignore[misc]
    """What stands above the view, and leaves its right corner to a button while there is one.

    Signals:
        legend_changed(): other words need other room.
    """

    legend_changed = Signal()

    def keep_corner(self, width: float) -> None:
        """Leave `width` pixels at the plot's right edge free."""
        raise NotImplementedError

    def has_room_beside(self, width: float) -> bool:
        """Whether all of its words have room without these pixels."""
        raise NotImplementedError
