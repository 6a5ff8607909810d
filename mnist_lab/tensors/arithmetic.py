"""Operators between parts of an expression: memory is asked for before anything is computed."""

import ast
import math
import operator
from collections.abc import Callable
from typing import Any

import numpy as np

from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.errors import LARGEST, TensorError
from mnist_lab.tensors.operand_shape import OperandShape, ResultShape
from mnist_lab.tensors.shapes import broadcast, matmul
from mnist_lab.tensors.values import Value
from mnist_lab.words import QT_TRANSLATE_NOOP

_MOST_BITS = 63
_PRODUCT_OF_MATRICES = 150
"""Nanoseconds to begin one of a stack of matrix products, however small."""

Dtype = np.dtype[np.generic]

BINARY: dict[type[ast.AST], tuple[Callable[[Any, Any], Any], np.ufunc]] = {
    ast.Add: (operator.add, np.add),
    ast.Sub: (operator.sub, np.subtract),
    ast.Mult: (operator.mul, np.multiply),
    ast.Div: (operator.truediv, np.true_divide),
    ast.FloorDiv: (operator.floordiv, np.floor_divide),
    ast.Mod: (operator.mod, np.remainder),
    ast.Pow: (operator.pow, np.power),
    ast.BitAnd: (operator.and_, np.bitwise_and),
    ast.BitOr: (operator.or_, np.bitwise_or),
    ast.BitXor: (operator.xor, np.bitwise_xor),
    ast.Eq: (operator.eq, np.equal),
    ast.NotEq: (operator.ne, np.not_equal),
    ast.Lt: (operator.lt, np.less),
    ast.LtE: (operator.le, np.less_equal),
    ast.Gt: (operator.gt, np.greater),
    ast.GtE: (operator.ge, np.greater_equal),
}
"""Operators and comparisons: how they are computed, and the NumPy function that knows the type of their result."""

UNARY: dict[type[ast.AST], tuple[Callable[[Any], Any], np.ufunc]] = {
    ast.USub: (operator.neg, np.negative),
    ast.UAdd: (operator.pos, np.positive),
    ast.Invert: (operator.invert, np.invert),
}


def compute(text: str, function: Callable[..., Any], *operands: Any) -> Any:
    """Call NumPy or Python; what either refuses becomes a sentence.

    Overflow and division by zero of arrays give inf, NaN or a wrapped number, as in NumPy.

    Raises:
        TensorError: the types do not go with the operation, a number is out of its type's range, …
    """
    try:
        with np.errstate(all="ignore"):
            return function(*operands)
    except ZeroDivisionError as error:
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "“{text}” divides by 0: write another divisor."), text=text
        ) from error
    except (TypeError, ValueError, OverflowError) as error:
        raise _not_computed(text, error) from error


def _not_computed(text: str, error: Exception) -> TensorError:
    return TensorError(
        QT_TRANSLATE_NOOP(
            "errors", "NumPy cannot compute “{text}” ({reason}): see that types and numbers suit the operation."
        ),
        text=text,
        reason=str(error.args[-1]).splitlines()[0],
    )


def result_dtype(text: str, function: np.ufunc, *operands: Any) -> Dtype:
    """The type of the numbers that a NumPy function gives; Python's numbers take on that of the array.

    Raises:
        TensorError: the function knows no such types.
    """
    kinds = [operand.dtype if isinstance(operand, np.ndarray | np.generic) else type(operand) for operand in operands]
    kinds = [np.dtype(np.bool_) if kind is bool else kind for kind in kinds]
    try:
        return function.resolve_dtypes((*kinds, None))[-1]
    except TypeError as error:
        raise _not_computed(text, error) from error


def elementwise(
    text: str, function: Callable[..., Any], typed: np.ufunc, operands: tuple[Value, ...], budget: Budget
) -> Value:
    """One or two operands, element by element, broadcast where needed.

    Args:
        text: the whole part as typed.
        function: computes it.
        typed: the NumPy function that knows the type of its result.
        operands: one or two.
        budget: of the expression.

    Raises:
        TensorError: shapes or types do not fit, or it would take too much memory.
    """
    contents = [operand.operand() for operand in operands]
    if not any(operand.is_array for operand in operands):
        return Value(compute(text, function, *contents), text)
    outcome = _outcome(operands)
    dtype = result_dtype(text, typed, *contents)
    budget.take(text, outcome.shape, dtype)
    budget.take_time(text, math.prod(outcome.shape), _nanoseconds(typed, dtype))
    return Value(compute(text, function, *contents), text, outcome.names)


