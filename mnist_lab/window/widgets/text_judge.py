"""Judges what is typed into a number field, as it is typed, without changing it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox

from mnist_lab.window import theme


class TextJudge(QObject):
    """Keeps a spin box honest: bad text stays while one types, and is never clamped in silence.

    Attributes:
        problem: one sentence on what is wrong with the text, or what became of it; "" when all is fine.
        has_bad_text: whether the text shown now is no number that the field can take.

    Signals:
        problem_changed(str): the new `problem`.
    """

    problem_changed = Signal(str)

    def __init__(self, field: QAbstractSpinBox, complaint: Callable[[str], str]) -> None:
        """Watch `field`; `complaint(text)` says what is wrong and what would be right, "" for nothing."""
        super().__init__(field)
        self.problem = ""
        self.has_bad_text = False
        self._field = field
        self._complaint = complaint
        field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # no focus from the wheel: it scrolls the form
        field.lineEdit().setTextMargins(theme.GAP - 1, 0, 0, 0)  # a style sheet's padding does not reach it
        field.lineEdit().textChanged.connect(self.judge)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Answer `QAbstractSpinBox.validate`: any text may stand, only a good one becomes the value."""
        state = QValidator.State.Intermediate if self._complaint(text) else QValidator.State.Acceptable
        return (state, text, position)

    @Slot(str)
    def judge(self, text: str) -> None:
        """Look at the text anew."""
        complaint = self._complaint(text)
        if self.has_bad_text != bool(complaint):
            self.has_bad_text = bool(complaint)
            self._field.setProperty("problem", self.has_bad_text)
            self._field.style().unpolish(self._field)
            self._field.style().polish(self._field)
        self._tell(complaint)

    @Slot()
    def judge_again(self) -> None:
        """Look at the text after the value was changed: Qt shows a new value without telling of the new text."""
        self.judge(self._field.text())

    def keeps(self, event: QKeyEvent) -> bool:
        """Whether this key would throw a bad text away: Enter marks the text for mending instead."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or not self.has_bad_text:
            return False
        self._field.selectAll()
        return True

    def complaint_on_leaving(self, event: QFocusEvent) -> str:
        """Say what is wrong with the text that is about to be left; "" if nothing is, or it is not really left."""
        stays = event.reason() in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        return self._complaint(self._field.text()) if self.has_bad_text and not stays else ""

    def left(self, complaint: str) -> None:
        """Say that the last good value, shown again now, stands in place of the bad text."""
        self._tell(self.tr("{problem} {value} stays.").format(problem=complaint, value=self._field.text()))

    def _tell(self, problem: str) -> None:
        if problem != self.problem:
            self.problem = problem
            self._field.setAccessibleDescription(problem)
            self.problem_changed.emit(problem)
