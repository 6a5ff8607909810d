"""A grid of 28×28 pictures, of any number: only what is in view is drawn, so seventy thousand scroll as one does."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QSizePolicy, QWidget

from mnist_lab.window import page_keys, picture_mode, theme
from mnist_lab.window.widgets.basic.key_line import KeyLine
from mnist_lab.window.widgets.pictures.grid_geometry import SPACE, GridGeometry
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.window.widgets.pictures.picture_painting import PicturePainter
from mnist_lab.window.words import fill, spell_whole

SMALL, LARGE = 44, 62
"""Usual sides of a picture, in logical pixels at the usual text size."""

Captions = Callable[[int], str]
Marks = Callable[[int], bool | None]


class PictureGrid(QAbstractScrollArea):
    """Shows pictures row by row; arrows, Page keys, Home, End and a click choose one.

    Attributes:
        images: (n, 28, 28) uint8, 0 (paper) to 255 (ink), not copied.
        indices: (k,) which of them are shown, in this order.
        selected: index into `images` of the chosen picture; None where nothing is shown.

    Signals:
        picture_activated(int): index into `images` of a picture that was clicked; `OpeningGrid` opens by Enter, too.
        selection_changed(): another picture is chosen, or none.
        pointed_changed(object): index into `images` under the pointer, or None.
    """

    KEYS = page_keys.GALLERY
    picture_activated = Signal(int)
    selection_changed = Signal()
    pointed_changed = Signal(object)

    def __init__(self, parent: QWidget | None = None, side: int = SMALL, look: GridLook | None = None) -> None:
        """Begin with pictures of this side (see `set_side`), where `look` says; None: with nothing, at the first."""
        super().__init__(parent)
        self._look = look or GridLook()
        self._side = theme.fonts.scaled(side)
        self._is_arranging = False
        self._pointed: int | None = None
        self._captions: Captions | None = None
        self._marks: Marks | None = None
        self._empty_words = ""
        self._keeps_choice = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFrameShape(QAbstractScrollArea.Shape.NoFrame)
        self._keys = KeyLine(self, self.KEYS)
        self.setViewportMargins(0, 0, 0, self._keys.height())
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setMouseTracking(True)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.set_palette(theme.current())

    # What is shown

    @property
    def images(self) -> NDArray[np.uint8]:
        """All pictures there are."""
        return self._look.images

    @property
    def indices(self) -> NDArray[np.intp]:
        """Which of them are shown."""
        return self._look.indices

    @property
    def selected(self) -> int | None:
        """Index into `images` of the chosen picture."""
        return self._look.selected

    def set_pictures(
        self,
        images: NDArray[np.uint8],
        indices: NDArray[np.integer] | None = None,
        captions: Captions | None = None,
        marks: Marks | None = None,
    ) -> None:
        """Show these pictures: from the first on, or where one was if they are the same ones.

        Args:
            images: (n, 28, 28) uint8.
            indices: (k,) which of them, in this order; None: all of them.
            captions: words below the picture with this index.
            marks: whether that picture is right (True), wrong (False), or neither (None): a line in that colour.
        """
        self._captions, self._marks = captions, marks
        if self._look.set_pictures(images, np.arange(len(images)) if indices is None else indices):
            self._pointed = None
        self._arrange()
        self.selection_changed.emit()

    def set_empty_words(self, words: str) -> None:
        """Say these words where there is nothing to show."""
        self._empty_words = words
        self.viewport().update()

    def keep_choice(self) -> None:
        """Mark the chosen picture also while the keyboard is elsewhere: something beside the grid is about it."""
        self._keeps_choice = True

    def select(self, index: int) -> bool:
        """Choose the picture with this index into `images` and scroll to it; False if it is not among those shown."""
        found = np.flatnonzero(self.indices == index)
        if found.size:
            self._go_to(int(found[0]))
        return bool(found.size)

    def set_side(self, side: int) -> None:
        """Show pictures with this side, in logical pixels at the usual text size: captions are as wide."""
        self._side = theme.fonts.scaled(side)
        self.set_palette(self._palette)  # captions have other room
        self._arrange()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self._painter = PicturePainter(palette, self._side + SPACE - 2)
        self.viewport().update()

    def sizeHint(self) -> QSize:
        """Ask for a few rows."""
        step = self._geometry.step
        return QSize(8 * step.width(), 4 * step.height())

    def minimumSizeHint(self) -> QSize:
        """Stay large enough for one picture."""
        return self._geometry.step + QSize(SPACE, SPACE + self._keys.height())

    # Where it is

    @property
    def _geometry(self) -> GridGeometry:
        caption = self._painter.caption_height if self._captions else 0
        return GridGeometry(self._side, caption, self.viewport().width(), self.verticalScrollBar().value())

    def _arrange(self) -> None:
        """Fill the room there is, scrolled as far as one had scrolled, or as far as that leads."""
        height, geometry = self.viewport().height(), self._geometry
        step = geometry.step.height()
        bar = self.verticalScrollBar()
        self._is_arranging = True
        bar.setRange(0, max(geometry.height_of(len(self.indices)) - height, 0))
        bar.setSingleStep(step)
        bar.setPageStep(max(height - step, step))
        bar.setValue(self._look.scrolled)
        self._is_arranging = False
        self.viewport().update()
        self._describe()

    @Slot(int)
    def _on_scrolled(self, value: int) -> None:
        if not self._is_arranging:
            self._look.scrolled = value

    def picture_rect(self, place: int) -> QRect:
        """Where the picture at this place lies in the viewport, or would lie; places count from 0, row by row."""
        return self._geometry.picture_rect(place)

    def point_of(self, place: int) -> QPoint | None:
        """The middle of the picture at this place; None while it is not in sight."""
        middle = self.picture_rect(place).center()
        return middle if place < len(self.indices) and self.viewport().rect().contains(middle) else None

    def _place_at(self, point: QPoint) -> int | None:
        place = self._geometry.place_at(point)
        return place if place is not None and place < len(self.indices) else None

    def _go_to(self, place: int) -> None:
        if not len(self.indices):
            return
        self._look.place = min(max(place, 0), len(self.indices) - 1)
        self._look.choices += 1
        top = self.picture_rect(self._look.place).top() - SPACE
        bottom = top + self._geometry.step.height() + SPACE
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (top if top < 0 else max(bottom - self.viewport().height(), 0)))
        self.viewport().update()
        self._describe()
        self.selection_changed.emit()

    def _describe(self) -> None:
        count = len(self.indices)
        if not count:
            self.setAccessibleDescription(self._empty_words)
            return
        index = int(self.indices[self._look.place])
        caption = self._captions(index) if self._captions else ""
        words = self.tr("picture {place} of {count}: {caption}") if caption else self.tr("picture {place} of {count}")
        self.setAccessibleDescription(
            fill(words, place=spell_whole(self._look.place + 1), count=spell_whole(count), caption=caption)
        )

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows in view."""
        painter = QPainter(self.viewport())
        if len(self.indices):
            self._paint_places(painter, self._geometry, event.rect())
        else:
            painter.setPen(QColor(self._palette.muted))
            flags = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap)
            painter.drawText(self.viewport().rect(), flags, self._empty_words)
        if self.hasFocus():
            theme.draw_focus_ring(painter, QRectF(self.viewport().rect()), self._palette)
        painter.end()

    def _paint_places(self, painter: QPainter, geometry: GridGeometry, room: QRect) -> None:
        places = geometry.places_in(room)
        places = range(places.start, min(places.stop, len(self.indices)))
        if not places:
            return
        indices = self.indices[places.start : places.stop]
        areas = [geometry.picture_rect(place) for place in places]
        self._painter.paint_pictures(painter, self.images[indices], areas)
        if self._marks is not None:
            self._painter.paint_marks(painter, [self._marks(int(index)) for index in indices], areas)
        if self._captions is not None:
            self._painter.paint_captions(painter, [self._captions(int(index)) for index in indices], areas)
        painter.setPen(QPen(QColor(self._palette.accent), 2))
        for place in (
            self._look.place if self._keeps_choice or picture_mode.has_keyboard(self) else None,
            self._pointed,
        ):
            if place is not None and place in places:
                painter.drawRect(areas[place - places.start].adjusted(-1, -1, 0, 0))

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fill the new width."""
        super().resizeEvent(event)
        self._keys.setGeometry(0, self.height() - self._keys.height(), self.width(), self._keys.height())
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose another picture."""
        targets = self._geometry.targets_from(self._look.place, len(self.indices), self.viewport().height())
        key = Qt.Key(event.key())
        if key in targets:
            self._go_to(targets[key])
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the picture under the pointer."""
        place = self._place_at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self._go_to(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the chosen picture, if the pointer is still on it."""
        place = self._place_at(event.position().toPoint())
        if place is not None and place == self._look.place and event.button() == Qt.MouseButton.LeftButton:
            self.picture_activated.emit(int(self.indices[place]))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which picture is under the pointer."""
        self._point_at(self._place_at(event.position().toPoint()))

    def viewportEvent(self, event: QEvent) -> bool:
        """Forget what was pointed at when the pointer leaves."""
        if event.type() == QEvent.Type.Leave:
            self._point_at(None)
        return bool(super().viewportEvent(event))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show what is chosen."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no choice without the keyboard, unless it is kept."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _point_at(self, place: int | None) -> None:
        if place != self._pointed:
            self._pointed = place
            self.pointed_changed.emit(None if place is None else int(self.indices[place]))
            self.viewport().update()
