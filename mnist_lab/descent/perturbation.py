"""The naive way to a gradient: nudge each weight and look at the loss. Right, and hopelessly expensive.

The loss is a plain function of one vector of weights, so this serves a toy as well as a network; it is always called
with a copy that belongs to this module, and the caller's weights are never touched.
"""

import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import numpy as np
from numpy.typing import NDArray

Weights = NDArray[np.floating[Any]]
Loss = Callable[[Weights], float]
Gradient = Callable[[Weights], Weights]


class Scheme(Enum):
    """How the slope of each weight is found: one nudge against the loss as it is, or one to either side."""

    ONE_SIDED = auto()
    TWO_SIDED = auto()

    def forward_passes(self, weights: int) -> int:
        """How many forward passes one gradient takes: 1 + n, or 2·n, which is how the chapter counts."""
        return 1 + weights if self is Scheme.ONE_SIDED else 2 * weights


@dataclass(frozen=True)
class Probe:
    """One forward pass with a weight set to a value."""

    weight: float
    loss: float


CARD = (Probe(0.30, 0.5), Probe(0.35, 0.6), Probe(0.25, 0.4))
"""The chapter's example: the weight as it is, a little higher, a little lower."""

CARD_RANGE = (0.0, 0.55)


def card_loss(weight: float) -> float:
    """A smooth loss through the three points of the card, with its minimum near 0.05, to slide along."""
    distance = weight - CARD[0].weight
    return CARD[0].loss + 2 * distance - _CARD_BEND * (distance**3 - 0.05**2 * distance)


_CARD_BEND = 2 / (3 * 0.25**2 - 0.05**2)


def best_move(base: Probe, *others: Probe) -> float:
    """By how much to change the weight: towards the probe with the least loss; 0 if none is below the base."""
    best = min((base, *others), key=lambda probe: probe.loss)
    return best.weight - base.weight


@dataclass(frozen=True, eq=False)
class Sweep:
    """How far a gradient by nudging has got.

    Attributes:
        done: weights whose slope is known.
        total: weights in all.
        forward_passes: how many were needed so far.
        elapsed_seconds: since the first.
        gradient: (total,) of the weights' dtype, read-only; NaN where it is not known yet.
    """

    done: int
    total: int
    forward_passes: int
    elapsed_seconds: float
    gradient: Weights

    @property
    def remaining_seconds(self) -> float:
        """Estimated from the time per weight so far."""
        return self.elapsed_seconds / self.done * (self.total - self.done) if self.done else float("nan")


def sweep(
    loss: Loss,
    weights: Weights,
    epsilon: float = 1e-4,
    scheme: Scheme = Scheme.TWO_SIDED,
    every: int = 1,
    indices: Sequence[int] | None = None,
) -> Generator[Sweep, None, None]:
    """Find the gradient weight by weight; closing the generator cancels it.

    Args:
        loss: from all weights, (n,), to the loss on one frozen batch. It must not change them.
        weights: (n,) float32 or float64; the numbers are computed in that size, and float32 needs a larger epsilon.
        epsilon: the nudge, above 0.
        scheme: one nudge a weight or two.
        every: after how many weights to yield; it also yields at the end.
        indices: which weights, in which order; all of them by default.

    Yields:
        the state so far; `gradient` is one array that goes on filling.

    Raises:
        ValueError: epsilon is not above 0, or the weights are no vector.
    """
    if not epsilon > 0 or np.ndim(weights) != 1:
        raise ValueError(f"epsilon must be above 0 and the weights a vector, not {epsilon} and {np.shape(weights)}")
    nudged = weights.copy()
    gradient = np.full_like(weights, np.nan)
    shown = gradient.view()
    shown.flags.writeable = False
    order = range(len(weights)) if indices is None else indices
    began = time.perf_counter()
    passes = 0
    base = np.nan
    if scheme is Scheme.ONE_SIDED:
        base, passes = loss(nudged), 1
    for done, index in enumerate(order, start=1):
        higher, lower = _losses_around(loss, nudged, index, epsilon, scheme)
        passes += 1 if scheme is Scheme.ONE_SIDED else 2
        gradient[index] = (higher - base) / epsilon if scheme is Scheme.ONE_SIDED else (higher - lower) / (2 * epsilon)
        if done % every == 0 or done == len(order):
            yield Sweep(done, len(order), passes, time.perf_counter() - began, shown)


