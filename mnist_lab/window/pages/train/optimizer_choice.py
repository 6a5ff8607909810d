"""The list of optimizers, which explains the chosen one."""

from html import escape

from PySide6.QtWidgets import QWidget

from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec, optimizer_spec
from mnist_lab.window import theme, translation
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.words import fill


class OptimizerChoice(DropDown):
    """Offers every optimizer of the registry by its label; its data are the identifiers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for spec in OPTIMIZERS:
            self.addItem(translation.translate("optimizers", spec.label), spec.identifier)

    @property
    def spec(self) -> OptimizerSpec:
        """The chosen one."""
        return optimizer_spec(self.currentData())

    def explain(self) -> None:
        """Let the tooltip tell the chosen one's update rule and source."""
        self.setToolTip(self._rule_and_source(self.spec))

    def _rule_and_source(self, spec: OptimizerSpec) -> str:
        """Rich text: the update rule, a line for each assignment, and in small type the publication it comes from."""
        rule = escape(spec.formula).replace(";  ", "<br>")
        source = escape(fill(self.tr("Source: {}"), spec.source))
        small = theme.fonts.points("small")
        return f'<p style="white-space:nowrap">{rule}</p><p style="font-size:{small}pt">{source}</p>'
