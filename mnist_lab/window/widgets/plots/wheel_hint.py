"""Words over a plot that say how the wheel looks closer, for who has turned it without Ctrl."""

from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QLabel, QWidget

from mnist_lab.window import theme

_MILLISECONDS = 1_500
"""How long the words stay: they are read by then."""


class WheelHint(QLabel):
    """Lies over the plot for a moment; pointer and keys go through to what is below."""

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot)
        self.setObjectName("wheelHint")
        self.setText(self.tr("Ctrl + wheel looks closer"))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setContentsMargins(theme.GAP, theme.SMALL_GAP, theme.GAP, theme.SMALL_GAP)
        theme.set_role(self, "card")
        self._end = QTimer(self, interval=_MILLISECONDS, singleShot=True)
        self._end.timeout.connect(self.hide)

    def tell(self, place: QRect) -> None:
        """Stand in the middle of `place`, part of the plot, for a moment from now on."""
        self.adjustSize()
        self.move(place.center() - self.rect().center())
        self.raise_()
        self.show()
        self._end.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop, also where the page goes."""
        super().hideEvent(event)
        self._end.stop()
