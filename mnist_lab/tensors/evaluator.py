"""Expressions on named arrays: read into a tree, walked part by part, never run as Python.

What is not in the lists of this package (names, operators, functions, attributes) is refused with a sentence.
"""

import ast
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.expressions import Unreadable, excerpt, parse
from mnist_lab.tensors import arithmetic, cures, functions, indexing
from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.errors import AxisNames, Shape, TensorError, spell_names
from mnist_lab.tensors.making import DTYPES
from mnist_lab.tensors.values import Array, Selection, SelectionView, Value, whole
from mnist_lab.words import QT_TRANSLATE_NOOP

Names = Mapping[str, NDArray[np.generic] | int | float]


@dataclass(frozen=True, eq=False)
class Result:
    """What an expression is worth.

    Attributes:
        value: an array (perhaps a view of a named one: do not write to it), one of NumPy's or Python's numbers, a
            shape as a tuple, or a type of numbers.
        axis_names: a word an axis, "" where unknown.
        selection: the chosen block, if the expression is a plain slice of a named array; else None.
    """

    value: Array | np.generic | int | float | Shape | np.dtype[np.generic]
    axis_names: AxisNames
    selection: Selection | None

    @property
    def array(self) -> Array | None:
        """The value as an array, numbers with no axis; None for a shape or a type."""
        if isinstance(self.value, np.ndarray | np.generic | int | float):
            return np.asarray(self.value)
        return None


def read(text: str) -> ast.expr:
    """The tree of a typed expression.

    Raises:
        ExpressionError: it cannot be read.
    """
    try:
        return parse(text, respell=cures.respelled)
    except Unreadable as error:
        raise cures.hint(text) or error from error


def evaluate(text: str, names: Names, axis_names: Mapping[str, AxisNames] | None = None) -> Result:
    """Work out a typed expression.

    Args:
        text: what was typed.
        names: arrays and numbers that it may use.
        axis_names: for some of the arrays, a word an axis; they show up in results and sentences.

    Raises:
        ExpressionError: it cannot be read.
        TensorError: an unknown name, shapes that do not fit, too much memory, …; one sentence.
    """
    root = read(text)
    if isinstance(root, ast.Tuple):
        comma = cures.decimal_comma(text)
        if comma is not None:
            raise comma
    try:
        value = _Walk(names, axis_names or {}).value(root)
    except MemoryError as error:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "There is not enough free memory for this: use smaller arrays, or parts such as [:100]."
            )
        ) from error
    content = value.content
    if isinstance(content, np.ndarray | np.generic | int | float | np.dtype | tuple):
        names_of_all = value.operand_shape().all_names if isinstance(content, np.ndarray) else ()
        return Result(content, names_of_all, value.view.selection if value.view else None)
    raise TensorError(
        QT_TRANSLATE_NOOP("errors", "“{text}” is neither an array nor a number: type an expression on arrays."),
        text=value.text,
    )


