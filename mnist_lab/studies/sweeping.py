"""A gradient by nudging, compared with backpropagation while it grows; and three ways on the same axes. No Qt."""

import time
from collections import deque
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
_WARM_PASSES, _MOST_PASSES, _PACE_SECONDS = 3, 50, 0.2
"""The first passes, with cold memory, count for nothing; then so many, or for so long, whichever is less."""
_BACKWARD_SHARE = 0.1
"""Of the time of a sweep that the backward passes between take, with which it is compared."""
_FEWEST_ROUNDS, _MOST_ROUNDS = 5, 1_000
"""That are compared: one alone says little, and what the machine did long ago says nothing of now."""


@dataclass(frozen=True, eq=False)
class SweepReport:
    """How far the sweep is, and how well it agrees with backpropagation.

    Attributes:
        done: weights whose slope is known.
        total: weights to be nudged.
        network_weights: weights of the whole network.
        forward_passes: needed so far.
        elapsed_seconds: that nudging took, without what comes between.
        remaining_seconds: at the pace so far.
        backward_seconds: what one gradient by backpropagation took, its forward pass included: the median.
        times_as_long: how many backward passes fit into nudging all weights of the network: the median of rounds, each
            of some weights and a backward pass right after them.
        times_middle: the limits of the middle half of these rounds.
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
    times_as_long: float
    times_middle: tuple[float, float]
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
    def seconds_a_pass(self) -> float:
        """What a forward pass of the sweep took; NaN before the first."""
        return self.elapsed_seconds / self.forward_passes if self.forward_passes else float("nan")


class _Rounds:
    """Nudging and backpropagation timed in turns, both warm, so that whatever slows the machine slows both."""

    def __init__(self, backward: Callable[[], object]) -> None:
        self._backward = backward
        for _ in range(_WARM_PASSES):
            _seconds(backward)
        self._newest: deque[tuple[float, float]] = deque(maxlen=_MOST_ROUNDS)
        self._weights, self._seconds = 0, 0.0  # of the round at hand
        self._due = _seconds(backward) / _BACKWARD_SHARE
        self.nudging_seconds = 0.0

    def add_weight(self, seconds: float) -> None:
        """A weight was nudged, which took so long."""
        self.nudging_seconds += seconds
        self._weights += 1
        self._seconds += seconds
        if self._seconds >= self._due:
            self.close()

    def make_up(self, nudge: Callable[[], object]) -> None:
        """See that there are `_FEWEST_ROUNDS`, however few weights were nudged; `nudge` takes as long as one did."""
        while len(self._newest) < _FEWEST_ROUNDS:
            self._newest.append((_seconds(nudge), _seconds(self._backward)))

    def close(self) -> None:
        """Let a backward pass end the round at hand, if it has any weight."""
        if self._weights:
            self._newest.append((self._seconds / self._weights, _seconds(self._backward)))
            self._weights, self._seconds = 0, 0.0

    @property
    def backward_seconds(self) -> float:
        """The median; NaN before the first round."""
        return float(np.median([backward for _, backward in self._newest])) if self._newest else float("nan")

    def times(self) -> tuple[float, float, float]:
        """How many backward passes one weight takes: quartile, median, quartile; NaN before the first round."""
        if not self._newest:
            return (float("nan"),) * 3
        low, middle, high = np.percentile([nudge / backward for nudge, backward in self._newest], (25, 50, 75))
        return float(low), float(middle), float(high)


def seconds_of_a_pass(loss: FrozenLoss) -> float:
    """What one forward pass takes on this machine just now: the median of some, once it is warm."""
    for _ in range(_WARM_PASSES):
        loss(loss.start)
    seconds: list[float] = []
    while not seconds or (len(seconds) < _MOST_PASSES and sum(seconds) < _PACE_SECONDS):
        seconds.append(_seconds(lambda: loss(loss.start)))
    return float(np.median(seconds))


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
    loss(loss.start)  # the loss is warm, too, before its first pass counts
    rounds = _Rounds(lambda: loss.gradient(loss.start))
    state = Sweep(0, len(indices), 0, 0.0, np.empty(0))
    begun = reported = time.perf_counter()
    for state in sweep(loss, loss.start, EPSILON, scheme, indices=indices):
        now = time.perf_counter()
        rounds.add_weight(now - begun)
        if is_stopped():
            break
        if now - reported > _REPORT_SECONDS:
            report(_compare(loss, state, indices, exact, rounds))
            reported = time.perf_counter()
        begun = time.perf_counter()
    rounds.close()
    if state.done:
        passes = 2 if scheme is Scheme.TWO_SIDED else 1
        rounds.make_up(lambda: [loss(loss.start) for _ in range(passes)])
    return _compare(loss, state, indices, exact, rounds)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _compare(loss: FrozenLoss, state: Sweep, indices: Sequence[int], exact: Vector, rounds: _Rounds) -> SweepReport:
    done = np.asarray(indices[: state.done], np.intp)
    nudged, expected = np.asarray(state.gradient, np.float64)[done], exact[done]
    low, middle, high = (len(exact) * times for times in rounds.times())
    shown = np.linspace(0, len(done) - 1, min(len(done), MOST_POINTS)).astype(np.intp)
    return SweepReport(
        done=state.done,
        total=state.total,
        network_weights=len(exact),
        forward_passes=state.forward_passes,
        elapsed_seconds=rounds.nudging_seconds,
        remaining_seconds=state.remaining_seconds,
        backward_seconds=rounds.backward_seconds,
        times_as_long=middle,
        times_middle=(low, high),
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
