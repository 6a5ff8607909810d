"""From an imported picture, a scan or a photograph, to the ink of the one digit on it.

The window decodes the file and hands over its pixels; `preprocess.prepare_picture` takes the ink from here.
"""

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import DataError
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_PIXELS = 100_000_000
"""Twice what telephones take."""

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)
"""Shares of red, green and blue in how light a colour looks (ITU-R BT.709)."""

_DARK_SHARE = 0.5
"""What shows on nothing is light if its darkest stands out from white less than so much of its lightest from black."""

_ENOUGH_SIDE = 512
"""A larger picture is averaged down to about this many pixels: of 28 in the end, each still has hundreds."""

_BORDER_SHARE = 0.05
_SMALLEST_CONTRAST = 0.05
_CLEAR_OF_NOISE = 6.0
"""By how many standard deviations of the paper's noise ink must stand out; pure noise, split in two, reaches 3."""

_SMALLEST_PART = 0.02
"""A speck smaller than this share of the largest part is dirt: the bar of a 5 is ten times that."""

_ROWS_AT_ONCE = 512

Ink = NDArray[np.float32]


def ink_of(pixels: NDArray[np.uint8]) -> Ink:
    """How dark each pixel is, laid on white paper where it is transparent; on black, if what is there is light.

    Args:
        pixels: (h, w) grey, (h, w, 3) red, green, blue, or (h, w, 4) with alpha, not premultiplied; uint8.

    Returns:
        (h, w) from 0 (white) to 1 (black). For light on dark, take 1 − ink: see `looks_inverted`.

    Raises:
        DataError: there is no pixel, or there are more than `MOST_PIXELS`.
        ValueError: it is no such array.
    """
    if pixels.dtype != np.uint8 or not (pixels.ndim == 2 or (pixels.ndim == 3 and pixels.shape[2] in {3, 4})):
        raise ValueError(f"pixels must be (h, w), (h, w, 3) or (h, w, 4) uint8, not {pixels.shape} {pixels.dtype}")
    height, width = pixels.shape[:2]
    if not height * width:
        raise DataError(QT_TRANSLATE_NOOP("errors", "This picture has no pixels: choose one that shows a digit."))
    if height * width > MOST_PIXELS:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This picture has {width:,} × {height:,} pixels: it may have {most:,.0f} million; cut out the digit, "
                "or shrink it.",
            ),
            width=width,
            height=height,
            most=MOST_PIXELS / 1e6,
        )
    ink = np.empty((height, width), np.float32)
    darkest = lightest = 0.0
    for first in range(0, height, _ROWS_AT_ONCE):  # in pieces: reals of all colours would take four times the room
        rows = pixels[first : first + _ROWS_AT_ONCE]
        dark, opacity = _darkness(rows), _opacity(rows)
        ink[first : first + _ROWS_AT_ONCE] = dark * opacity
        darkest = max(darkest, float((dark * opacity).max()))
        lightest = max(lightest, float(((1 - dark) * opacity).max()))
    if darkest < _DARK_SHARE * lightest:  # white chalk on nothing would be lost on white paper
        for first in range(0, height, _ROWS_AT_ONCE):
            ink[first : first + _ROWS_AT_ONCE] += 1 - _opacity(pixels[first : first + _ROWS_AT_ONCE])
    return ink


def _darkness(pixels: NDArray[np.uint8]) -> Ink:
    values = pixels.astype(np.float32) / np.float32(255)
    if pixels.ndim == 2:
        return 1 - values
    return np.asarray(np.clip(1 - values[:, :, :3] @ _LUMINANCE, 0, 1), np.float32)


def _opacity(pixels: NDArray[np.uint8]) -> Ink | np.float32:
    has_alpha = pixels.ndim == 3 and pixels.shape[2] == 4
    return pixels[:, :, 3].astype(np.float32) / np.float32(255) if has_alpha else np.float32(1)


def looks_inverted(ink: Ink) -> bool:
    """Whether the picture seems to be light on dark: what stands out from its border is lighter than the border.

    Args:
        ink: (h, w), 0 to 1, as `ink_of` returns it.
    """
    small = _reduced(ink)
    height, width = small.shape
    edge = max(round(_BORDER_SHARE * min(height, width)), 1)
    border = np.ones(small.shape, bool)
    border[edge : height - edge, edge : width - edge] = False
    paper = float(np.median(small[border]))
    return paper - float(small.min()) > float(small.max()) - paper


