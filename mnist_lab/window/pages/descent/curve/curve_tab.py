"""The Descent tab: balls walk down a curve of one x, and everything about them is seen."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from mnist_lab.descent.basins import Basins
from mnist_lab.descent.noise import Batches
from mnist_lab.studies.curve_bench import BASIN_STEPS, CurveBench
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.curve.curve_controls import CurveControls
from mnist_lab.window.pages.descent.curve.curve_marks import CurveMarks
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.curve_view import CurveView
from mnist_lab.window.pages.descent.curve.hidden_floor import blind_report, lowest_met
from mnist_lab.window.pages.descent.curve.inner_state import InnerState
from mnist_lab.window.pages.descent.curve.slope_cloud import SlopeCloud
from mnist_lab.window.pages.descent.curve.step_table import StepTable
from mnist_lab.window.pages.descent.curve.verdict_list import VerdictList
from mnist_lab.window.pages.descent.step_plots import StepPlots
from mnist_lab.window.pages.descent.zoomed_ranges import ZoomedRanges
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.widgets.basic.layouts import captioned, lay_beside
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.tabs import Tabs
from mnist_lab.window.words import fill


class CurveTab(QWidget):
    """Controls at the left, the curve and what it yields at the right.

    Attributes:
        model: what it shows and sets.

    Signals:
        basins_wanted(object): a `BasinCase`: what to compute for `show_basins`.
        formula_entered(str): what to make a function of, for the model's `set_typed` or `refuse_formula`.
    """

    basins_wanted = Signal(object)
    formula_entered = Signal(str)

    def __init__(self, model: CurveModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.controls = CurveControls(model, self)
        self._curve = CurveView(model.marked, self, floor=model.floor)
        self._marks = CurveMarks(model, self._curve, self)
        self._make_results()
        self._build()
        self._connect()
        self._show_bench()
        self.controls.show_refusal()

    @property
    def bench(self) -> CurveBench:
        """Function, start and balls."""
        return self.model.bench

    def keep_zoom(self, zoomed: ZoomedRanges) -> None:
        """Look at the parts of the plots that are noted there, and note them there from now on."""
        self._curve.keep_zoom(zoomed)
        self._plots.keep_zoom(zoomed)

    # Building

    def _make_results(self) -> None:
        self._verdicts, self._plots, self._inner = VerdictList(), StepPlots(self.model.marked), InnerState()
        self._table = StepTable(lambda: self.bench.csv, self.model.marked, self.model.table_place)
        self._cloud = SlopeCloud()
        explanation = self.tr("Five views of what the balls do; the arrow keys turn them.")
        self._results = Tabs("descentResults", self.tr("Results"), explanation, self)
        for part, title, words in (
            (self._verdicts, self.tr("Verdicts"), self.tr("What came of each optimizer, and why.")),
            (self._plots, self.tr("Against steps"), self.tr("Loss, x and |slope| of each optimizer.")),
            (self._inner, self.tr("Inner state"), self.tr("What the optimizer keeps in mind, and its next step.")),
            (self._table, self.tr("Table"), self.tr("Every step in numbers, to copy as CSV.")),
            (self._cloud, self.tr("Slope cloud"), self.tr("What many mini-batches say of the slope here.")),
        ):
            self._results.setTabToolTip(self._results.addTab(part, title), words)
        self._results.keep_one_height()  # else the curve above would push the bar away under the mouse

    def _build(self) -> None:
        self._hidden = QCheckBox(self.tr("Hidden floor"))
        self._hidden.setObjectName("descentHiddenFloor")
        self._hidden.setAccessibleName(self.tr("Hidden floor"))
        self._hidden.setToolTip(self.tr("See only what an optimizer knows: height and slope where it has been."))
        self._hidden.setChecked(self.model.floor.is_on)
        shows_state(self._hidden)
        content = captioned(self._curve, self._caption())
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(Panel(self.tr("The way down"), content, self._hidden, parent=self), 3)
        column.addWidget(self._results, 2)
        lay_beside(self.controls, column, self)

    def _caption(self) -> str:
        if self.model.floor.is_on:
            return self.tr(
                "The optimizer never sees the curve: it knows only height and slope where it stands. Click to probe. "
                "Minima, their limits, basins and verdicts are hidden, too: each would give the curve away."
            )
        words = self.tr(
            "Click or drag sets the start. Arrow and trails: green where the loss falls, red and dashed where it "
            "rises. The strip tells in which minimum each start ends within {} steps; hatched: in none."
        )
        return fill(words, BASIN_STEPS)

    def _connect(self) -> None:
        controls, walk, challenges = self.controls, self.controls.walk, self.controls.challenges
        self.model.function_changed.connect(self._on_function_changed)
        self.model.formula_judged.connect(controls.show_refusal)
        controls.function_chosen.connect(self.model.set_function)
        controls.start_typed.connect(self._on_start)
        controls.formula.entered.connect(self.formula_entered)
        controls.batches_changed.connect(self._on_batches)
        controls.rate.changed.connect(self._on_rate)
        controls.follow.toggled.connect(self._curve.set_following)
        controls.optimizers.chosen_changed.connect(self._on_chosen)
        controls.optimizers.looked_at_changed.connect(self._on_looked_at)
        controls.optimizers.setting_changed.connect(self._on_setting)
        walk.steps_asked.connect(self._on_steps)
        walk.restart_asked.connect(self._on_restart)
        challenges.begun.connect(self._on_begun)
        challenges.left.connect(self._on_left)
        challenges.theory_shown.connect(self._show_kept_back)
        self._curve.start_chosen.connect(self._on_start)
        self._curve.handle_dropped.connect(self._on_dropped)
        self._hidden.toggled.connect(self._on_hidden)
        self._curve.steps_asked.connect(self._on_key_steps)
        self._curve.run_asked.connect(walk.toggle)
        self._results.currentChanged.connect(self._on_results_turned)

    # What happens

    def show_basins(self, basins: Basins | None) -> None:
        """Show where all starts end."""
        self._curve.set_basins(basins)

    @Slot()
    def _on_function_changed(self) -> None:
        self.controls.walk.pause()
        self.controls.show_refusal()
        self._curve.set_function(self.bench.function)
        self.controls.show_functions()
        self._show_start()
        self._ask_basins()

    @Slot(float)
    def _on_start(self, start: float) -> None:
        self.controls.walk.pause()
        self.model.set_start(start)
        self._show_start()
        self.controls.show_limits()

    def _show_start(self) -> None:
        self.controls.show_start()
        self._curve.set_start(self.bench.start)
        self._show()

    @Slot(float)
    def _on_rate(self, rate: float) -> None:
        self.bench.balls.set_rate(rate)
        self._show()
        self._ask_basins()

    @Slot(object)
    def _on_batches(self, batches: Batches | None) -> None:
        self.model.set_batches(batches)
        self._show()

    @Slot()
    def _on_chosen(self) -> None:
        before = self.bench.looked_at
        self.bench.choose(self.controls.optimizers.chosen)
        self._show()
        if before != self.bench.looked_at:
            self._ask_basins()

    @Slot(str)
    def _on_looked_at(self, identifier: str) -> None:
        self.bench.looked_at = identifier
        self._show()
        self._ask_basins()

    @Slot(str, str, float)
    def _on_setting(self, rule: str, name: str, value: float) -> None:
        self.bench.balls.set_setting(rule, name, value)
        self._show()
        self._ask_basins()

    def _ask_basins(self) -> None:
        self.controls.show_limits()
        self.basins_wanted.emit(self.bench.case)

    @Slot(int)
    def _on_steps(self, steps: int) -> None:
        if self.controls.walk.is_running:
            self.bench.run(steps)
        elif steps > 0:
            self.bench.balls.step(steps)
        else:
            self.bench.balls.step_back(-steps)
        self._show()

    @Slot(int)
    def _on_key_steps(self, steps: int) -> None:
        self.controls.walk.pause()
        self._on_steps(steps)

    @Slot()
    def _on_restart(self) -> None:
        self.bench.balls.begin()
        self._show()

    @Slot(str)
    def _on_dropped(self, _name: str) -> None:
        self._show()

    @Slot()
    def _on_results_turned(self) -> None:
        if self.isVisible():
            self.forget_mark()
        self._show_results()

    def forget_mark(self) -> None:
        """What keys have marked stays only as long as they are there."""
        self.model.marked.keep(None)

    @Slot(bool)
    def _on_hidden(self, is_hidden: bool) -> None:
        self.model.set_hidden(is_hidden)
        self._curve.show_hidden()
        self._show_kept_back()

    @Slot()
    def _on_begun(self) -> None:
        self.model.begin_challenge()
        self._on_bench_replaced()

    @Slot()
    def _on_left(self) -> None:
        self.model.leave_challenge()
        self._on_bench_replaced()

    def _on_bench_replaced(self) -> None:
        self.controls.walk.pause()
        self._show_bench()

    def _show_bench(self) -> None:
        """Show all of the model."""
        self.controls.refresh()
        self._curve.set_function(self.bench.function)
        self._curve.set_start(self.bench.start)
        self._show_kept_back()
        self._ask_basins()

    @Slot()
    def _show_kept_back(self) -> None:
        """Say as much of the function as may be known now."""
        caption = self.findChild(QLabel, "descentCurveCaption")
        assert caption is not None
        caption.setText(self._caption())
        self.controls.show_functions()
        self.controls.show_limits()
        self._show()

    # Showing

    def _show(self) -> None:
        balls = self.bench.balls
        self.model.seen.look(self.bench)
        if self._curve.floor.is_on and self._curve.dragged is None:  # while it is dragged, no place is chosen yet
            for one in balls.balls.values():
                self._curve.floor.visit(one.path)
        self.controls.walk.show_state(balls.steps, can_step=balls.can_step, can_run=not self.bench.is_over)
        self._marks.refresh()
        self._show_results()
        self.controls.challenges.judge()

    def _show_results(self) -> None:
        """Only the view that is seen is kept up."""
        seen, balls, ball = self._results.currentWidget(), self.bench.balls.balls, self.bench.ball
        if seen is self._verdicts:
            tell = blind_report if self._curve.floor.is_on else self.model.challenges.verdict
            self._verdicts.show_verdicts({name: tell(one) for name, one in balls.items()})
        elif seen is self._plots:
            paths = {name: one.path for name, one in balls.items()}
            floor = lowest_met(paths.values()) if self._curve.floor.is_on else self.bench.floor
            self._plots.show_paths(paths, self.bench.looked_at, floor)
        elif seen is self._inner:
            self._inner.show_descent(ball)
        elif seen is self._cloud:
            self._cloud.show_bench(self.bench)
        else:
            words = "" if ball is None else looks.name(self.bench.looked_at)
            self._table.show_path(self.bench.looked_at, words, None if ball is None else ball.path)
