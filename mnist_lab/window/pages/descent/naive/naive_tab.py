"""The naive way to a gradient, in four stages: one knob, one weight, all weights, three ways."""

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mnist_lab.shared_cores import one_core
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.nudging import measure_pace
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.naive.card_probes import CardProbes
from mnist_lab.window.pages.descent.naive.card_stage import CardStage
from mnist_lab.window.pages.descent.naive.naive_facts import tell_card, tell_sweep, tell_weight
from mnist_lab.window.pages.descent.naive.needs_network import NeedsNetwork
from mnist_lab.window.pages.descent.naive.one_weight import OneWeight
from mnist_lab.window.pages.descent.naive.race_stage import RaceStage
from mnist_lab.window.pages.descent.naive.stoppable_work import StoppableWork
from mnist_lab.window.pages.descent.naive.sweep_stage import SweepStage
from mnist_lab.window.pages.descent.naive.weight_stage import WeightStage
from mnist_lab.window.state.background import failure_of
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.views import View
from mnist_lab.window.widgets.basic.stage_bar import StageBar
from mnist_lab.work import JobHandle

_CARD, _WEIGHT, _SWEEP, _RACE = range(4)


class NaiveTab(QWidget):
    """Hands the network that is looked at to its stages. All they compute works on copies.

    Signals:
        sampled(object): a descent `Function`, the loss along one weight, for the gallery of the Descent tab.
    """

    sampled = Signal(object)

    def __init__(self, lab: Lab, view: View, parent: QWidget | None = None) -> None:
        """What the stages show lives in `view`."""
        super().__init__(parent)
        self._lab = lab
        self._is_seen = False
        self._start: Looked | None = None
        self._bar = StageBar("naiveStage", self._titles(), self.tr("Next part"), self)
        probes, one_weight = view.model("cardProbes", CardProbes), view.model("oneWeight", lambda: OneWeight(lab))
        pace: Derived[Looked, float] = view.model("sweepPace", lambda: Derived(lab, _pace))
        sweep = view.model("sweep", lambda: _work(lab))
        tell_card(view, probes)
        tell_weight(view, one_weight)
        tell_sweep(view, sweep)
        self._card, self._weight = CardStage(probes, self), WeightStage(one_weight, self)
        self._sweep = SweepStage(sweep, pace, self)
        self._race = RaceStage(view.model("race", lambda: _work(lab)), self)
        self._needs = NeedsNetwork("naive", lab, self.tr("For this stage a network is needed."), self)
        self._stack = QStackedWidget(self)
        for stage in (self._card, self._weight, self._sweep, self._race, self._needs):
            self._stack.addWidget(stage)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._bar)
        layout.addWidget(self._stack, 1)
        self._stack.currentChanged.connect(self._keep_narrow)
        self._keep_narrow()
        self._bar.stage_changed.connect(self._show_stage)
        self._weight.sampled.connect(self.sampled)

    def _titles(self) -> tuple[tuple[str, str], ...]:
        return (
            (self.tr("One knob"), self.tr("The chapter's example: one weight, and two probes of a hidden loss.")),
            (self.tr("One weight"), self.tr("A real weight of your network, and the loss along it.")),
            (self.tr("All weights"), self.tr("Nudge every weight in turn, against one backward pass.")),
            (self.tr("Three ways"), self.tr("How far each way comes for the same number of forward passes.")),
        )

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show the network as it is now."""
        if not subjects & {Subject.WEIGHTS, Subject.RUN, Subject.NETWORKS, Subject.DATA, Subject.KERAS}:
            return
        looked = self._lab.looked
        self._needs.refresh()
        if looked is not None:
            if subjects & {Subject.WEIGHTS, Subject.NETWORKS}:
                self._weight.set_network(looked)
                self._sweep.set_network(looked)
            self._offer_start(looked)
        self._show_stage()

    def set_seen(self, seen: bool) -> None:
        """Compute, and ask for fresh weights, only while the tab is seen."""
        if seen != self._is_seen:
            self._is_seen = seen
            self._lab.live.watch_weights(seen)
            self._show_stage()

    def _offer_start(self, looked: Looked) -> None:
        """The race begins with the run's first weights, where there is most to learn."""
        first = looked.start_weights
        weights = first or looked.weights
        if self._start is None or self._start.weights is not weights or self._start.digits is not looked.digits:
            self._start = replace(looked, weights=weights)
            self._race.set_network(self._start, is_start=first is not None)

    @Slot()
    def _keep_narrow(self) -> None:
        """Let the stage that is seen say how wide the tab must be, not the widest of all."""
        policy = QSizePolicy.Policy
        for stage in (self._card, self._weight, self._sweep, self._race, self._needs):
            across = policy.Preferred if stage is self._stack.currentWidget() else policy.Ignored
            stage.setSizePolicy(across, stage.sizePolicy().verticalPolicy())

    @Slot()
    def _show_stage(self) -> None:
        stage = self._bar.current
        needs = stage != _CARD and self._lab.looked is None
        self._stack.setCurrentIndex(self._stack.indexOf(self._needs) if needs else stage)
        self._weight.watch(self._is_seen and stage == _WEIGHT)
        self._sweep.watch(self._is_seen and stage == _SWEEP)


def _pace(trained: Looked, handle: JobHandle) -> float:
    """Seconds of a pass under the conditions of a sweep."""
    with one_core():
        return measure_pace(trained, handle)


def _work(lab: Lab) -> StoppableWork:
    work = StoppableWork(lab)
    work.failed.connect(failure_of(lab))
    return work