def cropped(ink: Ink) -> Ink:
    """The digit alone: shadows, the paper's own grey and its noise taken away, cut to what is inked.

    Args:
        ink: (h, w), 0 to 1, dark on light.

    Returns:
        (h', w') from 0 (paper, exactly) to 1 (as dark as most of the line); a large picture is averaged down.

    Raises:
        DataError: nothing stands out from the paper.
    """
    level = _without_shadows(_reduced(ink))
    threshold = _between_paper_and_ink(level)
    below, above = level[level <= threshold], level[level > threshold]
    if not above.size:
        raise _blank()
    paper = float(np.median(below))
    noise = 1.4826 * float(np.median(np.abs(below - paper)))  # a standard deviation that outliers do not move
    line = float(np.quantile(above, 0.75))
    if line - paper < max(_SMALLEST_CONTRAST, _CLEAR_OF_NOISE * noise):
        raise _blank()
    floor = paper + 2 * noise
    kept = _without_dirt(level > threshold, level > floor)
    result = np.where(kept, np.clip((level - floor) / (line - floor), 0, 1), 0).astype(np.float32)
    rows, columns = np.flatnonzero(kept.any(axis=1)), np.flatnonzero(kept.any(axis=0))
    return result[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]


def _blank() -> DataError:
    return DataError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Nothing stands out from the paper in this picture: choose one of a single digit with paper around it.",
        )
    )


def _reduced(ink: Ink) -> Ink:
    """Average whole blocks of pixels, so that the longer side has `_ENOUGH_SIDE` at most."""
    block = -(-max(ink.shape) // _ENOUGH_SIDE)
    if block == 1:
        return ink
    height, width = (-(-length // block) for length in ink.shape)
    rest = ((0, height * block - ink.shape[0]), (0, width * block - ink.shape[1]))
    whole = np.pad(ink, rest, mode="edge")
    return np.asarray(whole.reshape(height, block, width, block).mean(axis=(1, 3)), np.float32)


def _without_shadows(ink: Ink) -> Ink:
    """Take away what is darker over a wide area: the opening sees no line, however dark, only what is wider."""
    from scipy import ndimage

    height, width = ink.shape
    opening = max(min(height, width) // 3, 3)
    beyond = np.pad(ink, opening, mode="reflect", reflect_type="odd")  # a shadow goes on beyond the edge as it came
    wide = ndimage.grey_opening(beyond, size=(opening, opening))[opening : opening + height, opening : opening + width]
    return np.asarray(ink - wide, np.float32)


def _between_paper_and_ink(ink: Ink) -> float:
    """Otsu's threshold: it splits the levels into two groups with the largest variance between them."""
    counts, edges = np.histogram(ink.astype(np.float64), bins=256)  # float32 has no 256 steps up to the least level
    middles = (edges[:-1] + edges[1:]) / 2
    count_below = np.cumsum(counts)[:-1].astype(np.float64)
    count_above = ink.size - count_below
    sum_below = np.cumsum(counts * middles)[:-1]
    mean_below = sum_below / np.maximum(count_below, 1)
    mean_above = ((counts * middles).sum() - sum_below) / np.maximum(count_above, 1)
    between = count_below * count_above * (mean_above - mean_below) ** 2
    best = np.flatnonzero(between >= between.max() * (1 - 1e-9))  # a gap between the groups: its middle
    return float(edges[1:-1][best[len(best) // 2]])


def _without_dirt(core: NDArray[np.bool_], inked: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Where the digit is: each part of `core` that is no speck, with all of `inked` that touches it."""
    from scipy import ndimage

    neighbours = np.ones((3, 3), bool)
    parts, _ = ndimage.label(core, neighbours)
    sizes = np.bincount(parts.ravel())
    sizes[0] = 0
    large = sizes >= max(_SMALLEST_PART * sizes.max(), 1)
    return np.asarray(ndimage.binary_propagation(large[parts], neighbours, mask=inked), bool)
