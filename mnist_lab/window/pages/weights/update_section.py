"""The One update tab: W1 = W0 − step · gradient, with the pictures of one real update of one unit."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.inspection.update_step import UpdateStep
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.weights.unit_view import SIDE
from mnist_lab.window.pages.weights.update_report import UpdateReport, step_words, sum_words
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.least_height import ReservedLines, reserve_lines
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.pictures.colour_bar import ColourBar
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.pictures.square import Square
from mnist_lab.window.widgets.pictures.tile_mosaic import limit_of

_SUM_LINES = 6
"""Of the update of one weight in numbers, and why it moves."""


class UpdateSection(QWidget):
    """The unit, the button and the numbers at the left; the pictures of the equation at the right.

    Signals:
        update_wanted(): the button for the next update was pressed.
        unit_changed(int): another unit was chosen.
    """

    update_wanted = Signal()
    unit_changed = Signal(int)

    def __init__(self, heir: QWidget, parent: QWidget | None = None) -> None:
        """`heir` gets the keyboard when the button that has it cannot be pressed any more."""
        super().__init__(parent)
        self._heir = heir
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
        lay_beside(self._controls(), self._equations(), self)
        self._button.clicked.connect(self.update_wanted)
        self._unit.valueChanged.connect(self._on_unit_chosen)
        self.show_report(None)

    def _make_controls(self) -> None:
        self._button = IconButton("ph.magnifying-glass", self.tr("&Look at the next update"), self)
        self._button.setObjectName("nextUpdateButton")
        self._button.setAccessibleName(self.tr("Look at the next update"))
        self._button.setToolTip(
            self.tr(
                "Show the weights before and after the run's next update; a run that waits does one step for it. At an"
                " earlier moment it is the one that the run made there."
            )
        )
        self._about_button = _words(self, "updateAboutButton")
        self._form = FormGrid(self)
        self._unit = WholeNumberBox(self, minimum=0, maximum=0)
        self._form.add_field(
            self._unit, "updateUnit", self.tr("&Unit of layer 1"), self.tr("Whose weights are shown, numbered from 0.")
        )
        shows_state(self._unit)
        self._facts = _words(self, "updateFacts")
        self._step_words = _words(self, "updateStepWords")
        self._note = Notice(self)

    def _controls(self) -> QWidget:
        parts = (self._button, self._about_button, self._form, self._facts, self._step_words, self._note)
        column = ScrollColumn("updateArea", *parts, parent=self)
        keep_controls_width(column)
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
        self._sums = reserve_lines(_words(self, "updateSums"), _SUM_LINES)
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
        content = ReservedLines(self)
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
                sign.setMinimumWidth(max(theme.LARGE_GAP, sign.sizeHint().width()))
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
        if not can_look and self._button.hasFocus():
            self._heir.setFocus()  # else the unit would have it, and arrow keys would choose another
        self._button.setEnabled(can_look)
        if can_look:
            words = self.tr("The button shows the run's next update, with the weights before and after it.")
        else:
            words = self.tr(
                "Start a run on the Train page. While it trains or waits, the button shows its next update. The slider"
                " there goes back to any other."
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
            self._step_words.setText(step_words(report, unit))
        self._show_sums(self._pictures["before"].pointed)

    def _show_sums(self, pointed: tuple[int, int] | None) -> None:
        if self._report is None:
            self._sums.setText("")
            return
        if pointed is None:
            self._sums.setText(self.tr("Point at a weight in any picture: here stands its update in numbers."))
            return
        self._sums.setText(sum_words(self._report, self._unit.value(), *pointed))

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


def _words(parent: QWidget, name: str) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setWordWrap(True)
    return label
