"""A few signed numbers as bars to the left and right of zero."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell, spell_fixed, spell_signed

_WIDEST_NUMBER = "−0.0000"
_SMALLEST_BAR = 60
_FIGURES = 3


class SignedBars(QWidget):
    """Shows a number for each label; the longest bar is the largest magnitude.

    Attributes:
        values: the numbers, () while there are none.
        words: how they are spelled, all with as many decimals, so that they stand digit below digit.
        labels: what each is called.
    """

    def __init__(self, labels: Sequence[str], parent: QWidget | None = None, *, is_verdict: bool = False) -> None:
        """Use the colours of weights, or, for a verdict, of right and wrong."""
        super().__init__(parent)
        self._is_verdict = is_verdict
        self._number_width = 0.0
        self.values: tuple[float, ...] = ()
        self.words: tuple[str, ...] = ()
        self.labels = tuple(labels)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_palette(theme.current())

    def set_values(self, values: Sequence[float]) -> None:
        """Show these numbers, one a label; an empty sequence shows none.

        Raises:
            ValueError: if there are neither none nor as many as labels.
        """
        new = tuple(float(value) for value in values)
        if new and len(new) != len(self.labels):
            raise ValueError(f"{len(self.labels)} numbers are needed, {len(new)} were given")
        if new != self.values:
            self.values = new
            self.words = _spell_alike(new)
            self._measure()
            self.setAccessibleDescription(
                ", ".join(
                    fill(self.tr("{label}: {value}"), label=label, value=spell_signed(value))
                    for label, value in zip(self.labels, new, strict=False)
                )
            )
            self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._font = theme.fonts.font("small")
        self._label_width = max((theme.fonts.widest(self._font, label) for label in self.labels), default=0.0) + 2
        self._row = QFontMetricsF(self._font).height()
        self._measure()
        self.update()

    def _measure(self) -> None:
        """Give the numbers the room they need: those of a diverged run are long ones."""
        widest = max(theme.fonts.widest(self._font, words) for words in (_WIDEST_NUMBER, *self.words)) + 4
        if widest != self._number_width:
            self._number_width = widest
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Ask for calm rows."""
        return QSize(round(self._label_width + self._number_width) + 140, round(len(self.labels) * (self._row + 3)))

    def minimumSizeHint(self) -> QSize:
        """Keep all numbers readable."""
        width = self._label_width + self._number_width + _SMALLEST_BAR
        return QSize(round(width), round(len(self.labels) * (self._row - 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows on both sides of the line of zero."""
        painter = QPainter(self)
        painter.setFont(self._font)
        height = self.height() / max(len(self.labels), 1)
        left, right = self._label_width + theme.GAP, self.width() - self._number_width - theme.SMALL_GAP
        middle = round((left + right) / 2)
        painter.setPen(QColor(self._palette.border))
        painter.drawLine(middle, 0, middle, self.height())
        largest = max((abs(value) for value in self.values if math.isfinite(value)), default=0.0)
        for place, label in enumerate(self.labels):
            row = QRectF(0, place * height, self.width(), height)
            self._paint_label(painter, row, label)
            if self.values:
                self._paint_value(painter, row, self.words[place])
                self._paint_bar(painter, row, self.values[place] / largest if largest else 0.0, middle, right - middle)
        painter.end()

    def _paint_label(self, painter: QPainter, row: QRectF, label: str) -> None:
        painter.setPen(QColor(self._palette.muted))
        room = QRectF(row.left(), row.top(), self._label_width, row.height())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, label)

    def _paint_value(self, painter: QPainter, row: QRectF, words: str) -> None:
        painter.setPen(QColor(self._palette.text))
        room = row.adjusted(row.width() - self._number_width, 0, 0, 0)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, words)

    def _paint_bar(self, painter: QPainter, row: QRectF, share: float, middle: int, longest: float) -> None:
        if not math.isfinite(share) or not share:
            return
        thickness = min(max(row.height() - 5, 3), 12)
        length = max(abs(share) * longest, 1)
        left = middle + 1 if share > 0 else middle - length
        palette = self._palette
        up, down = (palette.right, palette.wrong) if self._is_verdict else (palette.positive, palette.negative)
        colour = up if share > 0 else down
        painter.fillRect(QRectF(left, row.center().y() - thickness / 2, length, thickness), QColor(colour))


def _spell_alike(values: Sequence[float]) -> tuple[str, ...]:
    """Spell numbers with their signs and as many decimals as the largest needs for three figures, and no more."""
    finite = [value for value in values if math.isfinite(value)]
    largest = max(map(abs, finite), default=0.0)
    if largest and not 1e-3 <= largest < 99_999.5:
        return tuple(spell_signed(value) if math.isfinite(value) else "–" for value in values)
    decimals = max(_FIGURES - max(math.floor(math.log10(largest)) + 1, 0), 0) if largest else 0
    while decimals and all(round(value, decimals) == round(value, decimals - 1) for value in finite):
        decimals -= 1
    return tuple(_spell_signed(value, decimals) if math.isfinite(value) else "–" for value in values)


def _spell_signed(value: float, decimals: int) -> str:
    if value == 0:
        return spell(0.0, decimals)
    return ("+" if value > 0 else "−") + spell_fixed(abs(value), decimals)
