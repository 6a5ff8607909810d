"""The form of one edit: what is done, to which unit, by how much."""

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.inspection.edits import Edit, Prune, ScaleUnit, SetWeight, ShiftBias, SwitchOff
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.weights.choices import EditFields
from mnist_lab.window.widgets.basic.brought_by import set_brought_by
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.words import fill, rounded

_USUAL_AMOUNTS = {"scale": 2.0, "bias": 0.5, "weight": 0.0}
_LARGEST_AMOUNT = 1_000.0


class EditForm(QWidget):
    """Composes an edit; fields that it does not need are hidden.

    Signals:
        edit_made(object): the `Edit` that was asked for.
        unit_changed(): another unit or layer was chosen.
    """

    edit_made = Signal(object)
    unit_changed = Signal()

    def __init__(self, fields: EditFields, parent: QWidget | None = None) -> None:
        """Show what `fields` say, and keep there what the learner types and chooses."""
        super().__init__(parent)
        self._fields = fields
        self._grid = FormGrid(self)
        self._make_fields()
        self._apply = IconButton("ph.pencil-simple", self.tr("&Apply to the copy"), self)
        self._apply.setObjectName("applyEditButton")
        self._apply.setAccessibleName(self.tr("Apply to the copy"))
        self._apply.setToolTip(self.tr("Make this edit on the copy; the run and kept networks stay as they are."))
        self._apply.set_primary(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._grid)
        layout.addWidget(self._apply)
        shows_state(self)
        self._fill_layers()
        self._show_fields()
        self._connect()

    # Building

    def _make_fields(self) -> None:
        self._kind = DropDown(self)
        for words, kind in (
            (self.tr("switch a unit off"), "off"),
            (self.tr("scale a unit"), "scale"),
            (self.tr("shift a bias"), "bias"),
            (self.tr("set one weight"), "weight"),
            (self.tr("prune small weights"), "prune"),
        ):
            self._kind.addItem(words, kind)
        self._layer = DropDown(self)
        self._layer.addItem(self.tr("no network yet"))
        self._unit = WholeNumberBox(self)
        self._input = WholeNumberBox(self)
        self._amount = RealNumberBox(self, minimum=-_LARGEST_AMOUNT, maximum=_LARGEST_AMOUNT)
        self._percent = RealNumberBox(self, minimum=0, maximum=100)
        add = self._grid.add_field
        self._labels = {
            "kind": add(self._kind, "editKind", self.tr("E&dit"), self.tr("What is changed on the copy.")),
            "layer": add(self._layer, "editLayer", self.tr("La&yer"), self.tr("The layer of the unit.")),
            "unit": add(self._unit, "editUnit", self.tr("U&nit"), self.tr("The unit, numbered from 0.")),
            "input": add(
                self._input,
                "editInput",
                self.tr("&Input"),
                self.tr("The weight's input, numbered from 0; in layer 1 it is row · 28 + column of a pixel."),
            ),
            "amount": add(self._amount, "editAmount", self.tr("A&mount"), self.tr("By how much.")),
            "percent": add(
                self._percent,
                "editPercent",
                self.tr("&Per cent"),
                self.tr("How many of all weights become 0: those of smallest magnitude."),
            ),
        }
        for field in (self._input, self._amount, self._percent):
            set_brought_by(field, self._kind)
        self._layer.ensurePolished()
        room = self._layer.minimumSizeHint().width()  # for its first words: nothing moves when a network comes
        self._layer.setMinimumWidth(max(self._layer.minimumWidth(), room))

    def _connect(self) -> None:
        self._kind.currentIndexChanged.connect(self._on_kind_chosen)
        self._layer.currentIndexChanged.connect(self._on_layer_chosen)
        self._unit.valueChanged.connect(self._on_unit_chosen)
        for field in (self._input, self._amount, self._percent):
            field.valueChanged.connect(self._note)
        self._apply.clicked.connect(self._on_apply)

    # What can be edited

    def set_shapes(self, shapes: Sequence[tuple[int, int]]) -> None:
        """Say how many inputs and units each layer has; none: no network yet."""
        self._apply.setEnabled(bool(shapes))
        if tuple(shapes) != self._fields.shapes:
            self._fields.shapes = tuple(shapes)
            self._fill_layers()
            self._on_layer_chosen()

    def _fill_layers(self) -> None:
        shapes = self._fields.shapes
        self._apply.setEnabled(bool(shapes))
        self._layer.blockSignals(True)
        self._layer.clear()
        for layer in range(len(shapes)):
            words = self.tr("output") if layer == len(shapes) - 1 else self.tr("layer {}")
            self._layer.addItem(fill(words, layer + 1))
        if not shapes:
            self._layer.addItem(self.tr("no network yet"))
        self._layer.blockSignals(False)

    def _show_fields(self) -> None:
        """Put all fields where they stood before the form was built."""
        fields = self._fields
        self._kind.setCurrentIndex(self._kind.findData(fields.kind))
        self._layer.setCurrentIndex(fields.layer)
        self._set_ranges()
        self._unit.setValue(fields.unit)
        self._input.setValue(fields.input)
        self._amount.setValue(fields.amount)
        self._percent.setValue(fields.percent)
        self._show_needed_fields()

    def set_unit(self, layer: int, unit: int) -> None:
        """Choose a unit."""
        if layer < len(self._fields.shapes):
            self._layer.setCurrentIndex(layer)
            self._unit.setValue(min(unit, self._unit.maximum()))

    def set_weight(self, layer: int, position: int, unit: int, value: float) -> None:
        """Choose to set one weight, beginning with its value now."""
        self._kind.setCurrentIndex(self._kind.findData("weight"))
        self.set_unit(layer, unit)
        self._input.setValue(min(position, self._input.maximum()))
        self._amount.setValue(rounded(value, 4))

    @property
    def layer(self) -> int:
        """The chosen layer, from 0."""
        return max(self._layer.currentIndex(), 0)

    @property
    def unit(self) -> int:
        """The chosen unit, from 0."""
        return int(self._unit.value())

    @Slot()
    def _on_kind_chosen(self) -> None:
        kind = self._kind.currentData()
        self._show_needed_fields()
        if kind in _USUAL_AMOUNTS:
            self._amount.setValue(_USUAL_AMOUNTS[kind])
        self._note()

    def _show_needed_fields(self) -> None:
        kind = self._kind.currentData()
        shown = {"kind", "percent"} if kind == "prune" else {"kind", "layer", "unit"}
        shown |= {"amount"} if kind in ("scale", "bias", "weight") else set()
        shown |= {"input"} if kind == "weight" else set()
        for name, label in self._labels.items():
            label.setVisible(name in shown)
            label.buddy().setVisible(name in shown)
        names = {"scale": self.tr("&Factor"), "bias": self.tr("A&mount"), "weight": self.tr("New &weight")}
        self._labels["amount"].setText(names.get(kind, ""))

    @Slot()
    def _on_layer_chosen(self) -> None:
        self._set_ranges()
        self._on_unit_chosen()

    @Slot()
    def _on_unit_chosen(self) -> None:
        self._note()
        self.unit_changed.emit()

    def _set_ranges(self) -> None:
        inputs, units = self._fields.shapes[self.layer] if self._fields.shapes else (1, 1)
        self._unit.setMaximum(units - 1)
        self._input.setMaximum(inputs - 1)

    @Slot()
    def _note(self) -> None:
        fields = self._fields
        fields.kind, fields.layer, fields.unit = self._kind.currentData(), self.layer, self.unit
        fields.input, fields.amount = int(self._input.value()), float(self._amount.value())
        fields.percent = float(self._percent.value())

    @Slot()
    def _on_apply(self) -> None:
        self.edit_made.emit(self._edit())

    def _edit(self) -> Edit:
        layer, unit, amount = self.layer, self.unit, float(self._amount.value())
        match self._kind.currentData():
            case "off":
                return SwitchOff(layer, unit)
            case "scale":
                return ScaleUnit(layer, unit, amount)
            case "bias":
                return ShiftBias(layer, unit, amount)
            case "weight":
                return SetWeight(layer, int(self._input.value()), unit, amount)
            case _:
                return Prune(float(self._percent.value()))
