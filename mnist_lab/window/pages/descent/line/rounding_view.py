"""The card on rounding: an ε can be too large, and it can be too small."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.descent.local_line import rounding_card
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.words import fill, spell


class RoundingView(QWidget):
    """A small table: ε, and the slope of x² by differences in single and in double precision."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setToolTip(self.tr("The networks of the lab are trained with float32."))
        rows = rounding_card()
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(theme.LARGE_GAP)
        layout.setVerticalSpacing(theme.SMALL_GAP // 2)
        for column, words in enumerate(("ε", "float32", "float64")):
            layout.addWidget(self._cell(words, is_caption=True), 0, column)
        for place, row in enumerate(rows, start=1):
            texts = (spell(row.epsilon, mantissa=None), spell(row.single, 4), spell(row.double, 4))
            for column, text in enumerate(texts):
                cell = self._cell(text)
                cell.setObjectName(f"rounding{place}{('Epsilon', 'Single', 'Double')[column]}")
                layout.addWidget(cell, place, column)
        words = self.tr(
            "(f(x + ε) − f(x)) / ε for x² at 1.7: slope {}. Large ε: wrong by the curvature. Small ε:"
            " wrong by rounding."
        )
        layout.addWidget(
            paragraph("roundingCaption", fill(words, spell(rows[0].slope)), caption=True), len(rows) + 1, 0, 1, 3
        )
        layout.setRowStretch(len(rows) + 2, 1)

    @staticmethod
    def _cell(text: str, *, is_caption: bool = False) -> QLabel:
        label = QLabel(text)
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        if is_caption:
            theme.set_role(label, "caption")
        return label
