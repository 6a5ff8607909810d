"""The facts of an array in large figures: rank, shape, type, memory."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.tensors.arrays import Description
from mnist_lab.tensors.errors import spell_shape
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.words import fill, spell_bytes

_SHAPE_ROOM, _MEMORY_ROOM = "(00, 00, 00)", "00.0 MB"
_NAMES_IN_A_LINE = 3
"""Of axes: more of them go into a second line, else the cards would not fit beside each other in a small window."""


class ArrayFacts(QWidget):
    """Four cards in a row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rank = self._card("tensorRank", self.tr("axes"), "0", self.tr("Rank: how many axes the array has."))
        self._shape = self._card(
            "tensorShape", self.tr("shape"), _SHAPE_ROOM, self.tr("How many places each axis has, by name.")
        )
        self._dtype = self._card("tensorType", self.tr("dtype"), "float32", self.tr("The type of every number."))
        self._memory = self._card(
            "tensorBytes", self.tr("memory"), _MEMORY_ROOM, self.tr("All numbers times the bytes of one.")
        )
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for card, stretch in ((self._rank, 1), (self._shape, 4), (self._dtype, 2), (self._memory, 3)):
            layout.addWidget(card, stretch)

    def _card(self, object_name: str, caption: str, room: str, explanation: str) -> StatCard:
        card = StatCard(caption, room=room, parent=self)
        card.setObjectName(object_name)
        card.setToolTip(explanation)
        return card

    def show_description(self, description: Description, names: Sequence[str]) -> None:
        """Show what is known of an array, with the names of its axes in words."""
        self._rank.set_value(str(description.rank))
        for card, words, room in (
            (self._shape, spell_shape(description.shape), _SHAPE_ROOM),
            (self._memory, spell_bytes(description.bytes), _MEMORY_ROOM),
        ):
            card.set_room(max(words, room, key=len))  # else what is longer would be cut
            card.set_value(words)
        named = _in_lines([name or "–" for name in names])
        self._shape.set_caption(fill(self.tr("shape: {names}"), names=named) if any(names) else self.tr("shape"))
        self._dtype.set_value(description.dtype)
        size = description.item_bytes
        self._dtype.set_caption(
            self.tr("dtype: 1 byte each") if size == 1 else fill(self.tr("dtype: {size} bytes each"), size=size)
        )
        self._memory.set_caption(fill(self.tr("{count:,} numbers"), count=description.count))


def _in_lines(names: Sequence[str]) -> str:
    if len(names) <= _NAMES_IN_A_LINE:
        return ", ".join(names)
    half = len(names) // 2
    return ",\n".join((", ".join(names[:half]), ", ".join(names[half:])))