_SLOW = {np.power: 25, np.sin: 20, np.cos: 20, np.tanh: 10, np.exp: 10, np.log: 10} | dict.fromkeys(
    (np.floor_divide, np.remainder), 13
)
_USUAL = 8
"""Nanoseconds that a function takes for one number, the time to fetch and to store it among them."""


def _nanoseconds(function: np.ufunc, dtype: Dtype) -> float:
    slower = 3 if dtype == np.float16 else 1  # computed as float32 and rounded, number by number
    return _SLOW.get(function, _USUAL) * slower


def _outcome(operands: tuple[Value, ...]) -> ResultShape:
    first = operands[0].operand_shape()
    return broadcast(first, operands[1].operand_shape()) if len(operands) > 1 else ResultShape(first.shape, first.names)


def binary(kind: type[ast.AST], first: Value, second: Value, text: str, budget: Budget) -> Value:
    """`first` and `second` with one of the operators of `BINARY`, or @.

    Raises:
        TensorError: see `elementwise`; also for Python's numbers that would grow without end.
    """
    if kind is ast.MatMult:
        return product(text, np.matmul, matmul, first, second, budget)
    function, typed = BINARY[kind]
    if kind is ast.BitXor and any(_is_real(operand) for operand in (first, second)):
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "“^” compares bits of whole numbers: a power is written “{first} ** {second}”."
            ),
            first=first.text,
            second=second.text,
        )
    if isinstance(first.content, int | float) and isinstance(second.content, int | float):
        if kind is ast.Pow:
            _check_power(first.content, second.content, text)
        return Value(_bounded(compute(text, function, first.content, second.content), text), text)
    return elementwise(text, function, typed, (first, second), budget)


def _is_real(value: Value) -> bool:
    content = value.content
    is_float = isinstance(content, np.ndarray | np.generic) and np.issubdtype(content.dtype, np.floating)
    return is_float or isinstance(content, float)


def unary(kind: type[ast.AST], operand: Value, text: str, budget: Budget) -> Value:
    """The operand with one of the operators of `UNARY` before it."""
    function, typed = UNARY[kind]
    if kind is ast.Invert and isinstance(operand.content, bool):
        return Value(not operand.content, text)  # Python would make a number of it
    return elementwise(text, function, typed, (operand,), budget)


def product(
    text: str,
    function: Callable[..., Any],
    rule: Callable[[OperandShape, OperandShape], ResultShape],
    first: Value,
    second: Value,
    budget: Budget,
) -> Value:
    """A dot product by one of the rules of `shapes`.

    Raises:
        TensorError: shapes do not fit, or it would take too much memory or time.
    """
    outcome = rule(first.operand_shape(), second.operand_shape())
    one, two = first.array(), second.array()
    dtype = np.result_type(one, two)
    budget.take(text, outcome.shape, dtype)
    for operand in (one, two):
        if operand.dtype != dtype or not (operand.flags.c_contiguous or operand.flags.f_contiguous):
            budget.take(text, operand.shape, dtype)  # a copy is what NumPy computes with
    inner = one.shape[-1] if one.ndim and two.ndim else 1
    budget.take_products(text, math.prod(outcome.shape) * inner, dtype)
    budget.take_time(text, math.prod(outcome.shape), _USUAL)
    budget.take_time(text, math.prod(outcome.shape[:-2]), _PRODUCT_OF_MATRICES)
    return Value(compute(text, function, one, two), text, outcome.names)


def _check_power(base: float, exponent: float, text: str) -> None:
    """Refuse a power of Python's whole numbers before it grows, and one that is not a real number."""
    if base < 0 and not float(exponent).is_integer():
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "“{text}” is a root of a negative number, which is no real number."), text=text
        )
    is_whole = isinstance(base, int) and isinstance(exponent, int) and exponent > 0
    if is_whole and exponent * math.log2(max(1, abs(base))) >= _MOST_BITS + 1:
        raise _too_large(text)


def _bounded(number: Any, text: str) -> Any:
    """Python's whole numbers have no end; NumPy's do, and so have these."""
    if isinstance(number, int) and number.bit_length() > _MOST_BITS:
        raise _too_large(text)
    return number


def _too_large(text: str) -> TensorError:
    return TensorError(
        QT_TRANSLATE_NOOP(
            "errors", "“{text}” is too large: whole numbers reach up to {largest:,}; write 1e20 for more."
        ),
        text=text,
        largest=LARGEST,
    )
