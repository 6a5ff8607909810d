"""While one looks at an earlier moment of a run: which, the way back to now, and the way on from there."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.train.continue_words import Continuation
from mnist_lab.window.widgets.basic.icon_button import IconButton, named_button
from mnist_lab.window.widgets.basic.width_user import WidthUser

_WORDS = 200
"""Logical pixels that the sentence needs at least beside the buttons."""


class MomentPanel(WidthUser):
    """A sentence and two buttons; below the second what a run from there would have otherwise.

    Signals:
        back_pressed(), continue_pressed().
    """

    back_pressed = Signal()
    continue_pressed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._label = QLabel(" ", self)
        self._label.setObjectName("momentLabel")
        self._label.setWordWrap(True)
        self._label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._label.setToolTip(self.tr("The update of the run that all pages show."))
        self._back = named_button(
            "backToNowButton",
            "ph.clock-clockwise",
            self.tr("Back to now"),
            self.tr("Show the run as it is now again (Esc)."),
            self,
        )
        self._back.clicked.connect(self.back_pressed)
        self._continue = IconButton("ph.git-fork", self.tr("Continue from here"), self)
        self._continue.setObjectName("continueHereButton")
        self._continue.setAccessibleName(self.tr("Continue from here"))
        self._continue.setToolTip(self._usual_tip())
        self._continue.clicked.connect(self.continue_pressed)
        self._sentence = QLabel(" ", self)
        self._sentence.setObjectName("continueHereSentence")
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)  # below what it is about
        self._sentence.setToolTip(self.tr("What a run from here has otherwise than this one."))
        theme.set_role(self._sentence, "caption")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.GAP)
        self._grid.setVerticalSpacing(0)
        self._is_beside: bool | None = None
        self._stand(is_beside=True)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.setSizePolicy(policy)
        self.hide()

    def _usual_tip(self) -> str:
        return self.tr("Train a new run from the moment that is looked at, with the settings in the form.")

    def _stand(self, *, is_beside: bool) -> None:
        """Put the sentence beside the buttons, or above them where the row has not the room."""
        if is_beside == self._is_beside:
            return
        self._is_beside = is_beside
        top, left = (0, 1) if is_beside else (1, 0)
        self._grid.addWidget(self._label, 0, 0, 1, 1 if is_beside else 2)
        self._grid.addWidget(self._back, top, left)
        self._grid.addWidget(self._continue, top, left + 1)
        self._grid.addWidget(self._sentence, top + 1, 0, 1, left + 2)  # all the width, so that it seldom wraps
        self._grid.setColumnStretch(0, 1)
        self.updateGeometry()

    def _buttons_width(self) -> int:
        return self._back.minimumSizeHint().width() + theme.GAP + self._continue.minimumSizeHint().width()

    def use_width(self) -> None:
        """Stand as the width allows."""
        self._stand(is_beside=self._buttons_width() + theme.GAP + theme.fonts.scaled(_WORDS) <= self.width())

    def minimumSizeHint(self) -> QSize:
        """Ask for no more width than the buttons need."""
        return QSize(self._buttons_width(), self._grid.totalMinimumSize().height())

    def show_moment(self, words: str, continuation: Continuation | None) -> None:
        """Say which moment it is and what can be done from there; None: nothing can, as one is at now."""
        self._label.setText(words)
        self._back.setEnabled(continuation is not None)
        self._continue.setEnabled(continuation is not None and continuation.is_possible)
        self._sentence.setText("" if continuation is None else continuation.sentence)
        self._continue.setToolTip(self._usual_tip() if continuation is None else continuation.explanation)
        self._continue.setAccessibleDescription(self._sentence.text())
