"""Which operation is gone through; kept outside the tab, which comes and goes with its page."""

from dataclasses import dataclass, field

from mnist_lab.studies.walk import OPERANDS, Walk
from mnist_lab.tensors.operation import Operation
from mnist_lab.tensors.operations import OPERATIONS
from mnist_lab.window.widgets.fields.entry_history import EntryHistory

MOST_OPERANDS = 3


def _histories() -> tuple[EntryHistory, ...]:
    return tuple(EntryHistory() for _ in range(MOST_OPERANDS))


@dataclass(eq=False)
class OperationLook:
    """The operation, its operands, and how far it was gone through.

    Attributes:
        operation: the chosen one.
        texts: its operands as they were entered: what is still being typed is not among them.
        histories: what was entered in each field.
        has_network: whether there is a network whose weights can stand in for operands.
        walk: what is gone through; None before the first is ready, and where it cannot be done.
        step: how many of its steps are done.
    """

    operation: Operation = OPERATIONS[0]
    texts: tuple[str, ...] = OPERANDS[OPERATIONS[0].identifier]
    histories: tuple[EntryHistory, ...] = field(default_factory=_histories)
    has_network: bool = False
    walk: Walk | None = None
    step: int = 0
