"""How the table of runs is looked at; kept outside its widgets, which come and go with their page."""

from dataclasses import dataclass, field

from PySide6.QtCore import Qt

from mnist_lab.window.pages.runs.run_lines import RunColumn


@dataclass
class RunsLook:
    """What is chosen and how it is sorted.

    Attributes:
        selected: ids of the selected runs.
        current: id of the run that keys act on; "" for none.
        column: by which the table is sorted.
        order: whether from the least or from the most.
    """

    selected: list[str] = field(default_factory=list)
    current: str = ""
    column: int = RunColumn.NUMBER
    order: Qt.SortOrder = Qt.SortOrder.DescendingOrder
