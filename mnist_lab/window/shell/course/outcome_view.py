"""What happened, once the goal of a step is reached: beside it the guess, and a line for what the learner saw."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QWidget

from mnist_lab.window import theme
from mnist_lab.window.shell.course.words import breakable, plain_words

_SIGN = 18


class OutcomeView(QFrame):
    """A card that comes below all else in the panel, so that nothing above it moves.

    Signals:
        told(str): what the learner has seen, as it is typed.
    """

    told = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("courseOutcome")
        theme.set_role(self, "outcome")
        self._sign, head = QLabel(self), QLabel(self.tr("What happened"), self)
        theme.set_role(head, "heading")
        self._words = QLabel(self)
        self._words.setObjectName("courseHappened")
        self._words.setProperty("isMarkdown", True)  # for the style sheet
        self._words.setTextFormat(Qt.TextFormat.MarkdownText)
        self._words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._words.setWordWrap(True)
        self._beside = QLabel(self)
        self._beside.setObjectName("courseGuessBeside")
        self._beside.setWordWrap(True)
        self._seen = QLineEdit(self)
        self._seen.setObjectName("courseSeen")
        self._seen.setAccessibleName(self.tr("What did you see?"))
        self._seen.setPlaceholderText(self.tr("What did you see?"))
        self._seen.setToolTip(self.tr("A sentence of your own: it stands in your worksheet at the end."))
        self._seen.textEdited.connect(self.told)
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setHorizontalSpacing(theme.SMALL_GAP)
        layout.setVerticalSpacing(theme.SMALL_GAP)
        layout.addWidget(self._sign, 0, 0)
        layout.addWidget(head, 0, 1)
        for row, part in enumerate((self._words, self._beside, self._seen), 1):
            layout.addWidget(part, row, 0, 1, 2)
        layout.setColumnStretch(1, 1)
        self.set_palette(theme.current())

    @property
    def text(self) -> str:
        """What it says, for a screen reader."""
        return " ".join(filter(None, (plain_words(self._words.text()).replace("\u200b", ""), self._beside.text())))

    def show_outcome(self, words: str, beside: str, *, is_reached: bool) -> None:
        """Say what happened, and what was guessed; nothing: the card goes."""
        self._words.setText(breakable(words))
        self._words.setVisible(bool(words))
        self._beside.setText(beside)
        self._beside.setVisible(bool(beside))
        self._sign.setVisible(is_reached)
        self.setVisible(bool(words or beside))

    def show_seen(self, words: str, *, is_asked: bool) -> None:
        """Ask what the learner saw, with what was written."""
        self._seen.setVisible(is_asked)
        if self._seen.text() != words:
            self._seen.setText(words)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and the size of the text for the sign."""
        side = theme.fonts.scaled(_SIGN)
        sign = theme.icons.icon("ph.check-circle-fill", palette.right, palette.right)
        self._sign.setPixmap(sign.pixmap(QSize(side, side), self.devicePixelRatioF()))
