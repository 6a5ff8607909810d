"""The local line in a guided order: one idea after the other, told in a sentence, all with the same two handles."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.stage_bar import StageBar


class LineCards(QWidget):
    """The row of cards, the sentence of the one that is shown, and what to try there.

    Attributes:
        current: the card that is shown.

    Signals:
        card_changed(object): another `Card` is shown.
        tried(): the card's button was pressed.
    """

    card_changed = Signal(object)
    tried = Signal()

    def __init__(self, model: LineModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model
        self._bar = StageBar("lineCard", self._stages(), self.tr("Next card"), self)
        shows_state(self._bar)
        self._bar.go(model.card)
        self._sentence = paragraph("lineCardSentence")
        reserve_lines(self._sentence, 2)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._try = IconButton("ph.hand-pointing", "", self)
        self._try.setObjectName("lineTry")
        policy = self._try.sizePolicy()
        policy.setRetainSizeWhenHidden(True)  # cards without it are as high
        self._try.setSizePolicy(policy)
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._try, 0, Qt.AlignmentFlag.AlignVCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._bar)
        layout.addLayout(row)
        self._bar.stage_changed.connect(self._on_stage)
        self._try.clicked.connect(self.tried)
        self._show()
        self._word_try()

    @property
    def current(self) -> Card:
        """The card that is shown."""
        return Card(self._bar.current)

    def show_state(self) -> None:
        """Offer what the card has to try, if that changes anything."""
        has_words = self.current in (Card.CONTINUITY, Card.SMOOTHNESS, Card.SIGN)
        if has_words:
            self._model.offered = self.current, self._model.is_at_corner
            self._word_try()
        self._try.setVisible(has_words)
        self._try.setEnabled(self._model.can_try)

    def _word_try(self) -> None:
        """Say what there is to try; at a corner it is the way back."""
        card, is_at_corner = self._model.offered
        words = {
            Card.CONTINUITY: (self.tr("ε a tenth"), self.tr("Make the change of x ten times smaller.")),
            Card.SMOOTHNESS: (self.tr("Corner of |x|"), self.tr("Look at |x| at 0, which is continuous, not smooth.")),
            Card.SIGN: (
                self.tr("Other side"),
                self.tr("Move the point across the middle, where the slope is another."),
            ),
        }
        if is_at_corner:
            words[Card.SMOOTHNESS] = (self.tr("Back to the bowl"), self.tr("Look at x² again, which is smooth."))
        text, explanation = words[card]
        self._try.setText(text)
        self._try.setAccessibleName(text)
        self._try.setToolTip(explanation)

    def _stages(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("Continuity"), self.tr("A small enough change of x makes only a small change of y.")),
            (self.tr("Smoothness"), self.tr("Looked at closely, the curve is nearly straight.")),
            (self.tr("Line"), self.tr("The slope, the straight line and its gap.")),
            (self.tr("Sign"), self.tr("Which way is down.")),
            (self.tr("Step"), self.tr("A step of gradient descent trusts the line.")),
            (self.tr("All at once"), self.tr("Every control and every picture.")),
        )

    @Slot(int)
    def _on_stage(self, _stage: int) -> None:
        self._show()
        self.card_changed.emit(self.current)

    def _show(self) -> None:
        sentences = {
            Card.CONTINUITY: self.tr(
                "Continuous: a small enough change ε of x makes only a small change Δy of y. Drag the diamond to the "
                "round point and watch both bands shrink."
            ),
            Card.SMOOTHNESS: self.tr(
                "Smooth: turn the microscope and the curve looks straighter and straighter. The corner of |x| at 0 "
                "stays a corner: no slope there."
            ),
            Card.LINE: self.tr(
                "So near the point f(x + ε) ≈ y + a·ε: walk ε along x, rise by a·ε. The slope a is the derivative; the "
                "gap is what the line leaves out."
            ),
            Card.SIGN: self.tr(
                "The sign of a tells which way is down: where a < 0, increase x a little; where a > 0, decrease it."
            ),
            Card.STEP: self.tr(
                "A step of plain gradient descent is such an ε: −η·a, trusted without looking. A larger η trusts the "
                "line farther; amber means too far."
            ),
            Card.ALL: self.tr("Everything together: drag both handles, turn the microscope, let ε be a step."),
        }
        self._sentence.setText(sentences[self.current])
