"""The chapter's preparation, step by step: the lines of code, the array before and after, an image's own numbers."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.tensors.arrays import Description
from mnist_lab.tensors.preparation import PREPARATION_STEPS, PreparationStep, prepare, steps_of
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.data.data_look import DataLook
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.listing_view import ListingView
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.words import fill

_SHOWN = 28
"""Numbers a line; of fractions, which are longer, half as many."""


class PreparationTab(QWidget):
    """One step at a time: Next runs it, Back undoes it; nothing but a picture of the arrays is changed."""

    def __init__(self, look: DataLook, parent: QWidget | None = None) -> None:
        """Stand at the step that `look` says, and keep there which one it is."""
        super().__init__(parent)
        self._look = look
        self._name, self._samples = "train", 0
        self._image: NDArray[np.uint8] | None = None
        self._label = 0
        self._index = 0
        self._code = ListingView(self)
        self._code.setObjectName("preparationCode")
        self._code.setAccessibleName(self.tr("The code of the preparation"))
        self._code.setToolTip(self.tr("The lines that prepare the data; the one that was run last is lit."))
        self._explanation = self._words("preparationExplanation")
        self._back = named_button(
            "preparationBackButton", "ph.arrow-left", self.tr("&Back"), self.tr("Undo the last step."), self
        )
        self._next = named_button(
            "preparationNextButton",
            "ph.arrow-right",
            self.tr("&Run step"),
            self.tr("Run the next line of the code."),
            self,
        )
        self._next.set_primary(True)
        self._before, self._before_numbers = self._words("preparationBefore"), self._numbers("preparationNumbersBefore")
        self._after, self._after_numbers = self._words("preparationAfter"), self._numbers("preparationNumbersAfter")
        self._lay_out()
        self._back.clicked.connect(self._on_back)
        self._next.clicked.connect(self._on_next)
        self._show()

    def _words(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _numbers(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit(self)
        field.setObjectName(name)
        field.setReadOnly(True)
        field.setTabChangesFocus(True)
        field.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        # What room there is: with a wish of its own it would take room from the code where there is little.
        field.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        field.setMinimumHeight(field.minimumSizeHint().height())
        field.setFont(theme.fonts.fixed())
        field.setAccessibleName(self.tr("Numbers of the chosen image"))
        field.setToolTip(self.tr("The chosen image's own numbers in this array."))
        return field

    def _lay_out(self) -> None:
        self._code.setFixedHeight(len(PREPARATION_STEPS) * self._code.fontMetrics().lineSpacing() + 3 * theme.GAP)
        theme.set_role(self._explanation, "caption")
        top = QWidget(self)
        inside = QVBoxLayout(top)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self._code)
        inside.addWidget(self._explanation)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(Panel(self.tr("The code, line by line"), top, self._back, self._next, parent=self))
        for heading, words, numbers in (
            (self.tr("Before"), self._before, self._before_numbers),
            (self.tr("After"), self._after, self._after_numbers),
        ):
            content = QWidget(self)
            column = QVBoxLayout(content)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(words)
            column.addWidget(numbers, 1)
            layout.addWidget(Panel(heading, content, parent=self), 1)

    def show_image(
        self, name: str, samples: int, index: int | None, image: NDArray[np.uint8] | None, label: int
    ) -> None:
        """Prepare an array of `samples` images called `name` ("train" or "test"), seen at the image `index`."""
        self._name, self._samples, self._index, self._image, self._label = name, samples, index or 0, image, label
        self._show()

    @Slot()
    def _on_next(self) -> None:
        self._look.prepared = min(self._look.prepared + 1, len(PREPARATION_STEPS))
        self._show()

    @Slot()
    def _on_back(self) -> None:
        self._look.prepared = max(self._look.prepared - 1, 0)
        self._show()

    def _show(self) -> None:
        """Show the step that was run last; before the first, what there is."""
        done = self._look.prepared
        number = max(done - 1, 0)
        step = PREPARATION_STEPS[number]
        array = f"{self._name}_{step.array}"
        place = fill(
            self.tr("Step {number} of {count}: {label}."),
            number=number + 1,
            count=len(PREPARATION_STEPS),
            label=translation.translate("tensors", step.label),
        )
        self._code.set_listing(
            "\n".join(one.line(f"{self._name}_{one.array}", self._samples) for one in PREPARATION_STEPS)
        )
        self._code.light(done)
        self._explanation.setText(f"{place} {translation.translate('tensors', step.explanation)}")
        self._back.setEnabled(done > 0)
        self._next.setEnabled(done < len(PREPARATION_STEPS))
        is_run = done > 0
        self._before.setText(self._describe(array, step.before.describe(self._samples)))
        self._after.setText(
            self._describe(array, step.after.describe(self._samples)) if is_run else self.tr("Not run yet.")
        )
        before, after = self._values(step)
        _show_from_ink(self._before_numbers, before)
        _show_from_ink(self._after_numbers, after if is_run else "")

    def _describe(self, name: str, array: Description) -> str:
        words = self.tr("{name}: shape {shape}, {dtype}, {bytes:,} bytes")
        return fill(words, name=name, shape=array.shape, dtype=array.dtype, bytes=array.bytes)

    def _values(self, step: PreparationStep) -> tuple[str, str]:
        """The chosen sample before and after a step, as far as it can be read."""
        if self._image is None:
            return "", ""
        samples = self._image[None] if step.array == "images" else np.array([self._label], np.uint8)
        earlier = steps_of(step.array).index(step)
        before, after = (prepare(step.array, samples, count)[0] for count in (earlier, earlier + 1))
        return self._spell(before), self._spell(after)

    def _spell(self, sample: np.ndarray) -> str:
        if sample.ndim == 0:
            return f"[{self._index}] = {sample}"
        shown = _SHOWN if sample.dtype.kind != "f" else _SHOWN // 2
        rows = sample if sample.ndim == 2 else sample[None] if sample.size <= shown else sample.reshape(-1, shown)
        lines = []
        for number, row in enumerate(rows):
            first = f"[{self._index}, {number}]" if sample.ndim == 2 else f"[{self._index}, {number * shown}:]"
            lines.append(f"{first:<12} " + " ".join(_number(value) for value in row))
        return "\n".join(lines)


def _number(value: np.generic) -> str:
    """Spelled as NumPy does: 0 is a whole number, 0. is a floating-point number."""
    number = float(value)
    if value.dtype.kind != "f":
        return f"{int(number):3d}"
    return f"{number:5.3f}" if 0 < number < 1 else f"{number:.0f}.".rjust(5)


def _show_from_ink(field: QPlainTextEdit, text: str) -> None:
    """Show numbers from the line above the first ink on: an image begins with rows of zeros."""
    field.setPlainText(text)
    lines = [line.split("]", 1)[1] for line in text.splitlines()]
    inked = next((number for number, line in enumerate(lines) if line.strip(" 0.")), 0)
    field.verticalScrollBar().setValue(max(inked - 1, 0))
