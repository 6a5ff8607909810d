"""An operation on typed operands, made ready off the window's thread for being gone through cell by cell. No Qt."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.studies.evaluation import AXES
from mnist_lab.tensors.cells import CellStep, CellSteps
from mnist_lab.tensors.errors import TensorError
from mnist_lab.tensors.evaluator import Names, evaluate
from mnist_lab.tensors.loops import Ghost
from mnist_lab.tensors.operation import Operation
from mnist_lab.tensors.view import TensorView, places_at, view_of
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError
from mnist_lab.work import JobHandle

Array = NDArray[Any]
_MATRIX, _VECTOR, _TENSOR = "[[1, -1], [0, 2]]", "[1, 0]", "arange(24).reshape(2, 2, 3, 2)"
OPERANDS: Mapping[str, tuple[str, ...]] = {
    "relu": (_MATRIX,),
    "add": (_MATRIX, "[[2, 0], [1, 3]]"),
    "broadcast_add": (_MATRIX, _VECTOR),
    "broadcast_multiply": (_MATRIX, _VECTOR),
    "dot_vectors": ("[1, 2, 3]", "[4, 5, 6]"),
    "dot_matrix_vector": (_MATRIX, _VECTOR),
    "dot_matrices": (_MATRIX, "[[1, 2, 3], [4, 5, 6]]"),
    "dot_tensor_vector": (_TENSOR, "[1, 2]"),
    "dot_tensor_matrix": (_TENSOR, "[[1, 0, 2], [0, 1, 1]]"),
    "transpose": ("[[1, 2, 3], [4, 5, 6]]",),
    "reshape": ("[[0, 1], [2, 3], [4, 5]]", "[6]"),
    "layer": (_MATRIX, _VECTOR, "[1, -3]"),
}
"""What stands in the fields at first, by the operation's identifier."""
NETWORK_OPERANDS = ("W", 'test_images[0].reshape(784).astype("float32") / 255', "b")
"""Of the layer, once there is a network."""
SIGNS: Mapping[str, tuple[str, ...]] = {
    "relu": ("→",),
    "transpose": ("→",),
    "add": ("+", "="),
    "broadcast_add": ("+", "="),
    "broadcast_multiply": ("×", "="),
    "reshape": ("→", "="),
    "layer": ("·", "+", "→"),
}
SIDE = 28
"""Rows, and columns, of a digit."""
_MANY_PRODUCTS = 3_000
"""Of one cell: finding all that made it would take longer than a pointer may wait."""


@dataclass(frozen=True, eq=False)
class Task:
    """What is to be made ready.

    Attributes:
        operation: of `OPERATIONS`.
        texts: an expression for each of its operands.
        names: what these may name.
        words: names of axes in the learner's language.
    """

    operation: Operation
    texts: tuple[str, ...]
    names: Names
    words: Mapping[str, str]


@dataclass(frozen=True, eq=False)
class Walk:
    """An operation ready to be gone through.

    Attributes:
        task: what was asked.
        error: why it cannot be done, or None.
        operand: number of the operand that cannot be read; None if it is about all of them.
        arrays: the operands.
        names: of their axes, in the learner's language.
        steps: one for each step of the loops; None with an error.
        ghosts: axes along which operands are stretched.
        result: NumPy's own.
    """

    task: Task
    error: LabError | None = None
    operand: int | None = None
    arrays: tuple[Array, ...] = ()
    names: tuple[tuple[str, ...], ...] = ()
    steps: CellSteps | None = None
    ghosts: tuple[Ghost, ...] = ()
    result: Array | None = None

    @property
    def is_digit_layer(self) -> bool:
        """Whether it is a layer that receives a whole digit: this and the weights of a unit are seen as pictures."""
        return self.task.operation.identifier == "layer" and len(self.arrays) > 1 and self.arrays[1].shape == (SIDE**2,)


def make_ready(task: Task, _handle: JobHandle) -> Walk:
    """Work out the operands and the whole result, so that every step is at hand; errors become the walk's."""
    arrays, names = [], []
    for number, text in enumerate(task.texts):
        try:
            result = evaluate(text, task.names, AXES)
            if result.array is None:
                raise TensorError(
                    QT_TRANSLATE_NOOP("errors", "“{text}” is no array: write one, such as [1, 0]."), text=text
                )
        except LabError as error:
            return Walk(task, error, number)
        arrays.append(result.array)
        names.append((*result.axis_names, *("",) * result.array.ndim)[: result.array.ndim])
    operation = task.operation
    try:
        steps = operation.steps(arrays, names)
        steps.frame(len(steps))
        return Walk(
            task,
            arrays=tuple(arrays),
            names=tuple(tuple(task.words.get(name, name) for name in own) for own in names),
            steps=steps,
            ghosts=operation.ghosts(arrays, names),
            result=operation.compute(arrays, names),
        )
    except LabError as error:
        return Walk(task, error)


def made_by(walk: Walk, index: tuple[int, ...]) -> CellStep:
    """What made a cell of the result; of very many products, the last step alone."""
    assert walk.steps is not None
    if (walk.steps.loop.inner or 0) <= _MANY_PRODUCTS:
        return walk.steps.made_by(index)
    cell = int(np.ravel_multi_index(index, walk.steps.loop.result_shape)) if index else 0
    return walk.steps[(cell + 1) * walk.steps.steps_per_cell - 1]


