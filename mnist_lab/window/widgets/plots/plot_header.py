"""The two lines above a curve: what the lines mean, and the values at the crosshair."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QGraphicsSceneResizeEvent, QStyleOptionGraphicsItem, QWidget

from mnist_lab.window import picture_mode, theme
from mnist_lab.window.widgets.plots.header import Header
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

_INSET = 8
_LEAST_HEIGHT = 80
"""Of a plot, axes and all, whose legend may have a second line."""


@dataclass(frozen=True)
class _Spacing:
    """Length of a sample, room between it and its words, and room between two entries."""

    sample: int
    beside: int
    between: int


_ROOMY, _TIGHT, _TIGHTEST = _Spacing(22, 5, 14), _Spacing(14, 5, 7), _Spacing(8, 3, 5)


@dataclass(frozen=True)
class LegendEntry:
    """A line of the plot in words: its pen, its marks, what it shows, and that in short if there is one.

    One that `yields` is left out where not all have room.
    """

    words: str
    pen: QPen
    has_marks: bool = False
    short: str = ""
    is_round: bool = False
    yields: bool = False


_Row = list[tuple[LegendEntry, str]]
"""Entries beside each other, and the words that are shown of each."""


class PlotHeader(Header):
    """Paints a legend with words beside samples, and below it the readout at a fixed place.

    Both lines are always kept free, so that the plot below stands still; `leave_out_legend` keeps the readout's alone.
    Where the shortest words have no room in a line, the legend has two.

    Attributes:
        readout: the values at the crosshair, or the newest ones.
        shown: what is painted of it: in shorter words where the line is too short.
        note: something to know about the picture, at the right of the readout.
        aside: what is painted there: the keys, where the keyboard is here, and the note.
    """

    def __init__(self) -> None:
        super().__init__()
        self.readout = ""
        self.shown = ""
        self.note = ""
        self.aside = ""
        self._readouts: tuple[str, ...] = ("",)
        self._corner = 0.0
        self._lines, self._rows = 2, 1
        self._painted: tuple[object, QPixmap] = (None, QPixmap())
        self._entries: tuple[LegendEntry, ...] = ()
        self._palette = theme.current()

    @property
    def legend(self) -> list[str]:
        """What is painted of the legend: in shorter words where the line is too short."""
        rows, _ = self._laid_out(QFontMetricsF(theme.fonts.font("small")))
        return [words for row in rows for _, words in row]

    def leave_out_legend(self) -> None:
        """Keep no line for a legend: there never is one."""
        self._lines = 1
        self.set_palette(self._palette)

    def set_entries(self, entries: tuple[LegendEntry, ...]) -> None:
        """Replace the legend."""
        if entries != self._entries:
            self._entries = entries
            self._fit_rows()
            self.update()
            self.legend_changed.emit()

    def set_texts(self, readouts: tuple[str, ...], note: str) -> None:
        """Replace the readout, given in full and then in shorter words, and the note; repaints only if they differ."""
        if (readouts, note) != (self._readouts, self.note):
            self._readouts, self.readout, self.note = readouts, readouts[0], note
            self.update()

    def keep_corner(self, width: float) -> None:
        """Leave `width` pixels at the plot's right edge free in both lines."""
        if width != self._corner:
            self._corner = width
            self._fit_rows()
            self.update()

    def has_room_beside(self, width: float) -> bool:
        """Whether the legend, in its shorter words and without what yields, has room when `width` pixels are free."""
        words = [entry.short or entry.words for entry in self._entries if not entry.yields]
        return self._needed(QFontMetricsF(theme.fonts.font("small")), words, _TIGHT) <= self._legend_room(width)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self.setFixedHeight((self._lines + self._rows - 1) * self._line_height() + 4)
        self.update()

    def boundingRect(self) -> QRectF:
        """The legend may end in the margin at the plot's right edge."""
        lines: QRectF = super().boundingRect()
        return lines.adjusted(0, 0, self._margin(), 0)

    def resizeEvent(self, event: QGraphicsSceneResizeEvent) -> None:
        """Give the legend a line more, or take it away."""
        super().resizeEvent(event)
        self._fit_rows()

    def _fit_rows(self) -> None:
        """Have as many lines as the legend needs; the corner of a part that is looked at counts, too.

        Not in a plot that has no size of its own yet: two lines would leave its curves no height at all.
        """
        views = [] if self.scene() is None else self.scene().views()
        if self._entries and any(view.height() >= theme.fonts.scaled(_LEAST_HEIGHT) for view in views):
            rows = len(self._laid_out(QFontMetricsF(theme.fonts.font("small")))[0])
            if rows != self._rows:
                self._rows = rows
                self.set_palette(self._palette)
                self.legend_changed.emit()

    def paint(self, painter: QPainter, _option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the legend and the readout."""
        line = self._line_height()
        painter.setFont(theme.fonts.font("small"))
        if picture_mode.is_taken():
            painter.save()
            self._paint_legend(painter, line)
            painter.restore()
        elif self._entries:
            painter.drawPixmap(QPointF(0, 0), self._legend(painter, line))
        room = QRectF(_INSET, (self._lines + self._rows - 2) * line, self._room(self._corner), line)
        middle = Qt.AlignmentFlag.AlignVCenter
        measure = QFontMetricsF(painter.font()).horizontalAdvance
        note = measure(self.note) + theme.LARGE_GAP if self.note else 0.0
        rooms = ((words, measure(words) + beside) for beside in (note, 0.0) for words in self._readouts)
        shown = next((words for words, needed in rooms if needed <= room.width()), None)
        if shown is None:
            shown = _shortened(QFontMetricsF(painter.font()), self._readouts[-1], room.width())
        self.shown = shown
        painter.setPen(QColor(self._palette.text))
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | middle, self.shown)
        left = room.width() - measure(self.shown) - theme.LARGE_GAP  # the values one reads come first
        self.aside = next((words for words in self._asides(widget) if measure(words) <= left), "")
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(room, Qt.AlignmentFlag.AlignRight | middle, self.aside)

    def _asides(self, widget: QWidget | None) -> list[str]:
        """What may stand at the right of the readout, the longest first; `widget` is what the plot is painted on."""
        plot = None if widget is None else widget.parent()
        keys: tuple[str, ...] = ()
        if isinstance(plot, ZoomablePlot) and plot.KEYS is not None and picture_mode.has_keyboard(plot):
            keys = plot.KEYS.lines()
        return [*(f"{line} · {self.note}" if self.note else line for line in keys), self.note]

    def _legend(self, painter: QPainter, line: float) -> QPixmap:
        """The legend's line, painted once for all repaints of a live curve."""
        ratio = painter.device().devicePixelRatioF()
        width = self.boundingRect().width()
        key = (self._entries, self._palette, self._legend_room(self._corner), width, line, ratio)
        if key != self._painted[0]:
            picture = QPixmap(math.ceil(width * ratio), math.ceil((self._rows * line + 1) * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            inner = QPainter(picture)
            inner.setFont(theme.fonts.font("small"))
            self._paint_legend(inner, line)
            inner.end()
            self._painted = key, picture
        return self._painted[1]

    def _paint_legend(self, painter: QPainter, line: float) -> None:
        metrics = QFontMetricsF(painter.font())
        rows, spacing = self._laid_out(metrics)
        for place, row in enumerate(rows):
            left, top = float(_INSET), place * line
            for entry, words in row:
                self._paint_sample(painter, entry, QRectF(left, top, spacing.sample, line))
                left += spacing.sample + spacing.beside
                painter.setPen(QColor(self._palette.muted))
                width = metrics.horizontalAdvance(words)
                painter.drawText(QRectF(left, top, width + 2, line), Qt.AlignmentFlag.AlignVCenter, words)
                left += width + spacing.between

    @staticmethod
    def _paint_sample(painter: QPainter, entry: LegendEntry, area: QRectF) -> None:
        centre = area.center()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, entry.has_marks)
        pen = QPen(entry.pen)
        pen.setCosmetic(False)  # in logical pixels, as the words beside it
        painter.setPen(pen)
        painter.drawLine(QPointF(area.left(), centre.y()), QPointF(area.right(), centre.y()))
        if entry.has_marks:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(entry.pen.color())
            if entry.is_round:
                painter.drawEllipse(centre, 3.5, 3.5)
            else:
                painter.drawPolygon(_diamond(centre.x(), centre.y(), 4.5))

    def _laid_out(self, metrics: QFontMetricsF) -> tuple[list[_Row], _Spacing]:
        """Return the lines of entries that have room, with their words, in full where those have room; the spacing."""
        firm, room = [entry for entry in self._entries if not entry.yields], self._legend_room(self._corner)
        for entries in (list(self._entries), firm):
            full = [(entry, entry.words) for entry in entries]
            short = [(entry, entry.short or entry.words) for entry in entries]
            for row, spacing in ((full, _ROOMY), (short, _ROOMY), (short, _TIGHT), (short, _TIGHTEST)):
                if not row or self._has_room(metrics, row, spacing, room):
                    return [row], spacing
        row = [(entry, entry.short or entry.words) for entry in self._entries]
        half = (len(row) + 1) // 2
        for spacing in (_ROOMY, _TIGHT, _TIGHTEST):
            rows = [row[:half], row[half:]]
            if all(self._has_room(metrics, part, spacing, room) for part in rows):
                return rows, spacing
        left = room - self._needed(metrics, [""] * len(firm), _TIGHTEST)
        return [list(zip(firm, _cut(metrics, [words for _, words in short], left), strict=True))], _TIGHTEST

    def _has_room(self, metrics: QFontMetricsF, row: _Row, spacing: _Spacing, room: float) -> bool:
        return self._needed(metrics, [words for _, words in row], spacing) <= room

    def _margin(self) -> float:
        """Between the two lines and the plot's right edge."""
        frame = self.parentItem()
        return 0.0 if frame is None else max(float(frame.size().width() - self.geometry().right()), 0.0)

    def _room(self, corner: float) -> float:
        """Width of the readout where `corner` pixels at the plot's right edge are left free."""
        return float(self.size().width() - 2 * _INSET - max(corner - self._margin(), 0.0))

    def _legend_room(self, corner: float) -> float:
        """Width of the legend, which may take the margin as well."""
        return float(self.size().width() + self._margin() - _INSET - max(corner, _INSET))

    @staticmethod
    def _needed(metrics: QFontMetricsF, words: list[str], spacing: _Spacing) -> float:
        entry = spacing.sample + spacing.beside + spacing.between
        return sum(entry + metrics.horizontalAdvance(name) for name in words) - spacing.between

    @staticmethod
    def _line_height() -> float:
        return QFontMetricsF(theme.fonts.font("small")).height() + 3


def _diamond(x: float, y: float, radius: float) -> list[QPointF]:
    return [QPointF(x, y - radius), QPointF(x + radius, y), QPointF(x, y + radius), QPointF(x - radius, y)]


def _shortened(metrics: QFontMetricsF, words: str, room: float) -> str:
    """Leave out the first parts, whole, as far as there is no room; the last, if it has none for itself, is cut."""
    parts = words.split(" · ")
    while parts[1:] and metrics.horizontalAdvance(" · ".join(parts)) > room:
        parts.pop(0)
    return metrics.elidedText(" · ".join(parts), Qt.TextElideMode.ElideRight, room)


def _cut(metrics: QFontMetricsF, words: list[str], room: float) -> list[str]:
    """Shorten the longest words, where one sees that they are cut, until all of them have room."""
    widths = sorted(metrics.horizontalAdvance(each) for each in words)
    shares = ((room - sum(widths[:shorter])) / (len(widths) - shorter) for shorter in range(len(widths)))
    most = next((share for share, width in zip(shares, widths, strict=True) if width > share), widths[-1])
    return [metrics.elidedText(each, Qt.TextElideMode.ElideRight, max(most, 0.0)) for each in words]
