"""What each unit of a layer responds to, and in which order to show the units."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS, Array
from mnist_lab.inspection.checks import check_unit, layer_of
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import NetworkWeights

SHOWN = 9
"""How many images are kept of each kind for a unit."""

_NUMBERS_AT_ONCE = 2_000_000
"""Outputs held at a time, images × units: 8 MB each of what is computed from them, however wide the layer."""
_MOST_IMAGES_AT_ONCE = 1_000

Order = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class UnitActivity:
    """What the units of one layer do with a set of images. Inactive is what `LayerTrace.inactive` says.

    A unit rests where low sums lead to an output of 0 or nearly 0, as with relu; with tanh and its like it does not:
    an output near 0 says no more there than any other.

    Attributes:
        strongest: (units, 9) int32: the images for which a unit puts out most, strongest first. Of units that rest,
            images for which they are inactive are not among them: what is left of the nine places is −1. Of equals,
            any may be taken.
        strongest_values: (units, 9) float32: what it puts out for them; NaN in a place without an image.
        least: (units, 9) int32: the images with a unit's lowest sums, lowest first; of units that rest, only such
            for which they are inactive. −1 in a place without an image.
        dead_share: (units,) float64: share of the images for which a unit is inactive; NaN without images.
        mean_output: (units,) float64: mean over all images; NaN without images.
    """

    strongest: NDArray[np.int32]
    strongest_values: Array
    least: NDArray[np.int32]
    dead_share: NDArray[np.float64]
    mean_output: NDArray[np.float64]

    def strongest_of(self, unit: int) -> NDArray[np.int32]:
        """The images that excite one unit most: (k,) int32, indices of images, strongest first, k from 0 to 9."""
        return _filled(self.strongest[unit])

    def least_of(self, unit: int) -> NDArray[np.int32]:
        """The images that excite one unit least: (k,) int32, indices of images, lowest sum first, k from 0 to 9."""
        return _filled(self.least[unit])


def _filled(places: NDArray[np.int32]) -> NDArray[np.int32]:
    is_filled: NDArray[np.bool_] = places >= 0
    return places[is_filled]


def unit_activity(
    weights: NetworkWeights, layer: int, scaled_images: Array, is_cancelled: Callable[[], bool]
) -> UnitActivity | None:
    """Show every image to a layer, some at a time, and keep of each unit what is worth showing.

    Args:
        weights: the copied network; outputs that are no numbers are left out of `strongest` and `least`.
        layer: from 0; of the output layer, the outputs are the probabilities.
        scaled_images: (n, 784) float32, 0 to 1.
        is_cancelled: asked before each part.

    Returns:
        the activity, or None if it was cancelled meanwhile.

    Raises:
        InspectionError: there is no such layer.
    """
    units, count = len(layer_of(weights, layer).bias), len(scaled_images)
    rests = layer + 1 == len(weights.layers) or ACTIVATION_FUNCTIONS[weights.activation].rest != "none"
    strongest, least = _Highest(units), _Highest(units)
    inactive_counts, output_sums = np.zeros(units), np.zeros(units)
    step = min(max(_NUMBERS_AT_ONCE // units, 1), _MOST_IMAGES_AT_ONCE)
    for start in range(0, count, step):
        if is_cancelled():
            return None
        traced = trace(weights, scaled_images[start : start + step], layers=layer + 1)[-1]
        is_inactive = traced.inactive()
        is_number = ~np.isnan(traced.outputs)
        is_strong, is_weak = (is_number & ~is_inactive, is_inactive) if rests else (is_number, is_number)
        strongest.add(np.where(is_strong, traced.outputs, -np.inf), start)
        least.add(np.where(is_weak, -traced.sums, -np.inf), start)
        inactive_counts += np.count_nonzero(is_inactive, axis=0)
        with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
            output_sums += traced.outputs.sum(axis=0, dtype=np.float64)
    images, values = strongest.result()
    total = count if count else np.nan
    return UnitActivity(images, values, least.result()[0], inactive_counts / total, output_sums / total)


class _Highest:
    """The nine highest values of each unit, and whose they are, over images that come part by part."""

    def __init__(self, units: int) -> None:
        self._values = np.full((units, SHOWN), -np.inf, np.float32)
        self._images = np.full((units, SHOWN), -1, np.int32)

    def add(self, values: Array, first: int) -> None:
        """Take in (images, units) values, −inf where an image does not count; `first` numbers the first image."""
        of_units = np.ascontiguousarray(values.T, dtype=np.float32)
        kept = min(SHOWN, len(values))
        chosen = np.argpartition(of_units, -kept, axis=1)[:, -kept:]
        candidates = np.concatenate([self._values, np.take_along_axis(of_units, chosen, axis=1)], axis=1)
        images = np.concatenate([self._images, (chosen + first).astype(np.int32)], axis=1)
        order = np.lexsort((images, -candidates), axis=1)[:, :SHOWN]
        self._values = np.take_along_axis(candidates, order, axis=1)
        self._images = np.take_along_axis(images, order, axis=1)

    def result(self) -> tuple[NDArray[np.int32], Array]:
        """Images and values, (units, 9) each, highest first; −1 and NaN in a place without an image."""
        is_empty = np.isneginf(self._values)
        return np.where(is_empty, np.int32(-1), self._images), np.where(is_empty, np.float32(np.nan), self._values)


def order_by_norm(weights: NetworkWeights, layer: int) -> Order:
    """(units,) by the length √Σw² of a unit's kernel column, longest first."""
    return _highest_first(np.square(layer_of(weights, layer).kernel, dtype=np.float64).sum(axis=0))


