"""Parts of shared width beside each other; one below the other where the place has not the room that they need."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace, width_beside_bar
from mnist_lab.window.widgets.basic.width_user import WidthUser

_BESIDE, _BELOW = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
_ANY_WIDTH = 16_777_215
"""Qt's own largest."""


@dataclass(frozen=True)
class FoldingPart:
    """A part of the row.

    Attributes:
        widget: the part itself.
        share: of the width that is left over; with 0 it sees to its own width beside others.
        needed: how wide it must be beside others, in logical pixels, for text of the usual size; None: as it says
            itself. Named for what asks for more or less as one works in it: the row must not fold by that.
    """

    widget: QWidget
    share: int
    needed: int | None = None


class FoldingRow(WidthUser):
    """Rather scrolls down than sideways: needs no more width than its widest part.

    Signals:
        folded(bool): whether the parts stand one below the other from now on; then those that scroll are as high as
            all that is in them.
    """

    folded = Signal(bool)

    def __init__(self, *parts: FoldingPart, spacing: int = theme.GAP, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._row = QBoxLayout(_BESIDE, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(spacing)
        for part in parts:
            self._row.addWidget(part.widget, part.share)
        self._give_widths()

    @property
    def is_beside(self) -> bool:
        """Whether the parts stand beside each other, not one below the other."""
        return self._row.direction() == _BESIDE

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the widest part, which has the row for itself then."""
        return QSize(max(map(_least, self._parts)), super().minimumSizeHint().height())

    def use_width(self) -> None:
        """Put the parts beside each other where each has the room that it needs."""
        gaps = self._row.spacing() * (len(self._parts) - 1)
        direction = _BESIDE if width_beside_bar(self) >= sum(map(_needed, self._parts)) + gaps else _BELOW
        if direction != self._row.direction():
            self._row.setDirection(direction)
            self._give_widths()
            for part in self._parts:
                if isinstance(part.widget, ScrollColumn | ScrollPlace):
                    part.widget.show_all(direction == _BELOW)
            self.folded.emit(direction == _BELOW)
        elif direction == _BELOW:
            self._give_widths()  # what sees to its own width has just done so

    def _give_widths(self) -> None:
        for part in self._parts:
            if part.needed is None:
                continue
            if part.share:
                part.widget.setMinimumWidth(_needed(part) if self.is_beside else 0)
            elif not self.is_beside:
                part.widget.setMinimumWidth(0)
                part.widget.setMaximumWidth(_ANY_WIDTH)


def _least(part: FoldingPart) -> int:
    least = part.widget.minimumSizeHint().width()
    return least if part.needed is not None else max(least, part.widget.minimumWidth())


def _needed(part: FoldingPart) -> int:
    return _least(part) if part.needed is None else max(_least(part), theme.fonts.scaled(part.needed))
