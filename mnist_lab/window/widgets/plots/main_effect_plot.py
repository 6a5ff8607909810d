"""Which setting of a sweep mattered: a panel each, its values as rows over one axis of accuracy."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture
from mnist_lab.window.widgets.plots.effect_rows import (
    EffectLine,
    EffectPanel,
    EffectRow,
    accuracy_span,
    lines_of,
    tick_places,
)
from mnist_lab.window.words import spell_percent

_LINE_HEIGHT = 1.45
"""Of a row, in heights of its type."""
_AXIS, _GAP = 1.2, 0.6
"""The axis above all, and what is left between two settings, in lines."""
_LEAST_BARS, _USUAL_BARS = 90, 260
_DOT, _RUN = 4.5, 2.5
"""Radii of a mean and of a single run, in logical pixels."""
_RUN_OPACITY = 120
_LONGEST_VALUE = 0.34
"""Of the width: a longer name of a value ends with "…"."""
_WIDEST_NUMBER = "100.00 %"
_CAP = 3.5


class MainEffectPlot(CellPicture[int]):
    """Shows for every value the single runs, their mean and its 95 % interval; pointer and arrow keys read a row.

    Attributes:
        panels: what is shown, from the top.
    """

    KEYS = page_keys.EFFECTS
    IS_TAKEN_WHOLE = True
    """A picture of it that leaves the lab has all its rows, whatever is scrolled out of sight."""

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        super().__init__(parent, empty_words=empty_words)
        self.panels: tuple[EffectPanel, ...] = ()
        self._lines: tuple[EffectLine, ...] = ()
        self._rows: tuple[EffectRow, ...] = ()
        self._span = (0.0, 1.0)
        self._summary = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_palette(theme.current())

    def set_panels(self, panels: Sequence[EffectPanel], summary: str) -> None:
        """Show these settings; `summary` says in words what the picture shows."""
        self.panels, self._summary = tuple(panels), summary
        self._lines = tuple(lines_of(self.panels, _GAP))
        self._rows = tuple(line.row for line in self._lines if line.row is not None)
        self._span = accuracy_span(self.panels)
        if self.pointed is not None and self.pointed >= len(self._rows):
            self.pointed = None
        self._read()
        self.updateGeometry()
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._font, self._bold = theme.fonts.font("small"), theme.fonts.font("small", bold=True)
        self._line = _LINE_HEIGHT * QFontMetricsF(self._font).height()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for all lines and a calm axis."""
        return QSize(self._width_with(_USUAL_BARS), self._needed_height())

    def minimumSizeHint(self) -> QSize:
        """Keep every line; what is around scrolls."""
        return QSize(self._width_with(_LEAST_BARS), self._needed_height())

    def _width_with(self, bars: int) -> int:
        number = theme.fonts.widest(self._font, _WIDEST_NUMBER)
        return round((number + theme.fonts.scaled(bars) + 2 * theme.GAP) / (1 - _LONGEST_VALUE))

    def _needed_height(self) -> int:
        lines = self._lines[-1].top + 1 if self._lines else 2
        return round((_AXIS + lines) * self._line) + theme.GAP

    # Where things stand

    def _bars(self) -> QRectF:
        """Where the axis of accuracy lies: between the values and the numbers."""
        metrics = QFontMetricsF(self._font)
        longest = max((metrics.horizontalAdvance(row.words) for row in self._rows), default=0.0)
        left = theme.GAP + min(longest, _LONGEST_VALUE * self.width()) + theme.LARGE_GAP
        right = self.width() - theme.fonts.widest(self._font, _WIDEST_NUMBER) - 2 * theme.GAP
        lines = self._lines[-1].top + 1 if self._lines else 0.0
        return QRectF(left, _AXIS * self._line, max(right - left, 1.0), lines * self._line)

    def _place(self, accuracy: float, bars: QRectF) -> float:
        low, high = self._span
        return bars.left() + (accuracy - low) / (high - low) * bars.width()

    def row_area(self, index: int) -> QRectF:
        """Where a row stands, in logical pixels."""
        return self._area(next(line for line in self._lines if line.index == index))

    def _area(self, line: EffectLine) -> QRectF:
        return QRectF(0.0, (_AXIS + line.top) * self._line, self.width(), self._line)

    # Reading

    def _cell_at(self, position: QPointF) -> int | None:
        below = position.y() / self._line - _AXIS
        return next((line.index for line in self._lines if line.row and line.top <= below < line.top + 1), None)

    def _neighbour(self, key: Qt.Key) -> int | None:
        if not self._rows:
            return None
        last, here = len(self._rows) - 1, self.pointed
        steps = {
            Qt.Key.Key_Up: last if here is None else max(here - 1, 0),
            Qt.Key.Key_Down: 0 if here is None else min(here + 1, last),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        return steps.get(key)

    def _words_of(self, cell: int) -> str:
        return self._rows[cell].spoken

    def _words_without_cell(self) -> str:
        return self._summary

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard; the press goes no further."""
        super().mousePressEvent(event)
        event.accept()

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the axis, then line by line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not self._rows:
            painter.setFont(theme.fonts.font("body"))
            self._paint_empty_words(painter, QRectF(self.rect()), self._palette)
        else:
            bars = self._bars()
            self._paint_axis(painter, bars)
            for line in self._lines:
                self._paint_line(painter, line, bars)
        if picture_mode.has_keyboard(self):
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        painter.end()

    def _paint_axis(self, painter: QPainter, bars: QRectF) -> None:
        low, high = self._span
        decimals = 1 if high - low < 0.05 else 0
        painter.setFont(self._font)
        room = theme.fonts.widest(self._font, "100.0 %") + theme.GAP
        for place in tick_places(self._span, max(int(bars.width() / room), 1)):
            across = self._place(place, bars)
            painter.setPen(QPen(QColor(self._palette.line), 1))
            painter.drawLine(bars.topLeft() + QPointF(across - bars.left(), 0), QPointF(across, bars.bottom()))
            painter.setPen(QColor(self._palette.muted))
            label = QRectF(across - room, 0.0, 2 * room, bars.top())
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, spell_percent(place, decimals))

    def _paint_line(self, painter: QPainter, line: EffectLine, bars: QRectF) -> None:
        area = self._area(line)
        inner = area.adjusted(theme.GAP, 0, -theme.GAP, 0)
        if line.panel is not None:
            self._paint_title(painter, line.panel, inner)
        elif line.row is not None:
            if line.index == self.pointed and not picture_mode.is_taken():
                painter.fillRect(area, QColor(self._palette.accent_soft))
            self._paint_row(painter, line.row, inner, bars)

    def _paint_title(self, painter: QPainter, panel: EffectPanel, area: QRectF) -> None:
        painter.fillRect(area, QColor(self._palette.panel))  # the axis does not go through words
        metrics, middle = QFontMetricsF(self._bold), Qt.AlignmentFlag.AlignVCenter
        room = area.width() - metrics.horizontalAdvance(panel.title) - theme.LARGE_GAP
        painter.setFont(self._bold)
        painter.setPen(QColor(self._palette.text))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignLeft, panel.title)
        painter.setFont(self._font)
        painter.setPen(QColor(self._palette.muted))
        verdict = QFontMetricsF(self._font).elidedText(panel.verdict, Qt.TextElideMode.ElideRight, room)
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, verdict)

    def _paint_row(self, painter: QPainter, row: EffectRow, area: QRectF, bars: QRectF) -> None:
        palette, middle = self._palette, Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._font)
        painter.setPen(QColor(palette.text))
        words = QRectF(area.left(), area.top(), bars.left() - theme.LARGE_GAP - area.left(), area.height())
        shown = QFontMetricsF(self._font).elidedText(row.words, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignRight, shown)
        painter.setPen(QColor(palette.muted if row.mean is None else palette.text))
        painter.drawText(area, middle | Qt.AlignmentFlag.AlignRight, row.number)
        height = area.center().y()
        painter.setPen(Qt.PenStyle.NoPen)
        pale = QColor(palette.validation)
        pale.setAlpha(_RUN_OPACITY)
        painter.setBrush(pale)
        for accuracy in row.accuracies:
            painter.drawEllipse(QPointF(self._place(accuracy, bars), height), _RUN, _RUN)
        if row.mean is None:
            return
        if row.half_width is not None:
            self._paint_interval(painter, row.mean - row.half_width, row.mean + row.half_width, height, bars)
        painter.setPen(QPen(QColor(palette.panel), 1))
        painter.setBrush(QColor(palette.validation))
        painter.drawEllipse(QPointF(self._place(row.mean, bars), height), _DOT, _DOT)

    def _paint_interval(self, painter: QPainter, low: float, high: float, height: float, bars: QRectF) -> None:
        """Paint a bar with an end at either side; where it reaches beyond the axis it goes to the edge without one."""
        left, right = max(self._place(low, bars), bars.left()), min(self._place(high, bars), bars.right())
        painter.setPen(QPen(QColor(self._palette.validation), 1.5))
        painter.drawLine(QPointF(left, height), QPointF(right, height))
        for is_whole, place in ((low >= self._span[0], left), (high <= self._span[1], right)):
            if is_whole:
                painter.drawLine(QPointF(place, height - _CAP), QPointF(place, height + _CAP))
            else:  # an arrow: it goes on
                back = place + (_CAP if place == left else -_CAP)
                painter.drawPolyline(
                    [QPointF(back, height - _CAP), QPointF(place, height), QPointF(back, height + _CAP)]
                )
