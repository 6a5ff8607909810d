"""The softmax, step by step: from ten sums to ten shares of 100 %, at any temperature."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.experiment import CLASSES
from mnist_lab.inspection.evidence import SoftmaxSteps, softmax_steps
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.widgets.pictures.probability_bars import ProbabilityBars
from mnist_lab.window.words import fill, spell, spell_fixed

_STEPS_A_TENFOLD = 50
"""The temperature goes from 0.1 to 10 in equal ratios, with 1 in the middle."""
_WIDEST_SUM = "−00.000"
_SMALL_EXP = "0 × 10⁻⁰⁰"
_PLACES = ((99.9995, 3), (999.95, 1))
"""Below such a size a sum has so many places after the point, from there on none: its room is always the same."""


class SoftmaxTab(QWidget):
    """A table with a row for each digit, and the temperature's slider."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._logits: NDArray[np.floating] | None = None
        self._slider = NamedSlider(
            "softmaxTemperature",
            self.tr("Temperature"),
            self.tr("Divides every sum before exp: above 1 the shares come closer together, below 1 further apart."),
            (-_STEPS_A_TENFOLD, _STEPS_A_TENFOLD),
            lambda position: spell_fixed(_temperature(position), 2),
            self,
        )
        self._slider.set_value(0)
        self._slider.changed.connect(self._on_temperature)
        self._cells: list[list[QLabel]] = []
        self._total = QLabel(self)
        self._sentence = QLabel(self)
        self._sentence.setObjectName("softmaxSentence")
        self._sentence.setWordWrap(True)
        self._sentence.setMinimumHeight(2 * self._sentence.fontMetrics().lineSpacing())
        theme.set_role(self._sentence, "caption")
        content = QWidget(self)
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.GAP)
        inside.addWidget(self._slider)
        inside.addLayout(self._table())
        inside.addStretch(1)
        inside.addWidget(self._sentence)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.addWidget(Panel(self.tr("From ten sums to ten shares"), content, parent=self))
        self.show_logits(None)

    def show_logits(self, logits: NDArray[np.floating] | None) -> None:
        """Show the steps from (10,) sums of the output layer; None: there are none."""
        self._logits = logits
        steps = None if logits is None else softmax_steps(logits, _temperature(self._slider.value))
        winner = -1 if steps is None or np.isnan(steps.probabilities).any() else int(np.argmax(steps.probabilities))
        for digit, row in enumerate(self._cells):
            texts = _texts(steps, digit)
            for cell, text in zip(row, texts, strict=True):
                cell.setText(text or "–")
                self._mark(cell, digit == winner)
        self._total.setText("–" if steps is None else spell(steps.total, 4))
        self._sentence.setText(self._explain(steps))

    def _explain(self, steps: SoftmaxSteps | None) -> str:
        if steps is None:
            return self.tr("With a drawing and a network, the ten sums z of the output layer stand here.")
        words = self.tr(
            "The largest sum is taken away first, so that exp stays small; that changes no share."
            " Each share is exp\u00a0÷\u00a0{total}."
        )
        return fill(words, total=spell(steps.total, 4))

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.SMALL_GAP)
        grid.setVerticalSpacing(theme.SMALL_GAP)
        headings: Sequence[str] = (
            self.tr("digit"),
            self.tr("sum z"),
            self.tr("z / T"),
            self.tr("− largest"),
            self.tr("exp"),
            self.tr("share"),
        )
        for column, heading in enumerate(headings):
            label = QLabel(heading, self)
            theme.set_role(label, "caption")
            grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignRight)
            grid.setColumnStretch(column, int(column > 0))
        strong = theme.fonts.font(bold=True)
        rooms = [round(theme.fonts.widest(strong, words)) for words in (*(_WIDEST_SUM,) * 4, "> 00.0 %")]
        rooms[3] = round(theme.fonts.widest(theme.fonts.font(), _SMALL_EXP))  # only the largest, 1, is strong
        for digit in range(CLASSES):
            name = QLabel(str(digit), self)
            grid.addWidget(name, digit + 1, 0, Qt.AlignmentFlag.AlignRight)
            row = [QLabel(self) for _ in headings[1:]]
            for column, (cell, room) in enumerate(zip(row, rooms, strict=True), start=1):
                cell.setMinimumWidth(room)
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, digit + 1, column)
            self._cells.append(row)
        together = QLabel(self.tr("together"), self)
        theme.set_role(together, "caption")
        grid.addWidget(together, CLASSES + 1, 3, Qt.AlignmentFlag.AlignRight)
        self._total.setObjectName("softmaxTotal")
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(self._total, CLASSES + 1, 4)
        return grid

    @staticmethod
    def _mark(cell: QLabel, is_winner: bool) -> None:
        role = "heading" if is_winner else ""
        if (cell.property("role") or "") != role:
            theme.set_role(cell, role)

    @Slot(int)
    def _on_temperature(self, _position: int) -> None:
        self.show_logits(self._logits)


def _temperature(position: int) -> float:
    return float(10.0 ** (position / _STEPS_A_TENFOLD))


def _spell_sum(value: float) -> str:
    return spell(value, next((places for limit, places in _PLACES if abs(value) < limit), 0))


def _texts(steps: SoftmaxSteps | None, digit: int) -> tuple[str, ...]:
    if steps is None:
        return ("",) * 5
    return (
        _spell_sum(float(steps.logits[digit])),
        _spell_sum(float(steps.scaled[digit])),
        _spell_sum(float(steps.shifted[digit])),
        spell(float(steps.exponentials[digit]), 4, 0),
        ProbabilityBars.spell(float(steps.probabilities[digit])),
    )
