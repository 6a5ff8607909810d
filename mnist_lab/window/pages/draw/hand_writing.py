"""Learn my hand, first part: two of each digit are written, then a network learns them."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.data.hand import COPIES, OTHERS
from mnist_lab.data.hand_digit import HandDigit
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.hand_asking import Asking
from mnist_lab.window.pages.draw.hand_cells import HandCells
from mnist_lab.window.pages.draw.hand_model import KINDS, OF_EACH
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import fill


class HandWriting(QWidget):
    """Asks for digit after digit, shows what is there, and offers to learn it.

    Attributes:
        asking: what is asked for.
        cells: what is there.
        own: the button that takes digits that were kept before.
        another: the button that begins another person's hand.
        learn: the button that begins to learn.
        compare: the button that goes to the comparison.
        close_button: the button that goes back to the gallery.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("handWriting")
        self.asking = Asking("hand", self)
        self.cells = HandCells(self)
        self.cells.setObjectName("handDigits")
        self.own = named_button(
            "handOwnButton",
            "ph.image",
            self.tr("&Use my digits"),
            self.tr("Fill gaps with digits that you kept under My digits, the newest first."),
            self,
        )
        self.another = named_button(
            "handAnotherButton",
            "ph.user-plus",
            self.tr("A&nother person"),
            self.tr("A hand is one person's: begin with none of these digits."),
            self,
        )
        self.learn = named_button(
            "learnHandButton",
            "ph.graduation-cap",
            self.tr("&Learn my hand"),
            fill(
                self.tr(
                    "A new run goes on from this network: on {others:,} images of others at most, and on your digits,"
                    " each with {copies:,} moved copies."
                ),
                others=OTHERS,
                copies=COPIES,
            ),
            self,
        )
        self.learn.set_primary(True)
        self._words = paragraph("handLearnWords", caption=True)
        self.compare = named_button(
            "handCompareButton",
            "ph.columns",
            self.tr("Compare"),
            self.tr("To the comparison: before and after learning."),
            self,
        )
        self.close_button = named_button(
            "handCloseButton",
            "ph.arrow-left",
            self.tr("My digits"),
            self.tr("Back to the digits that you kept; what you wrote here stays."),
            self,
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        heading = self.tr("Learn my hand")
        layout.addWidget(Panel(heading, self._content(), self.compare, self.close_button, parent=self))

    def show_hand(self, digits: Sequence[HandDigit], asked: int | None, *, can_keep: bool, can_fill: bool) -> None:
        """Show the digits that are there, and ask for the next; None: all are there."""
        if asked is None:
            words = self.tr("All your digits are there: now a network can learn them.")
        else:
            words = self.tr(
                "Write the digit {digit} on the pad, as you always write it. Then keep it. ({count} of {all})"
            )
        shown = fill(words, digit=asked, count=len(digits) + 1, all=OF_EACH * KINDS)
        self.asking.show_asked(asked, shown, can_keep=can_keep, can_take_back=bool(digits))
        self.cells.show_digits(digits, asked)
        self.own.setEnabled(can_fill)
        self.another.setEnabled(bool(digits))

    def show_learning(self, *, can_learn: bool, words: str, can_compare: bool) -> None:
        """Say what learning does, or what it waits for."""
        self.learn.setEnabled(can_learn)
        self._words.setText(words)
        self.compare.setVisible(can_compare)

    def _content(self) -> QWidget:
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self.asking)
        for buttons in ((self.asking.keep, self.asking.back), (self.own, self.another)):
            row = QHBoxLayout()
            row.setSpacing(theme.GAP)
            for button in buttons:
                row.addWidget(button)
            row.addStretch(1)
            layout.addLayout(row)
        layout.insertWidget(2, self.cells)
        layout.addStretch(1)
        layout.addWidget(self._words)
        last = QHBoxLayout()
        last.addWidget(self.learn)
        last.addStretch(1)
        layout.addLayout(last)
        return content
