"""Arrays as cells: a scalar, a row, a grid, a stack, stacks beside each other; several arrays in a row with signs."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.tensors.cells import spell_number
from mnist_lab.tensors.view import BETWEEN_AXES, Index, TensorView, legend
from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.pages.tensors import tensor_painter
from mnist_lab.window.pages.tensors.tensor_painter import Placed
from mnist_lab.window.widgets.pictures.cell_picture import CellPicture
from mnist_lab.window.words import fill

Place = tuple[int, Index]
"""Number of a view and index in its array."""

_LARGEST_CELL = 46


class TensorPicture(CellPicture[Place]):
    """Paints views of arrays at one scale; a cell is told by the number of its view and its index in the array.

    Attributes:
        views: what is shown, from left to right.
    """

    KEYS = page_keys.ARRAYS

    def __init__(self, parent: QWidget | None = None, *, empty_words: str = "") -> None:
        """Show `empty_words` while there is no view."""
        super().__init__(parent, empty_words=empty_words)
        self.views: tuple[TensorView, ...] = ()
        self._signs: tuple[str, ...] = ()
        self._placed: tuple[Placed, ...] = ()
        self._painted: QPixmap | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that Qt paints nothing behind it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setToolTip(
            self.tr(
                "Point at a cell to read its index and value; with the keyboard: arrow keys within a sheet,"
                " Page up and Page down through the stack, Esc to let go."
            )
        )
        self.set_palette(theme.current())

    def set_views(self, views: Sequence[TensorView], signs: Sequence[str] = ()) -> None:
        """Show other views, with a sign between each two; none: only beside each other."""
        shapes = [(view.shape, view.places) for view in self.views]
        self.views, self._signs = tuple(views), tuple(signs)
        self._arrange()
        if shapes != [(view.shape, view.places) for view in self.views]:
            self.point(None)
        else:
            self._read()
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self._arrange()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for some digits."""
        return QSize(420, 300)

    def minimumSizeHint(self) -> QSize:
        """Leave room for a small grid."""
        return QSize(160, 110)

    def cell_rect(self, number: int, index: Index) -> QRectF | None:
        """Where a cell of the array of a view stands, in logical pixels; None if it is not drawn."""
        drawn = self.views[number].drawn_index(index)
        return None if drawn is None else self._placed[number].cell_rect(drawn)

    # Arranging

    def _arrange(self) -> None:
        """Choose one scale for all views, and place them in the middle of the room there is."""
        self._painted = None
        if not self.views:
            self._placed = ()
            return
        line = tensor_painter.line_height()
        labels = [self._label_width(view) for view in self.views]
        spare = line if any(self._has_two_lines(view) for view in self.views) else 0.0
        scale = self._scale(labels, self.height() - 3 * line - spare)
        widths = [max(view.layout.width * scale, label) for view, label in zip(self.views, labels, strict=True)]
        tallest = max(view.layout.height for view in self.views) * scale
        left = max((self.width() - sum(widths) - self._between() * (len(widths) - 1)) / 2, 1)
        top = max((self.height() - tallest - 2.5 * line - spare) / 2, 0) + 1.2 * line
        placed = []
        for view, width in zip(self.views, widths, strict=True):
            x = left + (width - view.layout.width * scale) / 2
            y = top + (tallest - view.layout.height * scale) / 2
            placed.append(tensor_painter.place(view, self._snap(x), self._snap(y), scale, self._palette))
            left += width + self._between()
        self._placed = tuple(placed)

    def _has_two_lines(self, view: TensorView) -> bool:
        """Whether the words below a view are wider than the whole picture."""
        return tensor_painter.label_width(view) > self.width()

    def _label_width(self, view: TensorView) -> float:
        return min(tensor_painter.label_width(view), self.width())

    def _scale(self, labels: Sequence[float], height: float) -> float:
        units = [max(view.layout.width, 1) for view in self.views]
        room = self.width() - 2 * theme.GAP - self._between() * (len(units) - 1)
        scale = float(_LARGEST_CELL)
        for _ in range(3):  # labels wider than their cells take room from the others
            wide = [label for unit, label in zip(units, labels, strict=True) if unit * scale < label]
            rest = sum(unit for unit, label in zip(units, labels, strict=True) if unit * scale >= label)
            scale = min(scale, (room - sum(wide)) / rest) if rest else scale
        tallest = max(max(view.layout.height, 1) for view in self.views)
        ratio = self.devicePixelRatioF()
        return max(math.floor(min(scale, height / tallest) * ratio), 1) / ratio

    def _snap(self, place: float) -> float:
        ratio = self.devicePixelRatioF()
        return round(place * ratio) / ratio

    def _between(self) -> float:
        widest = max(
            (QFontMetricsF(theme.fonts.font("large", bold=True)).horizontalAdvance(sign) for sign in self._signs),
            default=0.0,
        )
        return widest + 2 * theme.LARGE_GAP

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all views, the mark on the cell that is read, and the focus."""
        painter, ratio = QPainter(self), self.devicePixelRatioF()
        if ratio == round(ratio) and not picture_mode.is_taken():
            painter.drawPixmap(0, 0, self._picture(ratio))
        else:  # between two pixels of the screen a picture would be moved, or blurred
            self._paint_views(painter)
        self._paint_pointed(painter)
        if self.hasFocus():
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        painter.end()

    def _picture(self, ratio: float) -> QPixmap:
        """All views, painted once for all repaints: as when the pointer goes from cell to cell."""
        if self._painted is None:
            self._painted = QPixmap(self.size() * ratio)
            self._painted.setDevicePixelRatio(ratio)
            painter = QPainter(self._painted)
            painter.setFont(self.font())
            self._paint_views(painter)
            painter.end()
        return self._painted

    def _paint_views(self, painter: QPainter) -> None:
        """Paint all views with their titles and axes."""
        painter.fillRect(self.rect(), QColor(self._palette.panel))
        if not any(view.values.size for view in self.views):
            painter.setPen(QColor(self._palette.muted))
            words = self.tr("There is no cell to draw: an axis has the size 0.") if self.views else self._empty_words
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
            return
        for number, placed in enumerate(self._placed):
            tensor_painter.paint(painter, placed, self._palette)
            self._paint_words(painter, placed)
            if 0 < number <= len(self._signs):
                self._paint_sign(painter, number)

    def _paint_words(self, painter: QPainter, placed: Placed) -> None:
        line, width = tensor_painter.line_height(), self._label_width(placed.view)
        middle = placed.left + placed.width / 2
        painter.setPen(QColor(self._palette.text))
        painter.setFont(theme.fonts.font("body", bold=True))
        above = QRectF(middle - width / 2, placed.top - 1.15 * line, width, line)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, placed.view.title)
        painter.setPen(QColor(self._palette.muted))
        painter.setFont(theme.fonts.font("small"))
        bottom = placed.top + placed.view.layout.height * placed.scale
        room = width / tensor_painter.WIDER_ON_SCREEN  # where lines are broken goes by what is measured
        below = QRectF(middle - room / 2, bottom + 0.15 * line, room, 2 * line)
        flags = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
        axes = (axis.replace(" ", "\u00a0") for axis in legend(placed.view).split(BETWEEN_AXES))  # none is torn apart
        painter.drawText(below, flags, BETWEEN_AXES.join(axes))

    def _paint_sign(self, painter: QPainter, number: int) -> None:
        before, after = self._placed[number - 1], self._placed[number]
        left, right = before.left + before.width + self._overhang(before), after.left - self._overhang(after)
        top = before.top + before.view.layout.height * before.scale / 2 - tensor_painter.line_height()
        painter.setPen(QColor(self._palette.muted))
        painter.setFont(theme.fonts.font("large", bold=True))
        painter.drawText(
            QRectF(left, top, right - left, 2 * tensor_painter.line_height()),
            Qt.AlignmentFlag.AlignCenter,
            self._signs[number - 1],
        )

    def _overhang(self, placed: Placed) -> float:
        """How far the words of a view reach beyond its cells, on each side."""
        return max(self._label_width(placed.view) - placed.width, 0) / 2

    def _paint_pointed(self, painter: QPainter) -> None:
        area = None if self.pointed is None else self.cell_rect(*self.pointed)
        if area is not None:
            painter.setPen(QPen(QColor(self._palette.text), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)

    # Reading

    def _words_of(self, cell: Place) -> str:
        number, index = cell
        view = self.views[number]
        drawn = view.drawn_index(index)
        return self._spell(view, index, drawn) if drawn is not None and view.has_value(drawn) else ""

    def _spell(self, view: TensorView, index: Index, drawn: Index) -> str:
        value = view.values[drawn]
        spelled = str(value.tolist()) if view.channels else spell_number(value)
        words = ", ".join(
            f"{name} {place}" if name else str(place) for name, place in zip(view.names, index, strict=False)
        )
        return fill(self.tr("{title} [{index}] = {value}"), title=view.title, index=words, value=spelled).strip()

    def _cell_at(self, position: QPointF) -> Place | None:
        for number, placed in enumerate(self._placed):
            drawn = placed.cell_at(position)
            if drawn is not None:
                return number, self.views[number].index_of(drawn)
        return None

    def _neighbour(self, key: Qt.Key) -> Place | None:
        """A neighbour in the last view, or its first cell."""
        if key not in _MOVES or not self.views or not self.views[-1].values.size:
            return None
        (axis, step), number, view = _MOVES[key], len(self.views) - 1, self.views[-1]
        sizes = tuple(map(len, view.places))
        here = view.drawn_index(self.pointed[1]) if self.pointed is not None and self.pointed[0] == number else None
        drawn = [0] * len(sizes) if here is None else list(here)
        if here is not None and axis <= len(sizes):
            drawn[-axis] = min(max(drawn[-axis] + step, 0), sizes[-axis] - 1)
        return number, view.index_of(tuple(drawn))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the scale anew."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Stay crisp on another screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # stays crisp; Qt tells it here, not in `changeEvent`
            self._arrange()
        return super().event(event)


_MOVES = {
    Qt.Key.Key_Left: (1, -1),
    Qt.Key.Key_Right: (1, 1),
    Qt.Key.Key_Up: (2, -1),
    Qt.Key.Key_Down: (2, 1),
    Qt.Key.Key_PageUp: (3, -1),
    Qt.Key.Key_PageDown: (3, 1),
}
"""Axis from the end (1 is the last), and which way."""
