"""The optimizers to let go together, each with its marker and its own settings."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.descent.update_rule import RuleSetting, UpdateRule
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import theme, translation
from mnist_lab.window.descent_parts import looks
from mnist_lab.window.widgets.form_grid import FormGrid
from mnist_lab.window.widgets.number_fields import RealNumberBox


class OptimizerList(QWidget):
    """One switch for each rule; the settings of those that are on stand below their switch.

    Signals:
        chosen_changed(): another set of rules is on.
        looked_at_changed(str): the rule to look at closely.
        setting_changed(str, str, float): rule, setting, value.
    """

    chosen_changed = Signal()
    looked_at_changed = Signal(str)
    setting_changed = Signal(str, str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxes: dict[str, QCheckBox] = {}
        self._forms: dict[str, FormGrid] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for rule in RULES:
            layout.addWidget(self._row(rule))
            if rule.settings:
                layout.addWidget(self._form(rule))
        self._look = QComboBox()
        self._look_form = FormGrid()
        self._look_form.add_field(
            self._look,
            "descentLookedAt",
            self.tr("Look &closely at"),
            self.tr("Whose tangent, next step, table, inner state, basins and stability are shown."),
        )
        layout.addWidget(self._look_form)
        self._boxes["sgd"].setChecked(True)
        self.offer(("sgd",), "sgd")
        for box in self._boxes.values():
            box.toggled.connect(self._on_toggled)
        self._look.currentIndexChanged.connect(self._on_look)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The rules that are on."""
        return tuple(name for name, box in self._boxes.items() if box.isChecked())

    def offer(self, identifiers: tuple[str, ...], looked_at: str) -> None:
        """Let one of these be looked at."""
        self._look.blockSignals(True)
        self._look.clear()
        for name in identifiers:
            self._look.addItem(looks.icon(name, theme.current()), looks.name(name), name)
        self._look.setCurrentIndex(max(self._look.findData(looked_at), 0))
        self._look.setEnabled(len(identifiers) > 1)
        self._look.blockSignals(False)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours of the icons."""
        for index in range(self._look.count()):
            self._look.setItemIcon(index, looks.icon(self._look.itemData(index), palette))

    def _row(self, rule: UpdateRule) -> QWidget:
        row, name = QWidget(self), looks.name(rule.identifier)
        box = QCheckBox(name, row)
        box.setObjectName(f"descentRule_{rule.identifier}")
        box.setAccessibleName(name)
        box.setToolTip(self.tr("Let a ball go by {} from the same start.").format(name))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(looks.Mark(rule.identifier, row))
        layout.addWidget(box, 1)
        self._boxes[rule.identifier] = box
        return row

    def _form(self, rule: UpdateRule) -> FormGrid:
        form = FormGrid(self)
        form.setContentsMargins(theme.LARGE_GAP, 0, 0, theme.SMALL_GAP)
        for setting in rule.settings:
            self._add_setting(form, rule, setting)
        form.hide()
        self._forms[rule.identifier] = form
        return form

    def _add_setting(self, form: FormGrid, rule: UpdateRule, setting: RuleSetting) -> None:
        field = RealNumberBox(form, minimum=setting.minimum, maximum=setting.maximum)
        field.setValue(setting.default)
        words = translation.translate("optimizers", setting.label)
        form.add_field(
            field,
            f"descentSetting_{rule.identifier}_{setting.name}",
            words,
            self.tr("{setting} of {rule}, from the next step on.").format(
                setting=words, rule=looks.name(rule.identifier)
            ),
        )
        field.valueChanged.connect(
            lambda value, rule=rule.identifier, name=setting.name: self.setting_changed.emit(rule, name, value)
        )

    @Slot()
    def _on_toggled(self) -> None:
        for name, form in self._forms.items():
            form.setVisible(self._boxes[name].isChecked())
        self.chosen_changed.emit()

    @Slot(int)
    def _on_look(self, index: int) -> None:
        if index >= 0:
            self.looked_at_changed.emit(self._look.itemData(index))
