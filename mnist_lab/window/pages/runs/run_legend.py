"""The runs of a picture: a piece of each line, the run's name, and its value where one reads."""

import math
from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import theme
from mnist_lab.window.picture_mode import Role
from mnist_lab.window.theme.run_colours import paint_run_sample

_SAMPLE = 26
_WIDEST_NAME = 150
_BETWEEN = 20
_USUAL_VALUE = "100.0 %"


class RunLegend(QWidget):
    """Lays the entries out in columns, as many as there is room for."""

    PICTURE_ROLE: ClassVar[Role] = "companion"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: list[tuple[int, str]] = []
        self._values: list[str] = []
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Runs in the picture"))
        self.set_palette(theme.current())

    @property
    def lines(self) -> list[str]:
        """Its entries in words."""
        return [f"{words} {value}".strip() for (_, words), value in zip(self._runs, self._values, strict=True)]

    def set_runs(self, runs: Sequence[tuple[int, str]]) -> None:
        """Show these: number and words of each."""
        self._runs, self._values = list(runs), [""] * len(runs)
        self.setVisible(bool(runs))
        self.updateGeometry()
        self.update()

    def set_values(self, values: Sequence[str]) -> None:
        """Show these values, one a run."""
        if list(values) != self._values:
            self._values = list(values)
            self.setAccessibleDescription("; ".join(self.lines))
            self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._metrics = QFontMetricsF(theme.fonts.font("small"))
        self._line = math.ceil(self._metrics.height()) + theme.SMALL_GAP
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Yes: the narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As many lines as the entries need."""
        return math.ceil(len(self._runs) / self._columns(width)) * self._line

    def sizeHint(self) -> QSize:
        """Ask for two entries beside each other."""
        width = round(2 * self._entry_width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Keep one entry beside the other edge; how high it is follows from the width."""
        return QSize(round(min(self._entry_width(), 2 * _WIDEST_NAME)), self._line if self._runs else 0)

    def _name_width(self) -> float:
        widest = max((self._metrics.horizontalAdvance(words) for _, words in self._runs), default=0.0)
        return min(widest, theme.fonts.scaled(_WIDEST_NAME))

    def _value_width(self) -> float:
        font = theme.fonts.font("small")
        return max(theme.fonts.widest(font, words) for words in (_USUAL_VALUE, *self._values))

    def _entry_width(self) -> float:
        return _SAMPLE + self._name_width() + self._value_width() + 2 * theme.GAP + _BETWEEN

    def _columns(self, width: int) -> int:
        return max(int(width / self._entry_width()), 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the entries, row by row."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font("small"))
        columns, wide = self._columns(self.width()), self._entry_width()
        name_width, value_width = self._name_width(), self._value_width()
        middle = Qt.AlignmentFlag.AlignVCenter
        for index, ((number, words), value) in enumerate(zip(self._runs, self._values, strict=True)):
            left, top = index % columns * wide, index // columns * self._line
            paint_run_sample(painter, number, QRect(round(left), top, _SAMPLE, self._line), self._palette)
            painter.setPen(QColor(self._palette.muted))
            name = self._metrics.elidedText(words, Qt.TextElideMode.ElideRight, name_width + 1)
            place = left + _SAMPLE + theme.GAP
            painter.drawText(QRectF(place, top, name_width + 1, self._line), middle, name)
            painter.setPen(QColor(self._palette.text))
            place += name_width + theme.GAP
            right = Qt.AlignmentFlag.AlignRight | middle
            painter.drawText(QRectF(place, top, value_width + 1, self._line), right, value)
        painter.end()
