"""The moment from which a window can be looked at.

The import of Keras waits for it: while that loads its libraries no other thread can use Python, and the window would
stay empty for half a second longer.
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Says once that a window, which is being shown, has been painted.

    Signals:
        painted(): all of it has been, and the event loop goes on.
    """

    painted = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the screen to ask for the picture; Qt paints it before it handles anything else."""
        if event.type() == QEvent.Type.Expose:
            watched.removeEventFilter(self)
            QTimer.singleShot(0, self, self.painted.emit)
        return False
