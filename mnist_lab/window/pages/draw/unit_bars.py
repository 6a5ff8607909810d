"""What each unit of a layer puts out, or what each input adds to a sum: one bar each, however many there are."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.draw.bar_look import BarLook
from mnist_lab.window.words import fill, spell, spell_whole

_THINNEST, _WIDEST = 4, 40
_HEIGHT = 62
_SCROLL_BAR = 12
_NUMBERED = 18
"""Bars at least so wide have their number under them."""


class UnitBars(QAbstractScrollArea):
    """Bars on one scale; what does not fit is scrolled to.

    Attributes:
        values: (n,) float32; n may be 0. What is no number has no bar.
        readout: words on the unit under the pointer, or else on the chosen one; "" without either.

    Signals:
        unit_selected(int): the number, from 0, of a unit that was clicked or gone to by keyboard.
        readout_changed(str): the new `readout`, and while the keyboard is here what it does.
    """

    KEYS = page_keys.UNIT_BARS

    unit_selected = Signal(int)
    readout_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, look: BarLook | None = None) -> None:
        """Keep selection and scroll position in `look`; None: in one of its own."""
        super().__init__(parent)
        self._look = look or BarLook()
        self._is_arranging = False
        self._was_seen = False  # before, it has not its size yet, and nobody has scrolled
        self.values: NDArray[np.float32] = np.zeros(0, np.float32)
        self.readout = self._line = ""
        self._order: NDArray[np.intp] = np.zeros(0, np.intp)
        self._is_sorted = False
        self._limit: float | None = None
        self._pointed: int | None = None  # a place in the order
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self.horizontalScrollBar().valueChanged.connect(self._on_scrolled)
        self.setAccessibleName(self.tr("Units"))
        self.set_palette(theme.current())

    @property
    def selected(self) -> int | None:
        """The unit that was chosen, None at first."""
        return self._look.selected

    def set_values(self, values: NDArray[np.floating] | None, limit: float | None = None) -> None:
        """Show these: (n,); None shows nothing. `limit` is the value of the longest bar (default: the largest)."""
        new = np.zeros(0, np.float32) if values is None else np.array(values, np.float32)
        if len(new) != len(self.values):
            self._pointed = None
            if self.selected is not None and self.selected >= len(new):
                self._look.selected = None
        self.values, self._limit = new, limit
        self._arrange()

    def set_sorted(self, is_sorted: bool) -> None:
        """Put the strongest first, or all in order of their numbers."""
        if is_sorted != self._is_sorted:
            self._is_sorted = is_sorted
            self._arrange()

    def select(self, unit: int | None) -> None:
        """Select a unit and scroll to it, without a signal."""
        self._look.selected = unit
        if unit is not None and unit < len(self.values):
            self._show_place(self._place_of(unit))
        self._read()
        self.viewport().update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """A low strip."""
        return QSize(20 * _THINNEST, _HEIGHT + _SCROLL_BAR)

    def minimumSizeHint(self) -> QSize:
        """The same height, whatever is shown."""
        return self.sizeHint()

    # Where things are

    def _arrange(self) -> None:
        numbers = np.nan_to_num(np.abs(self.values), nan=-1.0)
        self._order = np.argsort(-numbers, kind="stable") if self._is_sorted else np.arange(len(self.values))
        self._set_range()
        self._read()
        self.viewport().update()

    def _set_range(self) -> None:
        bar = self.horizontalScrollBar()
        fitting = max(self.viewport().width() // _THINNEST, 1)
        self._is_arranging = True
        bar.setRange(0, max(len(self.values) - fitting, 0))
        bar.setPageStep(fitting)
        bar.setSingleStep(max(fitting // 10, 1))
        bar.setValue(self._look.scrolled)
        self._is_arranging = False

    @Slot(int)
    def _on_scrolled(self, first: int) -> None:
        if self._was_seen and not self._is_arranging:
            self._look.scrolled = first
        self.viewport().update()

    def _bar_width(self) -> float:
        width = self.viewport().width()
        return min(max(width / max(len(self.values), 1), _THINNEST), _WIDEST)

    def _place_of(self, unit: int) -> int:
        return int(np.flatnonzero(self._order == unit)[0])

    def _place_at(self, position: QPointF) -> int | None:
        place = math.floor(position.x() / self._bar_width()) + self.horizontalScrollBar().value()
        return place if 0 <= place < len(self.values) and position.x() >= 0 else None

    def _show_place(self, place: int) -> None:
        bar = self.horizontalScrollBar()
        if place < bar.value():
            bar.setValue(place)
        elif place >= bar.value() + bar.pageStep():
            bar.setValue(place - bar.pageStep() + 1)

    def _scale(self, room: QRectF) -> tuple[float, float]:
        """Logical pixels for each unit of a value, and where zero is: below it there is room for what is negative."""
        finite = self.values[np.isfinite(self.values)].astype(np.float64)
        above = float(finite.max(initial=0.0)) if self._limit is None else self._limit
        below = -float(finite.min(initial=0.0))
        scale = room.height() / (above + below) if above + below > 0 else 0.0
        return scale, room.top() + above * scale if scale else room.bottom()

    def _read(self) -> None:
        unit = self.selected if self._pointed is None else int(self._order[self._pointed])
        readout = ""
        if unit is not None and unit < len(self.values):
            words = self.tr("unit {unit}: {value}")
            readout = fill(words, unit=spell_whole(unit), value=spell(float(self.values[unit]), 4))
        self.readout, line = readout, readout
        if self.hasFocus() and self._pointed is None:
            line = " · ".join(part for part in (readout, self.KEYS.lines()[-1]) if part)
        if line != self._line:
            self._line = line
            self.setAccessibleDescription(readout or line)
            self.readout_changed.emit(line)

    # Painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars that are seen."""
        self._was_seen = True
        painter = QPainter(self.viewport())
        area = QRectF(self.viewport().rect())
        width, first = self._bar_width(), self.horizontalScrollBar().value()
        is_numbered = width >= _NUMBERED and not self._is_sorted
        room = area.adjusted(0, 3, 0, -3)
        if is_numbered:
            room.setBottom(room.bottom() - self.fontMetrics().height())
        is_signed = bool((self.values < 0).any())
        scale, zero = self._scale(room)
        gap = 2.0 if width >= 8 else 1.0
        painter.setPen(Qt.PenStyle.NoPen)
        for place in range(first, min(first + math.ceil(area.width() / width), len(self.values))):
            unit = int(self._order[place])
            left = (place - first) * width
            if unit == self.selected or place == self._pointed:
                colour = self._palette.accent_soft if unit == self.selected else self._palette.hover
                painter.fillRect(QRectF(left, 0, width, area.height()), QColor(colour))
            value = float(self.values[unit])
            size = min(abs(value) * scale, room.height()) if math.isfinite(value) else 0.0
            top = zero - size if value >= 0 else zero
            painter.fillRect(QRectF(left, top, width - gap, size), self._colour(value, is_signed, unit))
            if is_numbered:
                painter.setPen(QColor(self._palette.text if unit == self.selected else self._palette.muted))
                below = QRectF(left, room.bottom(), width - gap, area.bottom() - room.bottom())
                painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(unit))
        painter.fillRect(QRectF(0, zero, area.width(), 1), QColor(self._palette.border))
        if self.hasFocus():
            theme.draw_focus_ring(painter, area, self._palette)
        painter.end()

    def _colour(self, value: float, is_signed: bool, unit: int) -> QColor:
        if is_signed:
            return QColor(self._palette.positive if value > 0 else self._palette.negative)
        return QColor(self._palette.accent if unit == self.selected else self._palette.training)

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many bars as fit."""
        super().resizeEvent(event)
        self._set_range()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the bar under the pointer."""
        self._point(self._place_at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        place = self._place_at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and place is not None:
            self._choose(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing more: pressing has chosen."""
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Read no bar when the pointer has left."""
        if event.type() == QEvent.Type.Leave:
            self._point(None)
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go along the bars."""
        page = self.horizontalScrollBar().pageStep()
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_Home: -len(self.values),
            Qt.Key.Key_End: len(self.values),
        }
        key = Qt.Key(event.key())
        if key not in steps or not len(self.values):
            event.ignore()
            return
        if self.selected is None:
            place = len(self.values) - 1 if key == Qt.Key.Key_End else 0
        else:
            place = self._place_of(self.selected) + steps[key]
        self._choose(min(max(place, 0), len(self.values) - 1))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self._read()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show it no more."""
        super().focusOutEvent(event)
        self._read()
        self.viewport().update()

    def _choose(self, place: int) -> None:
        self.select(int(self._order[place]))
        if self.selected is not None:
            self.unit_selected.emit(self.selected)

    def _point(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self._read()
            self.viewport().update()
