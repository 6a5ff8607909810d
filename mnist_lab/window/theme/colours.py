"""Arithmetic of colours: contrast as WCAG defines it, even mixtures, and the map from weights to colours."""

import functools

import numpy as np
from numpy.typing import NDArray

from mnist_lab.palette import Palette

STEPS = 127
"""Colours on each side of zero in a diverging table."""

_TO_LMS = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LMS_TO_OKLAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)


def rgb(colour: str) -> NDArray[np.uint8]:
    """Return the three bytes of "#rrggbb"."""
    return np.frombuffer(bytes.fromhex(colour.removeprefix("#")), dtype=np.uint8)


def contrast(first: str, second: str) -> float:
    """Contrast of two colours from 1 (none) to 21 (black on white), as WCAG 2 defines it."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance from 0 (black) to 1 (white)."""
    return float(_linear(rgb(colour)) @ np.array([0.2126, 0.7152, 0.0722]))


@functools.lru_cache(maxsize=1024)  # every button asks for a few of the same
def mix(first: str, second: str, share: float) -> str:
    """Return the colour `share` of the way (0 to 1) from `first` to `second`, even to the eye."""
    start, end = _oklab(rgb(first)), _oklab(rgb(second))
    return "#" + _from_oklab(start + share * (end - start)).tobytes().hex()


@functools.cache
def diverging(palette: Palette) -> NDArray[np.uint8]:
    """Return the map from weights to colours: negative, exactly neutral in the middle, positive.

    Lightness changes by equal steps on each side (measured in OKLab), so equal differences of weights look equal.

    Returns:
        (2 · STEPS + 1, 3) uint8, red green blue; entry `STEPS` is `palette.zero`. Read-only.
    """
    zero = _oklab(rgb(palette.zero))
    share = np.linspace(0, 1, STEPS + 1)[:, np.newaxis]
    sides = [_from_oklab(zero + share * (_oklab(rgb(end)) - zero)) for end in (palette.negative, palette.positive)]
    table = np.concatenate([sides[0][::-1], sides[1][1:]])
    table[STEPS] = rgb(palette.zero)
    table.flags.writeable = False
    return table


def _linear(colour: NDArray[np.uint8]) -> NDArray[np.float64]:
    share = colour / 255.0
    result: NDArray[np.float64] = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return result


def _oklab(colour: NDArray[np.uint8]) -> NDArray[np.float64]:
    result: NDArray[np.float64] = np.cbrt(_linear(colour) @ _TO_LMS.T) @ _LMS_TO_OKLAB.T
    return result


def _from_oklab(colour: NDArray[np.float64]) -> NDArray[np.uint8]:
    linear = (colour @ np.linalg.inv(_LMS_TO_OKLAB).T) ** 3 @ np.linalg.inv(_TO_LMS).T
    linear = np.clip(linear, 0, 1)
    share = np.where(linear <= 0.0031308, linear * 12.92, 1.055 * linear ** (1 / 2.4) - 0.055)
    result: NDArray[np.uint8] = np.rint(share * 255).astype(np.uint8)
    return result
