"""Paints the cells of one array: sheets from the back to the front, numbers where they fit, and what is marked."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter, QPen

from mnist_lab.tensors.layout import Block
from mnist_lab.tensors.view import Index, TensorView, legend, spell_cell
from mnist_lab.window import theme
from mnist_lab.window.pages.tensors.tensor_colours import Colours, cell_colours

_SMALLEST_NUMBER = 8
"""Height of letters, in logical pixels, below which a number cannot be read."""
_NUMBER_SHARE, _NUMBER_ROOM = 0.38, 0.86
_MANY_READ = 64
_LIGHT_GROUND = 0.5
WIDER_ON_SCREEN = 1.03
"""On screens of 125 % letters stand on whole pixels, and words are a little wider than they are measured."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A view and where it is painted.

    Attributes:
        view: what.
        left: of its cells, in logical pixels.
        top: the same.
        scale: side of a cell in logical pixels.
        number_pixels: height of the letters of its numbers; 0 where they do not fit.
        colours: of all drawn cells.
    """

    view: TensorView
    left: float
    top: float
    scale: float
    number_pixels: int
    colours: Colours

    @property
    def width(self) -> float:
        """Of all its cells, in logical pixels."""
        return self.view.layout.width * self.scale

    def cell_rect(self, drawn: Index) -> QRectF:
        """Where a drawn cell stands."""
        x, y = self.view.layout.corner_of(drawn) or (0.0, 0.0)
        return QRectF(self.left + x * self.scale, self.top + y * self.scale, self.scale, self.scale)

    def cell_at(self, point: QPointF) -> Index | None:
        """The drawn cell in front at this point; sheets without a lit cell are looked through."""
        x, y = (point.x() - self.left) / self.scale, (point.y() - self.top) / self.scale
        layout = self.view.layout
        in_front = layout.blocks[::-1]
        for block in sorted(in_front, key=lambda block: not is_lit(self.view, block)):
            column, row = int(np.floor(x - block.x)), int(np.floor(y - block.y))
            if 0 <= column < len(layout.columns) and 0 <= row < len(layout.rows):
                return layout.index_of(block, row, column)
        return None


def place(view: TensorView, left: float, top: float, scale: float, palette: theme.Palette) -> Placed:
    """Prepare a view for being painted there."""
    pixels = number_pixels(view, scale)
    return Placed(view, left, top, scale, pixels, cell_colours(view, palette, with_numbers=pixels > 0))


def number_pixels(view: TensorView, scale: float) -> int:
    """Height of letters with which the widest drawn number fits into a cell; 0 if that is too small to read."""
    if view.channels or scale * _NUMBER_SHARE < _SMALLEST_NUMBER or not view.values.size:
        return 0
    texts = {spell_cell(value) for value in view.values.reshape(-1)}
    usual = scale * _NUMBER_SHARE
    width = max(theme.fonts.widest(number_font(round(usual)), text) for text in texts)
    fitting = int(min(usual, usual * scale * _NUMBER_ROOM / max(width, 1.0)))
    return fitting if fitting >= _SMALLEST_NUMBER else 0


def number_font(pixels: int) -> QFont:
    """Return the font of numbers in cells."""
    font = theme.fonts.font("small")
    font.setPixelSize(pixels)
    return font


def line_height() -> float:
    """Height of a line of words beside the cells, in logical pixels."""
    return QFontMetricsF(theme.fonts.font("body", bold=True)).height()


def label_width(view: TensorView) -> float:
    """Width of the words above and below a view, in logical pixels."""
    title = QFontMetricsF(theme.fonts.font("body", bold=True)).horizontalAdvance(view.title)
    words = max(title, QFontMetricsF(theme.fonts.font("small")).horizontalAdvance(legend(view)))
    return words * WIDER_ON_SCREEN + 2


def is_lit(view: TensorView, block: Block) -> bool:
    """Whether a sheet has a cell that stands out (all have, where none is faded)."""
    return view.lit is None or bool(view.lit[block.index].any())


def paint(painter: QPainter, placed: Placed, palette: theme.Palette) -> None:
    """Paint all sheets of a view, and frames around what is lit."""
    for block in placed.view.layout.blocks:
        _paint_block(painter, placed, block, palette)


def _paint_block(painter: QPainter, placed: Placed, block: Block, palette: theme.Palette) -> None:
    view, scale = placed.view, placed.scale
    rows, columns = len(view.layout.rows), len(view.layout.columns)
    area = QRectF(placed.left + block.x * scale, placed.top + block.y * scale, columns * scale, rows * scale)
    if is_lit(view, block):
        colours = np.ascontiguousarray(placed.colours[block.index].reshape(rows, columns, 3))
        painter.drawImage(area, QImage(colours.data, columns, rows, 3 * columns, QImage.Format.Format_RGB888))
        if placed.number_pixels:
            _paint_grid(painter, area, rows, columns, palette)
        _paint_leaps(painter, view, area, scale, palette)
        _paint_ghosts(painter, placed, block, palette)
        _paint_marks(painter, placed, block, palette)
        if placed.number_pixels:
            _paint_numbers(painter, placed, block, palette)
    painter.setPen(QPen(QColor(palette.border), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)
    _paint_lit_frame(painter, placed, block, palette)


def _paint_grid(painter: QPainter, area: QRectF, rows: int, columns: int, palette: theme.Palette) -> None:
    painter.setPen(QPen(QColor(palette.line), 1))
    step = area.height() / rows
    for row in range(1, rows):
        y = area.top() + row * step
        painter.drawLine(QLineF(area.left(), y, area.right(), y))
    for column in range(1, columns):
        x = area.left() + column * step
        painter.drawLine(QLineF(x, area.top(), x, area.bottom()))


def _paint_leaps(painter: QPainter, view: TensorView, area: QRectF, scale: float, palette: theme.Palette) -> None:
    """Dotted lines where places of a long axis are left out."""
    painter.setPen(QPen(QColor(palette.accent), 2, Qt.PenStyle.DotLine))
    if view.places:
        for number in _leaps(view.places[-1]):
            x = area.left() + number * scale
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
    if len(view.places) > 1:
        for number in _leaps(view.places[-2]):
            y = area.top() + number * scale
            painter.drawLine(QLineF(area.left(), y, area.right(), y))


def _leaps(places: tuple[int, ...]) -> Iterator[int]:
    for number in range(1, len(places)):
        if places[number] != places[number - 1] + 1:
            yield number


def _inner(view: TensorView, block: Block) -> Iterator[Index]:
    for row in range(len(view.layout.rows)):
        for column in range(len(view.layout.columns)):
            yield view.layout.index_of(block, row, column)


def _paint_ghosts(painter: QPainter, placed: Placed, block: Block, palette: theme.Palette) -> None:
    """Dashed frames around cells that only count as if they were there."""
    if placed.view.ghosts is None or not placed.number_pixels:
        return
    painter.setPen(QPen(QColor(palette.muted), 1, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for drawn in _inner(placed.view, block):
        if placed.view.ghosts[drawn]:
            painter.drawRect(placed.cell_rect(drawn).adjusted(3, 3, -3, -3))


def _paint_marks(painter: QPainter, placed: Placed, block: Block, palette: theme.Palette) -> None:
    view = placed.view
    leading = len(block.index)
    rects = [placed.cell_rect(drawn) for drawn in view.read if drawn[:leading] == block.index]
    if len(rects) > _MANY_READ:  # so many frames would hide what they frame
        whole = rects[0]
        for rect in rects:
            whole = whole.united(rect)
        rects = [whole]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for rect in rects:
        if placed.number_pixels:
            painter.fillRect(rect, QColor(palette.accent_soft))
        painter.setPen(QPen(QColor(palette.accent), 2))
        painter.drawRect(rect.adjusted(1, 1, -1, -1) if placed.number_pixels else rect)
    if view.current is not None and view.current[:leading] == block.index:
        if placed.number_pixels:
            painter.fillRect(placed.cell_rect(view.current), QColor(palette.accent))
        else:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.drawRect(placed.cell_rect(view.current))


def _paint_numbers(painter: QPainter, placed: Placed, block: Block, palette: theme.Palette) -> None:
    view = placed.view
    painter.setFont(number_font(placed.number_pixels))
    values = view.values.reshape(tuple(map(len, view.places)))
    for drawn in _inner(view, block):
        if not view.has_value(drawn):
            continue
        painter.setPen(_number_colour(placed, drawn, palette))
        painter.drawText(placed.cell_rect(drawn), Qt.AlignmentFlag.AlignCenter, spell_cell(values[drawn]))


def _number_colour(placed: Placed, drawn: Index, palette: theme.Palette) -> QColor:
    view = placed.view
    if drawn == view.current:
        return QColor(palette.accent_text)
    if drawn in view.read:
        return QColor(palette.text)
    if view.ghosts is not None and view.ghosts[drawn]:
        return QColor(palette.muted)
    ground = placed.colours[drawn].astype(float) / 255
    is_light = float(ground @ np.array([0.2126, 0.7152, 0.0722])) > _LIGHT_GROUND
    if view.lit is not None and not view.lit[drawn]:
        return QColor(palette.muted)
    return QColor("#16181c" if is_light else "#f2f3f5")


def _paint_lit_frame(painter: QPainter, placed: Placed, block: Block, palette: theme.Palette) -> None:
    view = placed.view
    if view.lit is None or not is_lit(view, block):
        return
    rows, columns = len(view.layout.rows), len(view.layout.columns)
    places = np.argwhere(np.asarray(view.lit[block.index]).reshape(rows, columns))
    (top, left), (bottom, right) = places.min(axis=0), places.max(axis=0) + 1
    scale, x, y = placed.scale, placed.left + block.x * placed.scale, placed.top + block.y * placed.scale
    painter.setPen(QPen(QColor(palette.accent), 2))
    painter.drawRect(QRectF(x + left * scale, y + top * scale, (right - left) * scale, (bottom - top) * scale))
