"""How a network fares with digits unlike those it learned: moved, turned, noisy, thick, inverted, or no digits at all.

Adding a disturbance is one entry in `DISTURBANCES`; the curves of the Evaluate page and the tests find it there. The
same movements of a single picture are for the drawing pad.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.forward import probabilities, scaled
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_DIGITS = 1_000
"""How many digits a curve is measured on; its 95 % interval is then ±2 points at 90 % accuracy."""

_SIDE = 28
_SEED = 0


@dataclass(frozen=True)
class Disturbance:
    """One way to make digits harder.

    Attributes:
        identifier: its name in code and files.
        label: words for the form, to be translated in the context "disturbances".
        unit: of the strength, to be translated in the context "disturbances".
        strengths: where a curve is measured, ascending; 0, which changes nothing, is one of them.
        change: makes from (n, 28, 28) float32 images, 0 to 1, a strength and a generator the disturbed ones.
    """

    identifier: str
    label: str
    unit: str
    strengths: tuple[float, ...]
    change: Callable[[Array, float, np.random.Generator], Array]

    def apply(self, images: Array, strength: float, generator: np.random.Generator) -> Array:
        """Disturb images.

        Args:
            images: (n, 28, 28) float32, 0 to 1; they are not changed.
            strength: in `unit`; 0 gives back the very same images.
            generator: draws what is random, for each image anew.

        Returns:
            (n, 28, 28) float32, 0 to 1.
        """
        if strength == 0 or not len(images):
            return images
        return np.clip(self.change(images, strength, generator), 0, 1).astype(np.float32, copy=False)


def moved(picture: Array, rows: float, columns: float) -> Array:
    """The picture moved down by `rows` and right by `columns` pixels; paper comes in, what leaves is lost.

    Parts of a pixel are interpolated linearly.

    Args:
        picture: (28, 28) float32, 0 to 1.
        rows: pixels; negative moves up.
        columns: pixels; negative moves left.

    Returns:
        (28, 28) float32, 0 to 1.
    """
    return _moved(picture[np.newaxis], rows, columns).reshape(picture.shape)


def rotated(picture: Array, degrees: float) -> Array:
    """The picture turned about its middle, anticlockwise as it is seen; paper comes in at the corners.

    Args:
        picture: (28, 28) float32, 0 to 1.
        degrees: negative turns clockwise.

    Returns:
        (28, 28) float32, 0 to 1.
    """
    return _rotated(picture[np.newaxis], degrees).reshape(picture.shape)


def noisy(picture: Array, deviation: float, seed: int) -> Array:
    """The picture with normally distributed noise added to each pixel, cut off at 0 and 1.

    Args:
        picture: (28, 28) float32, 0 to 1.
        deviation: standard deviation of the noise.
        seed: the same seed gives the same noise, so that only its strength changes with `deviation`.

    Returns:
        (28, 28) float32, 0 to 1.
    """
    if deviation == 0:
        return picture
    return np.clip(_with_noise(picture, deviation, np.random.default_rng(seed)), 0, 1)


def noise_only(count: int, seed: int) -> Array:
    """Pictures of nothing: each pixel is any grey, evenly distributed. A network answers all the same.

    Returns:
        (count, 28, 28) float32, 0 to 1.
    """
    return np.random.default_rng(seed).random((count, _SIDE, _SIDE), np.float32)


def spread(count: int) -> NDArray[np.intp]:
    """Indices of up to `MOST_DIGITS` of `count` images, evenly spread over them: accuracies are measured on those."""
    return np.linspace(0, count - 1, min(count, MOST_DIGITS)).round().astype(np.intp)


def accuracy_under(
    weights: NetworkWeights,
    images: NDArray[np.uint8],
    labels: NDArray[np.uint8],
    disturbance: Disturbance,
    is_cancelled: Callable[[], bool],
    report: Callable[[int, float], None],
) -> NDArray[np.float64] | None:
    """Measure the accuracy at each strength of a disturbance, always on the same digits and from the same random seed.

    Args:
        weights: the copied network.
        images: (n, 28, 28) uint8, n above 0; of more than `MOST_DIGITS`, that many evenly spread ones are taken.
        labels: (n,) uint8.
        disturbance: one of `DISTURBANCES`.
        is_cancelled: asked before each strength.
        report: told index and accuracy of each strength, in the calling thread.

    Returns:
        (strengths,) float64, 0 to 1; None if cancelled. An answer that is not a number is a wrong one.
    """
    chosen = spread(len(images))
    digits, right = scaled(images[chosen]).reshape(-1, _SIDE, _SIDE), labels[chosen]
    accuracies = np.empty(len(disturbance.strengths))
    for index, strength in enumerate(disturbance.strengths):
        if is_cancelled():
            return None
        disturbed = disturbance.apply(digits, strength, np.random.default_rng(_SEED))
        answers = probabilities(weights, disturbed.reshape(len(disturbed), -1))
        is_right = (answers.argmax(axis=1) == right) & np.isfinite(answers).all(axis=1)
        accuracies[index] = is_right.mean()
        report(index, float(accuracies[index]))
    return accuracies


def _moved(images: Array, rows: float, columns: float) -> Array:
    if rows == columns == 0:
        return images
    from scipy import ndimage

    result: Array = ndimage.shift(images, (0, rows, columns), order=1, mode="grid-constant")
    return result


def _rotated(images: Array, degrees: float) -> Array:
    if degrees == 0:
        return images
    from scipy import ndimage

    result: Array = ndimage.rotate(images, degrees, axes=(1, 2), reshape=False, order=1, mode="grid-constant")
    return result


def _with_noise(images: Array, deviation: float, generator: np.random.Generator) -> Array:
    return images + np.float32(deviation) * generator.standard_normal(images.shape, np.float32)


def _shifted(images: Array, pixels: float, generator: np.random.Generator) -> Array:
    """Each image moved up, down, left or right."""
    direction = generator.integers(4, size=len(images))
    result = np.empty_like(images)
    for number, (down, right) in enumerate([(1, 0), (-1, 0), (0, 1), (0, -1)]):
        result[direction == number] = _moved(images[direction == number], down * pixels, right * pixels)
    return result


def _turned(images: Array, degrees: float, generator: np.random.Generator) -> Array:
    """Each image turned to the left or to the right."""
    is_left = generator.random(len(images)) < 0.5
    result = np.empty_like(images)
    result[is_left] = _rotated(images[is_left], degrees)
    result[~is_left] = _rotated(images[~is_left], -degrees)
    return result


def _thickened(images: Array, pixels: float, _generator: np.random.Generator) -> Array:
    """Each line wider (or, below 0, thinner) by so many pixels on either side; between whole ones, a mixture."""
    whole, part = divmod(abs(pixels), 1)
    is_thinner = pixels < 0
    for step in range(int(whole)):
        images = _one_pixel(images, is_thinner, step)
    if part:
        images = images + np.float32(part) * (_one_pixel(images, is_thinner, int(whole)) - images)
    return images


def _one_pixel(images: Array, is_thinner: bool, step: int) -> Array:
    """Grey erosion or dilation by one pixel: along the axes first, then also across, which is nearly a disc."""
    from scipy import ndimage

    footprint = ndimage.generate_binary_structure(2, 1 + step % 2)[np.newaxis]
    if is_thinner:
        result: Array = ndimage.grey_erosion(images, footprint=footprint, mode="constant")
    else:
        result = ndimage.grey_dilation(images, footprint=footprint, mode="constant")
    return result


def _inverted(images: Array, share: float, _generator: np.random.Generator) -> Array:
    return images + np.float32(share) * (1 - 2 * images)


DISTURBANCES: tuple[Disturbance, ...] = (
    Disturbance(
        "shift",
        QT_TRANSLATE_NOOP("disturbances", "Shift"),
        QT_TRANSLATE_NOOP("disturbances", "pixels, in any of four directions"),
        (0, 1, 2, 3, 4, 5, 6, 7, 8),
        _shifted,
    ),
    Disturbance(
        "rotation",
        QT_TRANSLATE_NOOP("disturbances", "Rotation"),
        QT_TRANSLATE_NOOP("disturbances", "degrees, to the left or to the right"),
        (0, 10, 20, 30, 45, 60, 90, 120, 150, 180),
        _turned,
    ),
    Disturbance(
        "noise",
        QT_TRANSLATE_NOOP("disturbances", "Noise"),
        QT_TRANSLATE_NOOP("disturbances", "standard deviation; black is 1"),
        (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1),
        _with_noise,
    ),
    Disturbance(
        "thickness",
        QT_TRANSLATE_NOOP("disturbances", "Thickness"),
        QT_TRANSLATE_NOOP("disturbances", "pixels on either side of the line"),
        (-1, -0.75, -0.5, -0.25, 0, 0.5, 1, 1.5, 2, 3),
        _thickened,
    ),
    Disturbance(
        "inversion",
        QT_TRANSLATE_NOOP("disturbances", "Inversion"),
        QT_TRANSLATE_NOOP("disturbances", "share of the negative"),
        (0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1),
        _inverted,
    ),
)
"""All disturbances, in the order of the form."""
