"""The controls of the surfaces: which one, how long the valley is, the rate, the optimizers, and the run."""

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.window.pages.descent.curve.optimizer_list import OptimizerList
from mnist_lab.window.pages.descent.run_bar import RunBar
from mnist_lab.window.pages.descent.surface.surface_model import (
    LARGEST_CONDITION,
    STEPS_A_DECADE,
    SurfaceModel,
    condition_at,
)
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn, keep_controls_width
from mnist_lab.window.widgets.basic.work_bar import WorkBar
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.log_slider import LogSlider
from mnist_lab.window.widgets.fields.named_slider import NamedSlider
from mnist_lab.window.words import spell
from mnist_lab.work import Progress


class SurfaceControls(ScrollColumn):
    """What the learner sets.

    Signals:
        surface_chosen(int): index into the model's `surfaces`.
        condition_changed(int): the place of the slider.
        rate_changed(float): the learning rate.
        slice_wanted(): the network's own loss is to be measured.
        slice_cancelled(): it is not to be measured any more.
        waiting_chosen(): what was measured is to be descended now.
    """

    surface_chosen = Signal(int)
    condition_changed = Signal(int)
    rate_changed = Signal(float)
    slice_wanted = Signal()
    slice_cancelled = Signal()
    waiting_chosen = Signal()

    def __init__(self, model: SurfaceModel, parent: QWidget) -> None:
        self._model = model
        self._make_surface()
        self.rate = LogSlider(
            "surfaceRate",
            self.tr("Learning rate η"),
            self.tr("Of all optimizers; may be changed at any time."),
            (-4, 1),
            self.limit,
        )
        self.rules = OptimizerList(
            "surface",
            tuple(model.balls.balls),
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
            self._work,
            self.run,
            self.rate,
            self.limit,
            self.rules,
            parent=parent,
        )
        keep_controls_width(self, least=308)
        for part in (self._form, self._condition, self.rate, self.rules):
            shows_state(part)
        self._choice.currentIndexChanged.connect(self.surface_chosen)
        self._condition.changed.connect(self.condition_changed)
        self.rate.changed.connect(self.rate_changed)
        self.measure.clicked.connect(self._on_measure)
        self._work.cancel_wanted.connect(self.slice_cancelled)
        self.rules.show_rules(model.balls.balls, model.looked_at, model.balls.settings_of)
        self.show_surface()

    def _make_surface(self) -> None:
        self._form = FormGrid()
        self._choice = DropDown()
        for surface in self._model.surfaces:
            self._choice.addItem(translate("descent", surface.label))
        self._form.add_field(self._choice, "surfaceKind", self.tr("&Surface"), self.tr("What is descended."))
        self._teaches = paragraph("surfaceTeaches", caption=True)
        reserve_lines(self._teaches, 3)
        self._condition = NamedSlider(
            "surfaceCondition",
            self.tr("Condition"),
            self.tr("The curvature across the valley over the curvature along it."),
            (0, LARGEST_CONDITION * STEPS_A_DECADE),
            lambda place: spell(condition_at(place)),
        )
        policy = self._condition.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._condition.setSizePolicy(policy)
        self.measure = IconButton("ph.waves", self.tr("Measure the network's loss"))
        self.measure.setObjectName("measureSlice")
        self.measure.setAccessibleName(self.tr("Measure a slice of the network's loss"))
        self.measure.setToolTip(
            self.tr(
                "625 forward passes around the network's weights: along the way it has come, if that is known, and "
                "along a random one."
            )
        )
        self.measure.setEnabled(False)
        self._work = WorkBar(
            "slice",
            self.tr("Progress of the measurement"),
            self.tr("Measure no more; the descent stays as it is."),
        )
        self.limit = Complaints()
        self.limit.setObjectName("surfaceLimit")
        self.limit.reserve_lines(3)

    def set_measuring(self, *, is_possible: bool, progress: Progress | None) -> None:
        """Say whether there is a network to measure, how far that is (None: it is not done), and what waits."""
        is_busy, is_waiting = progress is not None, self._model.waiting is not None
        self.measure.setEnabled(is_waiting or (is_possible and not is_busy))
        words = self.tr("Being measured…") if is_busy else self.tr("Measure the network's loss")
        self.measure.setText(self.tr("Descend the measured loss") if is_waiting else words)
        self._work.show_progress(progress, self.tr("Measured. Your descent is still there.") if is_waiting else "")

    @Slot()
    def _on_measure(self) -> None:
        """What was measured is descended before anything is measured anew."""
        if self._model.waiting is None:
            self.slice_wanted.emit()
        else:
            self.waiting_chosen.emit()

    def show_surface(self) -> None:
        """Show which surface is descended, and its learning rate."""
        with QSignalBlocker(self._choice):
            for surface in self._model.surfaces[self._choice.count() :]:
                self._choice.addItem(translate("descent", surface.label))
            self._choice.setCurrentIndex(self._model.place)
        self._teaches.setText(translate("descent", self._model.surface.teaches))
        self._condition.set_value(self._model.condition_place)
        self._condition.setVisible(bool(self._model.condition))
        self.rate.set_value(self._model.balls.rate)
