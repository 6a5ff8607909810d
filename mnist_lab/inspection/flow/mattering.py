"""Which units of a hidden layer matter most for an output, and which of them are shown where."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS, Array
from mnist_lab.inspection.checks import check_unit
from mnist_lab.inspection.forward import LayerTrace
from mnist_lab.inspection.weights import NetworkWeights

LOYALTY = 1.5
"""A unit that is shown makes room only for one that matters so many times as much: so pictures do not flicker."""

Indices = NDArray[np.intp]


@dataclass(frozen=True)
class Asked:
    """For what units are to matter: the logit of one output, or how far it is ahead of another's.

    Attributes:
        output: the digit, 0 to 9.
        against: the other digit; None: none.
    """

    output: int
    against: int | None = None


def importances(
    weights: NetworkWeights, traces: tuple[LayerTrace, ...], asked: Asked
) -> tuple[NDArray[np.float64], ...]:
    """How much each unit matters: |output × slope|, the slope being that of the logit asked for, along this output.

    In the last hidden layer that is |output × weight|, the size of the line that leads to the answer. In the layers
    before it is what a line of the same slope would carry: with relu, just what goes through the unit, for these
    pictures. Of n pictures it is the mean. It takes one product with each kernel from the second layer on.

    Args:
        weights: the copied network.
        traces: what `trace` gives for n pictures.
        asked: for what.

    Returns:
        (units,) for each hidden layer, first to last; never negative, and 0 where numbers overflow.

    Raises:
        InspectionError: there is no such output.
    """
    last = len(weights.layers) - 1
    check_unit(weights, last, asked.output)
    if asked.against is not None:
        check_unit(weights, last, asked.against)
    slope = ACTIVATION_FUNCTIONS[weights.activation].derivative
    found: list[NDArray[np.float64]] = []
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        reach: Array = _of_output(weights.layers[-1].kernel, asked)[None]
        for index in range(last - 1, -1, -1):
            outputs = traces[index].outputs
            size: NDArray[np.float64] = np.abs(outputs * reach).mean(axis=0, dtype=np.float64)
            found.append(np.where(np.isfinite(size), size, 0.0))
            if index:
                reach = np.asarray((reach * slope(traces[index].sums)) @ weights.layers[index].kernel.T, np.float32)
    return tuple(reversed(found))


def _of_output(kernel: Array, asked: Asked) -> Array:
    if asked.against is None:
        return kernel[:, asked.output]
    return np.asarray(kernel[:, asked.output] - kernel[:, asked.against])


def choose(importance: NDArray[np.float64], count: int, before: Indices | None = None) -> Indices:
    """The units that are shown, in the order of their places.

    Those that matter most; of equals the one with the lower index. Without `before` they stand in order of what they
    matter. Else a unit that was shown counts `LOYALTY` times and keeps its place, and newcomers take the free places,
    the one that matters most the first: nothing jumps when the picture changes a little.

    Args:
        importance: (units,) as `importances` gives it.
        count: how many places there are.
        before: the units that were shown, by place.

    Returns:
        (min(count, units),) indices of units.
    """
    count = min(count, len(importance))
    if before is None or not len(before):
        return np.argsort(-importance, kind="stable")[:count]
    before = before[before < len(importance)]
    judged = importance.copy()
    judged[before] *= LOYALTY
    chosen = np.argsort(-judged, kind="stable")[:count]
    stays = before[np.isin(before, chosen)]
    newcomers = chosen[~np.isin(chosen, before)]
    result = np.full(count, -1, np.intp)
    if len(before) <= count:
        kept = np.flatnonzero(np.isin(before, chosen))
        result[kept] = before[kept]
    else:  # fewer places than before: those that stay close up
        result[: len(stays)] = stays
    result[result < 0] = newcomers
    return result
