"""Which optimizers go together, which of them is looked at closely, and their settings."""

from collections.abc import Callable, Collection, Mapping

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mnist_lab.descent.update_rule import UpdateRule
from mnist_lab.descent.update_rules import RULES
from mnist_lab.optimizers import Setting
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.descent.looks import icon, name
from mnist_lab.window.widgets.basic.brought_by import set_brought_by
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox
from mnist_lab.window.words import fill, spell_setting

_WIDE_CHOICE = 190
"""Of the choice among all rules, in logical pixels."""


class OptimizerList(QWidget):
    """A switch with its marker for each rule, a choice among those that are on, and fields.

    Attributes:
        chosen: the identifiers of the rules that are on, in the order of `RULES`.
        looked_at: the one of them that is looked at closely; "" while none is on.

    Signals:
        chosen_changed(): another set of rules is on, and so perhaps another looked at.
        looked_at_changed(str): another of the same set is looked at.
        setting_changed(str, str, float): rule, setting, value.
    """

    chosen_changed = Signal()
    looked_at_changed = Signal(str)
    setting_changed = Signal(str, str, float)

    def __init__(
        self,
        prefix: str,
        chosen: Collection[str],
        closely: str,
        parent: QWidget | None = None,
        *,
        joint: str = "_",
        is_brief: bool = False,
    ) -> None:
        """Name the parts "<prefix>Rule…" and "<prefix>Setting…", with the joint between, and "<prefix>LookedAt".

        Args:
            prefix: how the names begin.
            chosen: the rules that are on at first.
            closely: what looking closely at a rule shows, for the tooltip.
            parent: as everywhere in Qt.
            joint: stands before each identifier in a name.
            is_brief: for all rules at once: only the one looked at shows its settings, and the last one stays on;
                else all that are on show theirs under their switch, and there may be none.
        """
        super().__init__(parent)
        self._prefix, self._joint, self._is_brief = prefix, joint, is_brief
        self._boxes = {rule.identifier: self._box(rule, rule.identifier in chosen) for rule in RULES}
        self._fields: dict[str, dict[str, RealNumberBox]] = {rule.identifier: {} for rule in RULES}
        self._forms = {rule.identifier: self._form(rule) for rule in RULES if rule.settings}
        self._look, self._look_form = DropDown(), FormGrid()
        self._look_form.add_field(self._look, f"{prefix}LookedAt", self.tr("Look &closely at"), closely)
        self._look.setMaxVisibleItems(len(RULES))
        # One width, whichever names it offers when it is shown first: the longest would not fit into the column.
        self._look.setFixedWidth(theme.fonts.scaled(_WIDE_CHOICE) if is_brief else self._look.minimumWidth())
        self._lay_out()
        self._offer("")
        self.set_palette(theme.current())
        for box in self._boxes.values():
            box.toggled.connect(self._on_toggled)
        self._look.currentIndexChanged.connect(self._on_look)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The rules that are on."""
        return tuple(identifier for identifier, box in self._boxes.items() if box.isChecked())

    @property
    def looked_at(self) -> str:
        """The one that is looked at closely."""
        return self._look.currentData() or ""

    def show_rules(
        self, chosen: Collection[str], looked_at: str, settings_of: Callable[[str], Mapping[str, float]]
    ) -> None:
        """Show these as if they had been set here, without saying so."""
        with QSignalBlocker(self):
            for identifier, box in self._boxes.items():
                box.setChecked(identifier in chosen)
                for setting, value in settings_of(identifier).items():
                    self._fields[identifier][setting].setValue(value)
            self._offer(looked_at)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours of the markers."""
        for identifier, box in self._boxes.items():
            box.setIcon(icon(identifier, palette))
        for row in range(self._look.count()):
            self._look.setItemIcon(row, icon(self._look.itemData(row), palette))

    # Building

    def _box(self, rule: UpdateRule, is_chosen: bool) -> QCheckBox:
        box = QCheckBox(name(rule.identifier), self)
        box.setObjectName(f"{self._prefix}Rule{self._joint}{rule.identifier}")
        box.setAccessibleName(name(rule.identifier))
        box.setToolTip(self.tr("Let this optimizer go from the same start; it makes up for the steps made so far."))
        box.setChecked(is_chosen)
        return box

    def _form(self, rule: UpdateRule) -> FormGrid:
        form = FormGrid(self)
        set_brought_by(form, self._boxes[rule.identifier])
        form.setContentsMargins(0 if self._is_brief else theme.LARGE_GAP, 0, 0, theme.SMALL_GAP)
        for setting in rule.settings:
            self._fields[rule.identifier][setting.name] = self._add_setting(form, rule, setting)
        return form

    def _add_setting(self, form: FormGrid, rule: UpdateRule, setting: Setting) -> RealNumberBox:
        field = RealNumberBox(form, minimum=setting.minimum, maximum=setting.maximum)
        field.setValue(setting.default)
        least, most, usual = (spell_setting(value) for value in (setting.minimum, setting.maximum, setting.default))
        explanation = self.tr("Of {rule}, from the next step on: from {least} to {most}, usually {usual}.")
        form.add_field(
            field,
            f"{self._prefix}Setting{self._joint}{rule.identifier}{self._joint}{setting.name}",
            translation.translate("optimizers", setting.label),
            fill(explanation, rule=name(rule.identifier), least=least, most=most, usual=usual),
        )

        def tell(value: float) -> None:
            self.setting_changed.emit(rule.identifier, setting.name, value)

        field.valueChanged.connect(tell)
        return field

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        for identifier, box in self._boxes.items():
            layout.addWidget(box)
            if not self._is_brief and identifier in self._forms:
                layout.addWidget(self._forms[identifier])
        layout.addSpacing(theme.SMALL_GAP)
        layout.addWidget(self._look_form)
        if self._is_brief:
            layout.addSpacing(theme.SMALL_GAP)
            for form in self._forms.values():
                layout.addWidget(form)

    # What is set

    def _offer(self, looked_at: str) -> None:
        """Offer those that are on, keep to the one looked at if it is among them, and show the settings."""
        chosen = self.chosen
        with QSignalBlocker(self._look):
            self._look.clear()
            for identifier in chosen:
                self._look.addItem(icon(identifier, theme.current()), name(identifier), identifier)
            self._look.setCurrentIndex(max(self._look.findData(looked_at), 0))
        self._look.setEnabled(len(chosen) > 1)
        for box in self._boxes.values():
            is_last = self._is_brief and len(chosen) == 1 and box.isChecked()
            box.setEnabled(not is_last)
        self._show_settings()

    def _show_settings(self) -> None:
        for identifier, form in self._forms.items():
            is_on = self._boxes[identifier].isChecked()
            form.setVisible(identifier == self.looked_at if self._is_brief else is_on)

    @Slot(bool)
    def _on_toggled(self, _is_on: bool) -> None:
        self._offer(self.looked_at)
        self.chosen_changed.emit()

    @Slot(int)
    def _on_look(self, _index: int) -> None:
        self._show_settings()
        self.looked_at_changed.emit(self.looked_at)
