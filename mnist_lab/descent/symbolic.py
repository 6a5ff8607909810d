"""The derivative of a checked formula: by SymPy, as text to read, and with its values in NumPy.

SymPy sees small exact numbers only, everything else as floating point: exact powers of large numbers would take for
ever. Its result is a tree, too, and becomes a list of NumPy's own steps (`symbolic_values`); no text is ever compiled.
SymPy is imported at first use, which takes about a second: off the window's thread.
"""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.formula import constant_value
from mnist_lab.descent.functions import Reals
from mnist_lab.descent.symbolic_values import StepwiseFunction, steps_of
from mnist_lab.expressions import ExpressionError, excerpt, number
from mnist_lab.words import QT_TRANSLATE_NOOP

_LARGEST_EXACT = 1_000
_LEAST_BINARY_EXPONENT, _LARGEST_BINARY_EXPONENT = -1022, 1024  # of float64: 2.2e-308 to 1.8e308
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, eq=False)
class Derivative:
    """The derivative of a formula.

    Attributes:
        text: to read, as in `0.4·x³ − 2·x + 0.3`.
        slope: computes it.
        jumps: computes the formula itself if it holds a `sign`, and so may jump; else None.
    """

    text: str
    slope: StepwiseFunction
    jumps: StepwiseFunction | None

    def values(self, x: Reals) -> Reals:
        """The slope at each x, float64 of the shape of `x`; NaN where there is none.

        At an abrupt angle, such as that of |x| at 0, the slopes of both sides are computed; unless they are the same,
        and the formula has the same value on both sides, there is no slope.
        """
        from_right, is_same = _both_sides(self.slope, np.asarray(x, np.float64))
        if self.jumps is not None:
            is_same &= _both_sides(self.jumps, np.asarray(x, np.float64))[1]
        return np.asarray(np.where(is_same, from_right, np.nan))


def _both_sides(steps: StepwiseFunction, x: Reals) -> tuple[Reals, NDArray[np.bool_]]:
    """The values on the right side of each x, and where they are finite and those of the left side, too."""
    from_right = steps.values(x, 1.0)
    from_left = steps.values(x, -1.0) if steps.has_signs else from_right
    return from_right, np.isfinite(from_right) & (from_right == from_left)


def differentiate(root: ast.expr) -> Derivative:
    """The derivative with respect to x of a tree that `read_formula` let through.

    Raises:
        ExpressionError: a part without x has no finite value, or the derivative is too long.
    """
    symbols = _symbols()
    with np.errstate(all="ignore"):
        typed = _symbolic(root)
        tree = typed.diff(symbols.x)
        slope = steps_of(tree, symbols.x)
        jumps = steps_of(typed, symbols.x) if typed.has(symbols.functions["sign"]) else None
    return Derivative(_text(tree), slope, jumps)


@lru_cache(maxsize=1)
def _symbols() -> SimpleNamespace:
    """SymPy, the symbol x, a printer, and the functions by name."""
    import sympy

    # No assumptions about x: with them SymPy would rewrite what was typed, at length.
    return SimpleNamespace(sympy=sympy, x=sympy.Symbol("x"), functions=_functions(sympy), printer=_printer(sympy))


def _functions(sympy: Any) -> dict[str, Any]:
    """The functions of the grammar and `sign`, as SymPy's classes that know their slope and nothing else.

    SymPy's own ones evaluate and rewrite themselves and ask whether they are real; some arguments lead them into
    endless recursion or numbers that fill the memory. The rules for sums, products, powers and chains are SymPy's.
    """
    made: dict[str, Any] = {}
    slopes: dict[str, Callable[[Any], Any]] = {
        "sin": lambda u: made["cos"](u),
        "cos": lambda u: -made["sin"](u),
        "tan": lambda u: 1 + made["tan"](u) ** 2,
        "asin": lambda u: 1 / sympy.sqrt(1 - u**2),
        "acos": lambda u: -1 / sympy.sqrt(1 - u**2),
        "atan": lambda u: 1 / (1 + u**2),
        "sinh": lambda u: made["cosh"](u),
        "cosh": lambda u: made["sinh"](u),
        "tanh": lambda u: 1 - made["tanh"](u) ** 2,
        "exp": lambda u: made["exp"](u),
        "log": lambda u: 1 / u,
        "abs": lambda u: made["sign"](u),
        "sign": lambda u: sympy.Integer(0),
        "sigmoid": lambda u: made["sigmoid"](u) * (1 - made["sigmoid"](u)),
    }
    for name, slope in slopes.items():
        made[name] = type(name, (sympy.Function,), {"fdiff": lambda self, argindex=1, slope=slope: slope(self.args[0])})
    return made


