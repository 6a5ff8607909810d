"""What an expression or a preset is, worked out off the window's thread: value, description, pictures. No Qt."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.arrays import Description, describe
from mnist_lab.tensors.evaluator import Names, Result, evaluate, read
from mnist_lab.tensors.presets import DigitArrays, Preset
from mnist_lab.tensors.values import Selection
from mnist_lab.tensors.view import TensorView, lit_mask, places_around, view_of
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle

BATCH = 128
"""Images of a batch of the chapter: `train_images[128*n:128*(n+1)]`."""
AXES: Mapping[str, tuple[str, ...]] = {
    "train_images": ("samples", "height", "width"),
    "train_labels": ("samples",),
    "test_images": ("samples", "height", "width"),
    "test_labels": ("samples",),
    "W": ("units", "pixels"),
    "b": ("units",),
}
_DEEPLY_READ = 5_000_000
"""Values of which the smallest and largest are looked for; of more it would take longer than one wants to wait."""


@dataclass(frozen=True, eq=False)
class Question:
    """What is to be worked out.

    Attributes:
        text: the expression; of a preset, its code.
        digits: the arrays in use.
        n: the number of the batch.
        words: names of axes in the learner's language.
        preset: if set, it is looked at instead of the text.
    """

    text: str
    digits: DigitArrays
    n: int
    words: Mapping[str, str]
    preset: Preset | None = None


@dataclass(frozen=True)
class Extent:
    """How far the values of an array reach.

    Attributes:
        count: of the values.
        limits: smallest and largest of the finite ones; None: there is none.
        nans: how many are no number, as 0 / 0 is.
        infinities: how many are infinite, as 1 / 0 is.
    """

    count: int
    limits: tuple[Any, Any] | None
    nans: int = 0
    infinities: int = 0


@dataclass(frozen=True, eq=False)
class ExpressionResult:
    """What came out.

    Attributes:
        question: what was asked.
        error: why there is nothing, or None.
        value: if it is no array: a shape or a type, as Python writes it.
        description: of the array; None without one.
        picture: of the array.
        selection: the chosen block of a named array, if it is one and not all of it.
        stack: the named array with this block lit.
        extent: of its values; None for an empty array, or one of more than five million values.
    """

    question: Question
    error: LabError | None = None
    value: str = ""
    description: Description | None = None
    picture: TensorView | None = None
    selection: Selection | None = None
    stack: TensorView | None = None
    extent: Extent | None = None


def names_of(digits: DigitArrays, n: int) -> Names:
    """What an expression may name."""
    return {
        "train_images": digits.train_images,
        "train_labels": digits.train_labels,
        "test_images": digits.test_images,
        "test_labels": digits.test_labels,
        "n": n,
    }


def uses_n(text: str) -> bool:
    """Whether an expression names n; False for what cannot be read."""
    return "n" in _named(text)


def can_be_typed(code: str) -> bool:
    """Whether the code of a preset is an expression: all that it names is known."""
    return _named(code) <= {*AXES, "np"}


def _named(text: str) -> set[str]:
    try:
        tree = read(text)
    except LabError:
        return set()
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def answer(question: Question, _handle: JobHandle) -> ExpressionResult:
    """Work it out; what a learner can mend comes back as the answer's `error`."""
    try:
        return _answer(question)
    except LabError as error:
        return ExpressionResult(question, error)


def _answer(question: Question) -> ExpressionResult:
    names = names_of(question.digits, question.n)
    if question.preset is not None:
        array = question.preset.make(question.digits)
        result = Result(array, question.preset.axis_names, None)
    else:
        result = evaluate(question.text, names, AXES)
    array_or_none = result.array
    if array_or_none is None:
        return ExpressionResult(question, value=str(result.value))
    array = array_or_none
    axis_names = (*result.axis_names, *("",) * array.ndim)[: array.ndim]
    selection = result.selection if result.selection and not _is_all(result.selection) else None
    return ExpressionResult(
        question,
        description=describe(array, axis_names),
        picture=view_of(array, axis_names, words=_in_words(axis_names, question)),
        selection=selection,
        stack=None if selection is None else _lit_stack(selection, question, names),
        extent=_extent(array) if 0 < array.size <= _DEEPLY_READ else None,
    )


def _extent(array: NDArray[Any]) -> Extent:
    low, high = array.min(), array.max()
    if np.isfinite(low) and np.isfinite(high):  # NaN is the smallest and the largest wherever there is one
        return Extent(array.size, (low, high))
    finite = array[np.isfinite(array)]
    nans = int(np.isnan(array).sum())
    limits = (finite.min(), finite.max()) if finite.size else None
    return Extent(array.size, limits, nans, array.size - finite.size - nans)


def _lit_stack(selection: Selection, question: Question, names: Names) -> TensorView:
    array, axis_names = np.asarray(names[selection.name]), AXES[selection.name]
    words = _in_words(axis_names, question)
    view = view_of(array, axis_names, words=words, places=places_around(selection), title=selection.name)
    return replace(view, lit=lit_mask(view, selection))


def _in_words(axis_names: tuple[str, ...], question: Question) -> tuple[str, ...]:
    return tuple(question.words.get(name, name) for name in axis_names)


def _is_all(selection: Selection) -> bool:
    return all(axis.index is None and axis.places == range(axis.size) for axis in selection.axes)
