"""Where the pictures of a grid lie: row by row, as many beside each other as the width has room for."""

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt

SPACE = 6
"""Between two pictures, in logical pixels."""


@dataclass(frozen=True)
class GridGeometry:
    """A grid's measures, all in logical pixels of its viewport; places count from 0, row by row.

    Attributes:
        side: of a picture.
        caption: height of the words below each; 0 without any.
        width: of the viewport.
        scrolled: how far it is scrolled.
    """

    side: int
    caption: int
    width: int
    scrolled: int

    @property
    def step(self) -> QSize:
        """From one picture to the next."""
        return QSize(self.side + SPACE, self.side + SPACE + self.caption)

    @property
    def columns(self) -> int:
        """Pictures beside each other."""
        return max((self.width - SPACE) // self.step.width(), 1)

    def height_of(self, count: int) -> int:
        """What so many pictures take."""
        return -(-count // self.columns) * self.step.height() + SPACE

    def picture_rect(self, place: int) -> QRect:
        """Where the picture at a place lies, or would lie."""
        row, column = divmod(place, self.columns)
        step = self.step
        return QRect(SPACE + column * step.width(), SPACE + row * step.height() - self.scrolled, self.side, self.side)

    def place_at(self, point: QPoint) -> int | None:
        """The place at a point; None beside the columns and above the first row."""
        column = (point.x() - SPACE) // self.step.width()
        row = (point.y() + self.scrolled - SPACE) // self.step.height()
        return row * self.columns + column if 0 <= column < self.columns and row >= 0 else None

    def targets_from(self, place: int, count: int, height: int) -> Mapping[Qt.Key, int]:
        """Where keys lead from one of `count` places, in a viewport of this height; maybe beyond the ends."""
        columns = self.columns
        page = max(height // self.step.height(), 1) * columns
        return {
            Qt.Key.Key_Left: place - 1,
            Qt.Key.Key_Right: place + 1,
            Qt.Key.Key_Up: place - columns,
            Qt.Key.Key_Down: place + columns,
            Qt.Key.Key_PageUp: place - page,
            Qt.Key.Key_PageDown: place + page,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: count - 1,
        }

    def places_in(self, room: QRect) -> range:
        """The places of all rows that have a part in this part of the viewport."""
        step = self.step.height()
        first_row = max((room.top() + self.scrolled - SPACE) // step, 0)
        last_row = (room.bottom() + self.scrolled) // step
        return range(first_row * self.columns, (last_row + 1) * self.columns)
