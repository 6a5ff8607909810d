"""The controls of the surfaces: which one, how long the valley is, the rate, the optimizers, and the run."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from mnist_lab.descent.surfaces import SURFACES, Surface, valley
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window.pages.descent.curve.optimizer_list import OptimizerList
from mnist_lab.window.pages.descent.run_bar import RunBar
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.scroll_column import CONTROLS_WIDTH, ScrollColumn
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.log_slider import LogSlider
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.words import rounded, spell

_STEPS_A_DECADE = 20
_LARGEST_CONDITION = 3
"""As a power of ten."""
_USUAL_CONDITION = 28


def condition_at(place: int) -> float:
    """The condition number at a place of the slider, to two figures."""
    return rounded(10 ** (place / _STEPS_A_DECADE), 2)


class SurfaceControls(ScrollColumn):
    """What the learner sets.

    Signals:
        surface_changed(): another surface, or another valley.
        rate_changed(float): the learning rate.
        slice_wanted(): the network's own loss is to be measured.
    """

    surface_changed = Signal()
    rate_changed = Signal(float)
    slice_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        self._make_surface()
        self.rate = LogSlider(
            "surfaceRate",
            self.tr("Learning rate η"),
            self.tr("Of all optimizers; may be changed at any time."),
            (-4, 1),
        )
        self.rules = OptimizerList(
            "surface",
            tuple(rule.identifier for rule in RULES),
            self.tr("Whose ball is read, with the steepest way down there, and cut through."),
            joint="",
            is_brief=True,
        )
        self.run = RunBar("surface", has_keys=False, has_count=True)
        super().__init__(
            "surfaceControls",
            self._form,
            self._teaches,
            self._condition,
            self.measure,
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
        self.measure.clicked.connect(self.slice_wanted)
        self._on_surface()

    def _make_surface(self) -> None:
        self._form = FormGrid()
        self._choice = QComboBox()
        self._surfaces = list(SURFACES)
        for surface in self._surfaces:
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
        self.measure = IconButton("ph.waves", self.tr("Measure the network's loss"))
        self.measure.setObjectName("measureSlice")
        self.measure.setAccessibleName(self.tr("Measure a slice of the network's loss"))
        self.measure.setToolTip(
            self.tr("625 forward passes around the network's weights: along the way it has come, and a random one.")
        )
        self.measure.setEnabled(False)
        self.limit = Notice()
        self.limit.setObjectName("surfaceLimit")
        self.limit.reserve_lines(3)

    def set_measuring(self, *, is_possible: bool, is_busy: bool) -> None:
        """Say whether there is a network to measure, and whether that goes on."""
        self.measure.setEnabled(is_possible and not is_busy)
        words = self.tr("Being measured…") if is_busy else self.tr("Measure the network's loss")
        self.measure.setText(words)

    def add_surface(self, surface: Surface) -> None:
        """Offer and choose another surface; it replaces one of the same identifier."""
        known = [entry.identifier for entry in self._surfaces]
        if surface.identifier in known:
            index = known.index(surface.identifier)
            self._surfaces[index] = surface
        else:
            index = len(self._surfaces)
            self._surfaces.append(surface)
            self._choice.addItem(translate("descent", surface.label))
        if index == self._choice.currentIndex():
            self._on_surface()
        self._choice.setCurrentIndex(index)

    @property
    def surface(self) -> Surface:
        """The chosen one."""
        surface = self._surfaces[self._choice.currentIndex()]
        return valley(self.condition) if self.condition else surface

    @property
    def condition(self) -> float:
        """The valley's condition number; 0 for what is no valley."""
        is_valley = self._surfaces[self._choice.currentIndex()].identifier == "valley"
        return condition_at(self._condition.value) if is_valley else 0.0

    @Slot()
    def _on_surface(self) -> None:
        surface = self.surface
        self._teaches.setText(translate("descent", surface.teaches))
        self._condition.setVisible(bool(self.condition))
        self.rate.set_value(rounded(surface.rate, 2))
        self.surface_changed.emit()
