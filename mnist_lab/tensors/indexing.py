"""Square brackets: numbers, slices, `...`, None and arrays of places, as NumPy takes them."""

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.budget import Budget
from mnist_lab.tensors.errors import AxisNames, TensorError, spell_axis, spell_names, spell_shape
from mnist_lab.tensors.operand_shape import OperandShape
from mnist_lab.tensors.shapes import MOST_AXES, broadcast
from mnist_lab.tensors.values import Array, AxisSelection, Selection, SelectionView, Value
from mnist_lab.words import QT_TRANSLATE_NOOP

_NANOSECONDS = 15
"""To fetch one number from anywhere."""

Key = int | slice | None | Array


def take(value: Value, items: Sequence[Value], text: str, budget: Budget) -> Value:
    """`value[items]`.

    Args:
        value: an array, or a tuple such as a shape.
        items: what stands between the commas.
        text: the whole part as typed.
        budget: of the expression; only arrays of places take any: everything else is a view.

    Raises:
        TensorError: a step of 0, a place beyond an axis, more items than axes, …
    """
    if isinstance(value.content, tuple):
        return _take_from_tuple(value, items, text)
    array = value.array()
    keys = _keys(items, array, value)
    placed = _place(keys, array.shape)
    for key, axis in placed:
        _check(key, axis, value, array)
    advanced = [key for key, _ in placed if isinstance(key, np.ndarray)]
    if advanced:
        count = _count(placed, array.shape)
        budget.take(text, (count,), array.dtype)
        budget.take_time(text, count + sum(key.size for key in advanced), _NANOSECONDS)
        result = array[tuple(key for key, _ in placed)]
        # With several arrays, or a number beside one, NumPy may move an axis to the front: names are lost then.
        keeps_order = [key.ndim for key in advanced] == [1] and not any(isinstance(key, int) for key, _ in placed)
        return Value(result, text, _names(placed, value) if keeps_order else ())
    return Value(array[tuple(key for key, _ in placed)], text, _names(placed, value), _view(placed, value, array))


def _take_from_tuple(value: Value, items: Sequence[Value], text: str) -> Value:
    content = value.content
    assert isinstance(content, tuple)
    if len(items) == 1 and isinstance(items[0].content, slice):
        bounds = items[0].content
        _check_step(bounds, items[0].text)
        return Value(content[bounds], text)
    place = items[0].integer() if len(items) == 1 else len(content)
    if not -len(content) <= place < len(content):
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "“{text}” has {count} numbers: write one place from 0 to {last}."),
            text=value.text,
            count=len(content),
            last=len(content) - 1,
        )
    return Value(content[place], text)


def _keys(items: Sequence[Value], array: Array, value: Value) -> list[Key]:
    """What NumPy gets, with `...` written out and every axis that was left out taken whole."""
    keys: list[Key | None] = []
    hole: int | None = None
    for item in items:
        if item.content is ...:
            if hole is not None:
                raise TensorError(
                    QT_TRANSLATE_NOOP(
                        "errors", "“...” stands twice in the brackets of “{text}”: it fills up the axes left out, once."
                    ),
                    text=value.text,
                )
            hole = len(keys)
        else:
            keys.append(_key(item))
    used = sum(_axes_used(key) for key in keys)
    if used > array.ndim:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "The brackets choose on {used} axes, but “{text}” {shape} has {rank}{names}: remove some."
            ),
            used=used,
            text=value.text,
            shape=spell_shape(array.shape),
            rank=array.ndim,
            names=f" ({spell_names(value.names)})" if any(value.names) else "",
        )
    if array.ndim - used + len(keys) > MOST_AXES:
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "This would have more than {most} axes: write None less often."), most=MOST_AXES
        )
    hole = len(keys) if hole is None else hole
    return [*keys[:hole], *[slice(None)] * (array.ndim - used), *keys[hole:]]


def _key(item: Value) -> Key:
    """One item as NumPy takes it."""
    content = item.content
    if content is None or isinstance(content, slice):
        if isinstance(content, slice):
            _check_step(content, item.text)
        return content
    if isinstance(content, np.ndarray) and content.ndim:
        if content.dtype == np.bool_ or np.issubdtype(content.dtype, np.integer):
            return content
        if not content.size:
            return content.astype(np.intp)  # an empty list, which NumPy takes for one of places, too
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "“{text}” holds {dtype}, and places are counted in whole numbers: use astype('int64') on it."
            ),
            text=item.text,
            dtype=content.dtype.name,
        )
    return item.integer()


