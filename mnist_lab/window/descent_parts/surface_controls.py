"""The controls of the surfaces: which one, how long the valley is, the rate, the optimizers, and the run."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from mnist_lab.descent.surfaces import SURFACES, Surface, valley
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window.descent_parts.log_slider import LogSlider
from mnist_lab.window.descent_parts.rules_form import RulesForm
from mnist_lab.window.descent_parts.run_bar import RunBar
from mnist_lab.window.naive_parts.stage import paragraph
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.form_grid import FormGrid
from mnist_lab.window.widgets.named_slider import NamedSlider
from mnist_lab.window.widgets.notice import Notice
from mnist_lab.window.widgets.number_text import spell
from mnist_lab.window.widgets.scroll_column import CONTROLS_WIDTH, ScrollColumn

_STEPS_A_DECADE = 20
_LARGEST_CONDITION = 3
"""As a power of ten."""
_USUAL_CONDITION = 28


def condition_at(place: int) -> float:
    """The condition number at a place of the slider, to two figures."""
    return float(f"{10 ** (place / _STEPS_A_DECADE):.2g}")


class SurfaceControls(ScrollColumn):
    """What the learner sets.

    Signals:
        surface_changed(): another surface, or another valley.
        rate_changed(float): the learning rate.
    """

    surface_changed = Signal()
    rate_changed = Signal(float)

    def __init__(self, parent: QWidget) -> None:
        self._make_surface()
        self.rate = LogSlider(
            "surfaceRate",
            self.tr("Learning rate η"),
            self.tr("Of all optimizers; may be changed at any time."),
            (-4, 1),
        )
        self.rules = RulesForm("surface", tuple(rule.identifier for rule in RULES))
        self.run = RunBar("surface")
        super().__init__(
            "surfaceControls",
            self._form,
            self._teaches,
            self._condition,
            self.run,
            self.rate,
            self.limit,
            self.rules,
            parent=parent,
        )
        self.setFixedWidth(CONTROLS_WIDTH)
        self._choice.currentIndexChanged.connect(self._on_surface)
        self._condition.changed.connect(self.surface_changed)
        self.rate.changed.connect(self.rate_changed)
        self._on_surface()

    def _make_surface(self) -> None:
        self._form = FormGrid()
        self._choice = QComboBox()
        for surface in SURFACES:
            self._choice.addItem(translate("descent", surface.label))
        self._form.add_field(self._choice, "surfaceKind", self.tr("&Surface"), self.tr("What is descended."))
        self._teaches = paragraph("surfaceTeaches", caption=True)
        self._teaches.setMinimumHeight(3 * self._teaches.fontMetrics().lineSpacing())
        self._condition = NamedSlider(
            "surfaceCondition",
            self.tr("Condition"),
            self.tr("The curvature across the valley over the curvature along it."),
            (0, _LARGEST_CONDITION * _STEPS_A_DECADE),
            lambda place: spell(condition_at(place)),
        )
        self._condition.set_value(_USUAL_CONDITION)
        policy = self._condition.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._condition.setSizePolicy(policy)
        self.limit = Notice()
        self.limit.setObjectName("surfaceLimit")
        self.limit.reserve_lines(3)

    @property
    def surface(self) -> Surface:
        """The chosen one."""
        surface = SURFACES[self._choice.currentIndex()]
        return valley(self.condition) if self.condition else surface

    @property
    def condition(self) -> float:
        """The valley's condition number; 0 for what is no valley."""
        is_valley = SURFACES[self._choice.currentIndex()].identifier == "valley"
        return condition_at(self._condition.value) if is_valley else 0.0

    @Slot()
    def _on_surface(self) -> None:
        surface = self.surface
        self._teaches.setText(translate("descent", surface.teaches))
        self._condition.setVisible(bool(self.condition))
        self.rate.set_value(float(f"{surface.rate:.2g}"))
        self.surface_changed.emit()
