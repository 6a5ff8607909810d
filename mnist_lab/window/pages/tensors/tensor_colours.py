"""From the values of cells to their colours: grey levels, colours, or a scale through zero; knows no Qt."""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.view import TensorView
from mnist_lab.window import theme
from mnist_lab.window.theme.colours import STEPS, rgb

Colours = NDArray[np.uint8]
_FADED = 0.72
"""How much of the panel covers a cell that does not stand out."""
_GHOSTLY = 0.5


def cell_colours(view: TensorView, palette: theme.Palette, *, with_numbers: bool) -> Colours:
    """Choose the colour of every drawn cell.

    Whole numbers of pictures go from paper (0) to ink (255); other values from paper (0) to ink (the largest drawn
    one), or, if some are negative, over the diverging scale of weights. Cells with numbers, and none of a picture,
    all have the panel's colour.

    Returns:
        (…, 3) uint8: the shape of the drawn cells, then red, green, blue.
    """
    shape = tuple(map(len, view.places))
    if view.channels == 3:
        colours = view.values.astype(np.uint8)
    elif with_numbers and not view.is_picture:
        colours = np.broadcast_to(rgb(palette.panel), (*shape, 3)).copy()
    else:
        colours = _scaled(view.values.reshape(shape), palette, is_picture=view.is_picture)
    if view.done is not None:
        colours[~view.done] = rgb(palette.window)
    if view.ghosts is not None:
        colours = _covered(colours, view.ghosts, rgb(palette.window if with_numbers else palette.panel), _GHOSTLY)
    if view.lit is not None:
        colours = _covered(colours, ~view.lit, rgb(palette.panel), _FADED)
    return colours


def _scaled(values: NDArray[np.generic], palette: theme.Palette, *, is_picture: bool) -> Colours:
    numbers = np.nan_to_num(values.astype(np.float64), posinf=0.0, neginf=0.0)
    limit = float(np.abs(numbers).max(initial=0.0)) or 1.0
    if is_picture and values.dtype == np.uint8:
        limit = 255.0
    if numbers.min(initial=0.0) < 0:
        scaled: Colours = theme.diverging(palette)[np.rint(numbers / limit * STEPS).astype(int) + STEPS]
        return scaled
    paper, ink = rgb(palette.paper).astype(float), rgb(palette.ink).astype(float)
    shaded: Colours = np.rint(paper + (numbers / limit)[..., None] * (ink - paper)).astype(np.uint8)
    return shaded


def _covered(colours: Colours, where: NDArray[np.bool_], cover: NDArray[np.uint8], share: float) -> Colours:
    mixed = np.rint(colours * (1 - share) + cover * share).astype(np.uint8)
    return np.where(where[..., None], mixed, colours)
