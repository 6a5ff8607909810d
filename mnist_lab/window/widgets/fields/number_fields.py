"""Fields for numbers that keep whatever is typed and say in one sentence what is wrong with it.

While the text is no number the field can take, it stays as typed, `problem` says why, and `value()` is the value that
stood before the editing began, announced again if good beginnings of the text had become the value. Esc brings that
value back; so does leaving the field, and `problem` says so until the text changes again.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QShowEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QSpinBox, QWidget

from mnist_lab.window.widgets.fields.text_judge import TextJudge, TypedText
from mnist_lab.window.widgets.fields.typed_numbers import read_real, read_whole, step_one_two_five
from mnist_lab.window.words import decimal_point, fill, spell_setting, spell_whole, typed_number

_DECIMALS = 15
_LARGEST_WHOLE = 2**31 - 1

if TYPE_CHECKING:  # at run time a field takes Qt's class in itself: PySide makes no widget of two of its classes
    _SpinBox = QAbstractSpinBox
else:
    _SpinBox = object


class _JudgedField(_SpinBox):
    """What both fields do with what is typed.

    Attributes:
        problem: one sentence on what is wrong with the text, or what became of it; "" when all is fine.
        has_bad_text: whether the text shown now is no number that the field can take.
    """

    _judge: TextJudge

    @property
    def problem(self) -> str:
        """One sentence on what is wrong."""
        return self._judge.problem

    @property
    def has_bad_text(self) -> bool:
        """Whether the text shown now is bad."""
        return self._judge.has_bad_text

    @property
    def is_being_typed(self) -> bool:
        """Whether something stands here that is not entered yet: who shows a value of his own waits for it."""
        return self.has_bad_text or (self.hasFocus() and self.lineEdit().isModified())

    def commit(self) -> None:
        """Take what is typed as entered: Esc does not bring back what was there before. A bad text stays as it is.

        What is said of one that was refused before has been read.
        """
        self._judge.acknowledge()
        if self.lineEdit().isModified() and not self.has_bad_text:
            self.interpretText()
            self._judge.settle()
            self.lineEdit().setModified(False)

    def forget_refused(self, gone_to: QWidget | None = None) -> None:
        """Say no more of a text that was refused, unless the field was left by this very way to `gone_to`."""
        if not self._judge.was_left_for(gone_to):
            self._judge.drop_refusal()

    def typed(self) -> TypedText | None:
        """What is shown besides the value, to be put back in a field built later; None: nothing."""
        return self._judge.typed()

    def put_back(self, typed: TypedText) -> None:
        """Show what another field of the same value showed; called once the field is seen."""
        self._judge.put_back(typed)

    def _complaint(
        self, text: str, number: float | None, limits: tuple[float, float], say: Callable[..., str], no_number: str
    ) -> str:
        """Say what is wrong with a text.

        Args:
            text: without prefix and suffix.
            number: what it was read as; None for no number.
            limits: the least and the largest number.
            say: spells a number.
            no_number: the sentence on a text that is none, with {text}, {least} and {most}.
        """
        least, most = (say(limit) for limit in limits)
        if not text:
            return fill(self.tr("A number is missing here: from {least} to {most}."), least=least, most=most)
        if number is None:
            return fill(no_number, text=text, least=least, most=most)
        if number > limits[1]:
            return fill(self.tr("{number} is too large: at most {most}."), number=say(number), most=most)
        if number < limits[0]:
            return fill(self.tr("{number} is too small: at least {least}."), number=say(number), least=least)
        return ""

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let any text stand."""
        return self._judge.validate(text, position)

    def fixup(self, text: str) -> str:
        """Mend nothing: Qt would take separators out of a bad text and so make another number of it."""
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep a bad text on Enter, so that it can be mended; Esc takes the editing back."""
        if self._judge.takes_back(event):
            self._judge.show(self._judge.settled)
        elif not self._judge.keeps(event):
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Bring the last good value back in place of a bad text, and say so."""
        text = self._judge.text_to_refuse(event)
        super().focusOutEvent(event)
        if text is not None:
            self._judge.refuse(text)

    def showEvent(self, event: QShowEvent) -> None:
        """Judge anew: Qt puts the last good value back when a field is shown."""
        super().showEvent(event)
        self._judge.judge_again()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn only the field one works in; over any other the form scrolls."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class WholeNumberBox(_JudgedField, QSpinBox):
    """A field for a whole number.

    Signals:
        problem_changed(str): the new `problem`.
    """

    problem_changed = Signal(str)
    _is_measured = False

    def __init__(self, parent: QWidget | None = None, *, minimum: int = 0, maximum: int = _LARGEST_WHOLE) -> None:
        super().__init__(parent)
        self._judge = TextJudge(self, self.complaint, super().setValue)
        self.setRange(minimum, maximum)
        self._judge.problem_changed.connect(self.problem_changed)
        self.valueChanged.connect(self._judge.judge_again)
        self._judge.settle()

    def complaint(self, text: str) -> str:
        """Say what is wrong with `text` and what would be right; "" if nothing is."""
        text = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()
        no_number = self.tr("“{text}” is not a whole number: one from {least} to {most} is needed.")
        number, limits = read_whole(text, decimal_point()), (self.minimum(), self.maximum())
        return self._complaint(text, number, limits, spell_whole, no_number)

    def setRange(self, minimum: int, maximum: int) -> None:
        """Take numbers from here to there, and judge what is typed by it."""
        super().setRange(minimum, maximum)
        self._judge.judge_by_other_limits()

    def setMaximum(self, maximum: int) -> None:
        """Take numbers up to this one; a text that was too large may be right now."""
        if maximum != self.maximum():
            self.setRange(self.minimum(), maximum)

    def setValue(self, value: int) -> None:
        """Show `value` in place of whatever was typed."""
        self._judge.show(value)

    def valueFromText(self, text: str) -> int:
        """Read the number; bad text leaves the value as it was."""
        number = read_whole(text.removeprefix(self.prefix()).removesuffix(self.suffix()), decimal_point())
        return self.value() if number is None else number

    def textFromValue(self, value: int) -> str:
        """Spell the value as everywhere in the window, and plainly while one may type; a bad text stands as it is."""
        if self._is_measured:
            return spell_whole(value)
        held = self._judge.held_text
        if held is not None:
            return held
        return super().textFromValue(value) if self.hasFocus() else spell_whole(value)

    def sizeHint(self) -> QSize:
        """Have room for the longest value as it is spelled: the field is as wide whatever is typed."""
        self._is_measured = True
        try:
            return super().sizeHint()
        finally:
            self._is_measured = False

    def minimumSizeHint(self) -> QSize:
        """Have the same room at least."""
        self._is_measured = True
        try:
            return super().minimumSizeHint()
        finally:
            self._is_measured = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Set no thousands apart: one digit more would stand in the wrong group."""
        self._spell_anew()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Set thousands apart again; a menu over the field, or another window, leaves it as it is."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason):
            self._spell_anew()

    def _spell_anew(self) -> None:
        text = f"{self.prefix()}{self.textFromValue(self.value())}{self.suffix()}"
        if not self.has_bad_text and text != self.text():
            self.lineEdit().setText(text)


class RealNumberBox(_JudgedField, QDoubleSpinBox):
    """A field for a number of any size from `minimum` to `maximum`: "0.001", "1e-3" and "0,001" are the same.

    The arrows go along 1, 2, 5, 10 … ("0.001" up is "0.002"), as suits a learning rate.

    Attributes:
        even_step: if it is set, the arrows go along its multiples instead.

    Signals:
        problem_changed(str): the new `problem`.
    """

    problem_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None, *, minimum: float = 0.0, maximum: float = 1_000.0) -> None:
        super().__init__(parent)
        self.even_step: float | None = None
        self._judge = TextJudge(self, self.complaint, super().setValue)
        self.setDecimals(_DECIMALS)
        self.setRange(minimum, maximum)
        self._judge.problem_changed.connect(self.problem_changed)
        self.valueChanged.connect(self._judge.judge_again)
        self._judge.settle()

    def complaint(self, text: str) -> str:
        """Say what is wrong with `text` and what would be right; "" if nothing is."""
        text = text.removeprefix(self.prefix()).removesuffix(self.suffix()).strip()
        number, limits = read_real(text, decimal_point()), (self.minimum(), self.maximum())
        no_number = self.tr("“{text}” is not a number: one like 0.001 or 1e-3, from {least} to {most}, is needed.")
        complaint = self._complaint(text, number, limits, spell_setting, no_number)
        if complaint or not number or round(number, _DECIMALS) != 0:
            return complaint
        sentence = self.tr("{number} is too close to zero: at least {least}, or 0.")
        return fill(sentence, number=spell_setting(number), least=spell_setting(10.0**-_DECIMALS))

    def setRange(self, minimum: float, maximum: float) -> None:
        """Take numbers from here to there, and judge what is typed by it."""
        super().setRange(minimum, maximum)
        self._judge.judge_by_other_limits()

    def setMaximum(self, maximum: float) -> None:
        """Take numbers up to this one; a text that was too large may be right now."""
        if maximum != self.maximum():
            self.setRange(self.minimum(), maximum)

    def setValue(self, value: float) -> None:
        """Show `value` in place of whatever was typed."""
        self._judge.show(value)

    def valueFromText(self, text: str) -> float:
        """Read the number; bad text leaves the value as it was."""
        number = read_real(text.removeprefix(self.prefix()).removesuffix(self.suffix()), decimal_point())
        return self.value() if number is None else number

    def textFromValue(self, value: float) -> str:
        """Spell the value shortly; a bad text stands as it is."""
        held = self._judge.held_text
        return typed_number(value) if held is None else held

    def stepBy(self, steps: int) -> None:
        """Go along 1, 2, 5, 10 … or in even steps, within the field's limits, from what is typed if that is good."""
        if not self.has_bad_text:
            self.interpretText()
        if self.even_step is None:
            value = step_one_two_five(self.value(), steps)
        else:
            value = round(self.value() / self.even_step + steps) * self.even_step
        self.setValue(min(max(value, self.minimum()), self.maximum()))
        self.selectAll()
