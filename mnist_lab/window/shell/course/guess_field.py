"""A field for a guessed number, empty until one is guessed: a number that nobody typed would look like a guess."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window.widgets.fields.number_fields import RealNumberBox


class GuessField(RealNumberBox):
    """Takes one number, or stays empty; the arrows count.

    Signals:
        guessed(object): the number that was entered, or None where the field was emptied.
    """

    guessed = Signal(object)

    _is_empty = _was_empty = True  # now, and before the editing began; Qt asks before the field is made

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setKeyboardTracking(False)
        self.lineEdit().textEdited.connect(self._on_edited)
        self.editingFinished.connect(self._tell)

    def show_guess(self, guess: float | None) -> None:
        """Show what was guessed; None: nothing."""
        self._is_empty = self._was_empty = guess is None
        self.blockSignals(True)
        self.setValue(self.minimum() if guess is None else guess)
        self.blockSignals(False)

    def complaint(self, text: str) -> str:
        """Say what is wrong with `text`; nothing is, where it is empty."""
        return super().complaint(text) if text.strip() else ""

    def textFromValue(self, value: float) -> str:
        """Spell the value; none was guessed: nothing."""
        return "" if self._is_empty else super().textFromValue(value)

    def stepBy(self, steps: int) -> None:
        """Count on, from the middle where nothing was guessed."""
        start = (self.minimum() + self.maximum()) / 2 if self._is_empty else self.value() + steps
        self._is_empty = False
        self.setValue(min(max(start, self.minimum()), self.maximum()))
        self.selectAll()
        self._tell()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the editing back by Escape, to nothing if nothing was guessed."""
        if self._judge.takes_back(event):
            self._is_empty = self._was_empty
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say what was wrong with a bad text also where nothing can stay in its place."""
        problem = self.problem if self._judge.text_to_refuse(event) and self._was_empty else ""
        if problem:
            self._is_empty = True
            self.lineEdit().clear()
        super().focusOutEvent(event)
        if problem:
            self.problem_changed.emit(problem)

    @Slot(str)
    def _on_edited(self, text: str) -> None:
        self._is_empty = not text.strip()

    @Slot()
    def _tell(self) -> None:
        if not self.has_bad_text:
            self._was_empty = self._is_empty
            self.guessed.emit(None if self._is_empty else self.value())
