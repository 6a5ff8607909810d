"""The pictures of the last two steps of an update: the gradient, and what it does to the weights of a unit."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, Qt, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.optimizers import optimizer_spec
from mnist_lab.studies.update_numbers import UpdateNumbers
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.weight_sums import optimizer_name, sum_lines, why_it_moves
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import ReservedLines, reserve_lines
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.words import fill, rounded, spell, spell_whole

_SIDE = 28
_READOUT_LINES, _SUM_LINES = 2, 8


class GradientPicture(ReservedLines):
    """The slope of the loss along one unit's weights, and along all of the layer.

    Signals:
        unit_chosen(int): a unit that was clicked in the picture of the layer.
    """

    unit_chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: UpdateNumbers | None = None
        self._layer = self._unit = 0
        self._of_unit = MatrixPicture(self)
        self._of_unit.setObjectName("updateUnitGradient")
        self._of_unit.setAccessibleName(self.tr("Slope of the loss along each weight of the unit"))
        self._of_unit.setToolTip(self.tr("Point at a weight to read its slope."))
        self._of_layer = MatrixPicture(self)
        self._of_layer.setObjectName("updateLayerGradient")
        self._of_layer.setAccessibleName(self.tr("Slope of the loss along each weight of the layer"))
        self._of_layer.set_axes(self.tr("unit"), self.tr("input"))
        self._of_layer.setToolTip(self.tr("A row for each unit, a column for each input; click a row for its unit."))
        self._readout = reserve_lines(paragraph("updateGradientReadout"), _READOUT_LINES)
        self._captions = (QLabel(self), QLabel(self))
        for caption in self._captions:
            theme.set_role(caption, "caption")
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        for column, (caption, picture) in enumerate(zip(self._captions, (self._of_unit, self._of_layer), strict=True)):
            grid.addWidget(caption, 0, column)
            grid.addWidget(picture, 1, column)
            grid.setColumnStretch(column, 1)
        grid.addWidget(self._readout, 2, 0, 1, 2)
        grid.setRowStretch(1, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(Panel(self.tr("Gradient: the slope of the loss along every weight"), content, parent=self))
        self._of_unit.pointed_changed.connect(self._show_readout)
        self._of_layer.pointed_changed.connect(self._show_readout)
        self._of_layer.cell_activated.connect(self._on_row)
        self._of_layer.KEYS = page_keys.CHOICE_OF_CELLS

    def show_numbers(self, numbers: UpdateNumbers, layer: int, unit: int) -> None:
        """Show another update, or another unit of it."""
        self._numbers, self._layer, self._unit = numbers, layer, unit
        kernel = numbers.layers[layer].gradient.kernel
        self._of_layer.set_values(kernel.T)
        self._of_unit.set_values(as_picture(kernel[:, unit]))
        inputs, units = kernel.shape
        words = (
            self.tr("unit {unit} of layer {layer}, colours to ±{limit}"),
            self.tr("all of layer {layer}: {units} units × {inputs} inputs, to ±{limit}"),
        )
        for caption, picture, text in zip(self._captions, (self._of_unit, self._of_layer), words, strict=True):
            limit = spell(rounded(picture.limit, 3))
            counts = {"units": spell_whole(units), "inputs": spell_whole(inputs)}
            caption.setText(fill(text, unit=unit, layer=layer + 1, limit=limit, **counts))
        self._show_readout()

    @Slot(int, int)
    def _on_row(self, unit: int, _input: int) -> None:
        self.unit_chosen.emit(unit)

    @Slot()
    def _show_readout(self) -> None:
        if self._numbers is None:
            return
        layer, place = self._numbers.layers[self._layer], place_of(self._of_unit)
        if self._of_layer.pointed:
            unit, place = self._of_layer.pointed
        elif place is not None and place < len(layer.before.kernel):
            unit = self._unit
        else:
            words = self.tr("The unit's bias has the slope {bias}; the steepest slope of the layer is {largest}.")
            largest = spell(float(np.abs(layer.gradient.kernel).max()), 6, 3)
            self._readout.setText(fill(words, bias=signed(float(layer.gradient.bias[self._unit])), largest=largest))
            return
        words = self.tr("{weight}: the loss changes by {slope} for each 1 that it grows")
        slope = signed(float(layer.gradient.kernel[place, unit]))
        self._readout.setText(fill(words, weight=weight_words(self._layer, place, unit), slope=slope))


class StepPicture(ReservedLines):
    """W0, what is subtracted from it, and W1, of one unit, and the gradient below: all are pointed at together."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._numbers: UpdateNumbers | None = None
        self._layer = self._unit = 0
        self._maps = tuple(self._map(*named) for named in self._names())
        self._captions = tuple(QLabel(self) for _ in self._maps)
        for caption in self._captions:
            theme.set_role(caption, "caption")
            caption.setWordWrap(True)  # beside the course three of them have no room in a row
            caption.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._rule = reserve_lines(paragraph("updateRule"), _SUM_LINES)
        self._readout = reserve_lines(paragraph("updateStepReadout"), _SUM_LINES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        heading = self.tr("Update: W1 = W0 − step · gradient")
        layout.addWidget(Panel(heading, self._grid(), parent=self))

    def _names(self) -> tuple[tuple[str, str], ...]:
        return (
            ("updateBefore", self.tr("Weights before the update, W0")),
            ("updateTaken", self.tr("Step times gradient: what is subtracted")),
            ("updateAfter", self.tr("Weights after the update, W1")),
            ("updateSlopes", self.tr("Gradient: slope of the loss along each weight")),
        )

    def _map(self, name: str, words: str) -> MatrixPicture:
        picture = MatrixPicture(self)
        picture.setObjectName(name)
        picture.setAccessibleName(words)
        picture.setToolTip(fill(self.tr("{}; point at a weight to read its update in numbers."), words))
        picture.pointed_changed.connect(self._on_pointed)
        return picture

    def _grid(self) -> QWidget:
        content = QWidget(self)
        grid = QGridLayout(content)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(theme.GAP)
        places = ((0, 0), (0, 2), (0, 4), (2, 2))
        for picture, caption, (down, across) in zip(self._maps, self._captions, places, strict=True):
            grid.addWidget(caption, down, across)
            grid.addWidget(picture, down + 1, across)
        for place, sign in enumerate("−="):
            label = QLabel(sign, self)
            theme.set_role(label, "large")
            grid.addWidget(label, 1, 2 * place + 1, Qt.AlignmentFlag.AlignCenter)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self._rule, 3, 0, top)
        grid.addWidget(self._readout, 3, 4, top)
        for stretched in (0, 2, 4):
            grid.setColumnStretch(stretched, 1)
        for stretched in (1, 3):
            grid.setRowStretch(stretched, 1)
        return content

    def show_numbers(self, numbers: UpdateNumbers, layer: int, unit: int) -> None:
        """Show another update, or another unit of it."""
        self._numbers, self._layer, self._unit = numbers, layer, unit
        part = numbers.layers[layer]
        before, after, slopes = (as_picture(one.kernel[:, unit]) for one in (part.before, part.after, part.gradient))
        with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
            taken = before - after
        both = np.concatenate([before, after])
        limit = float(np.abs(both[np.isfinite(both)]).max(initial=0))
        shown = ((before, limit), (taken, None), (after, limit), (slopes, None))
        words = (
            self.tr("W0 of unit {unit}, to ±{limit}"),
            self.tr("step · gradient, to ±{limit}"),
            self.tr("W1 of unit {unit}, to ±{limit}"),
            self.tr("gradient, to ±{limit}"),
        )
        for picture, caption, (values, ends), text in zip(self._maps, self._captions, shown, words, strict=True):
            picture.set_values(values, ends)
            caption.setText(fill(text, unit=unit, limit=spell(rounded(picture.limit, 3))))
        spec = optimizer_spec(numbers.experiment.optimizer)
        rule = self.tr("{optimizer}; g is the gradient, the learning rate η is {rate}.\n{formula}")
        rate = spell(numbers.update.learning_rate, None, None)
        self._rule.setText(fill(rule, optimizer=optimizer_name(numbers.experiment), rate=rate, formula=spec.formula))
        self._show_readout()

    @Slot(object)
    def _on_pointed(self, cell: tuple[int, int] | None) -> None:
        for picture in self._maps:
            picture.point(cell)
        self._show_readout()

    def _show_readout(self) -> None:
        numbers, picture = self._numbers, self._maps[0]
        place = place_of(picture)
        if numbers is None or place is None or place >= len(numbers.layers[self._layer].before.kernel):
            self._readout.setText(self.tr("Point at a weight to read its update in numbers."))
            return
        weight = numbers.layers[self._layer].weight(place, self._unit)
        name = fill(self.tr("{weight}:"), weight=weight_words(self._layer, place, self._unit))
        why = why_it_moves(weight, numbers.update, numbers.experiment)
        text = "\n".join([name, *sum_lines(weight), *([why] if why else [])])
        self._readout.setText(text)
        picture.setAccessibleDescription(text)


