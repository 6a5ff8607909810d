"""The hidden layers of a network: how many, and the units of each."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.experiment import LIMITS, MOST_HIDDEN_LAYERS
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.yielding_row import YieldingRow
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.words import fill


class HiddenLayers(QWidget):
    """One field for each hidden layer, one to four, and buttons that add and remove the last.

    Signals:
        units_changed(): other units, or another number of layers.
    """

    units_changed = Signal()

    def __init__(self, all_units: list[int], complaints: Complaints, parent: QWidget | None = None) -> None:
        """Show the first layer; `all_units` of each layer there can be are kept up to date."""
        super().__init__(parent)
        self._all_units = all_units
        self._grid = FormGrid(self, complaints=complaints)
        self.fields = tuple(self._make_field(index) for index in range(MOST_HIDDEN_LAYERS))
        self._add = IconButton("ph.plus", self.tr("Add a layer"), self)
        self._remove = IconButton("ph.minus", self.tr("Remove"), self)
        self._build()
        self.set_units(tuple(all_units[:1]))

    @property
    def units(self) -> tuple[int, ...]:
        """Units of each layer, first to last."""
        return tuple(field.value() for field in self.fields[: self._count])

    def set_units(self, units: tuple[int, ...]) -> None:
        """Show these layers."""
        self._count = len(units)
        for field, value in zip(self.fields, units, strict=False):
            field.setValue(value)
        self._show_rows()

    def _make_field(self, index: int) -> WholeNumberBox:
        limits = LIMITS["hidden_units"]
        field = WholeNumberBox(self, minimum=int(limits.minimum), maximum=int(limits.maximum))
        field.setValue(self._all_units[index])
        explanation = self.tr(
            "How many units the layer has. Each looks at everything that comes in and learns one thing to look for."
        )
        name = "hiddenUnits" if index == 0 else f"hiddenUnits{index + 1}"
        label = self._grid.add_field(field, name, self.tr("H&idden units"), explanation)
        field.valueChanged.connect(self._on_value)
        field.setProperty("label", label)
        return field

    def _build(self) -> None:
        self._add.setObjectName("addLayerButton")
        self._add.setToolTip(self.tr("Put one more hidden layer before the output, up to four."))
        self._add.clicked.connect(self._on_add)
        self._remove.setObjectName("removeLayerButton")
        self._remove.setToolTip(self.tr("Take the last hidden layer away."))
        self._remove.clicked.connect(self._on_remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._grid)
        layout.addWidget(YieldingRow(self._add, self._remove, parent=self))

    @Slot()
    def _on_value(self) -> None:
        self._all_units[:] = [field.value() for field in self.fields]
        self.units_changed.emit()

    @Slot()
    def _on_add(self) -> None:
        self._count += 1
        self._show_rows()
        new = self.fields[self._count - 1]
        new.setFocus()
        new.selectAll()  # what is typed next replaces the number
        self.units_changed.emit()

    @Slot()
    def _on_remove(self) -> None:
        self._count -= 1
        self._show_rows()
        self.units_changed.emit()

    def _show_rows(self) -> None:
        for index, field in enumerate(self.fields):
            label = field.property("label")
            label.setText(self._name(index))
            field.setAccessibleName(label.text().replace("&", ""))
            field.setVisible(index < self._count)
            label.setVisible(index < self._count)
        self._add.setEnabled(self._count < MOST_HIDDEN_LAYERS)
        self._remove.setVisible(self._count > 1)
        self._remove.setText(fill(self.tr("Remove layer {}"), self._count))
        self._remove.setAccessibleName(self._remove.text())

    def _name(self, index: int) -> str:
        """One layer is called by what its number counts, several by their places."""
        if self._count == 1:
            return self.tr("H&idden units")
        return fill(self.tr("Layer {}"), f"&{index + 1}")
