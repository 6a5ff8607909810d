"""What flows along the lines of a network for one picture, or on the average of a batch: sums that are exact.

For every unit that is shown: `shown lines + the others + bias = its sum`, added up in float64.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.flow.mattering import Asked, Indices, choose, importances
from mnist_lab.inspection.forward import LayerTrace
from mnist_lab.inspection.weights import NetworkWeights

Reals = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class LayerFlow:
    """What reaches the shown units of one layer. Of a batch, all are means over its pictures.

    Attributes:
        units: (k,) which units of the layer are shown, by place; of the output layer all.
        size: how many units the layer has.
        inputs: (j,) which units of the layer before are shown; of the first layer none: it gets pixels.
        lines: (j, k) float64, weight × input along every shown line.
        rest: (k,) float64, the sum of weight × input over all inputs that are not shown.
        others: how many those are.
        biases: (k,) float64.
        sums: (k,) float64, lines + rest + bias.
        own: (k,) float64, the same sums as the network's forward pass, in float32, came to them.
        outputs: (k,) float64, what the units put out; of the output layer, the probabilities.
        is_off: (k,) whether a unit puts out nothing, for all pictures (see `LayerTrace.inactive`).
        largest: the largest size of an output in the whole layer; 0 where none is a finite number.
        active: how many units of the whole layer put something out for some picture.
    """

    units: Indices
    size: int
    inputs: Indices
    lines: Reals
    rest: Reals
    others: int
    biases: Reals
    sums: Reals
    own: Reals
    outputs: Reals
    is_off: NDArray[np.bool_]
    largest: float
    active: int


@dataclass(frozen=True, eq=False)
class NetworkFlow:
    """The whole network for one picture, or for the mean of a batch.

    Attributes:
        asked: for what the shown units matter.
        image: (784,) float64, what goes in.
        pictures: how many pictures this is the mean of.
        layers: first hidden layer to output layer.
        tiles: (784, k) float32, the weights of the first layer's shown units.
        activation: of the hidden layers, by Keras's name.
        updates: gradient updates behind the weights.
    """

    asked: Asked
    image: Reals
    pictures: int
    layers: tuple[LayerFlow, ...]
    tiles: Array
    activation: str
    updates: int

    @property
    def output(self) -> LayerFlow:
        """The last layer, with all its units."""
        return self.layers[-1]

    @property
    def is_finite(self) -> bool:
        """Whether the network has an answer: no number has overflowed."""
        return bool(np.isfinite(self.output.outputs).all())

    @property
    def shown(self) -> tuple[Indices, ...]:
        """The units that are shown of each hidden layer, by place."""
        return tuple(layer.units for layer in self.layers[:-1])

    def from_pixel(self, pixel: int) -> Reals:
        """(k,) what one pixel adds to the sums of the first layer's shown units: weight × ink."""
        with np.errstate(over="ignore", invalid="ignore"):
            return np.asarray(self.tiles[pixel].astype(np.float64) * self.image[pixel])

    @property
    def asked_sum(self) -> "AskedSum":
        """What is asked for, taken apart: one output's sum, or the difference of two."""
        asked = self.asked
        first = _asked_of(self.output, asked.output)
        return first if asked.against is None else first.less(_asked_of(self.output, asked.against))


@dataclass(frozen=True, eq=False)
class AskedSum:
    """A logit, or the difference of two: `lines + rest + bias = total`.

    Attributes:
        lines: (j,) float64, along the shown lines from the last hidden layer.
        rest: over all its other units.
        bias: or the difference of two.
        total: the sum.
        own: the same as the network's forward pass, in float32, came to it.
    """

    lines: Reals
    rest: float
    bias: float
    total: float
    own: float

    def less(self, other: "AskedSum") -> "AskedSum":
        """The difference of two."""
        with np.errstate(invalid="ignore"):  # weights of a diverged run
            return AskedSum(
                self.lines - other.lines,
                self.rest - other.rest,
                self.bias - other.bias,
                self.total - other.total,
                self.own - other.own,
            )


def _asked_of(layer: LayerFlow, output: int) -> AskedSum:
    numbers = (float(part[output]) for part in (layer.rest, layer.biases, layer.sums, layer.own))
    return AskedSum(layer.lines[:, output], *numbers)


def shown_units(
    weights: NetworkWeights,
    traces: tuple[LayerTrace, ...],
    asked: Asked,
    counts: tuple[int, ...],
    before: tuple[Indices, ...] = (),
    kept: tuple[int, int] | None = None,
) -> tuple[Indices, ...]:
    """The units to show of each hidden layer, by place: see `choose`.

    Args:
        weights: the network.
        traces: what `trace` gives for the pictures.
        asked: for what they are to matter.
        counts: how many places each hidden layer has.
        before: what was shown until now; () or another number of layers: nothing.
        kept: layer and index of a unit that is shown in any case, if there is such a one; None: none.
    """
    found = importances(weights, traces, asked)
    if kept is not None and kept[0] < len(found) and kept[1] < len(found[kept[0]]):
        found[kept[0]][kept[1]] = np.inf
    known = before if len(before) == len(found) else (None,) * len(found)
    return tuple(choose(*parts) for parts in zip(found, counts, known, strict=True))


def network_flow(
    weights: NetworkWeights,
    traces: tuple[LayerTrace, ...],
    asked: Asked,
    shown: tuple[Indices, ...],
) -> NetworkFlow:
    """Take the sums of the shown units, and of all outputs, apart.

    Args:
        weights: the copied network; if it diverged, numbers are NaN or infinite as they are in the network.
        traces: what `trace` gives for n pictures, one or more.
        asked: for what `shown` matter.
        shown: as `shown_units` gives it.
    """
    outputs = np.arange(len(weights.layers[-1].bias))
    inputs: tuple[Indices, ...] = (np.empty(0, np.intp), *shown)
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        layers = tuple(
            _layer_flow(weights, traces[index], index, units, inputs[index])
            for index, units in enumerate((*shown, outputs))
        )
    first = layers[0].units
    tiles = np.ascontiguousarray(weights.layers[0].kernel[:, first])
    image = traces[0].inputs.mean(axis=0, dtype=np.float64)
    return NetworkFlow(asked, image, len(traces[0].inputs), layers, tiles, weights.activation, weights.updates)


def _layer_flow(weights: NetworkWeights, traced: LayerTrace, index: int, units: Indices, inputs: Indices) -> LayerFlow:
    kernel, bias = weights.layers[index].kernel, weights.layers[index].bias
    products = kernel[:, units].astype(np.float64) * traced.inputs.mean(axis=0, dtype=np.float64)[:, None]
    lines = products[inputs]
    products[inputs] = 0  # what is left are the others: their sum is added up, not what remains of another sum
    rest, biases = products.sum(axis=0), bias[units].astype(np.float64)
    sizes = np.abs(traced.outputs)
    is_off = traced.inactive()
    return LayerFlow(
        units=units,
        size=len(bias),
        inputs=inputs,
        lines=lines,
        rest=rest,
        others=len(kernel) - len(inputs),
        biases=biases,
        sums=lines.sum(axis=0) + rest + biases,
        own=traced.sums[:, units].mean(axis=0, dtype=np.float64),
        outputs=traced.outputs[:, units].mean(axis=0, dtype=np.float64),
        is_off=np.asarray(is_off[:, units].all(axis=0), np.bool_),
        largest=float(sizes.mean(axis=0)[np.isfinite(sizes).all(axis=0)].max(initial=0.0)),
        active=int(np.count_nonzero(~is_off.all(axis=0))),
    )
