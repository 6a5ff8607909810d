"""The Experiments page: several networks against each other, a range of learning rates, sweeps over settings."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages.experiments.race_facts import race_accuracies, race_order, race_updates
from mnist_lab.window.pages.experiments.race_setup import RaceSetup
from mnist_lab.window.pages.experiments.race_tab import RaceTab
from mnist_lab.window.pages.experiments.range_tab import RangeTab
from mnist_lab.window.pages.experiments.sweep_facts import SweepFacts
from mnist_lab.window.pages.experiments.sweep_outlook import SweepOutlooks
from mnist_lab.window.pages.experiments.sweep_setup import SweepSetup
from mnist_lab.window.pages.experiments.sweep_tab import EffectsSeen, SweepTab
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import RangeTestToOpen
from mnist_lab.window.state.range_work import RangeWork
from mnist_lab.window.state.subjects import Subject


class ExperimentsPage(TabbedPage):
    """Tabs, each with its controls at the left and its pictures at the right."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._work = self.view.model("range test", lambda: RangeWork(lab))
        self.make_tabs(
            "experimentsTabBar", self.tr("Trials"), self.tr("A race of several networks; a range of rates; a sweep.")
        )
        self.tabs.setObjectName("experimentsTabs")
        stack = self.tabs.stack
        race = self.view.model("race setup", lambda: RaceSetup.from_json(self.view.kept("race setup")))
        self.view.keep("race setup", race.to_json)
        self._race_tab = RaceTab(lab, race, stack)
        self._range_tab = RangeTab(lab, self._work, stack)
        self._setup = self.view.model("sweep setup", lambda: SweepSetup.from_json(self.view.kept("sweep setup")))
        self.view.keep("sweep setup", self._setup.to_json)
        outlooks = self.view.model("sweep outlook", lambda: SweepOutlooks(lab))
        effects = self.view.model("sweep effects", lambda: EffectsSeen(lab, lambda known, _handle: known.effects()))
        self._sweep_tab = SweepTab(lab, self._setup, outlooks, effects, stack)
        self.add_tab(self._race_tab, self.tr("Race"))
        self.add_tab(self._range_tab, self.tr("Range test"))
        self.add_tab(self._sweep_tab, self.tr("Sweep"), watches=(outlooks.derived.watch, effects.watch))
        self._tell()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        layout.addWidget(self.tabs)
        self.follow_tabs()
        lab.race.changed.connect(self._on_race)
        self._work.changed.connect(self._range_tab.show_work)
        lab.sweep.changed.connect(self._on_sweep)

    def _tell(self) -> None:
        """Let the course know what outlives the page."""
        race, work = self.lab.race, self._work
        self.view.tell("raceOrder", lambda: race_order(race))
        self.view.tell("raceAccuracies", lambda: race_accuracies(race))
        self.view.tell("raceUpdates", lambda: race_updates(race))
        self.view.tell("rangeTests", lambda: work.count)
        self.view.tell("rangeFound", lambda: work.bounds)
        setup = self._setup
        self.view.tell("sweepVaried", lambda: tuple(one.field for one in setup.varied))
        facts = self.view.model("sweep facts", lambda: SweepFacts(self.lab.sweep))
        for name, tell in (
            ("sweeps", facts.count),
            ("sweepOrder", facts.order),
            ("sweepSpreads", facts.spreads),
            ("sweepMeans", facts.means),
            ("sweepBest", facts.best),
            ("sweepRuns", facts.runs),
        ):
            self.view.tell(name, tell)

    def first_focus(self) -> QWidget:
        """The tabs: from there one goes on with Tab, and turns them with the arrow keys."""
        return self.tabs.tabBar()

    def receive(self, request: object) -> None:
        """Turn to the range test; its first button has the keyboard."""
        if isinstance(request, RangeTestToOpen):
            self.tabs.setCurrentWidget(self._range_tab)
            self._range_tab.make_ready()
        else:
            super().receive(request)

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if subjects & {Subject.EXPERIMENT, Subject.DATA, Subject.RUNS}:
            self._race_tab.show_racers()
            self._sweep_tab.ask()
        if subjects == frozenset(Subject):  # the page, or a tab, is seen again
            self._on_race()
            self._on_sweep()
            if self.tabs.currentWidget() is self._sweep_tab:
                self.lab.sweep.look_back()

    @Slot()
    def _on_race(self) -> None:
        """Show how the race stands, while it is seen, and ask for what its tiles show next."""
        if self.isVisible() and self.tabs.currentWidget() is self._race_tab:
            self._race_tab.show_race()
            self.lab.race.request_weights()

    @Slot()
    def _on_sweep(self) -> None:
        """Show how the sweep stands, while it is seen."""
        if self.isVisible() and self.tabs.currentWidget() is self._sweep_tab:
            self._sweep_tab.show_sweep()