def signs(operation: Operation) -> tuple[str, ...]:
    """What stands between the operands and before the result."""
    return SIGNS.get(operation.identifier, ("·", "="))


def views(walk: Walk, done_steps: int, step: CellStep | None, titles: Sequence[str]) -> list[TensorView]:
    """The operands and the result after some steps, with the cells of one step marked.

    Args:
        walk: ready.
        done_steps: how many steps are done.
        step: whose cells are marked; None: none.
        titles: words above the operands and the result.
    """
    assert walk.steps is not None
    if walk.is_digit_layer:
        return _layer_views(walk, done_steps, step, titles)
    shown = []
    for number, array in enumerate(walk.arrays):
        own = tuple(ghost for ghost in walk.ghosts if ghost.operand == number)
        read = step.cells[number] if step is not None else ()
        names = walk.names[number]
        if own and walk.result is not None and walk.result.size:
            shown.append(_stretched(walk, array, own, step, titles[number]))
        else:
            places = places_at(array.shape, read[-1] if read else None)
            shown.append(view_of(array, names, places=places, title=titles[number]).marked(read, None))
    frame = walk.steps.frame(done_steps)
    current = step.result_index if step is not None else None
    places = places_at(frame.values.shape, current)
    view = view_of(frame.values, places=places, title=titles[-1])
    order = np.arange(frame.values.size).reshape(frame.values.shape)
    done = np.asarray(order < frame.complete)[np.ix_(*places)] if places else np.asarray(order < frame.complete)
    shown.append(replace(view, done=done, is_begun=_is_begun(walk, done_steps, current)).marked((), current))
    return shown


def _layer_views(walk: Walk, done_steps: int, step: CellStep | None, titles: Sequence[str]) -> list[TensorView]:
    """The weights of one unit and the digit as pictures; the biases and the result as columns, a unit a row."""
    assert walk.steps is not None
    weights, digit, biases = walk.arrays
    unit = step.result_index[0] if step is not None else 0
    read = [divmod(cell[-1], SIDE) for cell in step.cells[1]] if step is not None else []
    rows = places_at((len(biases), 1), (unit, 0))
    frame = walk.steps.frame(done_steps)
    done = np.array(rows[0])[:, None] < frame.complete
    current = None if step is None else (unit, 0)
    pictures = [
        view_of(weights[unit].reshape(SIDE, SIDE), title=f"{titles[0]}[{unit}]"),
        view_of(digit.reshape(SIDE, SIDE), title=titles[1]),
    ]
    return [
        *(picture.marked(read, None) for picture in pictures),
        view_of(biases[:, None], places=rows, title=titles[2]).marked(
            [(unit, 0)] if step is not None and step.cells[2] else [], None
        ),
        replace(
            view_of(frame.values[:, None], places=rows, title=titles[-1]),
            done=done,
            is_begun=_is_begun(walk, done_steps, None if step is None else step.result_index),
        ).marked((), current),
    ]


def _is_begun(walk: Walk, done_steps: int, cell: tuple[int, ...] | None) -> bool:
    """Whether it is that cell that the last step worked at: another one that is pointed at may hold nothing yet."""
    return bool(walk.steps and done_steps and walk.steps[done_steps - 1].result_index == cell)


def result_index(walk: Walk, drawn: tuple[int, ...]) -> tuple[int, ...]:
    """The index of a cell of the result from that of its picture."""
    return drawn[:1] if walk.is_digit_layer else drawn


def _stretched(walk: Walk, array: Array, ghosts: Sequence[Ghost], step: CellStep | None, title: str) -> TensorView:
    """An operand as broadcasting sees it: its own cells, and copies of them along the stretched axes."""
    assert walk.result is not None
    shape = walk.result.shape
    whole = np.broadcast_to(array, shape)
    current = step.result_index if step is not None else None
    places = places_at(shape, current)
    names = ("",) * (len(shape) - array.ndim) + walk.names[ghosts[0].operand]
    view = view_of(whole, names, places=places, title=title)
    copies = np.zeros(tuple(map(len, places)), np.bool_)
    for ghost in ghosts:
        beyond = np.array([place > 0 for place in places[ghost.axis]], np.bool_)
        copies |= beyond.reshape((-1,) + (1,) * (len(shape) - ghost.axis - 1))
    read: list[tuple[int, ...]] = []
    if current is not None:
        axes = {ghost.axis for ghost in ghosts}
        read = [current, tuple(0 if axis in axes else place for axis, place in enumerate(current))]
    return replace(view, ghosts=copies).marked(read, None)


def printed(array: Array) -> str:
    """A small array in one line, as in [[2 -1] [1 2]]; of a large one the first and last values of each axis."""
    if array.ndim == 0:
        return f"{float(array):.4g}" if np.issubdtype(array.dtype, np.floating) else str(array[()])
    parts = list(array) if len(array) <= 8 else [*array[:3], None, *array[-3:]]
    return "[" + " ".join("…" if part is None else printed(np.asarray(part)) for part in parts) + "]"
