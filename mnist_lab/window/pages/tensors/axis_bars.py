"""Which part of each axis of an array is chosen, in true proportion."""

from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.picture_mode import Role

_THICKNESS = 8
_THINNEST = 2.0


@dataclass(frozen=True)
class AxisBar:
    """One axis.

    Attributes:
        name: in words.
        words: what is chosen: "10 to 99 of 60,000".
        start: where the choice begins, as a share of the axis.
        stop: where it ends, the same.
    """

    name: str
    words: str
    start: float
    stop: float


class AxisBars(QWidget):
    """Paints a bar an axis, its chosen part in the accent.

    Attributes:
        bars: what is shown, from the first axis to the last.
    """

    PICTURE_ROLE: ClassVar[Role] = "companion"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bars: tuple[AxisBar, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setToolTip(self.tr("How much of each axis is chosen, and where it lies."))
        self.set_palette(theme.current())

    def set_bars(self, bars: tuple[AxisBar, ...]) -> None:
        """Show other axes."""
        is_other_height = len(bars) != len(self.bars)
        self.bars = bars
        self.setAccessibleName("; ".join(f"{bar.name} {bar.words}" for bar in bars))
        if is_other_height:
            self.updateGeometry()
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self.update()

    def sizeHint(self) -> QSize:
        """One line of text an axis."""
        return QSize(200, round(len(self.bars) * self._line()))

    def minimumSizeHint(self) -> QSize:
        """Never be cut off."""
        return self.sizeHint()

    def _line(self) -> float:
        return QFontMetricsF(theme.fonts.font("small")).height() + theme.SMALL_GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name, bar and words of each axis."""
        font = theme.fonts.font("small")
        metrics = QFontMetricsF(font)
        names = max((metrics.horizontalAdvance(bar.name) for bar in self.bars), default=0.0)
        words = max((theme.fonts.widest(font, bar.words) for bar in self.bars), default=0.0)
        room = self.width() - names - words - 2 * theme.GAP
        painter = QPainter(self)
        painter.setFont(font)
        for number, bar in enumerate(self.bars):
            top, line = number * self._line(), self._line()
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(QRectF(0, top, names + 1, line), Qt.AlignmentFlag.AlignVCenter, bar.name)
            painter.drawText(
                QRectF(self.width() - words - 1, top, words + 1, line), Qt.AlignmentFlag.AlignVCenter, bar.words
            )
            groove = QRectF(names + theme.GAP, top + (line - _THICKNESS) / 2, room, _THICKNESS)
            painter.fillRect(groove, QColor(self._palette.line))
            width = max((bar.stop - bar.start) * room, _THINNEST if bar.stop > bar.start else 0)
            left = min(groove.left() + bar.start * room, groove.right() - width)
            painter.fillRect(QRectF(left, groove.top(), width, _THICKNESS), QColor(self._palette.accent))
        painter.end()