class _Walk:
    """One evaluation: the names it may use and the budget it has left."""

    def __init__(self, names: Names, axis_names: Mapping[str, AxisNames]) -> None:
        self._names = names
        self._axis_names = axis_names
        self._budget = Budget()
        self._kinds: Mapping[type[ast.expr], Callable[..., Value]] = {
            ast.Name: self._name,
            ast.Constant: self._constant,
            ast.List: self._list,
            ast.Tuple: self._tuple,
            ast.UnaryOp: self._unary,
            ast.BinOp: self._binary,
            ast.Compare: self._compare,
            ast.Subscript: self._subscript,
            ast.Slice: self._slice,
            ast.Attribute: self._attribute,
            ast.Call: self._call,
        }

    def value(self, node: ast.expr) -> Value:
        """The worth of one part; the tree is bounded by `parse`, so recursion is, too."""
        if isinstance(node, ast.BoolOp):
            raise cures.in_words(node)
        if type(node) not in self._kinds:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{text}” has no place here: use names, numbers, lists, slices, arithmetic, comparisons and calls.",
                ),
                text=excerpt(node),
            )
        return self._kinds[type(node)](node)

    def _name(self, node: ast.Name) -> Value:
        if node.id in self._names:
            content = self._names[node.id]
            if not isinstance(content, np.ndarray):
                return Value(content, node.id)
            names = self._axis_names.get(node.id, ())
            view = SelectionView(whole(node.id, content.shape), tuple(range(content.ndim)))
            return Value(content, node.id, names, view)
        if node.id == "newaxis":
            return Value(None, node.id)
        if node.id in DTYPES:
            return Value(DTYPES[node.id], node.id)
        if node.id in functions.FUNCTIONS:
            raise TensorError(
                QT_TRANSLATE_NOOP("errors", "“{name}” is a function: call it, as in {call}."),
                name=node.id,
                call=functions.signature(node.id, functions.FUNCTIONS[node.id]),
            )
        raise cures.unknown(node.id, self._names)

    def _constant(self, node: ast.Constant) -> Value:
        if isinstance(node.value, int | float | str | None) or node.value is ...:
            return Value(node.value, excerpt(node))
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "“{text}” is no number of an array here: write numbers like 2, 0.5 or 1e-3."),
            text=excerpt(node),
        )

    def _list(self, node: ast.List) -> Value:
        text = excerpt(node)
        parts = [self.value(part).array() for part in node.elts]
        sizes = sorted({part.shape for part in parts})
        if len(sizes) > 1:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors", "The parts of the list “{text}” have the shapes {shapes}: all must have the same one."
                ),
                text=text,
                shapes=spell_names([str(size) for size in sizes]),
            )
        dtype = np.result_type(*parts) if parts else np.dtype(np.float64)
        self._budget.take(text, (len(parts), *(sizes[0] if sizes else ())), dtype)
        return Value(arithmetic.compute(text, lambda: np.array(parts, dtype)), text)

    def _tuple(self, node: ast.Tuple) -> Value:
        return Value(tuple(self.value(part).integer() for part in node.elts), excerpt(node))

    def _unary(self, node: ast.UnaryOp) -> Value:
        if type(node.op) not in arithmetic.UNARY:
            raise _no_operator(node, "~")
        return arithmetic.unary(type(node.op), self.value(node.operand), excerpt(node), self._budget)

    def _binary(self, node: ast.BinOp) -> Value:
        if type(node.op) not in arithmetic.BINARY and not isinstance(node.op, ast.MatMult):
            raise _no_operator(node, "+, -, *, /, //, %, **, @, &, |, ^")
        left, right = self.value(node.left), self.value(node.right)
        return arithmetic.binary(type(node.op), left, right, excerpt(node), self._budget)

    def _compare(self, node: ast.Compare) -> Value:
        if len(node.ops) > 1:
            raise TensorError(
                QT_TRANSLATE_NOOP(
                    "errors", "“{text}” compares twice: compare two things at a time, as in (0 < x) & (x < 9)."
                ),
                text=excerpt(node),
            )
        if type(node.ops[0]) not in arithmetic.BINARY:
            raise _no_operator(node, "==, !=, <, <=, >, >=")
        left, right = self.value(node.left), self.value(node.comparators[0])
        return arithmetic.binary(type(node.ops[0]), left, right, excerpt(node), self._budget)

    def _subscript(self, node: ast.Subscript) -> Value:
        value = self.value(node.value)
        parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return indexing.take(value, [self.value(part) for part in parts], excerpt(node), self._budget)

    def _slice(self, node: ast.Slice) -> Value:
        bounds = [self.value(bound) if bound else Value(None, "") for bound in (node.lower, node.upper, node.step)]
        places = [None if bound.content is None else bound.integer() for bound in bounds]
        return Value(slice(*places), excerpt(node))

    def _attribute(self, node: ast.Attribute) -> Value:
        text = excerpt(node)
        if self._is_numpy(node.value):
            return self._name(ast.Name(node.attr)).called(text)
        value = self.value(node.value)
        if node.attr in functions.METHODS:
            raise TensorError(
                QT_TRANSLATE_NOOP("errors", "“{text}” is a function: call it, with () behind it."), text=text
            )
        if node.attr not in _ATTRIBUTES:
            raise cures.unknown_attribute(node, ATTRIBUTES)
        return _ATTRIBUTES[node.attr](value, text)

    def _call(self, node: ast.Call) -> Value:
        self._check_called(node)
        if any(isinstance(argument, ast.Starred) for argument in node.args):
            self.value(next(argument for argument in node.args if isinstance(argument, ast.Starred)))
        arguments = [self.value(argument) for argument in node.args]
        keywords = {keyword.arg: self.value(keyword.value) for keyword in node.keywords if keyword.arg is not None}
        if len(keywords) < len(node.keywords):
            raise _no_operator(node, "name=value")
        text, called = excerpt(node), node.func
        if isinstance(called, ast.Attribute) and not self._is_numpy(called.value):
            function = functions.METHODS[called.attr]
            arguments = [self.value(called.value), *arguments]
            return functions.call(called.attr, function, arguments, keywords, text, self._budget, is_method=True)
        name = _name_of(called)
        return functions.call(name, functions.FUNCTIONS[name], arguments, keywords, text, self._budget)

    def _is_numpy(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in cures.NUMPY and node.id not in self._names

    def _check_called(self, node: ast.Call) -> None:
        """See that it is a function which there is, before anything is computed for it."""
        called, arguments = node.func, ", ".join(excerpt(argument) for argument in node.args)
        if isinstance(called, ast.Attribute) and not self._is_numpy(called.value):
            if cures.package_of(called, self._names):
                raise cures.of_library(called)
            if called.attr in _ATTRIBUTES:
                raise cures.not_a_method(called)
            if called.attr not in functions.METHODS:
                raise cures.unknown_method(called, arguments, ATTRIBUTES)
        elif isinstance(called, ast.Attribute | ast.Name) and _name_of(called) not in self._names:
            if _name_of(called) not in functions.FUNCTIONS:
                raise cures.unknown_function(_name_of(called), arguments)
        else:
            raise cures.not_called(node)


_ATTRIBUTES: Mapping[str, Callable[[Value, str], Value]] = {
    "shape": lambda value, text: Value(value.array().shape, text),
    "ndim": lambda value, text: Value(value.array().ndim, text),
    "size": lambda value, text: Value(value.array().size, text),
    "dtype": lambda value, text: Value(value.array().dtype, text),
    "nbytes": lambda value, text: Value(value.array().nbytes, text),
    "itemsize": lambda value, text: Value(value.array().itemsize, text),
    "T": lambda value, text: Value(value.array().T, text, value.operand_shape().all_names[::-1]),
}
ATTRIBUTES: Sequence[str] = tuple(_ATTRIBUTES)
"""What may stand behind an array and a dot, without being called."""


def _name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else excerpt(called)


def _no_operator(node: ast.expr, operators: str) -> TensorError:
    return TensorError(
        QT_TRANSLATE_NOOP("errors", "“{text}” is written with something that has no place here: use {operators}."),
        text=excerpt(node),
        operators=operators,
    )
