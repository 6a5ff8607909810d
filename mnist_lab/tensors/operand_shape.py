"""What takes part in an operation and what comes out of it, without the numbers."""

from dataclasses import dataclass

from mnist_lab.tensors.errors import AxisNames, Shape


@dataclass(frozen=True)
class OperandShape:
    """What takes part in an operation, without its numbers.

    Attributes:
        text: what the learner calls it: a name, or a part of the expression.
        shape: places of each axis.
        names: a word an axis, "" or nothing where nobody named it.
    """

    text: str
    shape: Shape
    names: AxisNames = ()

    @property
    def rank(self) -> int:
        """Number of axes."""
        return len(self.shape)

    @property
    def all_names(self) -> AxisNames:
        """Exactly one word an axis."""
        return (*self.names, *("",) * self.rank)[: self.rank]


@dataclass(frozen=True)
class ResultShape:
    """Shape of a result and the names of its axes."""

    shape: Shape
    names: AxisNames = ()
