"""How fast a run may go, so that its batches can be watched."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from mnist_lab.window.words import fill

SPEEDS = (100, 30, 10, 3)
"""Gradient updates a second."""


class SlowMotionChoice(QComboBox):
    """Off, or so many updates a second.

    Signals:
        speed_chosen(object): gradient updates a second (int), or None for as many as can be done.
    """

    speed_chosen = Signal(object)

    def __init__(self, chosen: float | None, parent: QWidget | None = None) -> None:
        """Show that `chosen` is the speed, one of `SPEEDS` or None."""
        super().__init__(parent)
        self.addItem(self.tr("off"), None)
        for speed in SPEEDS:
            self.addItem(fill(self.tr("{} updates a second"), speed), speed)
        self.setCurrentIndex((None, *SPEEDS).index(chosen))
        self.currentIndexChanged.connect(self._on_chosen)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self.speed_chosen.emit(self.itemData(index))
