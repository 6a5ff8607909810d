"""Mouse, pen and finger as one hand that presses, moves and releases."""

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QTabletEvent, QTouchEvent
from PySide6.QtWidgets import QWidget


class PenInput(QWidget):
    """A widget to draw on. Subclasses say what pressing, moving and releasing do."""

    def _press(self, position: QPointF) -> bool:
        """Set the pen down; return whether it is."""
        raise NotImplementedError

    def _move(self, position: QPointF) -> None:
        """Go on to here."""
        raise NotImplementedError

    def _release(self) -> None:
        """Lift the pen."""
        raise NotImplementedError

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke with the left button."""
        if event.button() != Qt.MouseButton.LeftButton or not self._press(event.position()):
            event.ignore()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._move(event.position())
            self._release()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Draw with a pen."""
        kind = event.type()
        if kind == QEvent.Type.TabletPress and event.button() == Qt.MouseButton.LeftButton:
            self._press(event.position())
        elif kind == QEvent.Type.TabletMove:
            self._move(event.position())
        elif kind == QEvent.Type.TabletRelease:
            self._release()
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Draw with a finger: the first one that touches."""
        if isinstance(event, QTouchEvent) and event.points():
            position = event.points()[0].position()
            if event.type() == QEvent.Type.TouchBegin:
                if not self._press(position):
                    return False
            elif event.type() == QEvent.Type.TouchUpdate:
                self._move(position)
            else:
                self._release()
            event.accept()
            return True
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            keys = QKeySequence.StandardKey
            if event.matches(keys.Undo) or event.matches(keys.Redo):
                event.accept()  # the pad's own undo comes before the window's
                return True
        return super().event(event)
