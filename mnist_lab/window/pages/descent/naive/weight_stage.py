"""One real weight: picked in its unit's picture, the loss along it, and the gradient's tangent laid over."""

import numpy as np
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.functions import Function
from mnist_lab.descent.sampled import sampled_function
from mnist_lab.studies.along import PASSES, Along
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.sweeping import EPSILON
from mnist_lab.window.pages.descent.naive.one_weight import OneWeight, TakenCurve
from mnist_lab.window.pages.descent.naive.weight_picker import WeightPicker
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import beside, captioned, paragraph
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.widgets.pictures import tile_mosaic
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import fill, spell, spell_whole

_SIDE = 28
_TANGENT_SHARE = 0.6


class WeightStage(QWidget):
    """The picture of a unit at the left, the loss along the chosen weight at the right.

    Signals:
        sampled(object): the curve as a descent `Function`.
    """

    sampled = Signal(object)

    def __init__(self, model: OneWeight, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._viewer = model.new_viewer()
        self._is_watching = False
        self._make_controls()
        self._make_plot()
        caption = self.tr("Each mark is one forward pass of the batch with this weight turned; the line has its slope.")
        plot = captioned(self._plot, caption)
        panel = Panel(self.tr("Loss along this weight"), plot, self._take, parent=self)
        beside(self._controls(), panel, parent=self)
        self._connect()

    def _make_controls(self) -> None:
        self._unit = WholeNumberBox(minimum=0, maximum=max(self._model.units - 1, 0))
        self._unit.setValue(self._model.unit)
        self._reach = RealNumberBox(minimum=0.001, maximum=100.0)
        self._reach.setValue(self._model.reach)
        self._form = FormGrid()
        self._form.add_field(
            self._unit, "naiveUnit", self.tr("Unit"), self.tr("Which unit of the first hidden layer, counted from 0.")
        )
        self._form.add_field(
            self._reach,
            "naiveReach",
            self.tr("To either side"),
            self.tr("How far the weight is turned away from what it is."),
        )
        self._picture = WeightPicker(self._model.cell)
        self._picture.setObjectName("naiveWeights")
        self._picture.setAccessibleName(self.tr("The weights of this unit, one for each pixel"))
        self._picture.setToolTip(
            self.tr("Click a weight to choose it; or go there with the arrow keys and press Enter or Space.")
        )
        self._picture.setFixedSize(self._picture.sizeHint())
        self._readout = paragraph("naiveWeightReadout", caption=True)
        self._slope = paragraph("naiveSlope")
        self._take = IconButton("ph.trend-down", self.tr("To the Descent tab"))
        self._take.setObjectName("naiveTake")
        self._take.setToolTip(self.tr("Walk down this curve with the optimizers of the Descent tab."))

    def _controls(self) -> ScrollColumn:
        words = self.tr(
            "Choose a weight of your network. It alone is turned, and the whole batch is run forward each time."
        )
        introduction = paragraph("naiveWeightIntroduction", words)
        parts = (introduction, self._form, self._picture, self._readout, self._slope)
        return ScrollColumn("naiveWeightControls", *parts, parent=self)

    def _make_plot(self) -> None:
        series = (
            Series("loss", self.tr("forward passes"), lambda palette: palette.training, has_marks=True),
            Series("tangent", self.tr("slope of the gradient"), lambda palette: palette.validation, counts=False),
            Series("now", self.tr("as it is"), lambda palette: palette.text, has_line=False, has_marks=True),
        )
        words = self.tr("Loss of the frozen batch along one weight")
        self._plot = XyPlot("naiveLossPlot", words, self.tr("weight"), self.tr("loss"), series, self)

    def _connect(self) -> None:
        self._unit.valueChanged.connect(self._on_unit)
        self._reach.valueChanged.connect(self._on_reach)
        self._picture.chosen_changed.connect(self._on_cell)
        self._picture.pointed_changed.connect(self._show_readout)
        self._take.clicked.connect(self._on_take)
        self._model.changed.connect(self._show_along)
        self._model.taken.connect(self._hand_on)
        self._show_unit()
        self._show_along()
        QTimer.singleShot(0, self, self._hand_on)  # who waits for curves connects after this

    # What the tab tells

    def set_network(self, looked: Looked) -> None:
        """Look at this network."""
        self._model.look_at(looked)
        self._unit.setRange(0, self._model.units - 1)
        self._show_unit()

    def watch(self, watch: bool) -> None:
        """Compute only while it is seen."""
        if watch != self._is_watching:
            self._is_watching = watch
            self._model.along.watch(watch)

    # What happens

    @Slot(int)
    def _on_unit(self, unit: int) -> None:
        self._model.choose(unit=unit)
        self._show_unit()

    @Slot(float)
    def _on_reach(self, reach: float) -> None:
        self._model.choose(reach=reach)

    @Slot()
    def _on_cell(self) -> None:
        self._model.choose(cell=self._picture.chosen)
        self._show_readout()

    def _show_unit(self) -> None:
        if self._model.looked is not None:
            kernel = self._model.looked.weights.layers[0].kernel
            unit = kernel[:, self._unit.value()].reshape(_SIDE, _SIDE)
            self._picture.set_values(unit, tile_mosaic.limit_of(kernel))
        self._show_readout()

    @Slot()
    def _show_readout(self) -> None:
        values, cell = self._picture.values, self._picture.pointed or self._picture.chosen
        if values is None:
            self._readout.clear()
            return
        words = self.tr("Weight from pixel row {row}, column {column} to unit {unit}: {value}")
        value = spell(float(values[cell]), 4)
        text = fill(words, row=cell[0], column=cell[1], unit=self._unit.value(), value=value)
        self._readout.setText(text)
        self._picture.setAccessibleDescription(text)

    @Slot()
    def _show_along(self) -> None:
        along = self._model.along.value
        is_whole = along is not None and bool(np.isfinite(along.losses).all())
        self._take.setEnabled(is_whole and not self._model.is_taking)
        if along is None:
            for name in ("loss", "tangent", "now"):
                self._plot.set_series(name, [], [])
            self._slope.setText("")
            self._plot.refresh()
            return
        middle = PASSES // 2
        weight, loss = along.values[middle], along.losses[middle]
        reach = _TANGENT_SHARE * (along.values[-1] - weight)
        ends = np.array([weight - reach, weight, weight + reach])
        self._plot.set_series("loss", along.values, along.losses)
        self._plot.set_series("tangent", ends, loss + along.slope * (ends - weight))
        self._plot.set_series("now", [weight], [loss])
        # A flat line is to look flat: rounding errors are not blown up to the height of the plot.
        is_flat = np.isfinite(loss) and np.ptp(along.losses) < 1e-9
        self._plot.set_ranges(y=(loss - max(loss, 0.1), loss + max(loss, 0.1)) if is_flat else None)
        self._plot.refresh()
        self._slope.setText(self._tell(along))

    def _tell(self, along: Along) -> str:
        choice = self._model.along.input
        assert choice is not None
        words = fill(
            self.tr(
                "{passes} forward passes of {images} images, after {updates} updates. Slope by the gradient {slope}; by"
                " two nudges of {epsilon} it is {nudged}."
            ),
            passes=PASSES,
            images=along.images,
            updates=spell_whole(choice.trained.weights.updates),
            slope=spell(along.slope, 6, 3),
            nudged=spell(along.nudged, 6, 3),
            epsilon=spell(EPSILON, None),
        )
        if along.is_black:
            words += " " + self.tr("A flat line: this weight sees no ink, so it changes nothing.")
        elif along.slope == 0:
            words += " " + self.tr(
                "Its slope here is 0: a small change does not get through this unit, for any image of the batch with"
                " ink at this pixel."
            )
        return words

    # The curve for the Descent tab

    @Slot()
    def _on_take(self) -> None:
        self._model.take()

    @Slot()
    def _hand_on(self) -> None:
        for curve in self._model.take_curves(self._viewer):
            self.sampled.emit(self._as_function(curve))

    def _as_function(self, curve: TakenCurve) -> Function:
        choice, along = curve.choice, curve.along
        row, column = divmod(choice.pixel, _SIDE)
        formula = self.tr("loss(w), w from pixel ({row}, {column}) to unit {unit}, after {updates} updates")
        return sampled_function(
            "network_weight",
            self.tr("Your network's loss along one weight"),
            fill(
                formula, row=row, column=column, unit=choice.unit, updates=spell_whole(choice.trained.weights.updates)
            ),
            self.tr("A real loss is smooth along one weight, and one weight alone hardly matters."),
            along.values,
            along.losses,
            curve.slopes,
            float(along.values[PASSES // 2]),
        )
