"""Learn my hand, second part: digits that are drawn now, answered by the network before and after learning."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.draw.answers import Answer
from mnist_lab.window.pages.draw.hand_asking import Asking
from mnist_lab.window.pages.draw.hand_model import Tested
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import fill, spell_percent

_NO_ANSWER = "–"


class _AnswerCard(QFrame):
    """What one network answers: its digit in large, with its share, and whether it is what was asked for."""

    def __init__(self, name: str, title: str, explanation: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.set_role(self, "card")
        self._digit, self._share = QLabel(_NO_ANSWER, self), QLabel(self)
        for label, part in ((self._digit, "Answer"), (self._share, "Share")):
            label.setObjectName(f"{name}{part}")
            label.setToolTip(explanation)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        theme.set_role(self._digit, "answer")
        theme.set_role(self._share, "caption")
        heading = QLabel(title, self)
        theme.set_role(heading, "heading")
        heading.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.SMALL_GAP, theme.GAP, theme.SMALL_GAP)
        layout.setSpacing(0)
        for label in (heading, self._digit, self._share):
            layout.addWidget(label)

    def show_answer(self, answer: Answer | None, asked: int) -> None:
        """Show it; None: there is none yet."""
        is_right = answer is not None and answer.digit == asked
        role = "answer" if answer is None or is_right else "wrongAnswer"
        if self._digit.property("role") != role:
            theme.set_role(self._digit, role)
        self._digit.setText(_NO_ANSWER if answer is None else str(answer.digit))
        if answer is None:
            self._share.setText("")
        else:
            words = self.tr("right: {share}") if is_right else self.tr("wrong: {share}")
            self._share.setText(fill(words, share=answer.spell_share()))


class HandComparing(QWidget):
    """Two answers beside each other, and how often each was right.

    Attributes:
        asking: what is asked for.
        write: the button that goes back to writing.
        close_button: the button that goes back to the gallery.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handComparing")
        self.asking = Asking("handTest", self)
        self._before = _AnswerCard(
            "handBefore", self.tr("Before"), self.tr("The answer of the network before it learned your hand."), self
        )
        self._after = _AnswerCard(
            "handAfter", self.tr("After"), self.tr("The answer of the network that has learned your hand."), self
        )
        self._tally = paragraph("handTally")
        self._progress = paragraph("handProgress", caption=True)
        self.write = named_button(
            "handWriteButton",
            "ph.pencil-simple",
            self.tr("Write again"),
            self.tr("Back to the digits that were learned: change some, or let another person write."),
            self,
        )
        self.close_button = named_button(
            "handTestCloseButton",
            "ph.arrow-left",
            self.tr("My digits"),
            self.tr("Back to the digits that you kept; the comparison stays."),
            self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        heading = self.tr("Before and after")
        layout.addWidget(Panel(heading, self._content(), self.write, self.close_button, parent=self))

    def show_asked(self, digit: int, *, can_keep: bool, can_take_back: bool, is_now: bool) -> None:
        """Ask for a digit; not `is_now`: of an earlier moment's network, which counts for nothing."""
        words = fill(self.tr("Write the digit {digit}: both networks answer. Keep it, and it counts."), digit=digit)
        if not is_now:
            words = self.tr("“After” is an earlier moment's network: go back to now, then what you write counts.")
        self.asking.show_asked(digit, words, can_keep=can_keep, can_take_back=can_take_back)

    def show_answers(self, before: Answer | None, after: Answer | None, asked: int) -> None:
        """Show what both answer to the drawing."""
        self._before.show_answer(before, asked)
        self._after.show_answer(after, asked)

    def show_tally(self, tested: Sequence[Tested], progress: str) -> None:
        """Show how often each was right, and how far learning is."""
        self._progress.setText(progress)
        if not tested:
            self._tally.setText(self.tr("Nothing is counted yet."))
            return
        count = len(tested)
        before = sum(one.before == one.label for one in tested)
        after = sum(one.after == one.label for one in tested)
        words = self.tr("Of %Ln digit(s) right: {before:,} before ({old}), {after:,} after ({new}).", "", count)
        old, new = spell_percent(before / count), spell_percent(after / count)
        self._tally.setText(fill(words, before=before, old=old, after=after, new=new))

    def _content(self) -> QWidget:
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.asking)
        buttons, cards = QHBoxLayout(), QHBoxLayout()
        for row, parts in ((buttons, (self.asking.keep, self.asking.back)), (cards, (self._before, self._after))):
            row.setSpacing(theme.GAP)
            for part in parts:
                row.addWidget(part)
        buttons.addStretch(1)
        layout.addLayout(buttons)
        layout.addLayout(cards)
        layout.addWidget(self._tally)
        layout.addStretch(1)
        layout.addWidget(self._progress)
        return content
