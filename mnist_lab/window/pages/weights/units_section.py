"""The Units tab: every unit of the first layer as a tile, in a chosen order, and one unit looked at closely."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mnist_lab.experiment import CLASSES
from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.units import (
    is_switched_off,
    order_by_activity,
    order_by_digit,
    order_by_norm,
    outgoing_weights,
    switched_off,
)
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window import theme
from mnist_lab.window.pages.weights.choices import UnitsChoice
from mnist_lab.window.pages.weights.unit_view import UnitPicture, UnitResponses
from mnist_lab.window.pages.weights.unit_words import UnitReport, unit_facts
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.layouts import lay_beside
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.pictures.tile_field import LARGEST_ZOOM
from mnist_lab.window.widgets.pictures.tile_look import TileLook
from mnist_lab.window.widgets.pictures.tile_mosaic import change_of
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from mnist_lab.window.words import fill, spell_whole


class UnitsSection(QWidget):
    """Controls and the open unit at the left, tiles and what the unit responds to at the right.

    Attributes:
        unit: number of the open unit.

    Signals:
        unit_changed(): another unit is open.
        picture_opened(int): index of a test image that was opened.
    """

    unit_changed = Signal()
    picture_opened = Signal(int)

    def __init__(self, choice: UnitsChoice, look: TileLook, parent: QWidget | None = None) -> None:
        """Show the unit that `choice` says, and the tiles as `look` says; what the learner chooses is kept there."""
        super().__init__(parent)
        self._choice = choice
        self._weights: NetworkWeights | None = None
        self._start: NetworkWeights | None = None
        self._report: UnitReport | None = None
        self._kernel: NDArray[np.float32] | None = None
        self._is_drawing_missing = False
        self._make_controls()
        self.tiles = WeightTiles(self, look)
        self.tiles.setObjectName("unitTiles")
        self._zoom.setValue(look.zoom)
        self._picture = UnitPicture("unitPicture", self)
        self._responses = UnitResponses(self)
        column = ScrollColumn("unitsArea", self._form, self._picture, parent=self)
        keep_controls_width(column)
        lay_beside(column, self._pictures(), self)
        self._connect()

    def _make_controls(self) -> None:
        self._form = FormGrid(self)
        self._order = DropDown(self)
        self._order.addItem(self.tr("by number"), "index")
        self._order.addItem(self.tr("longest weights first"), "norm")
        self._order.addItem(self.tr("most active for the drawing"), "drawing")
        for digit in range(CLASSES):
            self._order.addItem(fill(self.tr("largest weight to output {}"), digit), digit)
        self._form.add_field(
            self._order,
            "unitOrder",
            self.tr("&Order"),
            self.tr(
                "How the units stand: while the network trains, the order stays as it was when you chose it. With more"
                " hidden layers, the product of the weights up to the output counts."
            ),
        )
        self._zoom = WholeNumberBox(self, minimum=1, maximum=LARGEST_ZOOM)
        self._zoom.setPrefix("× ")
        self._form.add_field(
            self._zoom,
            "tileZoom",
            self.tr("Tile si&ze"),
            self.tr("How many times larger the tiles are shown; in the tiles, the keys + and − do the same."),
        )
        self._change = QCheckBox(self.tr("&Change since the start"), self)
        self._change.setObjectName("showChange")
        self._change.setToolTip(
            self.tr("Show what training did to each weight (now − start) instead of the weights themselves.")
        )
        self._form.add_wide(self._change)
        self._show_hint()

    def _pictures(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        self._tiles_panel = Panel(self.tr("Every unit of the first layer"), self.tiles, parent=self)
        column.addWidget(self._tiles_panel, 1)
        column.addWidget(
            Panel(self.tr("What the unit leads to, and what it responds to"), self._responses, parent=self)
        )
        return column

    def _connect(self) -> None:
        self._order.currentIndexChanged.connect(self._on_order_chosen)
        self._zoom.valueChanged.connect(self.tiles.set_zoom)
        self.tiles.field.zoom_changed.connect(self._zoom.setValue)
        self._change.toggled.connect(self._on_change_toggled)
        self.tiles.unit_activated.connect(self.open_unit)
        self._responses.picture_opened.connect(self.picture_opened)

    # What is shown

    @property
    def unit(self) -> int:
        """Number of the open unit."""
        return self._choice.unit

    def show_network(self, weights: NetworkWeights | None, start: NetworkWeights | None) -> None:
        """Show a network and, for the change, the same network before its first update (None: not known)."""
        before, self._weights, self._start = self._weights, weights, start
        self._change.setEnabled(start is not None or weights is None)
        if start is None and weights is not None:
            self._change.setChecked(False)
        is_other = before is not None and weights is not None and _first_units(before) != _first_units(weights)
        if weights is None or is_other:
            self.begin_network()
        self._stay_within(0 if weights is None else _first_units(weights))
        self._show_tiles()
        self._show_unit()

    def begin_network(self) -> None:
        """Let scale and order begin anew: another network comes."""
        self._report = None
        self._choice.forget_order()
        self.tiles.clear()

    def show_drawing(self, image: NDArray[np.float32] | None) -> None:
        """Take over the newest drawing: (784,) float32, 0 to 1; None: the pad is empty."""
        known, self._choice.drawing = self._choice.drawing, image
        if self._order.currentData() == "drawing" and not _are_equal(known, image):
            self.sort()

    def show_report(self, report: UnitReport | None) -> None:
        """Show what a unit responds to; None while that is unknown."""
        self._report = report
        self._show_unit()

    def sort(self) -> None:
        """Let the units stand in the chosen order, as the weights are now."""
        choice, sorted_by = self._choice, self._order.currentData()
        self._is_drawing_missing = sorted_by == "drawing" and choice.drawing is None
        self._show_hint()
        if self._weights is not None and self.tiles.field.units:
            choice.sorted_by, choice.order = sorted_by, self._order_of(self._weights)
            self.tiles.set_order(choice.order)

    def _show_hint(self) -> None:
        """Say what the colours mean where one looks first, unless what was asked for is not there."""
        if self._is_drawing_missing:
            hint = self.tr("The pad is empty: draw a digit first. Until then the units stand by number.")
        elif self._change.isChecked():
            hint = self.tr("Orange: training has raised this weight; blue: it has lowered it. Click a tile to open it.")
        else:
            hint = self.tr(
                "Orange: ink at this pixel excites the unit; blue: ink there quiets it. Click a tile to open it."
            )
        self._form.complaints.show_message(hint)

    @Slot(int)
    def open_unit(self, unit: int) -> None:
        """Look at a unit closely, if there is such a unit."""
        units = self.tiles.field.units
        self._choice.opened += 1
        if unit != self.unit and (unit < units or not units):
            self._choice.unit = unit
            self._show_unit()
            self.unit_changed.emit()

    def _stay_within(self, units: int) -> None:
        """Open the last unit where there are too few for the one that is open."""
        last = max(units - 1, 0)
        if self.unit > last:
            self._choice.unit = last
            self.unit_changed.emit()

    def _show_tiles(self) -> None:
        if self._weights is None:
            self._kernel = None
            self.tiles.clear()
            return
        self._kernel = self._weights.layers[0].kernel
        start = self._start if self._change.isChecked() else None
        if start is not None:
            self._kernel = change_of(self._kernel, start.layers[0].kernel)
        self.tiles.set_shows_change(start is not None)
        was_empty = not self.tiles.field.units
        self.tiles.set_kernel(self._kernel, self._weights.updates)
        self.tiles.set_off(switched_off(self._weights, 0))
        if was_empty:
            self._arrange_tiles()

    def _arrange_tiles(self) -> None:
        """Let the units stand as they did before the tab was built; those of another network are sorted anew."""
        choice, selected = self._choice, self.tiles.field.selected
        if choice.sorted_by is None or choice.sorted_by != self._order.currentData():
            self.tiles.select(self.unit)
            self.sort()
        elif choice.order is not None:
            self.tiles.set_order(choice.order)
            self.tiles.select(selected)

    def _order_of(self, weights: NetworkWeights) -> NDArray[np.intp] | None:
        choice = self._order.currentData()
        if choice == "norm":
            return order_by_norm(weights, 0)
        if choice == "drawing":
            drawing = self._choice.drawing
            return None if drawing is None else order_by_activity(weights, 0, drawing)
        return None if choice == "index" else order_by_digit(weights, 0, choice)

    def _show_unit(self) -> None:
        if self._weights is None or self._kernel is None:
            self._picture.show_unit(self.tr("No unit yet"), None, 0.0, "")
            self._responses.show_outgoing((), is_direct=True)
            self._responses.show_digits(None, None, None)
            return
        weights, unit = self._weights, self.unit
        title = self.tr("Change of unit {}") if self._change.isChecked() else self.tr("Unit {}")
        report = self._report if self._report is not None and self._report.unit == unit else None
        self._picture.show_unit(
            fill(title, spell_whole(unit)),
            self._kernel[:, unit],
            self.tiles.limit,
            unit_facts(weights, unit, report),
            is_off=is_switched_off(weights, 0, unit),
        )
        outgoing = outgoing_weights(weights, 0, unit)
        self._responses.show_outgoing(outgoing.tolist(), is_direct=len(weights.layers) == 2)
        if report is None:
            self._responses.show_digits(None, None, None)
        else:
            activity, rest = report.activity, ACTIVATION_FUNCTIONS[weights.activation].rest
            self._responses.show_digits(report.images, activity.strongest_of(0), activity.least_of(0), rest)

    @Slot()
    def _on_order_chosen(self) -> None:
        self.sort()

    @Slot()
    def _on_change_toggled(self) -> None:
        self._show_hint()
        if self._weights is not None:
            self._choice.forget_order()  # another scale
            self.tiles.clear()
            self._show_tiles()
            self._show_unit()


def _first_units(weights: NetworkWeights) -> int:
    """How many units the first layer has."""
    return len(weights.layers[0].bias)


def _are_equal(drawing: NDArray[np.float32] | None, other: NDArray[np.float32] | None) -> bool:
    if drawing is None or other is None:
        return drawing is other
    return np.array_equal(drawing, other)
