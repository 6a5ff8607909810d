"""The answer: always on top as a large digit with a sentence; below, what the network received and all ten shares."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.data.preprocess import PreparedImage
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.answers import Answer, seen
from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.pixel_picture import PixelPicture
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.widgets.pictures.square import Square

_NO_ANSWER = "–"
_LINES = 3


class AnswerHeader(QFrame):
    """The digit that was recognised, what share it got, and a way to a network where there is none.

    Attributes:
        train: the button that starts a run.
    """

    def __init__(self, chooser: QWidget, hint: HintStrip, parent: QWidget | None = None) -> None:
        """Have `hint` and `chooser` below the sentence."""
        super().__init__(parent)
        theme.set_role(self, "card")
        self._prediction = QLabel(_NO_ANSWER, self)
        self._prediction.setObjectName("prediction")
        self._prediction.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._prediction.setToolTip(self.tr("The digit with the largest probability."))
        theme.set_role(self._prediction, "answer")
        # Room for any digit: what stands beside it must not jump from answer to answer.
        room = theme.fonts.widest(theme.fonts.font("answer", bold=True), "0")
        self._prediction.setMinimumWidth(round(room) + theme.GAP)
        self._explanation = QLabel(self)
        self._explanation.setObjectName("answerExplanation")
        self._explanation.setWordWrap(True)
        self._explanation.setMinimumHeight(_LINES * self._explanation.fontMetrics().lineSpacing())
        self.train = IconButton("ph.play-fill", self.tr("&Train it now"), self)
        self.train.setObjectName("trainNowButton")
        self.train.setAccessibleName(self.tr("Train the network now"))
        self.train.setToolTip(self.tr("Start a run with the settings of the Train page, and watch the answer form."))
        self.train.set_primary(True)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.LARGE_GAP, theme.SMALL_GAP, theme.LARGE_GAP, theme.SMALL_GAP)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._prediction)
        self._rows = words = QVBoxLayout()
        words.setSpacing(theme.SMALL_GAP)
        words.addWidget(self._explanation, 1)
        words.addWidget(hint)
        words.addWidget(chooser, 0, Qt.AlignmentFlag.AlignLeft)
        self._hint = hint
        hint.changed.connect(self._make_room)
        layout.addLayout(words, 1)
        layout.addWidget(self.train)

    @Slot()
    def _make_room(self) -> None:
        """Give a hint the room of the sentence's last line: nothing below moves."""
        lines = _LINES * self._explanation.fontMetrics().lineSpacing()
        row = 0 if self._hint.line is None else self._hint.sizeHint().height() + self._rows.spacing()
        self._explanation.setMinimumHeight(lines - row)

    def show_answer(self, answer: Answer | None, label: int | None, explanation: str) -> None:
        """Show the digit, or that there is none, and a sentence on it; `label` is the right digit, None: not known."""
        self._prediction.setText(_NO_ANSWER if answer is None else str(answer.digit))
        is_wrong = answer is not None and label is not None and answer.digit != label
        role = "wrongAnswer" if is_wrong else "answer"
        if self._prediction.property("role") != role:  # the style sheet takes time, and this comes with every stroke
            theme.set_role(self._prediction, role)
        self._explanation.setText(explanation)


class AnswerTab(QWidget):
    """What the network receives, pixel by pixel, and what it makes of it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = PixelPicture(self)
        self._picture.setObjectName("networkInput")
        self._caption = QLabel(self._caption_words(), self)
        self._caption.setObjectName("networkInputCaption")
        self._caption.setWordWrap(True)
        self._caption.setMinimumHeight(2 * self._caption.fontMetrics().lineSpacing())
        theme.set_role(self._caption, "caption")
        self._bars = ProbabilityBars(self)
        self._bars.setObjectName("probabilities")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(Panel(self.tr("What goes in"), self._received(), parent=self), 1)
        layout.addWidget(Panel(self.tr("What it answers"), self._bars, parent=self), 1)
        self._picture.readout_changed.connect(self._on_pixel_read)

    def show_answer(self, prepared: PreparedImage | None, answer: Answer | None, label: int | None) -> None:
        """Show the picture that went in and the shares that came out; `label` is the right digit, None: not known."""
        self._picture.set_picture(None if prepared is None else seen(prepared))
        self._bars.set_values(None if answer is None else answer.probabilities, label)

    def _received(self) -> QWidget:
        picture = QWidget(self)
        inside = QVBoxLayout(picture)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Square(self._picture, self), 1)
        inside.addWidget(self._caption)
        return picture

    @Slot(str)
    def _on_pixel_read(self, readout: str) -> None:
        self._caption.setText(readout or self._caption_words())

    def _caption_words(self) -> str:
        return self.tr("28×28 numbers: 0 is paper, 1 is ink. Point at one to read it.")
