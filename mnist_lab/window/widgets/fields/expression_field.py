"""A line for typed expressions that remembers what was entered."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mnist_lab.window import page_keys, theme
from mnist_lab.window.widgets.fields.entry_history import EntryHistory


class ExpressionField(QLineEdit):
    """Enter takes the text; Up and Down go through what was entered before.

    Attributes:
        history: what was entered.

    Signals:
        entered(str): the text, when Enter is pressed.
    """

    KEYS = page_keys.FORMULA

    entered = Signal(str)

    def __init__(self, parent: QWidget | None = None, history: EntryHistory | None = None) -> None:
        """Go through `history`; None: one of its own, which ends with the field."""
        super().__init__(parent)
        self.history = history or EntryHistory()
        self.returnPressed.connect(self._on_return)
        self.set_palette(theme.current())

    def set_palette(self, _palette: theme.Palette) -> None:
        """Follow the theme's type."""
        self.setFont(theme.fonts.fixed())

    def set_problem(self, has_problem: bool) -> None:
        """Mark the text as one that cannot be used."""
        if bool(self.property("problem")) != has_problem:
            self.setProperty("problem", has_problem)
            self.style().unpolish(self)
            self.style().polish(self)

    def remember(self, text: str) -> None:
        """Add to the history and stand at its end."""
        self.history.remember(text)

    @Slot()
    def _on_return(self) -> None:
        self.remember(self.text())
        self.entered.emit(self.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back and forth in the history."""
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in moves and self.history.texts:
            self.setText(self.history.text_at(moves[key], self.text()))
        else:
            super().keyPressEvent(event)
