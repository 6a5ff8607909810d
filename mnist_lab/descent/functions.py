"""The gallery of functions of one x to walk down. Adding one is one entry in `FUNCTIONS`; page and tests follow.

All are vectorised: they take and return float64 arrays of any shape. Where a function has no value or no slope the
answer is NaN, never a warning.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.words import QT_TRANSLATE_NOOP

Reals = NDArray[np.float64]
RealFunction = Callable[[Reals], Reals]


@dataclass(frozen=True, eq=False)
class Function:
    """One function of x: something to descend.

    Attributes:
        identifier: its name in files and tests.
        label: words for the choice.
        formula: how f(x) is written.
        f: float64 array to float64 array of the same shape.
        derivative: the slope f′, likewise; NaN where there is none.
        second_derivative: the curvature f″, likewise; None where it is only known by differences of f′.
        domain: lowest and highest x that is shown at first.
        start: where a descent begins, within the domain.
        teaches: the one thing it exists to show, in a sentence.
        kinks: every x at which f has a value but no slope.
        sample_slopes: for a loss that is the mean over real samples: from one x to the slope of each sample's own
            loss, (n,) float64; their mean is `derivative`. None where the function has no samples.
    """

    identifier: str
    label: str
    formula: str
    f: RealFunction
    derivative: RealFunction
    second_derivative: RealFunction | None
    domain: tuple[float, float]
    start: float
    teaches: str
    kinks: tuple[float, ...] = ()
    sample_slopes: Callable[[float], Reals] | None = None

    @property
    def width(self) -> float:
        """From the lowest to the highest x of the domain."""
        return self.domain[1] - self.domain[0]

    def value_at(self, x: float) -> float:
        """The value at one x; NaN where it has no value."""
        return float(self.f(np.array([x]))[0])

    def slope_at(self, x: float) -> float:
        """The slope at one x; NaN where it has no slope."""
        return float(self.derivative(np.array([x]))[0])

    def curvature(self, x: Reals) -> Reals:
        """The curvature at each x, by `second_derivative` or else by central differences of the slope."""
        if self.second_derivative is not None:
            return self.second_derivative(x)
        reach = 1e-5 * self.width
        with np.errstate(all="ignore"):
            return np.asarray((self.derivative(x + reach) - self.derivative(x - reach)) / (2 * reach))

    def curvature_at(self, x: float) -> float:
        """The curvature at one x."""
        return float(self.curvature(np.array([x]))[0])


def _sigmoid(x: Reals) -> Reals:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)))  # never overflows


def _plateau_slope(x: Reals) -> Reals:
    answer = _sigmoid(x)
    return np.asarray(2 * (answer - _TARGET) * answer * (1 - answer))


def _plateau_curvature(x: Reals) -> Reals:
    answer = _sigmoid(x)
    rise = answer * (1 - answer)
    return np.asarray(2 * rise**2 + 2 * (answer - _TARGET) * rise * (1 - 2 * answer))


def _sign(x: Reals) -> Reals:
    return np.where(x == 0, np.nan, np.sign(x))


_TARGET = 0.2
_INPUTS = np.linspace(-1.5, 1.5, 40)
_TARGETS = 1.2 * _INPUTS + np.random.default_rng(3).normal(0, 0.8, 40)


def _line_fit(x: Reals) -> Reals:
    errors = np.asarray(x)[..., None] * _INPUTS - _TARGETS
    return np.asarray((errors**2).mean(axis=-1))


def _line_fit_slope(x: Reals) -> Reals:
    return np.asarray(2 * (x * (_INPUTS**2).mean() - (_INPUTS * _TARGETS).mean()))


FUNCTIONS: tuple[Function, ...] = (
    Function(
        "bowl",
        QT_TRANSLATE_NOOP("descent", "Bowl"),
        "x²",
        lambda x: x * x,
        lambda x: 2 * x,
        lambda x: np.full_like(x, 2.0),
        (-3.0, 3.0),
        2.5,
        QT_TRANSLATE_NOOP(
            "descent",
            "With plain SGD only the learning rate decides whether the ball comes to rest, and after how many steps.",
        ),
    ),
    Function(
        "double_well",
        QT_TRANSLATE_NOOP("descent", "Tilted double well"),
        "0.1·x⁴ − x² + 0.3·x",
        lambda x: 0.1 * (x * x) ** 2 - x * x + 0.3 * x,
        lambda x: 0.4 * x * x * x - 2 * x + 0.3,
        lambda x: 1.2 * x * x - 2,
        (-4.0, 4.0),
        3.5,
        QT_TRANSLATE_NOOP("descent", "There are two minima, and the start decides which one is found."),
    ),
    Function(
        "ripples",
        QT_TRANSLATE_NOOP("descent", "Ripples"),
        "0.1·x² + sin(3·x)",
        lambda x: 0.1 * x * x + np.sin(3 * x),
        lambda x: 0.2 * x + 3 * np.cos(3 * x),
        lambda x: 0.2 - 9 * np.sin(3 * x),
        (-6.0, 6.0),
        5.0,
        QT_TRANSLATE_NOOP("descent", "Many small dips catch the ball before it reaches the deepest one."),
    ),
    Function(
        "plateau",
        QT_TRANSLATE_NOOP("descent", "Plateau"),
        "(sigmoid(x) − 0.2)²",
        lambda x: (_sigmoid(x) - _TARGET) ** 2,
        _plateau_slope,
        _plateau_curvature,
        (-8.0, 8.0),
        5.0,
        QT_TRANSLATE_NOOP(
            "descent",
            "Where a sigmoid is saturated the slope vanishes: the answer is wrong, and yet hardly anything moves.",
        ),
    ),
    Function(
        "steep_walls",
        QT_TRANSLATE_NOOP("descent", "Steep walls"),
        "x⁴",
        lambda x: (x * x) ** 2,
        lambda x: 4 * x * x * x,
        lambda x: 12 * x * x,
        (-2.5, 2.5),
        2.0,
        QT_TRANSLATE_NOOP(
            "descent",
            "A rate that suits the flat floor explodes on the wall, and one that suits the wall crawls on the floor.",
        ),
    ),
    Function(
        "absolute_value",
        QT_TRANSLATE_NOOP("descent", "Absolute value"),
        "abs(x)",
        np.abs,
        _sign,
        lambda x: np.where(x == 0, np.nan, 0.0),
        (-2.0, 2.0),
        1.43,
        QT_TRANSLATE_NOOP(
            "descent",
            "The slope never gets smaller and at 0 there is none: steps of one length bounce around the minimum.",
        ),
        kinks=(0.0,),
    ),
    Function(
        "inflection",
        QT_TRANSLATE_NOOP("descent", "Inflection"),
        "x³",
        lambda x: x * x * x,
        lambda x: 3 * x * x,
        lambda x: 6 * x,
        (-2.0, 2.0),
        1.5,
        QT_TRANSLATE_NOOP(
            "descent", "At 0 the slope is 0, but it is no minimum: whatever gets past it falls without end."
        ),
    ),
    Function(
        "line_fit",
        QT_TRANSLATE_NOOP("descent", "Line through 40 points"),
        "mean of (x·input − target)²",
        _line_fit,
        _line_fit_slope,
        lambda x: np.full_like(x, 2 * (_INPUTS**2).mean()),
        (-2.0, 4.0),
        -1.0,
        QT_TRANSLATE_NOOP(
            "descent",
            "A real loss over samples: each sample pulls its own way, and a small batch only guesses the slope.",
        ),
        sample_slopes=lambda x: 2 * (x * _INPUTS - _TARGETS) * _INPUTS,
    ),
)

_BY_IDENTIFIER = {function.identifier: function for function in FUNCTIONS}


def function_of(identifier: str) -> Function:
    """The function of that name in the gallery; KeyError if there is none."""
    return _BY_IDENTIFIER[identifier]
