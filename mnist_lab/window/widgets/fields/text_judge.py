"""Judges what is typed into a number field, as it is typed, without changing it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QApplication, QDoubleSpinBox, QSpinBox, QWidget

from mnist_lab.window import theme
from mnist_lab.window.words import fill


@dataclass(frozen=True)
class TypedText:
    """What a number field shows besides its value.

    Attributes:
        text: what is typed and is not the value spelled out; None: nothing is.
        refused: the bad text that was replaced by the value when the field was left, as `problem` says; None: none.
    """

    text: str | None
    refused: str | None


class TextJudge(QObject):
    """Keeps a spin box honest: bad text stays while one types, and is never clamped in silence.

    Attributes:
        problem: one sentence on what is wrong with the text, or what became of it; "" when all is fine.
        has_bad_text: whether the text shown now is no number that the field can take.
        settled: the value that stood before the editing began; a bad text brings it back.
        held_text: while that value is being set behind a bad text, this text; else None. The field spells its value so.
        refused: the bad text that was replaced when the field was left, as `problem` says; else None.

    Signals:
        problem_changed(str): the new `problem`.
    """

    problem_changed = Signal(str)

    def __init__(
        self, field: QSpinBox | QDoubleSpinBox, complaint: Callable[[str], str], set_value: Callable[..., None]
    ) -> None:
        """Watch `field`.

        Args:
            field: the spin box.
            complaint: says what is wrong with a text and what would be right, "" for nothing.
            set_value: Qt's own `setValue` of the field.
        """
        super().__init__(field)
        self.settled: float = field.value()
        self.held_text: str | None = None
        self.refused: str | None = None
        self._left_for: QWidget | None = None  # where the keyboard went when a bad text was replaced
        self._set_value = set_value
        self.problem = ""
        self.has_bad_text = False
        self._field = field
        self._complaint = complaint
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no focus from the wheel: it scrolls the form
        field.lineEdit().setTextMargins(theme.GAP - 1, 0, 0, 0)  # a style sheet's padding does not reach it
        field.lineEdit().textChanged.connect(self.judge)
        field.editingFinished.connect(self._on_entered)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Answer `QAbstractSpinBox.validate`: any text may stand, only a good one becomes the value."""
        state = QValidator.State.Intermediate if self._complaint(text) else QValidator.State.Acceptable
        return (state, text, position)

    @Slot(str)
    def judge(self, text: str) -> None:
        """Look at the text anew."""
        complaint, self.refused = self._complaint(text), None
        if self.has_bad_text != bool(complaint):
            self.has_bad_text = bool(complaint)
            self._field.setProperty("problem", self.has_bad_text)
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)
        if complaint:
            self._go_back(text)
        self._tell(complaint)

    @Slot()
    def judge_again(self) -> None:
        """Look at the text after the value was changed: Qt shows a new value without telling of the new text."""
        is_typed = self._field.lineEdit().isModified() and self._field.keyboardTracking()
        if not is_typed:
            self.settle()
        self.judge(self._field.text())

    def judge_by_other_limits(self) -> None:
        """Look at the text by limits that are new; what is said of one that was refused stays until it is read."""
        if self.refused is None:
            self.judge_again()

    @Slot()
    def _on_entered(self) -> None:
        self.settle()
        self._field.lineEdit().setModified(False)

    @Slot()
    def settle(self) -> None:
        """Take the value of now as the one that a later editing starts from."""
        self.settled = self._field.value()

    def show(self, value: float) -> None:
        """Let the field show this value in place of whatever was typed."""
        self.held_text = None
        self._set_value(value)
        self.settle()
        self.judge(self._field.text())

    def _go_back(self, text: str) -> None:
        """Set the value of before the editing behind the bad text, if good beginnings of it had become the value."""
        if self._field.value() == self.settled:
            return
        self.held_text = text
        try:
            self._set_value(self.settled)
        finally:
            self.held_text = None

    def takes_back(self, event: QKeyEvent) -> bool:
        """Whether this key is Esc and there is something typed to take back."""
        is_edited = self.has_bad_text or self._field.lineEdit().isModified() or self._field.value() != self.settled
        return event.key() == Qt.Key.Key_Escape and is_edited

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether this key would throw a bad text away: Enter marks the text for mending instead."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.has_bad_text:
            return False
        self._field.selectAll()
        return True

    def text_to_refuse(self, event: QFocusEvent) -> str | None:
        """The bad text that is about to be left; None if there is none, or it is not really left."""
        stays = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        return self._field.text() if self.has_bad_text and not stays else None

    def refuse(self, text: str) -> None:
        """Bring the last good value back in place of a bad text, and say so."""
        self.show(self._field.value())
        self.refused, self._left_for = text, QApplication.focusWidget()
        sentence = self.tr("{problem} {value} stays.")
        self._tell(fill(sentence, problem=self._complaint(text), value=self._field.text()))

    def acknowledge(self) -> None:
        """Say no more of a text that was refused: what is begun now uses the value.

        Unless the very click that begins it left the field: then nobody has read it yet, and it stays until the next.
        """
        left_for, self._left_for = self._left_for, None
        if left_for is None or QApplication.focusWidget() is not left_for:
            self.drop_refusal()

    def was_left_for(self, widget: QWidget | None) -> bool:
        """Whether the keyboard went to this widget when a bad text was replaced."""
        return widget is not None and widget is self._left_for

    def drop_refusal(self) -> None:
        """Say no more of a text that was refused."""
        if self.refused is not None:
            self.refused = None
            self._tell("")

    def typed(self) -> TypedText | None:
        """What the field shows besides its value; None: nothing."""
        value: Any = self._field.value()  # a whole number in a field for whole numbers
        spelled = f"{self._field.prefix()}{self._field.textFromValue(value)}{self._field.suffix()}"
        text = self._field.text()
        if text == spelled and self.refused is None:
            return None
        return TypedText(None if text == spelled else text, self.refused)

    def put_back(self, typed: TypedText) -> None:
        """Show what another field of the same value showed."""
        if typed.refused is not None:
            self.refuse(typed.refused)
            self._left_for = None  # it was read in the field before
        if typed.text is not None:
            self._field.lineEdit().selectAll()
            self._field.lineEdit().insert(typed.text)  # as if it were typed: it may be no number yet

    def _tell(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self._field.setAccessibleDescription(problem)
            self.problem_changed.emit(problem)