def order_by_activity(weights: NetworkWeights, layer: int, image: Array) -> Order:
    """(units,) by what a unit puts out for one (784,) float32 drawing, most first."""
    layer_of(weights, layer)
    return _highest_first(trace(weights, image[None], layers=layer + 1)[-1].outputs[0])


def order_by_digit(weights: NetworkWeights, layer: int, digit: int) -> Order:
    """(units,) by `weights_to_digit`, those that speak most for the digit first, those most against it last."""
    return _highest_first(weights_to_digit(weights, layer, digit))


def weights_to_digit(weights: NetworkWeights, layer: int, digit: int) -> Array:
    """(units,) the weight with which each unit of a layer reaches the output of `digit`, from 0 to 9.

    Of the last hidden layer that is its weight to this output. With layers in between it is the product of all
    following kernels, which is how the outputs would be reached if the activations in between passed everything on.
    Of the output layer it is 1 for the digit itself and 0 for the others.
    """
    layer_of(weights, layer)
    reach = np.zeros(len(weights.layers[-1].bias), np.float32)
    reach[digit] = 1
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        for following in reversed(weights.layers[layer + 1 :]):
            reach = following.kernel @ reach
    return reach


def outgoing_weights(weights: NetworkWeights, layer: int, unit: int) -> Array:
    """(10,) the weights with which one unit reaches each output: its entry of `weights_to_digit` for every digit."""
    check_unit(weights, layer, unit)
    if layer + 1 == len(weights.layers):
        return np.equal(np.arange(len(weights.layers[-1].bias)), unit).astype(np.float32)
    reach: Array = weights.layers[layer + 1].kernel[unit]
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        for following in weights.layers[layer + 2 :]:
            reach = np.asarray(reach @ following.kernel)
    return reach


def is_switched_off(weights: NetworkWeights, layer: int, unit: int, before: NetworkWeights | None = None) -> bool:
    """Whether a unit contributes nothing, as after `SwitchOff`: its outgoing weights, or those of an output, are all 0.

    Where that is so of a whole layer, nothing was switched off: its weights began at 0. Unless the unit contributed
    something in `before`, the same network before it was edited.

    Raises:
        InspectionError: there is no such layer or unit.
    """
    check_unit(weights, layer, unit)
    if not _contributes_nothing(weights, layer, unit):
        return False
    if before is not None and not _contributes_nothing(before, layer, unit):
        return True
    return bool(weights.layers[min(layer + 1, len(weights.layers) - 1)].kernel.any())


def switched_off(weights: NetworkWeights, layer: int) -> NDArray[np.bool_]:
    """(units,) which units `is_switched_off` says contribute nothing.

    Raises:
        InspectionError: there is no such layer.
    """
    own = layer_of(weights, layer)
    if layer + 1 < len(weights.layers):
        following = weights.layers[layer + 1].kernel
        contributes, was_trained = following.any(axis=1), following.any()
    else:
        contributes, was_trained = own.kernel.any(axis=0) | (own.bias != 0), own.kernel.any()
    return np.asarray(~contributes if was_trained else np.zeros(len(own.bias)), np.bool_)


def _contributes_nothing(weights: NetworkWeights, layer: int, unit: int) -> bool:
    if layer + 1 < len(weights.layers):
        return not weights.layers[layer + 1].kernel[unit].any()
    own = weights.layers[layer]
    return not own.kernel[:, unit].any() and not own.bias[unit]


def _highest_first(values: NDArray[np.floating]) -> Order:
    return np.argsort(-values, kind="stable")  # equals stay in their order; what is no number comes last