def _symbolic(node: ast.expr) -> Any:
    """The same formula in SymPy, bounded at every node."""
    constant = constant_value(node)
    if constant is not None:
        return _symbolic_constant(node, constant)
    symbols = _symbols()
    match node:
        case ast.Name():
            return symbols.x
        case ast.UnaryOp(op=operator, operand=operand):
            inner = _symbolic(operand)
            return -inner if isinstance(operator, ast.USub) else inner
        case ast.BinOp(left=left, op=operator, right=right):
            return _bounded(_combined(operator, _symbolic(left), _symbolic(right)))
        case ast.Call(func=ast.Name(id=name), args=[argument]):
            return _bounded(_called(name, _symbolic(argument)))
    raise TypeError(f"read_formula lets no {type(node).__name__} through")


def _symbolic_constant(node: ast.expr, value: float) -> Any:
    """A part without x: exact if small (2, 1/3, 2·pi), else its value."""
    if not np.isfinite(value):
        raise ExpressionError(
            QT_TRANSLATE_NOOP("errors", "“{part}” has no finite value: remove it or write a number for it."),
            part=excerpt(node),
        )
    symbols = _symbols()
    sympy = symbols.sympy
    match node:
        case ast.Constant() if isinstance(number(node), int) and value <= _LARGEST_EXACT:
            return sympy.Integer(number(node))
        case ast.Name(id="pi"):
            return sympy.pi
        case ast.Name(id="e"):
            return sympy.E
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_symbolic(operand)
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() | ast.Mult() | ast.Div() as operator, right=right):
            return _bounded(_combined(operator, _symbolic(left), _symbolic(right)))
        case _ if value.is_integer() and abs(value) <= _LARGEST_EXACT:
            return sympy.Integer(int(value))
    return sympy.Float(value)


def _combined(operator: ast.operator, left: Any, right: Any) -> Any:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div():
            return left / right
    return left**right


def _called(name: str, argument: Any) -> Any:
    symbols = _symbols()
    if name == "sqrt":
        return symbols.sympy.sqrt(argument)
    if name == "relu":
        return (argument + symbols.functions["abs"](argument)) / 2
    return symbols.functions["log" if name == "ln" else name](argument)


def _bounded(tree: Any) -> Any:
    """The same with a large exact factor or summand as floating point, before anything is raised to a power of it.

    Raises:
        ExpressionError: it holds an infinity, or a number that float64 does not; SymPy has both.
    """
    sympy = _symbols().sympy
    if any(_is_beyond(value) for value in tree.atoms(sympy.Number, sympy.zoo.func)):
        raise ExpressionError(
            QT_TRANSLATE_NOOP(
                "errors", "A number in this formula comes out larger than 1e308 or closer to 0 than 1e−308: change it."
            )
        )
    factor, rest = tree.as_coeff_Mul()
    if _is_large(factor):
        return sympy.Float(factor) * rest
    summand, rest = tree.as_coeff_Add()
    return sympy.Float(summand) + rest if _is_large(summand) else tree


def _is_large(value: Any) -> bool:
    return bool(value.is_Rational) and max(abs(value.p), value.q) > _LARGEST_EXACT


def _is_beyond(value: Any) -> bool:
    """Whether float64 has no such number. A float's exponent is read as it is: written out it may fill the memory."""
    if value.is_Float:
        _, mantissa, exponent, bits = value._mpf_
        return bool(mantissa) and not _LEAST_BINARY_EXPONENT < exponent + bits <= _LARGEST_BINARY_EXPONENT
    return value.is_finite is not True


def _printer(sympy: Any) -> Any:
    from sympy.printing.str import StrPrinter

    class FormulaPrinter(StrPrinter):  # type: ignore[misc]
        def _print_Float(self, expr: Any) -> str:
            return repr(float(expr)).removesuffix(".0")

        def _print_Exp1(self, expr: Any) -> str:
            return "e"

    return FormulaPrinter()


def _text(tree: Any) -> str:
    """SymPy's tree as people write it: raised digits, a dot between factors, a true minus."""
    text: str = _symbols().printer.doprint(tree)
    text = re.sub(r"\*\*(\d+)(?![\d.e])", lambda power: power[1].translate(_SUPERSCRIPTS), text)
    return text.replace("**", "^").replace("*", "·").replace("-", "−")
