"""The functions that an expression may call. Adding one is one entry in `FUNCTIONS`; errors and tests follow.

Each is a Python function of the values, with names and defaults that the learner sees, and two more parameters before
them: `text`, the whole call as typed, and `budget`, which is asked before memory is taken.
"""

import inspect
from collections.abc import Callable, Mapping, Sequence

import numpy as np

from mnist_lab.tensors import making, rearranging, shapes
from mnist_lab.tensors.arithmetic import compute, elementwise, product
from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.errors import missing_array, wrong_call
from mnist_lab.tensors.values import Value

Implementation = Callable[..., Value]


def _one(function: np.ufunc) -> Implementation:
    def call(text: str, budget: Budget, x: Value) -> Value:
        return elementwise(text, function, function, (x,), budget)

    return call


def _two(function: np.ufunc) -> Implementation:
    def call(text: str, budget: Budget, x: Value, y: Value) -> Value:
        return elementwise(text, function, function, (x, y), budget)

    return call


def _relu(text: str, budget: Budget, x: Value) -> Value:
    return elementwise(text, np.maximum, np.maximum, (x, Value(0, "0")), budget)


def _dot(text: str, budget: Budget, x: Value, y: Value) -> Value:
    return product(text, np.dot, shapes.dot, x, y, budget)


def _matmul(text: str, budget: Budget, x: Value, y: Value) -> Value:
    return product(text, np.matmul, shapes.matmul, x, y, budget)


def _outer(text: str, budget: Budget, x: Value, y: Value) -> Value:
    shape = (x.array().size, y.array().size)
    budget.take(text, shape, np.result_type(x.array(), y.array()))
    budget.take_time(text, shape[0] * shape[1], 8)
    return Value(compute(text, np.outer, x.array(), y.array()), text)


FUNCTIONS: Mapping[str, Implementation] = {
    "relu": _relu,
    "dot": _dot,
    "matmul": _matmul,
    "outer": _outer,
    "maximum": _two(np.maximum),
    "minimum": _two(np.minimum),
    "add": _two(np.add),
    "subtract": _two(np.subtract),
    "multiply": _two(np.multiply),
    "divide": _two(np.divide),
    "power": _two(np.power),
    "exp": _one(np.exp),
    "log": _one(np.log),
    "sqrt": _one(np.sqrt),
    "square": _one(np.square),
    "abs": _one(np.absolute),
    "sign": _one(np.sign),
    "tanh": _one(np.tanh),
    "sin": _one(np.sin),
    "cos": _one(np.cos),
    "floor": _one(np.floor),
    "ceil": _one(np.ceil),
    "sum": rearranging.reduction(np.sum),
    "prod": rearranging.reduction(np.prod),
    "mean": rearranging.reduction(np.mean, needs_values=True),
    "std": rearranging.reduction(np.std, needs_values=True, copies=1),
    "max": rearranging.reduction(np.max, needs_values=True),
    "min": rearranging.reduction(np.min, needs_values=True),
    "all": rearranging.reduction(np.all),
    "any": rearranging.reduction(np.any),
    "argmax": rearranging.reduction(np.argmax, needs_values=True, one_axis=True),
    "argmin": rearranging.reduction(np.argmin, needs_values=True, one_axis=True),
    "reshape": rearranging.reshape,
    "transpose": rearranging.transpose,
    "ravel": rearranging.ravel,
    "expand_dims": rearranging.expand_dims,
    "astype": making.astype,
    "array": making.array,
    "zeros": making.zeros,
    "ones": making.ones,
    "arange": making.arange,
    "eye": making.eye,
    "to_categorical": making.to_categorical,
}
"""What may be called by name, with or without `np.` before it."""

METHODS: Mapping[str, Implementation] = {
    name: FUNCTIONS[name]
    for name in (
        *("reshape", "transpose", "ravel", "astype", "dot", "sum", "prod", "mean", "std", "max", "min"),
        *("all", "any", "argmax", "argmin"),
    )
} | {"flatten": rearranging.ravel}
"""What may be called behind an array and a dot: the array is the first argument."""


def signature(name: str, implementation: Implementation) -> str:
    """How a function is called, for a sentence or a tooltip: sum(x, axis=None, keepdims=False)."""
    return f"{name}({_parameters(implementation, 2)})"


def _parameters(implementation: Implementation, first: int) -> str:
    words = []
    for parameter in list(inspect.signature(implementation).parameters.values())[first:]:
        star = "*" if parameter.kind is parameter.VAR_POSITIONAL else ""
        default = "" if parameter.default is parameter.empty else f"={parameter.default.text}"
        words.append(star + parameter.name + default)
    return ", ".join(words)


def call(
    name: str,
    implementation: Implementation,
    arguments: Sequence[Value],
    keywords: Mapping[str, Value],
    text: str,
    budget: Budget,
    *,
    is_method: bool = False,
) -> Value:
    """Call one of `FUNCTIONS` or `METHODS`.

    Raises:
        TensorError: arguments are missing, too many or of unknown names; or what the function itself refuses.
    """
    rest = _parameters(implementation, 3)
    if not is_method and name in ("astype", "reshape") and arguments and not arguments[0].is_array:
        raise missing_array(name, _parameters(implementation, 2), rest)
    try:
        bound = inspect.signature(implementation).bind(text, budget, *arguments, **keywords)
    except TypeError as error:
        raise wrong_call(name, rest if is_method else _parameters(implementation, 2)) from error
    return implementation(*bound.args, **bound.kwargs)
