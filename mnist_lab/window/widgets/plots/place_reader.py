"""How a plot is read place by place, by pointer and keys, and looked closer at by keys: shared by the line plots."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent

from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

if TYPE_CHECKING:  # at run time a plot brings its own class: PySide makes no widget of two of its classes
    _Plot = ZoomablePlot
else:
    _Plot = object

_CLOSER, _FARTHER = 0.5, 2.0


class PlaceReader(_Plot):
    """Adds reading to a `ZoomablePlot`; stands before it among the bases.

    A subclass implements `read_near`, `place_read` and `key_places`.
    """

    @property
    def place_read(self) -> float | None:
        """The place on the x axis that is read; None: none."""
        raise NotImplementedError

    def read_near(self, x: float | None) -> None:
        """Read what is nearest to a place on the x axis; None: nothing."""
        raise NotImplementedError

    def key_places(self) -> dict[Qt.Key, float | None]:
        """Which keys read which place."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read place by place, look closer, show the whole."""
        places, key = self.key_places(), Qt.Key(event.key())
        if key == Qt.Key.Key_Escape and self.place_read is None:
            event.ignore()  # something else may be put away
        elif key in places:
            self.read_near(places[key])
            self.follow_reading()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.look_closer(_CLOSER if key == Qt.Key.Key_Plus else _FARTHER, self.place_read)
        else:
            event.ignore()

    def follow_reading(self) -> None:
        """Called when a key has read another place: move the view along, if it should."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read what is under the pointer."""
        super().mouseMoveEvent(event)
        place = self.mapToScene(event.position().toPoint())
        if event.buttons() == Qt.MouseButton.NoButton and self._view.sceneBoundingRect().contains(place):
            self.read_near(float(self._view.mapSceneToView(place).x()))

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing, unless the keyboard is here."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.read_near(None)
