"""Where tiles stand on a page, and the gaps between them."""

from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath

from mnist_lab.window.widgets.pictures.tile_mosaic import SPACE, TileGrid


def tiled_area(grid: TileGrid, tiles: int, ratio: float) -> QPainterPath:
    """Return the area that so many tiles stand on, in logical pixels: whole rows, and what there is of the last."""
    rows, rest = divmod(tiles, grid.columns)
    area = QPainterPath()
    for columns, bottom in ((grid.columns, rows), (rest, rows + 1)):
        if columns and bottom:
            size = [(count * grid.pitch - SPACE * grid.scale) / ratio for count in (columns, bottom)]
            area.addRect(QRectF(0, 0, *size))
    area.setFillRule(Qt.FillRule.WindingFill)
    return area


def paint_gaps(painter: QPainter, grid: TileGrid, ratio: float, size: QSizeF, ground: QColor) -> None:
    """Let the ground show between the tiles: a colour that no weight has."""
    pitch, gap = grid.pitch / ratio, SPACE * grid.scale / ratio
    for column in range(1, grid.columns):
        painter.fillRect(QRectF(column * pitch - gap, 0, gap, size.height()), ground)
    for row in range(1, grid.rows):
        painter.fillRect(QRectF(0, row * pitch - gap, size.width(), gap), ground)
