"""How the curve of a run is read, batch by batch, and how one goes from it to the moments of the run."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from mnist_lab.window import theme
from mnist_lab.window.pages.train.moment_mark import MomentMark
from mnist_lab.window.widgets.plots.place_reader import PlaceReader

if TYPE_CHECKING:
    from PySide6.QtCore import SignalInstance

    from mnist_lab.window.pages.train.crosshair import Crosshair
    from mnist_lab.window.pages.train.curve_words import CurveData

_OPENING = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CurveReading(PlaceReader):
    """A part of `CurvePlot`: pointer and keys read, a click or Enter goes to the moment that is read.

    While one looks at an earlier moment, the keys take it along. A double click shows the whole run, and leaves the
    moment as it was before.
    """

    _crosshair: "Crosshair"
    _data: "CurveData"
    crosshair_moved: "SignalInstance"
    moment_wanted: "SignalInstance"
    _mark: MomentMark | None = None
    _moment: int | None = None
    _pressed_at: QPoint | None = None
    _before_click: int | None = None

    def set_crosshair(self, update: int | None) -> None:
        """Look at one update (index); None looks at none."""
        raise NotImplementedError

    # Reading

    @property
    def place_read(self) -> float | None:
        """The update that is looked at."""
        return self._crosshair.update

    def read_near(self, x: float | None) -> None:
        """Look at the update nearest to x, and say so; None: at none."""
        before = self._crosshair.update
        self.set_crosshair(None if x is None else round(x))
        if self._crosshair.update != before:
            self.crosshair_moved.emit(self._crosshair.update)

    def key_places(self) -> dict[Qt.Key, float | None]:
        """Batch by batch, epoch by epoch, to both ends, and away."""
        return self._crosshair.key_places(len(self._data.values), self._data.updates_per_epoch)

    def follow_reading(self) -> None:
        """Keep the update that is looked at in view."""
        if self._crosshair.update is not None:
            self.follow(self._crosshair.update, self._crosshair.height)

    # Moments

    def show_moment(self, updates: int | None) -> None:
        """Mark the moment that is looked at, and read it; None: it is now."""
        if updates == self._moment:
            return
        follows = updates is not None or self._crosshair.update == self._moment
        self._moment = updates
        self.set_crosshair(updates if follows else self._crosshair.update)
        if self._mark is None:
            self._mark = MomentMark(self._view)
        self._mark.show(updates)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        super().set_palette(palette)
        if self._mark is not None:
            self._mark.set_palette(palette)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read; go to what is read by Enter, and by every key while a moment is looked at; by Escape to now."""
        key, read = Qt.Key(event.key()), self._crosshair.update
        if key in _OPENING and read is not None:
            self.moment_wanted.emit(read)
            return
        super().keyPressEvent(event)
        now = self._crosshair.update
        if self._moment is not None and now != read:
            self.moment_wanted.emit(now)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Note where it begins: a click, or looking at another part."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at, self._before_click = event.position().toPoint(), self._moment

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Go to the moment that was clicked at."""
        super().mouseReleaseEvent(event)
        pressed_at, self._pressed_at = self._pressed_at, None
        here = event.position().toPoint()
        is_click = pressed_at is not None and (here - pressed_at).manhattanLength() < QApplication.startDragDistance()
        place = self.mapToScene(here)
        if is_click and len(self._data.values) and self._view.sceneBoundingRect().contains(place):
            update = round(self._view.mapSceneToView(place).x())
            self.moment_wanted.emit(min(max(update, 0), len(self._data.values)))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Show the whole, at the moment that was looked at before the first click."""
        super().mouseDoubleClickEvent(event)
        if len(self._data.values):
            self.moment_wanted.emit(self._before_click)
