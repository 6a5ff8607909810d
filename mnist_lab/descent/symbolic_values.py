"""SymPy's tree as a list of NumPy steps, each different part once: what a derivative repeats is computed once.

A product of thirty factors has a derivative of a thousand parts. Walked node by node, most of the time would go into
asking SymPy what each node is, again at every place of a ball.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from typing import Any

import numpy as np

from mnist_lab.descent.formula import UNARY_FUNCTIONS, power
from mnist_lab.descent.functions import Reals
from mnist_lab.expressions import ExpressionError
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_STEPS = 3_000
"""Of a derivative: some milliseconds for the 600 places of a picture."""


@dataclass(frozen=True, eq=False)
class _Step:
    """One operation: its operands and its result by their places in the row of all results.

    Attributes:
        compute: the operation; None for a sign, which depends on the side of 0.
        operands: where they stand.
        spent: operands that no later step needs.
    """

    compute: Callable[..., Reals] | None
    operands: tuple[int, ...]
    spent: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class StepwiseFunction:
    """A function of x, ready to be computed.

    Attributes:
        constants: the numbers that it begins with; x stands behind them.
        steps: what is done, the result of each put behind all before it.
        result: where the result stands.
        has_signs: whether a `sign` occurs.
    """

    constants: tuple[Reals, ...]
    steps: tuple[_Step, ...]
    result: int
    has_signs: bool

    def values(self, x: Reals, side_of_zero: float) -> Reals:
        """The value at each x, float64 of the shape of `x`, not always finite.

        Args:
            x: float64 of any shape.
            side_of_zero: the sign, 1 or −1, of what is exactly 0.
        """
        row: list[Any] = [*self.constants, x]
        with np.errstate(all="ignore"):
            for step in self.steps:
                operands = [row[place] for place in step.operands]
                row.append(_sign(operands[0], side_of_zero) if step.compute is None else step.compute(*operands))
                for place in step.spent:
                    row[place] = None
        return np.asarray(np.broadcast_to(row[self.result], x.shape))


def steps_of(tree: Any, x: Any) -> StepwiseFunction:
    """The steps of a tree of SymPy's: sums, products, powers and functions of the grammar.

    Args:
        tree: what is to be computed.
        x: the symbol.

    Raises:
        ExpressionError: there are too many of them.
    """
    constants: dict[Any, Reals] = {}
    parts: dict[Any, None] = {}  # in the order in which they are computed
    waiting = [(tree, False)]
    while waiting:
        node, has_operands = waiting.pop()
        if node in parts or node in constants or node == x:
            continue
        if not node.args:
            constants[node] = np.asarray(_float(node))
        elif has_operands:
            parts[node] = None
        else:
            waiting += [(node, True), *((operand, False) for operand in node.args)]
    if sum(len(node.args) for node in parts) > MOST_STEPS:
        raise ExpressionError(
            QT_TRANSLATE_NOOP("errors", "The derivative of this formula is too long: write a shorter formula.")
        )
    places = {node: place for place, node in enumerate([*constants, x, *parts])}
    last_use = {operand: node for node in parts for operand in node.args}
    steps = [_step(node, places, last_use, tree) for node in parts]
    return StepwiseFunction(
        tuple(constants.values()), tuple(steps), places[tree], any(step.compute is None for step in steps)
    )


def _step(node: Any, places: dict[Any, int], last_use: dict[Any, Any], tree: Any) -> _Step:
    spent = {operand for operand in node.args if last_use[operand] is node and operand is not tree}
    return _Step(
        _computed(node), tuple(places[operand] for operand in node.args), tuple(places[operand] for operand in spent)
    )


def _computed(node: Any) -> Callable[..., Reals] | None:
    if node.is_Add:
        return lambda *operands: reduce(np.add, operands)
    if node.is_Mul:
        return lambda *operands: reduce(np.multiply, operands)
    if node.is_Pow:
        return power
    name = node.func.__name__
    return None if name == "sign" else UNARY_FUNCTIONS[name]


def _sign(values: Reals, side_of_zero: float) -> Reals:
    return np.asarray(np.where(values == 0, side_of_zero, np.sign(values)))


def _float(constant: Any) -> float:
    """The value of a number or of pi or e; NaN for SymPy's infinities and imaginary unit, inf for what is too large."""
    if not constant.is_real or constant.is_infinite:
        return float("nan")
    try:
        return float(constant)
    except OverflowError:
        return float("inf")
