"""The One update tab: W1 = W0 − step · gradient, with the pictures of one real update of one unit."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.update_step import UpdateStep
from mnist_lab.window import theme
from mnist_lab.window.pages.weights.unit_view import SIDE
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import CONTROLS_WIDTH, ScrollColumn
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.pictures.square import Square
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of
from mnist_lab.window.words import fill, spell_signed

_SAME = 0.02
"""Steps that differ by less, as a share, are one step: what is left is the rounding of float32."""


@dataclass(frozen=True, eq=False)
class UpdateReport:
    """One update in numbers and words.

    Attributes:
        step: what it did to the first layer's kernel.
        facts: a sentence on the update: which one, on how many images, with which loss.
        optimizer: the optimizer's name.
        learning_rate: the one in force.
        is_plain: whether the optimizer is SGD without momentum, whose step is the learning rate.
        has_dropout: whether the run uses dropout, which the gradient shown leaves out.
    """

    step: UpdateStep
    facts: str
    optimizer: str
    learning_rate: float
    is_plain: bool
    has_dropout: bool


class UpdateSection(QWidget):
    """The unit, the button and the numbers at the left; the pictures of the equation at the right.

    Signals:
        update_wanted(): the button for the next update was pressed.
        unit_changed(int): another unit was chosen.
    """

    update_wanted = Signal()
    unit_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._report: UpdateReport | None = None
        self._make_controls()
        self._pictures = {
            "after": self._picture("updateAfter", self.tr("Weights after the update")),
            "before": self._picture("updateBefore", self.tr("Weights before the update")),
            "taken": self._picture("updateTaken", self.tr("Step times gradient: what is subtracted")),
            "gradient": self._picture("updateGradient", self.tr("Gradient of the batch's loss along each weight")),
            "step": self._picture("updateStep", self.tr("Step of each weight")),
        }
        self._scales = {name: self._scale(name) for name in self._pictures}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._controls())
        layout.addLayout(self._equations(), 1)
        self._button.clicked.connect(self.update_wanted)
        self._unit.valueChanged.connect(self._on_unit_chosen)
        self.show_report(None)

    def _make_controls(self) -> None:
        self._button = IconButton("ph.magnifying-glass", self.tr("&Look at the next update"), self)
        self._button.setObjectName("nextUpdateButton")
        self._button.setAccessibleName(self.tr("Look at the next update"))
        self._button.setToolTip(
            self.tr("Keep the weights before and after the run's next update; a run that waits does one step for it.")
        )
        self._about_button = _words(self, "updateAboutButton")
        self._form = FormGrid(self)
        self._unit = WholeNumberBox(self, minimum=0, maximum=0)
        self._form.add_field(
            self._unit, "updateUnit", self.tr("&Unit of layer 1"), self.tr("Whose weights are shown, numbered from 0.")
        )
        self._facts = _words(self, "updateFacts")
        self._step_words = _words(self, "updateStepWords")
        self._note = Notice(self)

    def _controls(self) -> QWidget:
        parts = (self._button, self._about_button, self._form, self._facts, self._step_words, self._note)
        column = ScrollColumn("updateArea", *parts, parent=self)
        column.setFixedWidth(CONTROLS_WIDTH)
        return column

    def _picture(self, name: str, meaning: str) -> MatrixPicture:
        picture = MatrixPicture(self, empty_words=self.tr("No update looked at yet"))
        picture.setObjectName(name)
        picture.setAccessibleName(meaning)
        picture.pointed_changed.connect(self._on_pointed)
        return picture

    def _scale(self, name: str) -> ColourBar:
        bar = ColourBar(self)
        bar.setObjectName(f"{name}Scale")
        bar.setToolTip(self.tr("The colours of this picture, with zero in the middle"))
        return bar

    def _equations(self) -> QVBoxLayout:
        self._sums = _words(self, "updateSums")
        self._sums.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        first = self._row(
            self._framed("after", self.tr("W1: the weights after")),
            "=",
            self._framed("before", self.tr("W0: the weights before")),
            "−",
            self._framed("taken", self.tr("step · gradient")),
        )
        second = self._row(
            self._sums, "", self._framed("gradient", self.tr("gradient")), "·", self._framed("step", self.tr("step"))
        )
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(Panel(self.tr("W1 = W0 − step · gradient"), first, parent=self), 1)
        column.addWidget(Panel(self.tr("What was subtracted: step · gradient"), second, parent=self), 1)
        return column

    def _row(self, *parts: QWidget | str) -> QWidget:
        """Three parts of equal width with signs between them."""
        content = QWidget(self)
        row = QGridLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL_GAP)
        for column, part in enumerate(parts):
            if isinstance(part, QWidget):
                row.addWidget(part, 0, column)
                row.setColumnStretch(column, 1)
            else:
                sign = QLabel(part, content)
                theme.set_role(sign, "large")
                sign.setMinimumWidth(theme.LARGE_GAP)
                sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
                row.addWidget(sign, 0, column)
        return content

    def _framed(self, name: str, title: str) -> QWidget:
        """A picture with its name above and its scale below."""
        words = QLabel(title, self)
        theme.set_role(words, "caption")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        frame = QWidget(self)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP // 2)
        layout.addWidget(words)
        layout.addWidget(Square(self._pictures[name], frame), 1)
        layout.addWidget(self._scales[name], 0, Qt.AlignmentFlag.AlignHCenter)
        return frame

    def set_can_look(self, can_look: bool) -> None:
        """Enable the button for the next update, and say what to do where there is none to look at."""
        self._button.setEnabled(can_look)
        if can_look:
            words = self.tr("The button keeps the run's next update, with the weights before and after it.")
        else:
            words = self.tr(
                "While a run goes on or waits, the button keeps its next update: start one on the Train page."
            )
        self._about_button.setText(words)
        self._tell_about_button()

    def _tell_about_button(self) -> None:
        """Explain the button until it was used, and whenever it cannot be."""
        self._about_button.setVisible(self._report is None or not self._button.isEnabled())

    def set_unit(self, unit: int, units: int) -> None:
        """Look at this unit, of so many."""
        self._unit.blockSignals(True)
        self._unit.setMaximum(max(units - 1, 0))
        is_same = self._unit.value() == unit
        self._unit.setValue(unit)
        self._unit.blockSignals(False)
        if not is_same:
            self._show_pictures()

    def show_report(self, report: UpdateReport | None) -> None:
        """Show an update; None: none was looked at."""
        self._report = report
        self._facts.setText("" if report is None else report.facts)
        self._tell_about_button()
        if report is not None and report.has_dropout:
            self._note.show_message(
                self.tr(
                    "This run uses dropout. The gradient shown is without it, so it is not exactly the one the update"
                    " followed, and the step read off it is not, either."
                )
            )
        else:
            self._note.clear()
        self._show_pictures()

    def _show_pictures(self) -> None:
        report, unit = self._report, self._unit.value()
        if report is None or unit >= report.step.before.shape[1]:
            for name, picture in self._pictures.items():
                picture.set_values(None)
                self._scales[name].set_limit(0)
                self._scales[name].hide()
            self._step_words.setText("")
        else:
            arrays = {name: getattr(report.step, name)[:, unit] for name in self._pictures}
            of_weights = limit_of(np.stack([arrays["after"], arrays["before"]]))
            for name, picture in self._pictures.items():
                limit = of_weights if name in ("after", "before") else _limit_for(name, arrays[name], report.step, unit)
                picture.set_values(arrays[name].reshape(SIDE, SIDE), limit)
                self._scales[name].set_limit(limit)
                self._scales[name].setVisible(limit > 0)
            self._step_words.setText(self._explain_step(report, unit))
        self._show_sums(self._pictures["before"].pointed)

    def _explain_step(self, report: UpdateReport, unit: int) -> str:
        low, middle, high = report.step.usual_steps(unit)
        if not math.isfinite(middle):
            return self.tr("No weight of this unit has a gradient in this batch: none of the images excites it.")
        rate = _short(report.learning_rate)
        if report.is_plain:
            words = self.tr("SGD: the step is the learning rate, {rate}, for every weight (measured: {middle}).")
            return fill(words, rate=rate, middle=_short(middle))
        if high - low <= _SAME * abs(middle):
            words = self.tr("{optimizer} took a step of {middle} for every weight; the learning rate is {rate}.")
            return fill(words, optimizer=report.optimizer, middle=_short(middle), rate=rate)
        words = fill(
            self.tr(
                "{optimizer} scales the learning rate of {rate} for each weight: here the steps lie between {low} and"
                " {high}, with {middle} in the middle."
            ),
            optimizer=report.optimizer,
            rate=rate,
            low=_short(low),
            high=_short(high),
            middle=_short(middle),
        )
        if np.isnan(report.step.step[:, unit]).any():
            return "\n".join((words, self.tr("Grey: no gradient there, so that no step can be read off.")))
        return words

    def _show_sums(self, pointed: tuple[int, int] | None) -> None:
        if self._report is None:
            self._sums.setText("")
            return
        if pointed is None:
            self._sums.setText(self.tr("Point at a weight in any picture: here stands its update in numbers."))
            return
        row, column = pointed
        names = ("after", "before", "taken", "gradient", "step")
        after, before, taken, gradient, step = (float(self._pictures[name].values[row, column]) for name in names)  # type: ignore[index]
        lines = [fill(self.tr("Row {row}, column {column}:"), row=row, column=column)]
        lines.append(f"W0 = {spell_signed(before)}")
        lines.append(fill(self.tr("gradient = {}"), spell_signed(gradient)))
        lines.append(fill(self.tr("step = {}"), _short(step) if math.isfinite(step) else "–"))
        lines.append(fill(self.tr("step · gradient = {}"), spell_signed(taken)))
        lines.append(f"W1 = {spell_signed(after)}")
        if gradient == 0 and taken != 0:
            lines.append(self.tr("It moves although its gradient is 0: by the momentum of earlier updates."))
        self._sums.setText("\n".join(lines))

    @Slot(object)
    def _on_pointed(self, pointed: tuple[int, int] | None) -> None:
        for picture in self._pictures.values():
            if picture.pointed != pointed:
                picture.blockSignals(True)
                picture.point(pointed)
                picture.blockSignals(False)
        self._show_sums(pointed)

    @Slot(int)
    def _on_unit_chosen(self, unit: int) -> None:
        self._show_pictures()
        self.unit_changed.emit(unit)


def _limit_for(name: str, values: NDArray[np.float32], step: UpdateStep, unit: int) -> float:
    """The largest number; for steps the 95th percentile, as single ones are rounding divided by almost nothing."""
    if name != "step":
        return limit_of(values)
    high = step.usual_steps(unit)
    largest = max(abs(high[0]), abs(high[2]))
    return limit_of(np.array([largest], np.float32)) if math.isfinite(largest) else 0.0


def _short(value: float) -> str:
    return spell_signed(value).removeprefix("+")


def _words(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
