"""A typed function of x, with its derivative as a formula: from text to a `Function` of the gallery's kind."""

from dataclasses import dataclass, replace

import numpy as np

from mnist_lab.descent.curves import kinks
from mnist_lab.descent.formula import read_formula, values
from mnist_lab.descent.functions import Function, RealFunction, Reals
from mnist_lab.descent.symbolic import differentiate
from mnist_lab.expressions import ExpressionError
from mnist_lab.words import QT_TRANSLATE_NOOP

DOMAIN = (-5.0, 5.0)
_STARTS = (0.8, 0.2, 0.65, 0.35, 0.9, 0.1, 0.55, 0.45, 0.99, 0.01)
"""Where to look for a start, as shares of the domain."""


@dataclass(frozen=True, eq=False)
class TypedFunction:
    """What was typed, ready to descend.

    Attributes:
        function: with the identifier `typed`; NaN wherever the formula has no finite value or no slope.
        derivative_text: f′ as a formula to show.
    """

    function: Function
    derivative_text: str


def typed_function(text: str, domain: tuple[float, float] = DOMAIN) -> TypedFunction:
    """Make a function of what was typed. Nothing of it is run as a program.

    The first call imports SymPy: call it off the window's thread.

    Args:
        text: see `formula.read_formula`.
        domain: which x are shown at first, lowest and highest.

    Raises:
        ExpressionError: no formula, or one without a value and a slope anywhere in the domain; one sentence.
    """
    root = read_formula(text)
    derivative = differentiate(root)

    def value(x: Reals) -> Reals:
        return values(root, x)

    def slope(x: Reals) -> Reals:
        return np.asarray(np.where(np.isnan(value(x)), np.nan, derivative.values(x)))

    formula = text.strip()
    function = Function(
        "typed",
        QT_TRANSLATE_NOOP("descent", "Typed function"),
        formula,
        value,
        slope,
        None,
        domain,
        _start(value, slope, domain),
        QT_TRANSLATE_NOOP("descent", "Your own function: try what the rules make of it."),
    )
    without_slope = tuple(float(kink) for kink in kinks(function, *domain))
    return TypedFunction(replace(function, kinks=without_slope), derivative.text)


def _start(value: RealFunction, slope: RealFunction, domain: tuple[float, float]) -> float:
    """Somewhere in the domain where there are a value and a slope."""
    low, high = domain
    for share in _STARTS:
        x = np.array([round(low + share * (high - low), 6)])
        if np.isfinite(value(x))[0] and np.isfinite(slope(x))[0]:
            return float(x[0])
    raise ExpressionError(
        QT_TRANSLATE_NOOP(
            "errors",
            "This has no value and slope at the places tried between {low:g} and {high:g}: change the formula.",
        ),
        low=low,
        high=high,
    )
