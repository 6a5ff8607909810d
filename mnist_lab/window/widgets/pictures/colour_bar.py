"""What the colours of weights mean: the scale from −limit through zero to +limit."""

from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.picture_mode import Role
from mnist_lab.window.words import fill, spell

_LENGTH, _LEAST_LENGTH = 51, 27  # odd: zero has a pixel of its own
_THICKNESS = 10
_WIDEST = "−0.0000"


class ColourBar(QWidget):
    """Prints "−0.31 ▮ +0.31" in the colours of the theme.

    Attributes:
        limit: the weight of the strongest colour; 0 while there are no weights.
    """

    PICTURE_ROLE: ClassVar[Role] = "companion"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = 0.0
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        policy.setRetainSizeWhenHidden(True)  # where there is no scale, its picture stands as beside one
        self.setSizePolicy(policy)
        self.setObjectName("weightScale")
        self.setToolTip(self.tr("The colours of weights: one scale for all units, with zero in the middle"))
        self.set_palette(theme.current())

    def set_limit(self, limit: float) -> None:
        """Show another scale."""
        self.limit = limit
        self.updateGeometry()
        self.setAccessibleName(fill(self.tr("Weights from {low} to {high}"), low=self._low(), high=self._high()))
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        table = theme.diverging(palette)
        self._strip = QImage(
            table.tobytes(), len(table), 1, 3 * len(table), QImage.Format.Format_RGB888
        ).convertToFormat(QImage.Format.Format_RGB32)
        self.updateGeometry()
        self.set_limit(self.limit)

    def sizeHint(self) -> QSize:
        """Leave room for two numbers, whatever their digits; more for powers of ten."""
        height = max(QFontMetricsF(theme.fonts.font("small")).height(), _THICKNESS) + 4
        return QSize(round(self._beside_strip()) + _LENGTH, round(height))

    def minimumSizeHint(self) -> QSize:
        """Let the strip be shorter in a small window; the numbers are never cut off."""
        usual = self.sizeHint()
        return QSize(usual.width() - _LENGTH + _LEAST_LENGTH, usual.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the strip with its numbers, at the right."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font("small"))
        number = self._number_width()
        right = self.width() - number
        length = min(_LENGTH, (self.width() - round(self._beside_strip()) - 1) | 1)
        strip = QRect(round(right) - theme.GAP - length, (self.height() - _THICKNESS) // 2, length, _THICKNESS)
        painter.drawImage(strip, self._strip)
        painter.setPen(QColor(self._palette.border))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(self._palette.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        before = QRectF(0, 0, strip.left() - theme.GAP, self.height())
        painter.drawText(before, middle | Qt.AlignmentFlag.AlignRight, self._low())
        painter.drawText(QRectF(right, 0, number, self.height()), middle | Qt.AlignmentFlag.AlignLeft, self._high())
        painter.end()

    def _beside_strip(self) -> float:
        """Width of both numbers and of the gaps between them and the strip."""
        return 2 * (self._number_width() + theme.GAP)

    def _number_width(self) -> float:
        font = theme.fonts.font("small")
        return max(theme.fonts.widest(font, words) for words in (_WIDEST, self._low(), self._high())) + 1

    def _low(self) -> str:
        return f"−{spell(self.limit)}"

    def _high(self) -> str:
        return f"+{spell(self.limit)}"
