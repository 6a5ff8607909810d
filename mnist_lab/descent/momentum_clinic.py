"""Three ways in which momentum is written, side by side on w²: one has a sign wrong, and climbs."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

import numpy as np

from mnist_lab.descent.functions import RealFunction, Reals
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rule import Settings, UpdateRule
from mnist_lab.words import QT_TRANSLATE_NOOP

START, RATE, STEPS = 2.0, 0.05, 60

_LAST = 20
"""The last steps by which a way is judged: with much momentum a swing takes as many."""

Move = Callable[[float, float, float, float, float], tuple[float, float]]


@dataclass(frozen=True, eq=False)
class MomentumListing:
    """One way of writing momentum.

    Attributes:
        identifier: its name in tests.
        label: words for the heading.
        code: the lines of the loop.
        explanation: what it does, in a sentence.
        move: from w, velocity, gradient, rate and momentum to w and velocity after one step.
    """

    identifier: str
    label: str
    code: str
    explanation: str
    move: Move


class MomentumEffect(Enum):
    """What a listing's momentum changes, compared with plain gradient descent over the same steps."""

    FASTER = auto()
    SAME = auto()
    SLOWER = auto()
    STALLS = auto()
    SWINGS = auto()
    CLIMBS = auto()


def _first_edition(w: float, velocity: float, gradient: float, rate: float, momentum: float) -> tuple[float, float]:
    velocity = velocity * momentum + rate * gradient
    return w + momentum * velocity - rate * gradient, velocity


def _second_edition(w: float, velocity: float, gradient: float, rate: float, momentum: float) -> tuple[float, float]:
    velocity = velocity * momentum - rate * gradient
    return w + momentum * velocity - rate * gradient, velocity


def _heavy_ball(w: float, velocity: float, gradient: float, rate: float, momentum: float) -> tuple[float, float]:
    velocity = velocity * momentum - rate * gradient
    return w + velocity, velocity


LISTINGS: tuple[MomentumListing, ...] = (
    MomentumListing(
        "first_edition",
        QT_TRANSLATE_NOOP("descent", "With a plus: the book's first edition"),
        "v = v * momentum + rate * gradient\nw = w + momentum * v - rate * gradient",
        QT_TRANSLATE_NOOP(
            "descent",
            "The velocity gathers the gradient, which points uphill, and is added: it works against the descent.",
        ),
        _first_edition,
    ),
    MomentumListing(
        "second_edition",
        QT_TRANSLATE_NOOP("descent", "With a minus: the later editions, and Keras's Nesterov"),
        "v = v * momentum - rate * gradient\nw = w + momentum * v - rate * gradient",
        QT_TRANSLATE_NOOP(
            "descent", "The velocity points downhill, and each step looks one velocity ahead: Nesterov's momentum."
        ),
        _second_edition,
    ),
    MomentumListing(
        "heavy_ball",
        QT_TRANSLATE_NOOP("descent", "Heavy ball: classic momentum"),
        "v = v * momentum - rate * gradient\nw = w + v",
        QT_TRANSLATE_NOOP("descent", "The ball simply moves by its velocity."),
        _heavy_ball,
    ),
)


def simulate(
    listing: MomentumListing, momentum: float, rate: float = RATE, start: float = START, steps: int = STEPS
) -> Reals:
    """Descend w² as a listing writes it: (steps + 1,) float64, every w from `start` on; the velocity begins at 0."""
    w, velocity, way = start, 0.0, [start]
    for _ in range(steps):
        w, velocity = listing.move(w, velocity, 2 * w, rate, momentum)
        way.append(w)
    return np.array(way)


def plain(rate: float = RATE, start: float = START, steps: int = STEPS) -> Reals:
    """Descend w² by plain gradient descent, the baseline of the listings: each step is w ← w − rate·2w.

    Returns:
        (steps + 1,) float64, every w from `start` on, in closed form: w after k steps is start·(1 − 2·rate)^k.
    """
    return np.asarray(start * (1 - 2 * rate) ** np.arange(steps + 1))


def outcome(way: Reals, plain_way: Reals) -> MomentumEffect:
    """The effect: the largest |w| of the last steps, compared with the start and with plain gradient descent."""
    start, last, plain_last = abs(way[0]), _reach(way), _reach(plain_way)
    if last > 1.01 * start:
        return MomentumEffect.CLIMBS
    if last > 0.5 * start:
        has_crossed = np.sign(way).min() < 0 < np.sign(way).max()
        return MomentumEffect.SWINGS if has_crossed else MomentumEffect.STALLS
    if np.isclose(last, plain_last, rtol=1e-6):
        return MomentumEffect.SAME
    return MomentumEffect.SLOWER if last > plain_last else MomentumEffect.FASTER


def _reach(way: Reals) -> float:
    """The largest |w| of the last steps: a way that swings may be near 0 by chance at its very end."""
    return float(abs(way[-_LAST:]).max())


def describe(way: Reals, plain_way: Reals) -> Sentence:
    """The outcome in a sentence with its numbers."""
    templates = {
        MomentumEffect.CLIMBS: QT_TRANSLATE_NOOP(
            "descent", "Climbs: w began at {start:g}, and by step {steps} |w| reaches {w:.2g}."
        ),
        MomentumEffect.STALLS: QT_TRANSLATE_NOOP("descent", "Stalls: from step {first} on |w| still reaches {w:.3g}."),
        MomentumEffect.SWINGS: QT_TRANSLATE_NOOP(
            "descent", "Swings past the minimum: from step {first} on |w| still reaches {w:.2g}."
        ),
        MomentumEffect.SAME: QT_TRANSLATE_NOOP(
            "descent", "Without momentum this is plain gradient descent: from step {first} on |w| reaches {w:.2g}."
        ),
        MomentumEffect.SLOWER: QT_TRANSLATE_NOOP(
            "descent", "Slower than plain descent: from step {first} on |w| reaches {w:.2g}, plain {plain:.2g}."
        ),
        MomentumEffect.FASTER: QT_TRANSLATE_NOOP(
            "descent", "Faster than plain descent: from step {first} on |w| reaches {w:.2g}, plain {plain:.2g}."
        ),
    }
    values = {
        "steps": len(way) - 1,
        "first": len(way) - _LAST,
        "w": _reach(way),
        "start": float(way[0]),
        "plain": _reach(plain_way),
    }
    return Sentence(templates[outcome(way, plain_way)], values)


def scaled_ways(
    rule: UpdateRule,
    derivative: RealFunction,
    factor: float = 100.0,
    rate: float = 0.005,
    start: float = START,
    steps: int = STEPS,
    settings: Settings | None = None,
) -> tuple[Reals, Reals]:
    """The same descent on a function and on that function times `factor`: two (steps + 1,) float64.

    RMSprop's ways are all but the same, since it divides the scale out; those of plain SGD are not.
    """
    resolved = rule.resolved(settings)
    x = np.array([start, start])  # both at once: the rule works element by element
    state, scale, ways = rule.initial_state(x, resolved), np.array([1.0, factor]), [x]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            x, state = rule.step(x, scale * derivative(x), state, rate, resolved)
            ways.append(x)
    first, second = np.array(ways).T
    return first, second
