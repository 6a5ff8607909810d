"""A choice of how many steps a second something goes on by itself, and the clock that asks for them."""

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.basic.drop_down import DropDown, keep_list_wide
from mnist_lab.window.words import fill

_USUAL = 1
_MILLISECONDS = 33


class SpeedChoice(DropDown):
    """While it runs, it asks for as many steps as are due; another speed holds from the next moment on.

    Signals:
        steps_due(int): so many steps, at least one.
    """

    steps_due = Signal(int)

    def __init__(self, name: str, explanation: str, speeds: tuple[int, ...], parent: QWidget | None = None) -> None:
        """Offer `speeds`, in steps a second, the second of them first; `explanation` is the tooltip."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(self.tr("Speed"))
        self.setToolTip(explanation)
        for speed in speeds:
            words = self.tr("1 step a second") if speed == 1 else fill(self.tr("{:,} steps a second"), speed)
            self.addItem(words, speed)
        keep_list_wide(self)
        self.setCurrentIndex(_USUAL)
        self._due = 0.0
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._on_time)

    @property
    def is_running(self) -> bool:
        """Whether steps are asked for."""
        return self._timer.isActive()

    def start(self) -> None:
        """Ask for steps from now on, the first at once."""
        self._due = 1.0
        self._timer.start()

    def stop(self) -> None:
        """Ask for none."""
        self._timer.stop()

    @Slot()
    def _on_time(self) -> None:
        self._due += self.currentData() * _MILLISECONDS / 1000
        steps = int(self._due)
        self._due -= steps
        if steps:
            self.steps_due.emit(steps)
