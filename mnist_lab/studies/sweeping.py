"""A gradient by nudging, compared with backpropagation while it grows; and three ways on the same axes. No Qt."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.perturbation import Scheme, Sweep, Way, cosine, race, sweep
from mnist_lab.studies.frozen_loss import FrozenLoss, Vector, fingerprint

EPSILON = 1e-4
"""How far a weight is nudged, in float64."""
MOST_POINTS = 2_000
LEAST_COSINE = 0.999
_ROUNDING = 1e-9
"""Of a difference of two losses in float64, divided by the nudges."""
_REPORT_SECONDS = 0.2
_TIMED_PASSES = 5


@dataclass(frozen=True, eq=False)
class SweepReport:
    """How far the sweep is, and how well it agrees with backpropagation.

    Attributes:
        done: weights whose slope is known.
        total: weights to be nudged.
        network_weights: weights of the whole network.
        forward_passes: needed so far.
        elapsed_seconds: since the first.
        remaining_seconds: at the pace so far.
        backward_seconds: what one gradient by backpropagation took, its forward pass included.
        cosine: of the slopes so far with those of backpropagation; NaN where all are zero.
        largest_error: largest difference of two slopes so far.
        nudged: (k,) slopes by nudging, of at most `MOST_POINTS` weights.
        exact: (k,) the same by backpropagation.
        fingerprint: of the network after the last of them.
    """

    done: int
    total: int
    network_weights: int
    forward_passes: int
    elapsed_seconds: float
    remaining_seconds: float
    backward_seconds: float
    cosine: float
    largest_error: float
    nudged: Vector
    exact: Vector
    fingerprint: str

    @property
    def agrees(self) -> bool:
        """Whether these are the slopes of backpropagation: the same direction, or all as good as zero."""
        return self.cosine >= LEAST_COSINE or self.largest_error < _ROUNDING

    @property
    def times_as_long(self) -> float:
        """How many backward passes fit into nudging all weights of the network at the pace so far."""
        return self.elapsed_seconds / max(self.done, 1) * self.network_weights / self.backward_seconds


def seconds_of_a_pass(loss: FrozenLoss) -> float:
    """What one forward pass takes on this machine just now: the median of a few."""
    loss(loss.start)
    return float(np.median([_seconds(lambda: loss(loss.start)) for _ in range(_TIMED_PASSES)]))


def nudge_all(
    loss: FrozenLoss,
    scheme: Scheme,
    indices: Sequence[int],
    report: Callable[[SweepReport], None],
    is_stopped: Callable[[], bool],
) -> SweepReport:
    """Find the slopes of these weights by nudging one after the other.

    Args:
        loss: of the network at hand.
        scheme: nudges a weight.
        indices: which weights, in which order.
        report: told a few times a second.
        is_stopped: asked after each weight; what was done until then is the result.
    """
    exact = loss.gradient(loss.start)
    backward = float(np.median([_seconds(lambda: loss.gradient(loss.start)) for _ in range(_TIMED_PASSES)]))
    reported = time.perf_counter()
    state = Sweep(0, len(indices), 0, 0.0, np.empty(0))
    for state in sweep(loss, loss.start, EPSILON, scheme, indices=indices):
        if is_stopped():
            break
        if time.perf_counter() - reported > _REPORT_SECONDS:
            report(_compare(loss, state, indices, exact, backward))
            reported = time.perf_counter()
    return _compare(loss, state, indices, exact, backward)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _compare(loss: FrozenLoss, state: Sweep, indices: Sequence[int], exact: Vector, backward: float) -> SweepReport:
    done = np.asarray(indices[: state.done], np.intp)
    nudged, expected = np.asarray(state.gradient, np.float64)[done], exact[done]
    shown = np.linspace(0, len(done) - 1, min(len(done), MOST_POINTS)).astype(np.intp)
    return SweepReport(
        done=state.done,
        total=state.total,
        network_weights=len(exact),
        forward_passes=state.forward_passes,
        elapsed_seconds=state.elapsed_seconds,
        remaining_seconds=state.remaining_seconds,
        backward_seconds=backward,
        cosine=cosine(nudged, expected),
        largest_error=float(np.abs(nudged - expected).max(initial=0)),
        nudged=nudged[shown],
        exact=expected[shown],
        fingerprint=fingerprint(loss.network),
    )


Courses = Mapping[Way, NDArray[np.float64]]
"""For each way (k, 2) float64: forward passes spent, and the loss then."""


def run_race(
    loss: FrozenLoss, rate: float, passes: int, report: Callable[[Courses], None], is_stopped: Callable[[], bool]
) -> Courses:
    """Let three ways spend the same number of forward passes, side by side.

    Args:
        loss: where all begin.
        rate: the learning rate of all.
        passes: what each may spend.
        report: told a few times a second.
        is_stopped: asked after each move.
    """
    ways = {way: race(way, loss, loss.gradient, loss.start, rate, EPSILON) for way in Way}
    points: dict[Way, list[tuple[float, float]]] = {way: [] for way in Way}
    reported = time.perf_counter()
    while ways and not is_stopped():
        way = min(ways, key=lambda candidate: points[candidate][-1][0] if points[candidate] else -1.0)
        with np.errstate(over="ignore", invalid="ignore"):  # with too large a rate it diverges, and that is shown
            step = next(ways[way])
        if step.forward_passes > passes or not np.isfinite(step.loss):
            del ways[way]
            continue
        points[way].append((step.forward_passes, step.loss))
        if time.perf_counter() - reported > _REPORT_SECONDS:
            report(_courses(points))
            reported = time.perf_counter()
    return _courses(points)


def _courses(points: Mapping[Way, list[tuple[float, float]]]) -> Courses:
    return {way: np.array(places, np.float64).reshape(-1, 2) for way, places in points.items()}