def as_picture(column: NDArray[np.floating]) -> NDArray[np.floating]:
    """A vector as a picture: 28×28 for the 784 pixels, else a rectangle row by row, filled up with NaN."""
    width = max(math.ceil(math.sqrt(len(column))), 1)
    rows = math.ceil(len(column) / width)
    picture = np.full(rows * width, np.nan, column.dtype)
    picture[: len(column)] = column
    return picture.reshape(rows, width)


def place_of(picture: MatrixPicture) -> int | None:
    """Which number of the vector is pointed at in its picture; it may lie beyond the vector's end."""
    if picture.pointed is None or picture.values is None:
        return None
    return int(picture.pointed[0] * picture.values.shape[1] + picture.pointed[1])


def weight_words(layer: int, place: int, unit: int) -> str:
    """Which weight it is, from what to what."""
    if layer == 0:
        row, column = divmod(place, _SIDE)
        words = QCoreApplication.translate("weights", "weight from pixel row {row}, column {column} to unit {unit}")
        return fill(words, row=row, column=column, unit=unit)
    words = QCoreApplication.translate("weights", "weight from unit {place} of the layer before to unit {unit}")
    return fill(words, place=place, unit=unit)


def signed(value: float) -> str:
    """A value with its sign, to six places."""
    words = spell(value, 6, 3)
    return f"+{words}" if value > 0 else words
