"""What the newest epoch says of overfitting, with *Why?* and *What helps?* beside it."""

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from mnist_lab.runs.run import Run
from mnist_lab.window import theme
from mnist_lab.window.pages.train.gap_words import GapWords
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.notice import Notice, Severity

_LINES = 3
"""What the longest sentence takes in the smallest window."""
_WIDTH = 420
"""Of an explanation, in logical pixels: lines that are easily read."""


class GapNotice(QWidget):
    """Says one thing of a run, and explains it where it is about the gap. It always takes the same room.

    Signals:
        explained(): one asked why, and was told.
    """

    explained = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = GapWords(self)
        self._run: Run | None = None
        self._notice = Notice(self)
        self._notice.setObjectName("gapNotice")
        self._notice.reserve_lines(_LINES)  # what stands above must not move when a sentence comes or gets longer
        self._why = named_button(
            "gapWhyButton", "ph.question", self.tr("Why?"), self.tr("What overfitting is, and how it is judged."), self
        )
        self._helps = named_button(
            "gapHelpsButton",
            "ph.lightbulb",
            self.tr("What helps?"),
            self.tr("What one can do against overfitting."),
            self,
        )
        self._explanation = _Explanation(self)
        self._why.clicked.connect(self._on_why)
        self._helps.clicked.connect(self._on_helps)
        self._lay_out()
        self.clear()

    def _lay_out(self) -> None:
        self._layout = layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.GAP)
        layout.setColumnStretch(0, 1)
        beside = QVBoxLayout()  # under each other they take the height of the sentence, and leave it more width
        beside.setSpacing(theme.SMALL_GAP)
        for button in (self._why, self._helps):
            policy = button.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            button.setSizePolicy(policy)
            button.hide()
            beside.addWidget(button)
        beside.addStretch(1)
        layout.addLayout(beside, 0, 1)

    def show_run(self, run: Run) -> None:
        """Say what the run's newest epoch was measured at."""
        self._run = run
        self._notice.show_message(self._words.sentence(run))
        self._offer_reasons(self._words.has_reasons(run))

    def show_message(self, text: str, severity: Severity = "info") -> None:
        """Say something else."""
        self._notice.show_message(text, severity)
        self._offer_reasons(False)

    def clear(self) -> None:
        """Say what will be said here."""
        self.show_message(
            self.tr(
                "After each epoch you read here how well the network does on its training digits and on new ones, and"
                " whether it overfits. Once the run has ended, you can start it again or go on with it below."
            )
        )

    def _offer_reasons(self, on: bool) -> None:
        for button in (self._why, self._helps):
            button.setVisible(on)
        columns = 1 if on else 2  # a sentence does not wrap before the room of buttons that are not there
        self._layout.addWidget(self._notice, 0, 0, 1, columns, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _on_why(self) -> None:
        if self._run is not None:
            self._explanation.show_beside(self._why, self._words.why(self._run))
            self.explained.emit()

    @Slot()
    def _on_helps(self) -> None:
        self._explanation.show_beside(self._helps, self._words.helps())


class _Explanation(QFrame):
    """A few sentences that lie over the page until one clicks elsewhere, presses Esc, or asks again."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("gapExplanation")
        self.setAttribute(Qt.WidgetAttribute.WA_NoMouseReplay)  # the click that closes it must not open it again
        theme.set_role(self, "card")
        self._label = QLabel(self)
        self._label.setObjectName("gapExplanationText")
        self._label.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.LARGE_GAP, theme.LARGE_GAP, theme.LARGE_GAP, theme.LARGE_GAP)
        layout.addWidget(self._label)

    def show_beside(self, button: QPushButton, text: str) -> None:
        """Say `text` right above the button, within its screen."""
        self._label.setText(text)
        self.setAccessibleName(button.accessibleName())
        self.setAccessibleDescription(text)
        self.setFixedWidth(theme.fonts.scaled(_WIDTH))
        self.setFixedHeight(self.heightForWidth(self.width()))
        corner = button.mapToGlobal(QPoint(button.width() - self.width(), -self.height() - theme.SMALL_GAP))
        screen = button.screen().availableGeometry()
        self.move(max(corner.x(), screen.left()), max(corner.y(), screen.top()))
        self.show()
