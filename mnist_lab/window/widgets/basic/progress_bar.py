"""How far something is, as a bar."""

from PySide6.QtWidgets import QProgressBar


class ProgressBar(QProgressBar):
    """Is painted with everything else that changed: Qt's own bar paints the window at once, however much is not yet so.

    A page that shows another run would stand there for a moment with the name of one run and the numbers of another.
    """

    def setRange(self, minimum: int, maximum: int) -> None:
        """Go from `minimum` to `maximum`; a value out of them is none any more."""
        if (minimum, maximum) != (self.minimum(), self.maximum()):
            self.setUpdatesEnabled(False)
            super().setRange(minimum, maximum)
            self.setUpdatesEnabled(True)

    def setValue(self, value: int) -> None:
        """Stand at `value`."""
        if value != self.value():
            self.setUpdatesEnabled(False)
            super().setValue(value)
            self.setUpdatesEnabled(True)
