"""How the table of runs is looked at; kept outside its widgets, which come and go with their page, and with the lab."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BaseModel, Field, JsonValue, ValidationError
from PySide6.QtCore import Qt

from mnist_lab.window.pages.runs.run_lines import RunColumn
from mnist_lab.window.state.views import View

_KEPT = "run table"
_Word = Annotated[str, Field(max_length=256)]  # the name of a damaged file is its id, and may be any


class _KeptLook(BaseModel):
    """What the next session is to find."""

    selected: list[_Word] = []
    current: _Word = ""
    column: RunColumn = RunColumn.NUMBER
    is_descending: bool = True


@dataclass
class RunsLook:
    """What is chosen and how it is sorted.

    Attributes:
        selected: ids of the selected runs.
        current: id of the run that keys act on; "" for none.
        column: by which the table is sorted.
        order: whether from the least or from the most.
        followed: id of the run that was selected last because the pages show it; "" for none.
    """

    selected: list[str] = field(default_factory=list)
    current: str = ""
    column: int = RunColumn.NUMBER
    order: Qt.SortOrder = Qt.SortOrder.DescendingOrder
    followed: str = ""

    @classmethod
    def of_last_time(cls, view: View) -> "RunsLook":
        """As one looked in the last session, which `view` has; from now on kept for the next."""
        try:
            kept = _KeptLook.model_validate(view.kept(_KEPT) or {})
        except ValidationError:  # of another version: as at first
            kept = _KeptLook()
        order = Qt.SortOrder.DescendingOrder if kept.is_descending else Qt.SortOrder.AscendingOrder
        look = cls(kept.selected, kept.current, kept.column, order)
        view.keep(_KEPT, look._to_keep)
        return look

    def _to_keep(self) -> JsonValue:
        return _KeptLook(
            selected=self.selected,
            current=self.current,
            column=RunColumn(self.column),
            is_descending=self.order == Qt.SortOrder.DescendingOrder,
        ).model_dump(mode="json")
