"""Edits of single units and weights, made on a copy of the network and never in the run.

Adding an edit is one class with `apply` and its name in `Edit`. Layers, units and inputs are counted from 0; the
sentences of errors count layers from 1, as the window does.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.checks import check_input, check_unit, layer_of
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.words import QT_TRANSLATE_NOOP

_LARGEST = float(np.finfo(np.float32).max)


class Draft:
    """A network while it is edited: an array is copied when it is first touched, all others stay those of the run.

    Attributes:
        original: the network that the edits began with.
    """

    def __init__(self, original: NetworkWeights) -> None:
        self.original = original
        self._kernels: dict[int, Array] = {}
        self._biases: dict[int, Array] = {}

    def kernel(self, layer: int) -> Array:
        """(inputs, units) float32 of a layer, writable."""
        if layer not in self._kernels:
            self._kernels[layer] = layer_of(self.original, layer).kernel.copy()
        return self._kernels[layer]

    def bias(self, layer: int) -> Array:
        """(units,) float32 of a layer, writable."""
        if layer not in self._biases:
            self._biases[layer] = layer_of(self.original, layer).bias.copy()
        return self._biases[layer]

    def current_kernels(self) -> list[Array]:
        """Every layer's kernel as edited so far, for reading."""
        return [self._kernels.get(index, layer.kernel) for index, layer in enumerate(self.original.layers)]

    def finished(self) -> NetworkWeights:
        """The edited network. Layers that no edit has touched are the original's own objects."""
        layers = (self._finished_layer(index, layer) for index, layer in enumerate(self.original.layers))
        return replace(self.original, layers=tuple(layers))

    def _finished_layer(self, index: int, layer: DenseWeights) -> DenseWeights:
        if index not in self._kernels and index not in self._biases:
            return layer
        return DenseWeights(self._kernels.get(index, layer.kernel), self._biases.get(index, layer.bias))


@dataclass(frozen=True)
class ScaleUnit:
    """Multiply what a unit contributes by `factor`.

    For a hidden unit that is its row in the next layer's kernel, its outgoing weights. Its own sum, picture and
    output stay, and what arrives of them is `factor` times as much, whatever the activation. (Scaling the incoming
    weights would do the same for relu and a positive factor only.) An output unit has no outgoing weights: its
    kernel column and its bias are multiplied, so its logit is `factor` times as large.
    """

    layer: int
    unit: int
    factor: float

    def apply(self, draft: Draft) -> None:
        """Make this edit in the draft.

        Raises:
            InspectionError: no such layer or unit, or a factor that is no finite float32.
        """
        check_unit(draft.original, self.layer, self.unit)
        factor = _checked(self.factor)
        if self.layer + 1 < len(draft.original.layers):
            draft.kernel(self.layer + 1)[self.unit] *= factor
        else:
            draft.kernel(self.layer)[:, self.unit] *= factor
            draft.bias(self.layer)[self.unit] *= factor


@dataclass(frozen=True)
class SwitchOff:
    """Let a unit contribute nothing: the outgoing weights of a hidden unit are 0, the logit of an output unit is 0.

    The same as scaling by 0 (see `ScaleUnit`), but a weight that is no number becomes 0, too. An output unit that is
    switched off still takes part in the softmax, with the same logit, 0, for every image.
    """

    layer: int
    unit: int

    def apply(self, draft: Draft) -> None:
        """Make this edit in the draft.

        Raises:
            InspectionError: no such layer or unit.
        """
        check_unit(draft.original, self.layer, self.unit)
        if self.layer + 1 < len(draft.original.layers):
            draft.kernel(self.layer + 1)[self.unit] = 0
        else:
            draft.kernel(self.layer)[:, self.unit] = 0
            draft.bias(self.layer)[self.unit] = 0


@dataclass(frozen=True)
class ShiftBias:
    """Add `amount` to a unit's bias."""

    layer: int
    unit: int
    amount: float

    def apply(self, draft: Draft) -> None:
        """Make this edit in the draft.

        Raises:
            InspectionError: no such layer or unit, or an amount that is no finite float32.
        """
        check_unit(draft.original, self.layer, self.unit)
        draft.bias(self.layer)[self.unit] += _checked(self.amount)


@dataclass(frozen=True)
class SetWeight:
    """Set the weight with which a unit takes one input; in the first layer, input = row · 28 + column of a pixel."""

    layer: int
    input: int
    unit: int
    value: float

    def apply(self, draft: Draft) -> None:
        """Make this edit in the draft.

        Raises:
            InspectionError: no such layer, input or unit, or a value that is no finite float32.
        """
        check_input(draft.original, self.layer, self.input)
        check_unit(draft.original, self.layer, self.unit)
        draft.kernel(self.layer)[self.input, self.unit] = _checked(self.value)


@dataclass(frozen=True)
class Prune:
    """Set the smallest `percent` % of all kernel weights to 0, by magnitude, over all layers together; no biases.

    The count is rounded to the nearest whole weight. Weights that are 0 already are the smallest of all and count;
    weights that are no numbers are the last to go.
    """

    percent: float

    def apply(self, draft: Draft) -> None:
        """Make this edit in the draft.

        Raises:
            InspectionError: the percentage is not from 0 to 100.
        """
        if not 0 <= self.percent <= 100:  # NaN is refused, too
            raise InspectionError(
                QT_TRANSLATE_NOOP(
                    "errors", "{percent}\u00a0% of the weights cannot be pruned: choose from 0 to 100\u00a0%."
                ),
                percent=self.percent,
            )
        kernels = draft.current_kernels()
        magnitudes = np.concatenate([np.abs(kernel).ravel() for kernel in kernels])
        count = round(len(magnitudes) * self.percent / 100)
        if not count:
            return
        smallest = np.zeros(len(magnitudes), bool)
        smallest[np.argpartition(magnitudes, count - 1)[:count]] = True
        ends = np.cumsum([kernel.size for kernel in kernels])[:-1]
        for layer, chosen in enumerate(np.split(smallest, ends)):
            if chosen.any():
                draft.kernel(layer)[chosen.reshape(kernels[layer].shape)] = 0


Edit = SwitchOff | ScaleUnit | ShiftBias | SetWeight | Prune


def edited(weights: NetworkWeights, edits: Sequence[Edit]) -> NetworkWeights:
    """The network with these edits made one after the other on a copy; `weights` stay as they are.

    Only touched arrays are copied. Sums that leave float32 become infinite, as they would in training.

    Raises:
        InspectionError: one sentence on the first edit that cannot be made.
    """
    draft = Draft(weights)
    with np.errstate(over="ignore", invalid="ignore"):
        for edit in edits:
            edit.apply(draft)
    return draft.finished()


def _checked(number: float) -> np.float32:
    """`number` as float32, if it is one."""
    if not (math.isfinite(number) and abs(number) <= _LARGEST):
        raise InspectionError(
            QT_TRANSLATE_NOOP(
                "errors", "A weight cannot be changed by {number}: it must be a number from −3.4e38 to 3.4e38."
            ),
            number=number,
        )
    return np.float32(number)
