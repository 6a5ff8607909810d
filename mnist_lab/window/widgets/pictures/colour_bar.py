"""What the colours of weights mean: the scale from −limit through zero to +limit."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill, spell

_LENGTH = 51  # odd: zero has a pixel of its own
_THICKNESS = 10
_WIDEST = "−0.0000"


class ColourBar(QWidget):
    """Prints "−0.31 ▮ +0.31" in the colours of the theme.

    Attributes:
        limit: the weight of the strongest colour; 0 while there are no weights.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = 0.0
        policy = QSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
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
        font = theme.fonts.font("small")
        number = self._number_width()
        height = max(QFontMetricsF(font).height(), _THICKNESS) + 4
        return QSize(round(2 * number + _LENGTH + 2 * theme.GAP), round(height))

    def minimumSizeHint(self) -> QSize:
        """Never be cut off."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the strip with its numbers, at the right."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font("small"))
        number = self._number_width()
        right = self.width() - number
        strip = QRect(round(right) - theme.GAP - _LENGTH, (self.height() - _THICKNESS) // 2, _LENGTH, _THICKNESS)
        painter.drawImage(strip, self._strip)
        painter.setPen(QColor(self._palette.border))
        painter.drawRect(strip.adjusted(0, 0, -1, -1))
        painter.setPen(QColor(self._palette.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        before = QRectF(0, 0, strip.left() - theme.GAP, self.height())
        painter.drawText(before, middle | Qt.AlignmentFlag.AlignRight, self._low())
        painter.drawText(QRectF(right, 0, number, self.height()), middle | Qt.AlignmentFlag.AlignLeft, self._high())
        painter.end()

    def _number_width(self) -> float:
        font = theme.fonts.font("small")
        return max(theme.fonts.widest(font, words) for words in (_WIDEST, self._low(), self._high())) + 1

    def _low(self) -> str:
        return f"−{spell(self.limit)}"

    def _high(self) -> str:
        return f"+{spell(self.limit)}"
