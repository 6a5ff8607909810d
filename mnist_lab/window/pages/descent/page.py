"""The Descent page: gradient descent by hand, from one curve to the network's own update."""

from typing import Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.descent.basins import Basins, basin_strip
from mnist_lab.descent.functions import Function
from mnist_lab.studies.curve_bench import BASIN_STEPS, BasinCase
from mnist_lab.studies.nudging import count_weights
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.curve_facts import tell_curve
from mnist_lab.window.pages.descent.curve.curve_model import CurveModel
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.curve.formula_reader import FormulaReader
from mnist_lab.window.pages.descent.line.line_facts import tell_line
from mnist_lab.window.pages.descent.line.line_model import LineModel
from mnist_lab.window.pages.descent.line.local_line_tab import LocalLineTab
from mnist_lab.window.pages.descent.listings_tab import ListingsTab
from mnist_lab.window.pages.descent.naive.naive_tab import NaiveTab
from mnist_lab.window.pages.descent.surface.slice_measurement import SliceMeasurement
from mnist_lab.window.pages.descent.surface.surface_model import SurfaceModel
from mnist_lab.window.pages.descent.surface.surface_tab import SurfaceTab
from mnist_lab.window.pages.descent.update.update_tab import UpdateTab
from mnist_lab.window.pages.descent.ways_picture import ReadSteps
from mnist_lab.window.pages.descent.zoomed_ranges import ZoomedRanges
from mnist_lab.window.pages.tabbed import TabbedPage, Watch
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.work import JobHandle


class _NetworkTab(Protocol):
    """A tab that shows the network and computes only while it is seen."""

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show these subjects as they are now."""

    def set_seen(self, seen: bool) -> None:
        """Compute, or rest."""


class DescentPage(TabbedPage):
    """Tabs, of which only the one that is seen computes; all but the network's own work before Keras is there."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._make_parts()
        self._add_tabs()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        layout.addWidget(self.tabs)
        self.follow_tabs()
        self._connect()
        self._on_basins_wanted(self._curve.bench.case)
        self._on_basins()
        self._show_measuring()

    def _make_parts(self) -> None:
        """What a page leaves to the next one is a model of its view: the tabs only show these."""
        lab, view = self.lab, self.view
        curve, surface = view.model("curve", CurveModel), view.model("surface", SurfaceModel)
        tell_curve(view, curve)
        self._formulas = view.model("formulas", lambda: FormulaReader(lab, curve))
        self._slice = view.model("slice", lambda: SliceMeasurement(lab, surface))
        self._basins: Derived[BasinCase, Basins] = view.model("basins", lambda: Derived(lab, _basins))
        explanation = self.tr("Sections of gradient descent by hand; the arrow keys turn them.")
        self.make_tabs("descentTabs", self.tr("Sections"), explanation)
        stack = self.tabs.stack
        line = view.model("line", LineModel)
        tell_line(view, line)
        view.tell("networkWeights", lambda: None if lab.looked is None else count_weights(lab.looked))
        self._curve, self._line = CurveTab(curve, stack), LocalLineTab(line, stack)
        self._surface = SurfaceTab(surface, stack)
        self._listings = ListingsTab(view.model("read steps", ReadSteps), stack)
        self._naive, self._update = NaiveTab(lab, view, stack), UpdateTab(lab, view, stack)
        self._of_network = (self._naive, self._update)
        zoomed = view.model("zoomed", ZoomedRanges)
        for tab in (self._curve, self._line, self._surface, self._listings):
            tab.keep_zoom(zoomed)

    def _connect(self) -> None:
        self._curve.basins_wanted.connect(self._on_basins_wanted)
        self._curve.formula_entered.connect(self._formulas.read)
        self._basins.changed.connect(self._on_basins)
        self._surface.slice_wanted.connect(self._slice.start)
        self._surface.slice_cancelled.connect(self._slice.cancel)
        self._slice.changed.connect(self._show_measuring)
        self._naive.sampled.connect(self._on_sampled)

    def _add_tabs(self) -> None:
        watches: dict[QWidget, list[Watch]] = {
            self._curve: [self._basins.watch],
            self._naive: [self._naive.set_seen],
            self._update: [self._update.set_seen],
        }
        for tab, title, words in (
            (self._curve, self.tr("Descent"), self.tr("Walk down a curve with one optimizer or with several.")),
            (self._line, self.tr("Local line"), self.tr("Close to a point, a smooth curve is nearly straight.")),
            (self._surface, self.tr("Two dimensions"), self.tr("Walk down a surface, seen from above.")),
            (self._listings, self.tr("Momentum listings"), self.tr("What the chapter's lines of code really do.")),
            (self._naive, self.tr("Naive way"), self.tr("Find slopes by trying, weight by weight.")),
            (self._update, self.tr("One update"), self.tr("The five steps of one real update.")),
        ):
            self.add_tab(tab, title, words, watches.get(tab, ()))

    def first_focus(self) -> QWidget:
        """The tabs."""
        return self.tabs.tabBar()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed on the tab that is seen."""
        tab = self.tabs.currentWidget()
        if tab is self._surface:
            self._show_measuring()
        if tab in self._of_network:
            cast("_NetworkTab", tab).refresh(subjects)

    def show_turned(self) -> None:
        """Show the tab that was turned to; the keyboard has left the step that it marked."""
        self._curve.forget_mark()
        super().show_turned()

    @Slot(object)
    def _on_sampled(self, function: Function) -> None:
        """Walk down a measured curve, such as the loss along one weight of the network, and look at it closely."""
        self._curve.model.offer(function)
        self._line.add_function(function)

    @Slot(object)
    def _on_basins_wanted(self, case: BasinCase) -> None:
        self._basins.set_input(case, case.function)

    @Slot()
    def _on_basins(self) -> None:
        self._curve.show_basins(self._basins.value)

    @Slot()
    def _show_measuring(self) -> None:
        self._surface.set_measuring(is_possible=self.lab.weights is not None, progress=self._slice.progress)


def _basins(case: BasinCase, handle: JobHandle) -> Basins:
    kind = case.function, case.rule, case.rate, case.settings
    return basin_strip(*kind, steps=BASIN_STEPS, check=handle.check)
