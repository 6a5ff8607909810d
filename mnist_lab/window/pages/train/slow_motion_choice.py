"""How fast a run may go, so that its batches can be watched."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.words import fill, spell_setting

SPEEDS = (100, 30, 10, 3)
"""Gradient updates a second."""


class SlowMotionChoice(DropDown):
    """Off, or so many updates a second.

    Signals:
        speed_chosen(object): gradient updates a second (int), or None for as many as can be done.
    """

    speed_chosen = Signal(object)

    def __init__(self, chosen: float | None, parent: QWidget | None = None) -> None:
        """Show that `chosen` is the speed; None: as many updates as can be done."""
        super().__init__(parent)
        self._extra: float | None = None
        self.addItem(self.tr("off"), None)
        for speed in SPEEDS:
            self._insert(self.count(), speed)
        self.show_speed(chosen)
        self.currentIndexChanged.connect(self._on_chosen)

    def show_speed(self, speed: float | None) -> None:
        """Show the speed that there is now; one that is not offered otherwise stands among the others meanwhile."""
        if speed == self.currentData():
            return
        with QSignalBlocker(self):
            if self._extra is not None:
                self.removeItem(self.findData(self._extra))
                self._extra = None
            if speed is not None and speed not in SPEEDS:
                self._extra = speed
                self._insert(1 + sum(other > speed for other in SPEEDS), speed)
            self.setCurrentIndex(0 if speed is None else self.findData(speed))

    def _insert(self, index: int, speed: float) -> None:
        self.insertItem(index, fill(self.tr("{} updates a second"), spell_setting(speed)), speed)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.speed_chosen.emit(self.itemData(index))
