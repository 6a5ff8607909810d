"""The operands of an operation, each an expression that can be changed, and what is wrong with them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from mnist_lab.studies.walk import NETWORK_OPERANDS, OPERANDS
from mnist_lab.window import theme
from mnist_lab.window.pages.tensors.operation_look import MOST_OPERANDS, OperationLook
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.fields.expression_field import ExpressionField
from mnist_lab.window.words import fill

_USUAL = {*NETWORK_OPERANDS, *(text for texts in OPERANDS.values() for text in texts)}


class OperandFields(QWidget):
    """One line an operand, with its shape, and a sentence below.

    Attributes:
        texts: what stands in the fields in use.

    Signals:
        entered(): Enter was pressed in a field, or a changed one was left.
    """

    entered = Signal()

    def __init__(self, look: OperationLook, parent: QWidget | None = None) -> None:
        """Show the operands that `look` says, and keep there what is entered."""
        super().__init__(parent)
        self._look = look
        self._shape_words: tuple[str, ...] = ("",) * MOST_OPERANDS
        self._labels = [QLabel(self) for _ in range(MOST_OPERANDS)]
        self._shapes = [QLabel(self) for _ in range(MOST_OPERANDS)]
        self.fields = [ExpressionField(self, history) for history in look.histories]
        self._notice = Notice(self)
        self._notice.setObjectName("operandNotice")
        self._notice.reserve_lines(3)  # what stands below must not move when it comes
        self._build()
        self.show_operands()

    @property
    def texts(self) -> tuple[str, ...]:
        """What stands in the fields in use, entered or not."""
        return tuple(field.text() for field in self.fields[: len(self._look.texts)])

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.SMALL_GAP)
        grid.setColumnStretch(1, 1)
        for number, (label, field, shape) in enumerate(zip(self._labels, self.fields, self._shapes, strict=True)):
            field.setObjectName(f"operand{number}")
            field.setAccessibleName(self.tr("Operand"))
            field.setToolTip(self.tr("Type another array, such as [[1, -1], [0, 2]], and press Enter."))
            field.entered.connect(self._on_entered)
            field.textChanged.connect(self._show_words)
            shape.setObjectName(f"operandShape{number}")
            theme.set_role(shape, "caption")
            grid.addWidget(label, 2 * number, 0)
            grid.addWidget(field, 2 * number, 1)
            grid.addWidget(shape, 2 * number + 1, 1)
        grid.addWidget(self._notice, 2 * MOST_OPERANDS, 0, 1, 2)

    def show_operands(self) -> None:
        """Show other operands."""
        names, texts = self._look.operation.operands, self._look.texts
        for number, field in enumerate(self.fields):
            is_used = number < len(names)
            for part in (self._labels[number], field, self._shapes[number]):
                part.setVisible(is_used)
            if is_used:
                self._labels[number].setText(f"{names[number]} =")
                field.setAccessibleName(fill(self.tr("Operand {name}"), name=names[number]))
                field.setText(texts[number])
                if texts[number] in _USUAL:  # seen from its beginning; what was typed, from its end
                    field.setCursorPosition(0)

    def show_shapes(self, words: Sequence[str]) -> None:
        """Say under each field what it holds."""
        self._shape_words = tuple(words)
        self._show_words()

    @Slot()
    def _show_words(self) -> None:
        """A text that was not entered yet says how; what is gone through is still the last one."""
        parts = zip(self._shapes, self._shape_words, self.texts, self._look.texts, strict=False)
        for label, words, text, entered in parts:
            label.setText(words if text == entered else self.tr("Enter takes this."))

    def show_problem(self, problem: str, operand: int | None) -> None:
        """Say what does not fit; mark the operand that cannot be read (None: all); "" takes it back."""
        self._notice.show_message(problem, "error")
        for number, field in enumerate(self.fields):
            field.set_problem(bool(problem) and operand in (None, number))

    @Slot(str)
    def _on_entered(self, _text: str) -> None:
        self._look.texts = self.texts
        self._show_words()
        if self._notice.text:  # what was wrong with the last texts says nothing of these
            self.show_problem("", None)
            self._notice.show_message(self.tr("Reading …"))
        self.entered.emit()
