"""Which optimizers run together, which of them is looked at closely, and the settings of that one."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from mnist_lab.descent.update_rule import RuleSetting, UpdateRule
from mnist_lab.descent.update_rules import RULES, rule_of
from mnist_lab.window import theme, translation
from mnist_lab.window.descent_parts.looks import icon, name
from mnist_lab.window.widgets.form_grid import FormGrid
from mnist_lab.window.widgets.number_fields import RealNumberBox


class RulesForm(QWidget):
    """Checkboxes with each optimizer's marker, and fields.

    Attributes:
        chosen: the identifiers of those that run, in fixed order; at least one.
        looked_at: the one that is looked at closely, one of them.

    Signals:
        chosen_changed(): others run, or another is looked at.
        setting_changed(str, str, float): identifier, setting and value.
    """

    chosen_changed = Signal()
    setting_changed = Signal(str, str, float)

    def __init__(self, prefix: str, chosen: tuple[str, ...], parent: QWidget | None = None) -> None:
        """Name the parts after `prefix`: "<prefix>Rule…", "<prefix>LookedAt", "<prefix>Setting…"."""
        super().__init__(parent)
        self._prefix = prefix
        self._boxes = {rule.identifier: self._box(rule, rule.identifier in chosen) for rule in RULES}
        self._closely = QComboBox(self)
        self._settings = QStackedWidget(self)
        self._pages = {rule.identifier: self._fields(rule) for rule in RULES}
        self._lay_out()
        self._fill()
        self.set_palette(theme.current())
        self._closely.currentIndexChanged.connect(self._on_closely)

    @property
    def chosen(self) -> tuple[str, ...]:
        """Those that run."""
        return tuple(identifier for identifier, box in self._boxes.items() if box.isChecked())

    @property
    def looked_at(self) -> str:
        """The one that is looked at closely."""
        return str(self._closely.currentData())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        for identifier, box in self._boxes.items():
            box.setIcon(icon(identifier, palette))
        for row in range(self._closely.count()):
            self._closely.setItemIcon(row, icon(self._closely.itemData(row), palette))

    def _box(self, rule: UpdateRule, is_chosen: bool) -> QCheckBox:
        box = QCheckBox(name(rule.identifier), self)
        box.setObjectName(f"{self._prefix}Rule{rule.identifier}")
        box.setAccessibleName(name(rule.identifier))
        box.setToolTip(self.tr("Let this optimizer run from the same start; it makes up for the steps made so far."))
        box.setChecked(is_chosen)
        box.toggled.connect(self._on_toggled)
        return box

    def _fields(self, rule: UpdateRule) -> FormGrid:
        grid = FormGrid(self)
        for setting in rule.settings:
            self._add(grid, rule, setting)
        self._settings.addWidget(grid)
        return grid

    def _add(self, grid: FormGrid, rule: UpdateRule, setting: RuleSetting) -> None:
        field = RealNumberBox(minimum=setting.minimum, maximum=setting.maximum)
        field.setValue(setting.default)
        explanation = self.tr("From {least:g} to {most:g}; usual is {usual:g}.")
        grid.add_field(
            field,
            f"{self._prefix}Setting{rule.identifier}{setting.name}",
            translation.translate("optimizers", setting.label),
            explanation.format(least=setting.minimum, most=setting.maximum, usual=setting.default),
        )

        def tell(value: float) -> None:
            self.setting_changed.emit(rule.identifier, setting.name, value)

        field.valueChanged.connect(tell)

    def _lay_out(self) -> None:
        boxes = QGridLayout()
        boxes.setSpacing(0)
        for place, box in enumerate(self._boxes.values()):
            boxes.addWidget(box, place, 0)
        closely = FormGrid(self)
        closely.add_field(
            self._closely,
            f"{self._prefix}LookedAt",
            self.tr("Look closely at"),
            self.tr("Whose tangent, next step, inner state, basins and limits are shown."),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addLayout(boxes)
        layout.addWidget(closely)
        layout.addWidget(self._settings)

    def _fill(self) -> None:
        """Offer those that run, and keep to the one looked at if it still does."""
        before = self.looked_at
        with QSignalBlocker(self._closely):
            self._closely.clear()
            for identifier in self.chosen:
                self._closely.addItem(icon(identifier, theme.current()), name(identifier), identifier)
            self._closely.setCurrentIndex(max(self._closely.findData(before), 0))
        self._settings.setCurrentWidget(self._pages[self.looked_at])
        self._settings.setVisible(bool(rule_of(self.looked_at).settings))

    @Slot(bool)
    def _on_toggled(self, _is_on: bool) -> None:
        chosen = self.chosen
        for box in self._boxes.values():  # the last one stays
            box.setEnabled(len(chosen) > 1 or not box.isChecked())
        self._fill()
        self.chosen_changed.emit()

    @Slot(int)
    def _on_closely(self, _index: int) -> None:
        self._settings.setCurrentWidget(self._pages[self.looked_at])
        self._settings.setVisible(bool(rule_of(self.looked_at).settings))
        self.chosen_changed.emit()
