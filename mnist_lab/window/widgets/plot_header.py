"""The two lines above a curve: what the lines mean, and the values at the crosshair."""

from dataclasses import dataclass

import pyqtgraph
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from mnist_lab.window import theme

_SAMPLE = 22
_INSET = 8


@dataclass(frozen=True)
class LegendEntry:
    """A line of the plot in words: its pen, whether it has marks, and what it shows."""

    words: str
    pen: QPen
    has_marks: bool = False


class PlotHeader(pyqtgraph.GraphicsWidget):  # type: ignore[misc]
    """Paints a legend with words beside samples, and below it the readout at a fixed place.

    Attributes:
        readout: the values at the crosshair, or the newest ones.
        note: something to know about the picture, at the right of the readout.
    """

    def __init__(self) -> None:
        super().__init__()
        self.readout = ""
        self.note = ""
        self._entries: tuple[LegendEntry, ...] = ()
        self._palette = theme.current()

    def set_entries(self, entries: tuple[LegendEntry, ...]) -> None:
        """Replace the legend."""
        self._entries = entries
        self.update()

    def set_texts(self, readout: str, note: str) -> None:
        """Replace the readout and the note; repaints only if they differ."""
        if (readout, note) != (self.readout, self.note):
            self.readout, self.note = readout, note
            self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self.setFixedHeight(2 * self._line_height() + 4)
        self.update()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, _widget: QWidget | None = None) -> None:
        """Paint the legend and the readout."""
        line = self._line_height()
        painter.setFont(theme.fonts.font("small"))
        self._paint_legend(painter, line)
        room = QRectF(_INSET, line, self.size().width() - 2 * _INSET, line)
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.note)
        painter.setPen(QColor(self._palette.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.readout)

    def _paint_legend(self, painter: QPainter, line: float) -> None:
        metrics = QFontMetricsF(painter.font())
        left = float(_INSET)
        for entry in self._entries:
            middle = line / 2
            painter.setRenderHint(QPainter.RenderHint.Antialiasing, entry.has_marks)
            painter.setPen(entry.pen)
            painter.drawLine(QPointF(left, middle), QPointF(left + _SAMPLE, middle))
            if entry.has_marks:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(entry.pen.color())
                painter.drawPolygon(_diamond(left + _SAMPLE / 2, middle, 4.5))
            left += _SAMPLE + 5
            painter.setPen(QColor(self._palette.muted))
            width = metrics.horizontalAdvance(entry.words)
            painter.drawText(QRectF(left, 0, width + 2, line), Qt.AlignmentFlag.AlignVCenter, entry.words)
            left += width + 14

    @staticmethod
    def _line_height() -> float:
        return QFontMetricsF(theme.fonts.font("small")).height() + 3


def _diamond(x: float, y: float, radius: float) -> list[QPointF]:
    return [QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)]
