"""A large steady number with its caption."""

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill

EMPTY = "–"
_SLIM = 1
"""Logical pixels above the number and below its caption in a slim card; their own lines leave some, too."""


class StatCard(QFrame):
    """Shows one number that matters, in figures of one width so that nothing jumps while it changes.

    Attributes:
        value: the text shown, "–" while there is none.
        caption: what it means.
    """

    def __init__(self, caption: str = "", *, room: str = "0.0000", parent: QWidget | None = None) -> None:
        """Keep `room` for the number: the widest text that will be shown, whatever its digits."""
        super().__init__(parent)
        self.value = EMPTY
        self.caption = caption
        self._room = room
        self._is_slim = False
        self._widest_caption = ""
        self._number = QLabel(EMPTY, self)
        self._caption = QLabel(caption, self)
        self._build()
        self.set_palette(theme.current())

    def set_value(self, text: str) -> None:
        """Show `text`; an empty text shows "–"."""
        text = text or EMPTY
        if text != self.value:
            self.value = text
            self._number.setText(text)
            self._describe()

    def set_caption(self, caption: str) -> None:
        """Say what the number means."""
        if caption != self.caption:
            self.caption = caption
            self._caption.setText(caption)
            self._describe()

    def set_room(self, room: str) -> None:
        """Keep room for another widest text, as when a run has more updates than the one before."""
        if room != self._room:
            self._room = room
            self._keep_room()

    def keep_caption_room(self, caption: str) -> None:
        """Keep room for the widest caption that will be shown: the cards beside it stay where they are."""
        self._widest_caption = caption
        self._keep_room()

    def _keep_room(self) -> None:
        caption_font = theme.fonts.font("small")
        self._caption.setMinimumWidth(math.ceil(theme.fonts.widest(caption_font, self._widest_caption)))
        self._number.setMinimumWidth(round(theme.fonts.widest(self._number.font(), self._room)) + 1)

    def set_slim(self, on: bool) -> None:
        """Be as low as can be read: for two rows of cards where the curves need the height."""
        if on != self._is_slim:
            self._is_slim = on
            above = _SLIM if on else theme.GAP
            self._rows.setContentsMargins(theme.GAP, above, theme.GAP, above)

    def set_palette(self, _palette: theme.Palette) -> None:
        """Follow the theme (its fonts; the style sheet brings the colours)."""
        self._number.setFont(theme.fonts.font("large", bold=True))
        self._keep_room()

    def _build(self) -> None:
        theme.set_role(self, "card")
        theme.set_role(self._caption, "caption")
        self._number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._rows = layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(0)
        layout.addWidget(self._number)
        layout.addWidget(self._caption)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(fill(self.tr("{caption}: {value}"), caption=self.caption, value=self.value))
