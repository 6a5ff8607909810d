"""A sum written out: a line for each summand, its result, and what that is compared with."""

import math
from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import spell

_DECIMALS = 5


class SumTable(QGridLayout):
    """Rows of words and a number; below them there may be the scale of a picture beside it, and what is read there."""

    def __init__(
        self,
        prefix: str,
        rows: Sequence[tuple[str, str]],
        results: Collection[str],
        parent: QWidget,
        below: tuple[QWidget, QWidget] | None = None,
    ) -> None:
        """Make a row of each name with its words.

        Args:
            prefix: of the numbers' objectNames: "sum" makes "sumBias" of the row "bias".
            rows: name and words of each.
            results: names of the rows whose numbers stand out.
            parent: of the labels.
            below: the scale and the readout; None: they stand elsewhere.
        """
        super().__init__()
        self._words: dict[str, QLabel] = {}
        self._numbers: dict[str, QLabel] = {}
        self.setHorizontalSpacing(theme.GAP)
        self.setVerticalSpacing(theme.SMALL_GAP)
        room = round(theme.fonts.widest(theme.fonts.font(bold=True), f"−00,000.{'0' * _DECIMALS}"))
        for row, (name, words) in enumerate(rows):
            label, number = QLabel(words, parent), QLabel(parent)
            number.setObjectName(f"{prefix}{name.capitalize()}")
            number.setMinimumWidth(room)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            if name in results:
                theme.set_role(number, "heading")
            self.addWidget(label, row, 0)
            self.addWidget(number, row, 1)
            self._words[name], self._numbers[name] = label, number
        if below is not None:
            scale, readout = below
            self.addWidget(scale, len(rows), 0, 1, 2, Qt.AlignmentFlag.AlignLeft)
            self.addWidget(readout, len(rows) + 1, 0, 1, 2)
        self.setColumnStretch(2, 1)
        self.setRowStretch(len(rows) + 2, 1)

    def set_numbers(self, **numbers: float | str) -> None:
        """Show these, by the names of their rows: a number with its sign and five places, a text as it is."""
        for name, number in numbers.items():
            self._numbers[name].setText(number if isinstance(number, str) else signed(number))

    def set_words(self, **words: str) -> None:
        """Let these rows say other words."""
        for name, text in words.items():
            self._words[name].setText(text)


def signed(value: float) -> str:
    """Spell a number with its sign and five places: "+0.18200"."""
    words = spell(value, _DECIMALS)
    return f"+{words}" if 0 < value < math.inf else words