def _axes_used(key: Key) -> int:
    if isinstance(key, np.ndarray):
        return key.ndim if key.dtype == np.bool_ else 1
    return 0 if key is None else 1


def _place(keys: Sequence[Key], shape: tuple[int, ...]) -> list[tuple[Key, int]]:
    """Each key with the first axis that it chooses on."""
    placed, axis = [], 0
    for key in keys:
        placed.append((key, axis))
        axis += _axes_used(key)
    assert axis == len(shape)
    return placed


def _check_step(bounds: slice, text: str) -> None:
    if bounds.step == 0:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The step of “{text}” is 0, and so it never moves on: write 1 for every place, -1 for backwards.",
            ),
            text=text,
        )


def _check(key: Key, axis: int, value: Value, array: Array) -> None:
    """A number, or an array of places, lies within its axis."""
    if isinstance(key, np.ndarray) and key.dtype == np.bool_:
        _check_mask(key, axis, value, array)
        return
    size = array.shape[axis] if axis < array.ndim else 0
    places = _places(key)
    beyond = places[(places < -size) | (places >= size)]
    if beyond.size:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Place {place} is beyond {axis} of “{text}” {shape}, which has {size:,}: write {first} to {last}.",
            )
            if size
            else QT_TRANSLATE_NOOP("errors", "There is no place {place} on {axis} of “{text}” {shape}: it is empty."),
            place=int(beyond.flat[0]),
            axis=spell_axis(axis, value.names),
            text=value.text,
            shape=spell_shape(array.shape),
            size=size,
            first=-size,
            last=size - 1,
        )


def _places(key: Key) -> NDArray[np.integer[Any]]:
    """The numbers that choose single places; none for a slice."""
    if isinstance(key, np.ndarray):
        return cast(NDArray[np.integer[Any]], key)
    return np.array([key] if isinstance(key, int) else [], np.int64)


def _check_mask(mask: Array, axis: int, value: Value, array: Array) -> None:
    wanted = array.shape[axis : axis + mask.ndim]
    if mask.shape != wanted:
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The truth values {shape} in the brackets do not cover “{text}”: from {axis} on, {wanted} would fit.",
            ),
            shape=spell_shape(mask.shape),
            text=value.text,
            axis=spell_axis(axis, value.names),
            wanted=spell_shape(wanted),
        )


def _count(placed: Sequence[tuple[Key, int]], shape: tuple[int, ...]) -> int:
    """How many values the brackets choose, before anything is copied."""
    together = OperandShape("", ())
    count = 1
    for key, axis in placed:
        if isinstance(key, np.ndarray):
            chosen = (int(np.count_nonzero(key)),) if key.dtype == np.bool_ else key.shape
            together = replace(together, shape=broadcast(together, OperandShape("[…]", chosen)).shape)
        elif isinstance(key, slice):
            count *= len(range(shape[axis])[key])
    return count * math.prod(together.shape)


def _names(placed: Sequence[tuple[Key, int]], value: Value) -> AxisNames:
    names = (*value.names, *("",) * len(placed))
    return tuple("" if key is None else names[axis] for key, axis in placed if not isinstance(key, int))


def _view(placed: Sequence[tuple[Key, int]], value: Value, array: Array) -> SelectionView | None:
    """The selection narrowed by one more pair of brackets."""
    if value.view is None:
        return None
    chosen = list(value.view.selection.axes)
    axes: list[int | None] = []
    for key, axis in placed:
        if key is None:
            axes.append(None)
            continue
        source = value.view.axes[axis]
        if source is not None:
            chosen[source] = _narrow(chosen[source], key)
        elif isinstance(key, slice) and not len(range(array.shape[axis])[key]):
            return None  # an added axis was emptied: no block of the named array is chosen
        if not isinstance(key, int):
            axes.append(source)
    return SelectionView(Selection(value.view.selection.name, tuple(chosen)), tuple(axes))


def _narrow(chosen: AxisSelection, key: Key) -> AxisSelection:
    if isinstance(key, int):
        place = chosen.places[key]
        return AxisSelection(chosen.size, place, place + 1, 1, place)
    assert isinstance(key, slice)
    places = chosen.places[key]
    return AxisSelection(chosen.size, places.start, places.stop, places.step)
