"""What the parts of an expression are worth, and which cells of a named array a slice has chosen."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.errors import LARGEST, AxisNames, Shape, TensorError
from mnist_lab.tensors.operand_shape import OperandShape
from mnist_lab.words import QT_TRANSLATE_NOOP

Array = NDArray[np.generic]


@dataclass(frozen=True)
class AxisSelection:
    """Places chosen on one axis: those of `range(start, stop, step)`, all of them within the axis.

    Attributes:
        size: places of the axis.
        start: first chosen place.
        stop: where the choice ends, itself not chosen; -1 when a backward choice goes through to place 0.
        step: to the next chosen place; negative when it goes backwards.
        index: the place, if a single number chose it (the result then lacks this axis); else None.
    """

    size: int
    start: int
    stop: int
    step: int
    index: int | None = None

    @property
    def places(self) -> range:
        """All chosen places in the order of the result."""
        return range(self.start, self.stop, self.step)


@dataclass(frozen=True)
class Selection:
    """The block of a named array that an expression has cut out; axes in the order of the named array."""

    name: str
    axes: tuple[AxisSelection, ...]


def whole(name: str, shape: Shape) -> Selection:
    """All of a named array."""
    return Selection(name, tuple(AxisSelection(size, 0, size, 1) for size in shape))


@dataclass(frozen=True)
class SelectionView:
    """A selection, and which of its axes each axis of the value is; None for an axis that was added."""

    selection: Selection
    axes: tuple[int | None, ...]


@dataclass(frozen=True, eq=False)
class Value:
    """Worth of one part of an expression.

    Attributes:
        content: an array, a NumPy number, a Python number, a tuple, a text, a dtype, None or `...`.
        text: this part as it was typed, shortened.
        names: of the axes, as far as known.
        view: set while it is a plain slice of a named array.
    """

    content: object
    text: str
    names: AxisNames = ()
    view: SelectionView | None = None

    @property
    def is_array(self) -> bool:
        """Whether NumPy computes with it: an array or one of NumPy's own numbers."""
        return isinstance(self.content, np.ndarray | np.generic)

    @property
    def is_number(self) -> bool:
        """Whether it is one of Python's numbers, which take on the type of the array they meet."""
        return isinstance(self.content, int | float)

    def operand(self) -> Array | np.generic | int | float:
        """The content, if NumPy can compute with it.

        Returns:
            an array of any shape and type, one of NumPy's own numbers, or one of Python's (bool, int, float), as it
            is: by NumPy's rules of promotion (NEP 50), Python's numbers take on the type of the array they meet.

        Raises:
            TensorError: it is a text, a tuple, None, …
        """
        if isinstance(self.content, np.ndarray | np.generic | int | float):
            return self.content
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "“{text}” is neither a number nor an array: nothing can be computed with it."),
            text=self.text,
        )

    def array(self) -> Array:
        """The same as an array; Python's numbers become one without axes."""
        return np.asarray(self.operand())

    def operand_shape(self) -> OperandShape:
        """The same without its numbers."""
        operand = self.operand()
        return OperandShape(
            self.text, operand.shape if isinstance(operand, np.ndarray | np.generic) else (), self.names
        )

    def integer(self) -> int:
        """The whole number that it is.

        Raises:
            TensorError: it is something else.
        """
        content = self.content
        if isinstance(content, np.ndarray) and content.ndim == 0:
            content = content[()]
        if isinstance(content, int | np.integer) and not isinstance(content, bool) and abs(int(content)) <= LARGEST:
            return int(content)
        raise TensorError(
            QT_TRANSLATE_NOOP(
                "errors", "“{text}” is not a whole number, and one is needed here: write 2, or divide with //."
            ),
            text=self.text,
        )

    def integers(self) -> tuple[int, ...]:
        """The whole numbers of a tuple, a list or a single number: a shape, or axes.

        Raises:
            TensorError: it is something else.
        """
        content = self.content
        if isinstance(content, np.ndarray) and content.ndim == 1:
            content = tuple(content)
        if isinstance(content, tuple):
            return tuple(Value(one, self.text).integer() for one in content)
        return (self.integer(),)

    def called(self, text: str) -> "Value":
        """The same value under the text of a larger part."""
        return replace(self, text=text)
