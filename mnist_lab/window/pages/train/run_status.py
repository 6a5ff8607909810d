"""Where a run stands, in words, and the way out of a first run that is slowed down."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import named_button


class RunStatus(QWidget):
    """A sentence; beside it, only while it is wanted, a button that lets the run go as fast as it can.

    Signals:
        full_speed_pressed().
    """

    full_speed_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = QLabel(self)
        self._words.setObjectName("trainingStatus")
        self._words.setWordWrap(True)
        self._words.setToolTip(self.tr("Where the run stands."))
        self._full_speed = named_button(
            "fullSpeedButton",
            "ph.fast-forward-fill",
            self.tr("Full speed"),
            self.tr(
                "Let this run go as fast as it can, as Slow motion: off does. Only the first run is slowed down, so"
                " that one can watch it."
            ),
            self,
        )
        self._full_speed.clicked.connect(self.full_speed_pressed)
        self._full_speed.hide()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._full_speed)  # in front: it is in sight also where the page is wider than its window
        layout.addWidget(self._words, 1)

    def keep_room(self) -> None:
        """From now on be as high as with the button and two lines beside it: nothing below moves when they come."""
        two_lines = 2 * self._words.fontMetrics().lineSpacing()
        self.setMinimumHeight(max(two_lines, self._full_speed.sizeHint().height()))

    def show_status(self, words: str) -> None:
        """Say where the run stands."""
        self._words.setText(words)

    def offer_full_speed(self, *, is_wanted: bool) -> None:
        """Show the button, or hide it."""
        self._full_speed.setVisible(is_wanted)
