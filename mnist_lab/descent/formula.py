"""The grammar of a typed function of x: a tree of the few kinds of node that are allowed, with its values in NumPy.

`read_formula` turns text into a checked tree; `values` computes it. Nothing typed is ever run as a program.
"""

import ast
import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np

from mnist_lab.descent.formula_hints import hint
from mnist_lab.descent.functions import Reals
from mnist_lab.expressions import ExpressionError, Respelled, Unreadable, count, excerpt, number, parse
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_PARTS = 150
MOST_DEPTH = 60
LARGEST_POWER = 100
"""Largest exponent that is a plain number, counted over powers of powers; 99,999,999 would only be a straight wall."""

_MOST_MULTIPLIED = 16

CONSTANTS: Mapping[str, float] = MappingProxyType({"pi": math.pi, "e": math.e})

Unary = Callable[[Reals], Reals]


def _sigmoid(x: Reals) -> Reals:
    return np.asarray(0.5 * (1 + np.tanh(0.5 * x)))


UNARY_FUNCTIONS: Mapping[str, Unary] = MappingProxyType(
    {
        "sin": np.sin,
        "cos": np.cos,
        "tan": np.tan,
        "asin": np.arcsin,
        "acos": np.arccos,
        "atan": np.arctan,
        "sinh": np.sinh,
        "cosh": np.cosh,
        "tanh": np.tanh,
        "exp": np.exp,
        "log": np.log,
        "ln": np.log,
        "sqrt": np.sqrt,
        "abs": np.abs,
        "sign": np.sign,
        "sigmoid": _sigmoid,
        "relu": lambda x: np.maximum(x, 0.0),
    }
)
"""What may stand before a bracket, and what it computes; `log` and `ln` are both the natural logarithm."""


def power(base: Reals, exponent: Reals) -> Reals:
    """The base to the exponent; small whole ones by multiplication, which is many times as fast as `np.power`."""
    whole = int(exponent) if np.ndim(exponent) == 0 and abs(exponent) <= _MOST_MULTIPLIED else 0
    if whole == 0 or whole != exponent:
        return np.asarray(np.power(base, exponent))
    result = _multiplied(base, abs(whole))
    return result if whole > 0 else np.asarray(1 / result)


def _multiplied(base: Reals, times: int) -> Reals:
    if times == 1:
        return base
    half = _multiplied(base, times // 2)
    return np.asarray(half * half * base if times % 2 else half * half)


_BINARY: Mapping[type[ast.operator], Callable[[Reals, Reals], Reals]] = MappingProxyType(
    {ast.Add: np.add, ast.Sub: np.subtract, ast.Mult: np.multiply, ast.Div: np.divide, ast.Pow: power}
)

_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {"^": "**", "π": "pi"}
    | dict.fromkeys("×·⋅∗•∙⋆＊", "*")
    | dict.fromkeys("−–—‐‑﹣－", "-")
    | dict.fromkeys("÷∕⁄／", "/")
    | dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
)
"""Signs that people type or paste, in Python's spelling; raised ones stand for a power."""

_RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺")
_NAMES = frozenset(UNARY_FUNCTIONS)


def read_formula(text: str) -> ast.expr:
    """Read a function of x, such as `0.1*x^4 − x² + 0.3*x`.

    Args:
        text: numbers, `x`, `pi`, `e`, + − * / and powers (`**`, `^`, x²), brackets and `UNARY_FUNCTIONS`.

    Returns:
        a tree of nothing else, small enough to walk and to differentiate at once.

    Raises:
        ExpressionError: anything else, in a sentence.
    """
    try:
        return _read(text)
    except Unreadable as error:
        raise hint(text, _NAMES) or error from error


def _read(text: str) -> ast.expr:
    root = parse(text, most_depth=MOST_DEPTH, respell=_respelled)
    if count(root) > MOST_PARTS:
        raise ExpressionError(
            QT_TRANSLATE_NOOP("errors", "This formula has {parts} parts: use at most {most}."),
            parts=count(root),
            most=MOST_PARTS,
        )
    _check(root)
    _check_powers(root)
    return root


