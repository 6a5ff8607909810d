"""A typed function of x, with its derivative as a formula: from text to a `Function` of the gallery's kind."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from mnist_lab.descent.curves import kinks
from mnist_lab.descent.formula import read_formula, values
from mnist_lab.descent.functions import Function, RealFunction, Reals
from mnist_lab.descent.minima import minima
from mnist_lab.descent.symbolic import differentiate
from mnist_lab.expressions import ExpressionError
from mnist_lab.words import QT_TRANSLATE_NOOP

DOMAIN = (-5.0, 5.0)
LARGEST_HEIGHT = 1e100
"""What goes beyond counts as no value: its square is still a number, and pictures still have a scale."""

_STARTS = (0.8, 0.2, 0.65, 0.35, 0.9, 0.1, 0.55, 0.45, 0.99, 0.01)
"""Where to look for a start, as shares of the domain."""


@dataclass(frozen=True, eq=False)
class TypedFunction:
    """What was typed, ready to descend.

    Attributes:
        function: with the identifier `typed`; NaN wherever the formula has no finite value or no slope.
        derivative_text: f′ as a formula to show, which can be typed, too; "" where it is longer than what can be.
    """

    function: Function
    derivative_text: str


def typed_function(
    text: str, domain: tuple[float, float] = DOMAIN, check: Callable[[], None] = lambda: None
) -> TypedFunction:
    """Make a function of what was typed, and find its minima. Nothing of it is run as a program.

    It may take a second, the first call even longer, since it imports SymPy: call it off the window's thread.

    Args:
        text: see `formula.read_formula`.
        domain: which x are shown at first, lowest and highest.
        check: called on the way; whatever it raises ends the work.

    Raises:
        ExpressionError: no formula, or one without a value and a slope anywhere in the domain; one sentence.
    """
    root = read_formula(text)
    check()
    derivative = differentiate(root)
    check()

    def value(x: Reals) -> Reals:
        return _within_reach(values(root, x))

    def slope(x: Reals) -> Reals:
        return np.asarray(np.where(np.isnan(value(x)), np.nan, _within_reach(derivative.values(x))))

    formula = text.strip()
    function = Function(
        "typed",
        QT_TRANSLATE_NOOP("descent", "Typed function"),
        formula,
        value,
        slope,
        None,
        domain,
        _start(value, slope, domain, is_huge=bool((abs(values(root, np.linspace(*domain))) > LARGEST_HEIGHT).any())),
        QT_TRANSLATE_NOOP("descent", "Your own function: try what the rules make of it."),
    )
    function = replace(function, kinks=tuple(float(kink) for kink in kinks(function, *domain)))
    minima(function, check)  # so that they are known when the window asks for them
    return TypedFunction(function, derivative.text if _can_be_typed(derivative.text) else "")


def _can_be_typed(formula: str) -> bool:
    try:
        read_formula(formula)
    except ExpressionError:
        return False
    return True


def _within_reach(heights: Reals) -> Reals:
    return np.where(abs(heights) <= LARGEST_HEIGHT, heights, np.nan)


def _start(value: RealFunction, slope: RealFunction, domain: tuple[float, float], *, is_huge: bool) -> float:
    """Somewhere in the domain where there are a value and a slope; `is_huge` is why there may be none."""
    low, high = domain
    for share in _STARTS:
        x = np.array([round(low + share * (high - low), 6)])
        if np.isfinite(value(x))[0] and np.isfinite(slope(x))[0]:
            return float(x[0])
    raise ExpressionError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Between {low:g} and {high:g} this goes beyond ±1e100, too large to draw: multiply by a smaller number.",
        )
        if is_huge
        else QT_TRANSLATE_NOOP(
            "errors",
            "This has no value and slope at the places tried between {low:g} and {high:g}: change the formula.",
        ),
        low=low,
        high=high,
    )
