"""The picture of the weight tiles: one mosaic, with a selected tile and a weight under the pointer."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.widgets.pictures import tile_mosaic, tile_painting
from mnist_lab.window.widgets.pictures.hatching import paint_hatching
from mnist_lab.window.widgets.pictures.tile_look import TileLook
from mnist_lab.window.widgets.pictures.tile_mosaic import SIDE

LARGEST_ZOOM = 8


class TileField(QWidget):
    """Paints one page of units as tiles and lets mouse and keyboard point at them.

    Attributes:
        kernel: (784, units) float32.
        order: (units,) the units in the order in which they stand; None: by number.
        off: (units,) which units are switched off, and hatched; None: none.
        first: place (from 0) of the first tile on this page; without an order also the number of its unit.
        pointed: unit, pixel row and pixel column under the pointer, or None.

    Signals:
        page_changed(): another page, another number of tiles a page, or another order.
        zoom_changed(int): the new `zoom`.
        pointed_changed(): another weight is pointed at, or another unit selected.
        unit_activated(int): a unit was clicked, or Enter pressed on it.
    """

    KEYS = page_keys.TILES
    page_changed = Signal()
    zoom_changed = Signal(int)
    pointed_changed = Signal()
    unit_activated = Signal(int)

    def __init__(self, look: TileLook, parent: QWidget | None = None) -> None:
        """Show no weights yet; scale, zoom and selection are those of `look`."""
        super().__init__(parent)
        self._look = look
        self.kernel: NDArray[np.float32] = np.empty((SIDE * SIDE, 0), np.float32)
        self.order: NDArray[np.intp] | None = None
        self.off: NDArray[np.bool_] | None = None
        self.first = 0
        self.pointed: tuple[int, int, int] | None = None
        self._grid = tile_mosaic.fit(1, 1, 1, 1)
        self._image = QImage()
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that Qt paints nothing behind it
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_palette(theme.current())

    @property
    def zoom(self) -> int:
        """How many times larger than needed the tiles are."""
        return self._look.zoom

    @property
    def selected(self) -> int:
        """Number of the selected unit."""
        return self._look.selected

    @property
    def units(self) -> int:
        """How many units there are."""
        return int(self.kernel.shape[1])

    @property
    def last(self) -> int:
        """Place after the last tile on this page."""
        return min(self.first + self._grid.tiles, self.units)

    def show_kernel(self, kernel: NDArray[np.float32]) -> None:
        """Show these weights: (784, units) float32, on a scale up to the limit of `look`."""
        units, self.kernel = self.units, kernel
        if self.units != self._look.units:
            self._look.units, self._look.selected = self.units, 0
        if self.units != units:
            self.first, self.pointed, self.order = 0, None, None
            self._lay_out()
        else:
            self._render()

    def set_order(self, order: NDArray[np.intp] | None) -> None:
        """Let units stand in this order, from the first page on; None: by number.

        Raises:
            ValueError: if it does not name every unit.
        """
        if order is not None and len(order) != self.units:
            raise ValueError(f"an order of {self.units} units is needed, {len(order)} were given")
        self.order, self.first, self.pointed = order, 0, None
        self._render()
        self.page_changed.emit()
        self.pointed_changed.emit()

    def set_off(self, off: NDArray[np.bool_] | None) -> None:
        """Hatch these of the units, (units,); None: none of them."""
        self.off = off
        self.update()

    def is_off(self, unit: int) -> bool:
        """Whether that unit is hatched; one that has just come is not."""
        return self.off is not None and unit < len(self.off) and bool(self.off[unit])

    def set_zoom(self, zoom: int) -> None:
        """Show the tiles `zoom` times as large, and fewer of them on a page."""
        zoom = min(max(zoom, 1), LARGEST_ZOOM)
        if zoom != self.zoom:
            self._look.zoom = zoom
            self._lay_out()
            self.zoom_changed.emit(zoom)

    def place_of(self, unit: int) -> int:
        """Where a unit stands in the order, from 0."""
        return unit if self.order is None else int(np.flatnonzero(self.order == unit)[0])

    def unit_at(self, place: int) -> int:
        """Number of the unit that stands there in the order."""
        return place if self.order is None else int(self.order[place])

    def turn(self, pages: int) -> None:
        """Go `pages` pages on (or back)."""
        last_page = max(math.ceil(self.units / self._grid.tiles) - 1, 0)
        page = min(max(self.first // self._grid.tiles + pages, 0), last_page)
        if self.units:
            self.select(self.unit_at(page * self._grid.tiles))

    def select(self, unit: int) -> None:
        """Select a unit and show its page; what is beyond the ends selects the end."""
        self._look.selected = min(max(unit, 0), max(self.units - 1, 0))
        first = self._first_of_page() if self.units else 0
        if first != self.first:
            self.first, self.pointed = first, None
            self._render()
            self.page_changed.emit()
        self._show_focus()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self._colours = tile_painting.colours(palette)
        self._ground = QColor(palette.panel)
        self._render()

    def sizeHint(self) -> QSize:
        """Ask for a few rows of small tiles."""
        return QSize(30 * 24, 30 * 8)

    def minimumSizeHint(self) -> QSize:
        """Stay readable: two rows of eight."""
        return QSize(30 * 8, 30 * 2)

    def _arrange(self) -> None:
        """Choose the size of the tiles for the room there is, and keep the selected one in view."""
        ratio = self.devicePixelRatioF()
        size = (math.floor(self.width() * ratio), math.floor(self.height() * ratio))
        self._grid = tile_mosaic.fit(self.units, *size, math.ceil(ratio), self.zoom)
        self.first = self._first_of_page() if self.units else 0
        self.page_changed.emit()

    def _first_of_page(self) -> int:
        """Return the first place of the page on which the selected unit stands."""
        return self.place_of(self.selected) // self._grid.tiles * self._grid.tiles

    def _render(self) -> None:
        """Turn this page's weights into an image."""
        shown = slice(self.first, self.last)
        page = self.kernel[:, shown] if self.order is None else np.take(self.kernel, self.order[shown], axis=1)
        self._image = QImage()
        if page.shape[1]:
            self._image = tile_painting.mosaic_image(page, self._look.limit, self._grid, self._colours)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mosaic, crisp, and mark the selected tile."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._ground)
        if self._image.isNull():
            painter.setPen(QColor(self._palette.muted))
            words = self.tr("The weights appear here when training begins")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        else:
            ratio = self.devicePixelRatioF()
            tile_painting.paint_page(painter, self._image, self._grid, self.last - self.first, ratio, self._ground)
            for unit in map(self.unit_at, range(self.first, self.last) if self.off is not None else ()):
                if self.is_off(unit):
                    paint_hatching(painter, self.tile_rect(unit), self._palette)
        if picture_mode.has_keyboard(self):
            self._mark_selected(painter)
        painter.end()

    def _mark_selected(self, painter: QPainter) -> None:
        if not self.units:
            theme.draw_focus_ring(painter, QRectF(self.rect()), self._palette)
        elif self.first <= self.place_of(self.selected) < self.last:
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(self.tile_rect(self.selected).adjusted(1, 1, -1, -1))

    def tile_rect(self, unit: int) -> QRectF:
        """Return where a unit of this page stands, in logical pixels."""
        ratio, (left, top) = self.devicePixelRatioF(), self._grid.place(self.place_of(unit) - self.first)
        return QRectF(left / ratio, top / ratio, self._grid.side / ratio, self._grid.side / ratio)

    def point_of(self, place: int) -> QPoint | None:
        """The middle of a tile, numbered from the first one in sight; None where there is none."""
        is_seen = place < self.last - self.first
        return self.tile_rect(self.unit_at(self.first + place)).center().toPoint() if is_seen else None

    def _at(self, position: QPointF) -> tuple[int, int, int] | None:
        """Return unit, row and column of the weight at a position, None between tiles and outside."""
        ratio = self.devicePixelRatioF()
        at = self._grid.at(math.floor(position.x() * ratio), math.floor(position.y() * ratio))
        if at is None or self.first + at[0] >= self.last:
            return None
        return self.unit_at(self.first + at[0]), at[1], at[2]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at the weight under the pointer."""
        pointed = self._at(event.position())
        if pointed != self.pointed:
            self.pointed = pointed
            self.pointed_changed.emit()

    def leaveEvent(self, _event: QEvent) -> None:
        """Point at nothing."""
        self.pointed = None
        self.pointed_changed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select the unit under the pointer and open it."""
        pointed = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and pointed:
            self.select(pointed[0])
            self.unit_activated.emit(pointed[0])
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selection, turn pages, open the selected unit."""
        key = Qt.Key(event.key())
        place = self._place_for(key)
        if place is not None:
            if 0 <= place < self.units:
                self.select(self.unit_at(place))
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turn(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.set_zoom(self.zoom + (1 if key == Qt.Key.Key_Plus else -1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.units:
            self.unit_activated.emit(self.selected)
        else:
            event.ignore()

    def _show_focus(self) -> None:
        self.update()
        self.pointed_changed.emit()

    def _lay_out(self) -> None:
        self._arrange()
        self._render()

    def _place_for(self, key: Qt.Key) -> int | None:
        """Return the place that a key leads to from the selected tile; None if it is no such key."""
        if not self.units:
            return None
        here, columns = self.place_of(self.selected), self._grid.columns
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -columns, Qt.Key.Key_Down: columns}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.units - 1}
        return here + steps[key] if key in steps else ends.get(key)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the selection."""
        super().focusInEvent(event)
        self._show_focus()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hide the selection."""
        super().focusOutEvent(event)
        self._show_focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the size of the tiles anew."""
        super().resizeEvent(event)
        self._lay_out()

    def event(self, event: QEvent) -> bool:
        """Show no tool tip over the tiles: it would hide what one looks at; it stands beside the readout."""
        if event.type() == QEvent.Type.ToolTip and self.units:
            return True
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # stays crisp; Qt tells it here, not in `changeEvent`
            self._lay_out()
        return super().event(event)
