"""The picture of a page of tiles, where they stand on it, and the gaps between them."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, qRgb

from mnist_lab.window import theme
from mnist_lab.window.widgets.pictures.tile_mosaic import TileGrid, enlarge, paint_mosaic


def colours(palette: theme.Palette) -> list[int]:
    """The colours of the indices that `paint_mosaic` gives, as Qt's table of an indexed image."""
    table = [qRgb(*(int(part) for part in entry)) for entry in theme.diverging(palette)]
    return [*table, QColor(palette.line).rgb()]


def mosaic_image(kernel: NDArray[np.float32], limit: float, grid: TileGrid, colours: list[int]) -> QImage:
    """Paint units as tiles, one pixel a weight; of the size that it has on the screen if the grid's scale is not whole.

    Args:
        kernel: (784, units) float32, from one unit on.
        limit: weight of the strongest colour.
        grid: where the tiles stand.
        colours: of the indices that `paint_mosaic` gives, as Qt's table of an indexed image.
    """
    shades = paint_mosaic(kernel, limit, grid.columns)
    if grid.image_scale != grid.scale:
        shades = enlarge(shades, grid)
    height, width = shades.shape
    image = QImage(shades.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable(colours)
    return image.convertToFormat(QImage.Format.Format_RGB32)


def tiled_area(grid: TileGrid, tiles: int, ratio: float) -> QPainterPath:
    """Return the area that so many tiles stand on, in logical pixels: whole rows, and what there is of the last."""
    rows, rest = divmod(tiles, grid.columns)
    area = QPainterPath()
    for columns, bottom in ((grid.columns, rows), (rest, rows + 1)):
        if columns and bottom:
            size = [(count * grid.pitch - grid.gap) / ratio for count in (columns, bottom)]
            area.addRect(QRectF(0, 0, *size))
    area.setFillRule(Qt.FillRule.WindingFill)
    return area


def paint_page(painter: QPainter, image: QImage, grid: TileGrid, tiles: int, ratio: float, ground: QColor) -> None:
    """Paint a page of so many tiles, of which `image` is the picture, crisp."""
    painter.save()
    painter.translate(grid.left / ratio, grid.top / ratio)
    painter.setClipPath(tiled_area(grid, tiles, ratio))
    area = QRectF(QPointF(), image.size().toSizeF() * (grid.image_scale / ratio))
    painter.drawImage(area, image)
    paint_gaps(painter, grid, ratio, area.size(), ground)
    painter.restore()


def paint_gaps(painter: QPainter, grid: TileGrid, ratio: float, size: QSizeF, ground: QColor) -> None:
    """Let the ground show between the tiles: a colour that no weight has."""
    pitch, gap = grid.pitch / ratio, grid.gap / ratio
    for column in range(1, grid.columns):
        painter.fillRect(QRectF(column * pitch - gap, 0, gap, size.height()), ground)
    for row in range(1, grid.rows):
        painter.fillRect(QRectF(0, row * pitch - gap, size.width(), gap), ground)
