"""What cannot be done with an array, and phrases that such sentences are put together from."""

from collections.abc import Sequence

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

Shape = tuple[int, ...]
AxisNames = tuple[str, ...]
"""One word an axis, from the first to the last; "" where nobody named it."""

LARGEST = 2**63 - 1
"""The largest whole number of NumPy's usual type, int64."""


class TensorError(LabError):
    """An expression or an operation that cannot be carried out: what is in conflict, and what would fit."""


def spell_shape(shape: Sequence[int]) -> str:
    """A shape as Python writes it: (60000, 28, 28); (784,); ()."""
    return str(tuple(int(size) for size in shape))


def spell_axis(axis: int, names: AxisNames = ()) -> LabError:
    """An axis by its number and, if it has one, its name: axis 0 (samples).

    It is a part of a sentence and never raised; as an error within an error it is told in the learner's language.
    """
    name = names[axis] if axis < len(names) else ""
    if name:
        return LabError(QT_TRANSLATE_NOOP("errors", "axis {axis} ({name})"), axis=axis, name=name)
    return LabError(QT_TRANSLATE_NOOP("errors", "axis {axis}"), axis=axis)


def spell_names(names: Sequence[str]) -> str:
    """Words in a row: dot, max, relu."""
    return ", ".join(names) or "–"


def missing_array(name: str, parameters: str, rest: str) -> TensorError:
    """A function of an array that is called without one."""
    return TensorError(
        QT_TRANSLATE_NOOP(
            "errors", "“{name}” needs the array that it works on: write x.{name}({rest}) or {name}({parameters})."
        ),
        name=name,
        parameters=parameters,
        rest=rest,
    )


def wrong_call(name: str, parameters: str) -> TensorError:
    """A call with other arguments than the function has."""
    return TensorError(
        QT_TRANSLATE_NOOP("errors", "“{name}” is called otherwise: write {name}({parameters})."),
        name=name,
        parameters=parameters,
    )
