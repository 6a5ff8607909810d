"""The optimizer's own settings: fields that follow from its entry in the registry."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mnist_lab.optimizers import Setting, optimizer_spec
from mnist_lab.window import translation
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox


class OptimizerSettings(QWidget):
    """Shows the settings of one optimizer at a time and remembers those of the others.

    Signals:
        settings_changed(): a setting has another value.
        problem_changed(): a field's text cannot be used, or can be used again.
    """

    settings_changed = Signal()
    problem_changed = Signal()

    def __init__(
        self, chosen: dict[str, dict[str, float | bool]], complaints: Complaints, parent: QWidget | None = None
    ) -> None:
        """Show no optimizer yet; `chosen` settings, by an optimizer's identifier, are kept up to date."""
        super().__init__(parent)
        self._identifier = ""
        self._chosen = chosen
        self._complaints = complaints
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._grid: FormGrid | None = None

    @property
    def settings(self) -> dict[str, float | bool]:
        """What differs from the optimizer's defaults."""
        return dict(self._chosen.get(self._identifier, {}))

    def show_optimizer(self, identifier: str, settings: dict[str, float | bool] | None = None) -> None:
        """Show another optimizer's fields, with `settings` or with what was chosen for it before."""
        if settings is not None:
            if settings == self._chosen.get(identifier, {}) and identifier == self._identifier:
                return
            self._chosen[identifier] = dict(settings)
        elif identifier == self._identifier:
            return
        self._identifier = identifier
        self._rebuild()

    def _rebuild(self) -> None:
        if self._grid is not None:
            self._complaints.drop_fields(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = FormGrid(self, complaints=self._complaints)
        self._layout.addWidget(self._grid)
        for setting in optimizer_spec(self._identifier).settings:
            self._add(self._grid, setting)

    def _add(self, grid: FormGrid, setting: Setting) -> None:
        label = translation.translate("optimizers", setting.label)
        explanation = translation.translate("optimizers", setting.explanation)
        value = self.settings.get(setting.name, setting.default)
        field: QCheckBox | RealNumberBox
        if isinstance(setting.default, bool):
            field = QCheckBox(self)
            field.setChecked(bool(value))
            field.toggled.connect(lambda checked: self._choose(setting, checked))
        else:
            field = RealNumberBox(self, minimum=setting.minimum, maximum=setting.maximum)
            field.setValue(float(value))
            field.valueChanged.connect(lambda number: self._choose(setting, number))
            field.problem_changed.connect(self.problem_changed)
        grid.add_field(field, f"optimizer_{setting.name}", label, explanation)

    def _choose(self, setting: Setting, value: float | bool) -> None:
        chosen = self._chosen.setdefault(self._identifier, {})
        if value == setting.default:
            chosen.pop(setting.name, None)
        else:
            chosen[setting.name] = value
        self.settings_changed.emit()