def values(node: ast.expr, x: Reals) -> Reals:
    """What the checked tree comes to at each x: float64 of the shape of `x`; NaN where it has no finite value."""
    with np.errstate(all="ignore"):
        result = np.asarray(_values(node, np.asarray(x, np.float64)), np.float64)
    return np.broadcast_to(np.where(np.isfinite(result), result, np.nan), np.shape(x)).copy()


def constant_value(node: ast.expr) -> float | None:
    """The number that a part without x comes to (NaN if it has none); None if there is an x in it."""
    if any(isinstance(part, ast.Name) and part.id == "x" for part in ast.walk(node)):
        return None
    return float(values(node, np.zeros(())))


def _respelled(line: str) -> Respelled:
    """The line in Python's spelling, raised digits as powers."""
    pieces: list[str] = []
    origins: list[int] = []
    was_raised = False
    for position, character in enumerate(line, start=1):
        is_raised = character in _RAISED
        piece = ("**" if is_raised and not was_raised else "") + _SPELLINGS.get(character, character)
        was_raised = is_raised
        pieces.append(piece)
        origins += [position] * len(piece)
    return Respelled("".join(pieces), tuple(origins))


def _check(node: ast.expr) -> None:
    """Refuse every kind of node that is not on the list."""
    match node:
        case ast.Constant():
            number(node)
        case ast.Name(id=name):
            if name in UNARY_FUNCTIONS:
                raise _takes_one_value(name)
            if name != "x" and name not in CONSTANTS:
                raise _unknown_name(name)
        case ast.UnaryOp(op=ast.USub() | ast.UAdd(), operand=operand):
            _check(operand)
        case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _BINARY:
            _check(left)
            _check(right)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in UNARY_FUNCTIONS:
            _check(argument)
        case ast.Call(func=ast.Name(id=name)) if name in UNARY_FUNCTIONS:
            raise _takes_one_value(name)
        case ast.Call(func=ast.Name(id=name)) if name not in CONSTANTS and name != "x":
            raise _unknown_name(name)
        case ast.Call(func=ast.Name() | ast.BinOp() | ast.Call() as factor):  # x(x + 1), (x + 1)(x − 1)
            raise Unreadable(
                QT_TRANSLATE_NOOP("errors", "Behind “{part}” an operator is missing: write * to multiply."),
                part=excerpt(factor),
            )
        case _:
            raise Unreadable(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{part}” has no place in a function of x: use numbers, x, pi, e, + − * / ^, brackets and "
                    "functions such as sin(x).",
                ),
                part=excerpt(node),
            )


def _takes_one_value(name: str) -> ExpressionError:
    return Unreadable(QT_TRANSLATE_NOOP("errors", "“{function}” takes one value: write {function}(x)."), function=name)


def _unknown_name(name: str) -> ExpressionError:
    return Unreadable(
        QT_TRANSLATE_NOOP("errors", "“{name}” is not known here: use x, pi, e, or one of {functions}."),
        name=name if len(name) <= 40 else name[:39] + "…",
        functions=", ".join(UNARY_FUNCTIONS),
    )


def _check_powers(node: ast.expr) -> float:
    """The largest product of exponents along one way down from here; refused above `LARGEST_POWER`."""
    own = 1.0
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Pow):
        exponent = constant_value(node.right)
        own = max(abs(exponent), 1.0) if exponent is not None else 1.0
    below = [_check_powers(child) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]
    product = own * max(below, default=1.0)
    if not product <= LARGEST_POWER:  # so that NaN is refused, too
        raise ExpressionError(
            QT_TRANSLATE_NOOP("errors", "The power in “{part}” is too large: use exponents from −{most} to {most}."),
            part=excerpt(node),
            most=LARGEST_POWER,
        )
    return product


def _values(node: ast.expr, x: Reals) -> Reals:
    match node:
        case ast.Constant():
            return np.asarray(number(node), np.float64)
        case ast.Name(id=name):
            return x if name == "x" else np.asarray(CONSTANTS[name])
        case ast.UnaryOp(op=operator, operand=operand):
            inner = _values(operand, x)
            return -inner if isinstance(operator, ast.USub) else inner
        case ast.BinOp(left=left, op=operator, right=right):
            return _BINARY[type(operator)](_values(left, x), _values(right, x))
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return UNARY_FUNCTIONS[name](_values(argument, x))
    raise TypeError(f"read_formula lets no {type(node).__name__} through")
