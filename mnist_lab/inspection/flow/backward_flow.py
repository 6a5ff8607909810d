"""The way back: from the loss along the lines to each weight's gradient, and the step that follows from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.flow.mattering import Indices
from mnist_lab.inspection.flow.network_flow import Reals
from mnist_lab.inspection.forward import LayerTrace
from mnist_lab.inspection.gradient import backward_slopes, cross_entropies
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class LayerBack:
    """What goes back through one layer; slopes are those of the loss, of a batch their means over its pictures.

    Attributes:
        slopes: (k,) float64, along the sums of the shown units, and so along their biases: of an output,
            probability − target.
        back: (j, k) float64, weight × slope: what each shown line carries back to a shown unit of the layer before.
        rest: (j,) float64, what the units of this layer that are not shown carry back to them.
        arriving: (j,) float64, back + rest: the slope along the outputs of those units.
        own: (j,) float64, the same as the backward pass, in float32, came to it.
        gradients: (j, k) float64, along the weights of the shown lines, the L2 penalty's part included.
        rest_gradients: (k,) float64, √Σ gradient² over the weights of each unit's other inputs.
        moves: (j, k) float64, by how much the weights of the shown lines are moved.
        rest_moves: (k,) float64, √Σ move² over those of the other inputs.
    """

    slopes: Reals
    back: Reals
    rest: Reals
    arriving: Reals
    own: Reals
    gradients: Reals
    rest_gradients: Reals
    moves: Reals
    rest_moves: Reals


@dataclass(frozen=True, eq=False)
class BackwardFlow:
    """The way back through the whole network.

    Attributes:
        loss: mean cross-entropy of the pictures, without the L2 penalty.
        penalty: what the L2 penalty adds to it.
        right: mean probability of the right digits, 0 to 1.
        targets: (10,) float64, share of the pictures whose right digit this is: of one picture 1 and nine times 0.
        pictures: how many there are.
        layers: first hidden layer to output layer.
        tile_gradients: (784, k) float32, along the weights of the first layer's shown units.
        tile_moves: (784, k) float32, by how much these are moved.
        learning_rate: in force.
        is_made: whether the moves are those of an update that was made; else −learning rate × gradient, as of plain
            gradient descent.
    """

    loss: float
    penalty: float
    right: float
    targets: Reals
    pictures: int
    layers: tuple[LayerBack, ...]
    tile_gradients: Array
    tile_moves: Array
    learning_rate: float
    is_made: bool


def backward_flow(
    weights: NetworkWeights,
    traces: tuple[LayerTrace, ...],
    labels: NDArray[np.integer],
    shown: tuple[Indices, ...],
    learning_rate: float,
    *,
    l2: float = 0.0,
    after: NetworkWeights | None = None,
) -> BackwardFlow:
    """Go back from the loss of some pictures, without dropout.

    Args:
        weights: the copied network; if it diverged, numbers are NaN or infinite.
        traces: what `trace` gives for n pictures, one or more.
        labels: (n,) the right digits.
        shown: units of each hidden layer that are shown: see `network_flow.shown_units`.
        learning_rate: for the step.
        l2: factor of the penalty on every kernel.
        after: the network that the update led to; None: none was made.
    """
    inputs: tuple[Indices, ...] = (np.empty(0, np.intp), *shown)
    outputs = np.arange(len(weights.layers[-1].bias))
    units = (*shown, outputs)
    layers: list[LayerBack] = []
    tiles: tuple[Array, Array] = (np.empty((0, 0), np.float32),) * 2
    arriving_own: Array = np.empty(0, np.float32)
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        for index, slopes, arriving in backward_slopes(weights, traces, labels):
            columns = units[index]
            gradient = traces[index].inputs.T @ slopes[:, columns]
            gradient += 2 * l2 * weights.layers[index].kernel[:, columns]
            move = _move(weights, after, index, columns, gradient, learning_rate)
            arriving_own = arriving[:, inputs[index]].sum(axis=0) if index else arriving_own[:0]
            layers.append(_layer_back(weights, index, columns, inputs[index], slopes, arriving_own, gradient, move))
            tiles = gradient, move
        squares = sum(float(np.square(layer.kernel, dtype=np.float64).sum()) for layer in weights.layers) if l2 else 0.0
        losses = cross_entropies(traces[-1].sums, labels)
        shares = traces[-1].outputs[np.arange(len(labels)), labels]
    return BackwardFlow(
        loss=float(losses.mean()),
        penalty=l2 * squares,
        right=float(shares.mean(dtype=np.float64)),
        targets=np.bincount(labels, minlength=len(outputs)) / len(labels),
        pictures=len(labels),
        layers=tuple(reversed(layers)),
        tile_gradients=tiles[0],
        tile_moves=tiles[1],
        learning_rate=learning_rate,
        is_made=after is not None,
    )


def _move(
    weights: NetworkWeights, after: NetworkWeights | None, index: int, units: Indices, gradient: Array, rate: float
) -> Array:
    if after is None:
        return np.asarray(-rate * gradient, gradient.dtype)
    return np.asarray(after.layers[index].kernel[:, units] - weights.layers[index].kernel[:, units])


def _layer_back(
    weights: NetworkWeights,
    index: int,
    units: Indices,
    inputs: Indices,
    slopes: Array,
    own: Array,
    gradient: Array,
    move: Array,
) -> LayerBack:
    means = slopes.sum(axis=0, dtype=np.float64)  # each picture's slope is divided by their number already
    products = weights.layers[index].kernel[inputs].astype(np.float64) * means
    back = products[:, units]
    products[:, units] = 0
    rest = products.sum(axis=1)
    is_rest = np.ones(len(gradient), np.bool_)
    is_rest[inputs] = False
    return LayerBack(
        slopes=means[units],
        back=back,
        rest=rest,
        arriving=back.sum(axis=1) + rest,
        own=own.astype(np.float64),
        gradients=gradient[inputs].astype(np.float64),
        rest_gradients=_lengths(gradient[is_rest]),
        moves=move[inputs].astype(np.float64),
        rest_moves=_lengths(move[is_rest]),
    )


def _lengths(parts: Array) -> Reals:
    return np.asarray(np.sqrt(np.square(parts, dtype=np.float64).sum(axis=0)))
