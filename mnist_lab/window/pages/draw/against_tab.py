"""Why: what speaks for one digit against another, pixel by pixel, and the sum that it makes."""

import numpy as np
from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.data.preprocess import PreparedImage
from mnist_lab.experiment import CLASSES, PIXELS
from mnist_lab.inspection.logit_difference import LogitDifference, logit_difference
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages.draw.against_choice import AgainstChoice
from mnist_lab.window.pages.draw.answers import Answer
from mnist_lab.window.pages.draw.signed_picture import SignedPicture
from mnist_lab.window.pages.draw.sum_table import SumTable
from mnist_lab.window.pages.draw.unit_bars import UnitBars
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.drop_down import named_drop_down
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.square import Square
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of
from mnist_lab.window.words import fill, spell, spell_signed

_AT_FIRST = (7, 9)
"""Before there is an answer: two digits that are often taken for each other."""
_LINES = 3
_BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")


class AgainstTab(QWidget):
    """Two digits to choose, a signed picture where pixels make an exact sum, bars where only units do, and the sum.

    Signals:
        pair_chosen(): two other digits are to be laid against each other.
    """

    pair_chosen = Signal()

    def __init__(self, choice: AgainstChoice, parent: QWidget | None = None) -> None:
        """Lay the digits against each other that `choice` says, and keep there what the learner chooses."""
        super().__init__(parent)
        self._choice = choice
        self._shown = choice.pair or _AT_FIRST
        self._make_choices()
        self._make_pictures()
        self._sentence = QLabel(self)
        self._sentence.setObjectName("againstSentence")
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(_LINES * self._sentence.fontMetrics().lineSpacing())
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._build()
        self._show_pair(self._shown)
        self._show_nothing("")

    # Building

    def _make_choices(self) -> None:
        self._first = self._digit_choice(
            "againstFirst", self.tr("Digit that orange speaks for"), self.tr("The digit that orange speaks for.")
        )
        self._second = self._digit_choice(
            "againstSecond", self.tr("Digit that blue speaks for"), self.tr("The digit that blue speaks for.")
        )
        self._first.currentIndexChanged.connect(self._on_first_chosen)
        self._second.currentIndexChanged.connect(self._on_second_chosen)
        self._follow = QCheckBox(self.tr("follow the answer"), self)
        self._follow.setObjectName("againstFollow")
        self._follow.setAccessibleName(self.tr("Follow the answer"))
        self._follow.setToolTip(
            self.tr("Lay the answer against the right digit if the answer is wrong, else against the next in line.")
        )
        self._follow.toggled.connect(self._on_follow_toggled)
        shows_state(self._follow)

    def _digit_choice(self, object_name: str, name: str, explanation: str) -> QComboBox:
        choice = named_drop_down(object_name, name, explanation, self)
        choice.addItems([str(digit) for digit in range(CLASSES)])
        shows_state(choice)
        return choice

    def _make_pictures(self) -> None:
        self._picture = SignedPicture(self)
        self._picture.setObjectName("againstPicture")
        self._picture.setAccessibleName(self.tr("What each pixel adds to the difference"))
        self._picture.setToolTip(
            self.tr(
                "What each pixel adds to the difference. Point at one, or go to it with the arrow keys, to read it."
            )
        )
        self._square = Square(self._picture, self)
        self._scale = ColourBar(self)
        self._scale.setObjectName("againstScale")
        self._scale.setToolTip(self.tr("The colours of the pixels, with zero in the middle."))
        self._bars = UnitBars(self, self._choice.units)
        self._bars.setObjectName("againstBars")
        self._bars.setAccessibleName(self.tr("What each unit of the last hidden layer adds to the difference"))
        self._bars.setToolTip(self._bars.accessibleName())
        self._readout = QLabel(self)
        theme.set_role(self._readout, "caption")
        self._readout.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._picture.readout_changed.connect(self._readout.setText)
        self._bars.readout_changed.connect(self._readout.setText)
        rows = (
            ("products", ""),
            ("biases", self.tr("+ biases")),
            ("total", self.tr("= difference")),
            ("own", ""),
            ("rounding", self.tr("off by")),
        )
        self._sums = SumTable("against", rows, ("total",), self)

    def _build(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(theme.GAP)
        for part in (self._first, QLabel(self.tr("against"), self), self._second, self._follow):
            choices.addWidget(part)
        choices.addStretch(1)
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.SMALL_GAP)
        inside.addLayout(choices)
        inside.addWidget(self._sentence)
        inside.addWidget(self._bars)
        inside.addWidget(self._square, 1)
        inside.addWidget(self._readout)
        inside.addLayout(self._sums)
        inside.addStretch(0)  # where bars leave room
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        title = self.tr("One digit against another")
        layout.addWidget(Panel(title, content, self._scale, parent=self))

    # What is shown

    def show_answer(
        self,
        weights: NetworkWeights | None,
        prepared: PreparedImage | None,
        answer: Answer | None,
        label: int | None,
        words: str,
    ) -> None:
        """Show what speaks for one digit against another in what the network received.

        Args:
            weights: the network.
            prepared: what it received.
            answer: what it answered; None shows `words` alone.
            label: the right digit; None: not known.
            words: why there is no answer.
        """
        if weights is None or prepared is None or answer is None:
            self._show_nothing(words)
            return
        self._show_pair(self._choice.pair_for(answer.probabilities, label))
        found = logit_difference(weights, prepared.image.reshape(PIXELS), *self._shown)
        self._show_parts(found)
        self._show_sum(found)
        self._sentence.setText(self._explain(found, weights.activation))

    def _show_nothing(self, words: str) -> None:
        self._square.show()
        self._bars.hide()
        self._scale.hide()
        self._picture.set_numbers(None, 0)
        self._sums.set_words(products=self.tr("Σ pixels"), own=self._say_own())
        self._sums.set_numbers(**dict.fromkeys(("products", "biases", "total", "own", "rounding"), "–"))
        self._sentence.setText(words)

    def _show_pair(self, pair: tuple[int, int]) -> None:
        self._shown = pair
        for choice, digit in zip((self._first, self._second), pair, strict=True):
            with QSignalBlocker(choice):
                choice.setCurrentIndex(digit)
        with QSignalBlocker(self._follow):
            self._follow.setChecked(self._choice.pair is None)

    def _show_parts(self, found: LogitDifference) -> None:
        """The picture, or the bars."""
        self._square.setVisible(found.is_by_pixel)
        self._bars.setVisible(not found.is_by_pixel)
        limit = limit_of(found.products.astype(np.float32).reshape(-1, 1)) if found.is_by_pixel else 0.0
        self._scale.setVisible(limit > 0)
        if found.is_by_pixel:
            self._picture.set_numbers(found.products, limit)
            self._scale.set_limit(limit)
        else:
            self._bars.set_values(found.products)

    def _show_sum(self, found: LogitDifference) -> None:
        self._sums.set_words(
            products=self.tr("Σ pixels") if found.is_by_pixel else self.tr("Σ units"), own=self._say_own()
        )
        self._sums.set_numbers(
            products=found.total - found.biases,
            biases=found.biases,
            total=found.total,
            own=found.own,
            rounding=spell(abs(found.total - found.own)),
        )

    def _say_own(self) -> str:
        first, second = self._logits()
        return fill(self.tr("in the network: {first} − {second}"), first=first, second=second)

    def _logits(self) -> tuple[str, str]:
        """What the sums of both digits are called."""
        first, second = (f"z{str(digit).translate(_BELOW)}" for digit in self._shown)
        return first, second

    def _explain(self, found: LogitDifference, activation: str) -> str:
        if not found.is_by_pixel:
            words = self.tr(
                "No picture of pixels: {activation} is curved, so no exact sum leads from pixels to digits. The sum"
                " over the last hidden layer is exact: units above the line speak for {first}, below it for {second}."
            )
        elif found.total == 0:
            words = self.tr(
                "Orange pixels speak for {first}, blue ones for {second}. With the biases they add up to 0: neither is"
                " ahead."
            )
        else:
            words = self.tr(
                "Orange pixels speak for {first}, blue ones for {second}. With the biases they add up to {total}, so"
                " {ahead} is ahead."
            )
        ahead = found.first if found.total > 0 else found.second
        total = spell_signed(found.total)
        said = fill(words, first=found.first, second=found.second, total=total, ahead=ahead, activation=activation)
        one, other = self._logits()
        logits = self.tr("{one} and {other} are their logits: the output layer's sums before softmax.")
        return f"{said} {fill(logits, one=one, other=other)}"

    # What is chosen

    @Slot(int)
    def _on_first_chosen(self, digit: int) -> None:
        first, second = self._shown
        self._choose((digit, first if digit == second else second))

    @Slot(int)
    def _on_second_chosen(self, digit: int) -> None:
        first, second = self._shown
        self._choose((second if digit == first else first, digit))

    @Slot(bool)
    def _on_follow_toggled(self, on: bool) -> None:
        self._choice.pair = None if on else self._shown
        self.pair_chosen.emit()

    def _choose(self, pair: tuple[int, int]) -> None:
        """Lay these two against each other; the same digit twice would say nothing, so then the two change places."""
        self._choice.pair = pair
        self._show_pair(pair)
        self.pair_chosen.emit()
