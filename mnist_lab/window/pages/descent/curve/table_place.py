"""Where one is in the table of steps."""

from dataclasses import dataclass


@dataclass
class TablePlace:
    """Where one is in the table: kept outside it, for the table of a page that is built again.

    Attributes:
        rule: whose steps are shown.
        steps: how many.
        top: the row that it is scrolled to; None: to the end.
        row: the row that was chosen; None: none.
    """

    rule: str = ""
    steps: int = -1
    top: int | None = None
    row: int | None = None
