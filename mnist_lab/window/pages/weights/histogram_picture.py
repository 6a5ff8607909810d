"""How often which weight occurs in a layer, now against the start."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.inspection.statistics import LayerHistogram
from mnist_lab.window import theme
from mnist_lab.window.words import fill, rounded, spell, spell_signed

_SAMPLE = 14
_WORDS_GAP = 6
_LEAST_WIDTH = 150
"""In logical pixels at the usual text size: mean and deviation in their shortest words."""


class HistogramPicture(QWidget):
    """Bars for now, a line for the start, and mean and standard deviation of both in words above.

    Attributes:
        histogram: what is shown, or None.
        words: one line for now, and one for the start where that is known.
        shown_words: the same as they are painted: shorter where there is little room.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.histogram: LayerHistogram | None = None
        self.words: tuple[str, ...] = ()
        self._shorter_words: tuple[tuple[str, ...], ...] = ()
        self._has_start = False
        self._at: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_palette(theme.current())

    def show_histogram(self, histogram: LayerHistogram | None, *, has_start: bool, at: int | None = None) -> None:
        """Show a histogram; without a known start only that of now, or of the moment after `at` updates."""
        if (histogram, has_start, at) == (self.histogram, self._has_start, self._at):
            return
        self.histogram, self._has_start, self._at = histogram, has_start, at
        full, short = self.tr("{moment}: mean {mean}, deviation {deviation}"), self.tr("{moment}: {mean} ± {deviation}")
        lengths = () if histogram is None else ((full, 3), (full, 2), (short, 2), (short, 1))
        spellings = [self._lines(histogram, *length) for length in lengths if histogram is not None]
        self.words = spellings[0] if spellings else ()
        self._shorter_words = tuple(spellings[1:])
        self.setAccessibleDescription(" ".join(self.words))
        self.update()

    @property
    def shown_words(self) -> tuple[str, ...]:
        """The longest spelling that fits."""
        room = self.width() - _SAMPLE - _WORDS_GAP
        for words in (self.words, *self._shorter_words):
            if all(theme.fonts.widest(self._font, line) <= room for line in words):
                return words
        metrics = QFontMetricsF(self._font)
        return tuple(metrics.elidedText(line, Qt.TextElideMode.ElideRight, room) for line in words)

    def _lines(self, histogram: LayerHistogram, words: str, figures: int) -> tuple[str, ...]:
        now = self.tr("now") if self._at is None else fill(self.tr("update {:,}"), self._at)
        parts = [(now, histogram.mean, histogram.deviation, histogram.non_finite)]
        if self._has_start:
            start = (histogram.start_mean, histogram.start_deviation, histogram.start_non_finite)
            parts.append((self.tr("start"), *start))
        return tuple(
            fill(words, moment=moment, mean=_signed(mean, figures), deviation=_short(deviation, figures))
            + (fill(self.tr("; {:,} no numbers"), odd) if odd else "")
            for moment, mean, deviation, odd in parts
        )

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._font = theme.fonts.font("small")
        self._line = QFontMetricsF(self._font).height()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for a small picture."""
        return QSize(240, 170)

    def minimumSizeHint(self) -> QSize:
        """Keep the words and some bars."""
        return QSize(theme.fonts.scaled(_LEAST_WIDTH), round(5 * self._line + 20))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words, the bars, the line and the ends of the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._font)
        if self.histogram is None:
            painter.setPen(QColor(self._palette.muted))
            words = self.tr("The weights' histogram appears here when training begins")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        else:
            self._paint_words(painter)
            top = 2 * self._line + theme.GAP
            area = QRectF(0, top, self.width(), self.height() - top - self._line - 2)
            self._paint_counts(painter, area, self.histogram)
            self._paint_scale(painter, area, self.histogram)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        for place, words in enumerate(self.shown_words):
            middle = (place + 0.5) * self._line
            if place == 0:
                colour = QColor(self._palette.training_pale)
                painter.fillRect(QRectF(0, middle - 4, _SAMPLE, 8), colour)
            else:
                painter.setPen(QPen(QColor(self._palette.validation), 2))
                painter.drawLine(QPointF(0, middle), QPointF(_SAMPLE, middle))
            painter.setPen(QColor(self._palette.text))
            room = QRectF(_SAMPLE + _WORDS_GAP, place * self._line, self.width(), self._line)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, words)

    def _paint_counts(self, painter: QPainter, area: QRectF, histogram: LayerHistogram) -> None:
        highest = max(int(histogram.now.max()), int(histogram.start.max()) if self._has_start else 0, 1)
        width = area.width() / len(histogram.now)
        for place, count in enumerate(histogram.now):
            height = area.height() * int(count) / highest
            left, right = round(area.left() + place * width), round(area.left() + (place + 1) * width)
            bar = QRectF(left, area.bottom() - height, max(right - left - 1, 1), height)
            painter.fillRect(bar, QColor(self._palette.training_pale))
        if self._has_start:
            painter.setPen(QPen(QColor(self._palette.validation), 1.5))
            painter.drawPolyline(_steps(histogram.start, area, highest))
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())

    def _paint_scale(self, painter: QPainter, area: QRectF, histogram: LayerHistogram) -> None:
        limit = float(histogram.edges[-1])
        room = QRectF(area.left(), area.bottom() + 2, area.width(), self._line)
        painter.setPen(QColor(self._palette.muted))
        for flag, words in (
            (Qt.AlignmentFlag.AlignLeft, f"−{_short(limit)}"),
            (Qt.AlignmentFlag.AlignHCenter, self.tr("weight 0")),
            (Qt.AlignmentFlag.AlignRight, f"+{_short(limit)}"),
        ):
            painter.drawText(room, flag | Qt.AlignmentFlag.AlignTop, words)


def _short(value: float, figures: int = 3) -> str:
    return spell(rounded(value, figures)) if math.isfinite(value) else "–"


def _signed(value: float, figures: int) -> str:
    return spell_signed(rounded(value, figures))


def _steps(counts: NDArray[np.int64], area: QRectF, highest: int) -> QPolygonF:
    """The outline of bars: two points each."""
    width = area.width() / len(counts)
    points: list[QPointF] = []
    for place, count in enumerate(counts):
        y = area.bottom() - area.height() * int(count) / highest
        points += [QPointF(area.left() + place * width, y), QPointF(area.left() + (place + 1) * width, y)]
    return QPolygonF(points)