def _losses_around(loss: Loss, nudged: Weights, index: int, epsilon: float, scheme: Scheme) -> tuple[float, float]:
    """The loss with one weight higher and, in the two-sided scheme, lower; afterwards the weight is what it was."""
    kept = nudged[index]
    nudged[index] = kept + epsilon
    higher = loss(nudged)
    lower = np.nan
    if scheme is Scheme.TWO_SIDED:
        nudged[index] = kept - epsilon
        lower = loss(nudged)
    nudged[index] = kept  # the saved number itself: adding and subtracting would leave a rounding error
    return higher, lower


def loss_along(loss: Loss, weights: Weights, index: int, values: Weights) -> NDArray[np.float64]:
    """The loss with one weight set to each value and all others as they are: as many forward passes as values.

    Args:
        loss: see `sweep`.
        weights: (n,).
        index: which weight.
        values: (k,) what it is set to.

    Returns:
        (k,) float64.
    """
    changed = weights.copy()
    losses = np.empty(len(values))
    for place, value in enumerate(values):
        changed[index] = value
        losses[place] = loss(changed)
    return losses


def cosine(first: Weights, second: Weights) -> float:
    """How far two gradients point the same way: 1 for the same direction, 0 for a right angle; NaN for a zero one."""
    first, second = np.asarray(first, np.float64), np.asarray(second, np.float64)
    lengths = float(np.linalg.norm(first) * np.linalg.norm(second))
    return float(first @ second) / lengths if lengths > 0 else float("nan")


class Way(Enum):
    """Three ways to lower a loss."""

    ONE_AT_A_TIME = auto()
    TOGETHER = auto()
    GRADIENT = auto()


GRADIENT_COST = 3
"""A gradient by backpropagation is counted as this many forward passes: one forward, and one backward of twice the
work."""


@dataclass(frozen=True)
class RaceProgress:
    """Where one way has got: forward passes spent on finding the moves, and the loss then."""

    forward_passes: int
    loss: float


def race(
    way: Way,
    loss: Loss,
    gradient: Gradient,
    weights: Weights,
    rate: float,
    epsilon: float = 1e-4,
    seed: int = 0,
) -> Iterator[RaceProgress]:
    """Lower the loss in one of three ways, without end; whoever iterates stops when the passes are spent.

    Args:
        way: one weight after the other in random order; all nudged together in a random direction; or by the gradient.
        loss: see `sweep`.
        gradient: from all weights, (n,), to the gradient of the loss, (n,).
        weights: (n,) where it begins; they are copied.
        rate: the learning rate. Nudging together uses it divided by the number of weights: its guess of the gradient
            is right on the average, but as many times longer (squared) as there are weights.
        epsilon: the nudge.
        seed: of the order or the directions.

    Yields:
        the start, and then the state after each move. The passes that only measure the loss for this are not counted.
    """
    current, passes = weights.copy(), 0
    generator = np.random.default_rng(seed)
    order: list[int] = []
    yield RaceProgress(passes, loss(current))
    while True:
        if way is Way.GRADIENT:
            current -= rate * gradient(current)
            passes += GRADIENT_COST
        elif way is Way.ONE_AT_A_TIME:
            order = order or generator.permutation(len(current)).tolist()
            index = order.pop()
            higher, lower = _losses_around(loss, current, index, epsilon, Scheme.TWO_SIDED)
            current[index] -= rate * (higher - lower) / (2 * epsilon)
            passes += 2
        else:
            direction = generator.choice(np.array([-1, 1], current.dtype), len(current))
            slope = (loss(current + epsilon * direction) - loss(current - epsilon * direction)) / (2 * epsilon)
            current -= rate / len(current) * slope * direction
            passes += 2
        yield RaceProgress(passes, loss(current))
