"""The Descent page: gradient descent by hand, from one curve to the network's own update."""

from functools import partial
from typing import Protocol, cast

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.descent.basins import Basins, basin_strip
from mnist_lab.descent.surfaces import Surface
from mnist_lab.descent.typed import TypedFunction, typed_function
from mnist_lab.studies.curve_bench import BasinCase
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.loss_slice import measure_slice
from mnist_lab.window import theme, translation
from mnist_lab.window.pages.descent.curve.curve_tab import CurveTab
from mnist_lab.window.pages.descent.line.local_line_tab import LocalLineTab
from mnist_lab.window.pages.descent.listings_tab import ListingsTab
from mnist_lab.window.pages.descent.naive.naive_tab import NaiveTab
from mnist_lab.window.pages.descent.surface.surface_tab import SurfaceTab
from mnist_lab.window.pages.descent.update.update_tab import UpdateTab
from mnist_lab.window.pages.tabbed import TabbedPage, Watch
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.words import LabError
from mnist_lab.work import Cancelled, JobHandle


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
        self._typing: Job | None = None
        self._measuring: Job | None = None
        self._curve, self._line = CurveTab(self), LocalLineTab(self)
        self._surface, self._listings = SurfaceTab(self), ListingsTab(self)
        self._naive, self._update = NaiveTab(lab, self), UpdateTab(lab, self)
        self._of_network = (self._naive, self._update)
        self._basins: Derived[BasinCase, Basins] = Derived(lab, _basins)
        self._make_tabs()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.GAP, theme.MARGIN, theme.GAP)
        layout.addWidget(self.tabs)
        self.follow_tabs()
        self._curve.basins_wanted.connect(self._on_basins_wanted)
        self._curve.formula_entered.connect(self._on_formula)
        self._naive.sampled.connect(self._curve.set_sampled)
        self._surface.slice_wanted.connect(self._on_slice_wanted)
        self._naive.sampled.connect(self._line.add_function)
        self._basins.changed.connect(self._on_basins)
        self._on_basins_wanted(self._curve.bench.case)

    def _make_tabs(self) -> None:
        explanation = self.tr("Sections of gradient descent by hand; the arrow keys turn them.")
        self.make_tabs("descentTabs", self.tr("Sections"), explanation)
        watches: dict[QWidget, list[Watch]] = {
            self._curve: [self._basins.watch],
            self._naive: [self._naive.set_seen],
            self._update: [self._update.set_seen],
        }
        for tab, title, words in (
            (self._curve, self.tr("Descent"), self.tr("Walk down a curve with six optimizers.")),
            (self._line, self.tr("Local line"), self.tr("Close to a point, every smooth curve is a straight line.")),
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

    # Work off the window's thread

    @Slot(object)
    def _on_basins_wanted(self, case: BasinCase) -> None:
        self._basins.set_basis(case, case.function)

    @Slot()
    def _on_basins(self) -> None:
        self._curve.show_basins(self._basins.value)

    @Slot()
    def _on_slice_wanted(self) -> None:
        looked = self.lab.looked
        if looked is None:
            return
        work = partial(_measure, looked)
        self._measuring = Job(self.lab, work, self._on_slice, self._on_slice_failed)
        self._measuring.start()
        self._show_measuring()

    def _on_slice(self, surface: Surface) -> None:
        self._measuring = None
        self._show_measuring()
        self._surface.add_surface(surface)

    def _on_slice_failed(self, error: Exception) -> None:
        self._measuring = None
        self._show_measuring()
        self._on_failure(error)

    def _show_measuring(self) -> None:
        self._surface.set_measuring(is_possible=self.lab.weights is not None, is_busy=self._measuring is not None)

    @Slot(str)
    def _on_formula(self, text: str) -> None:
        if self._typing is not None:
            self._typing.cancel()
        self._typing = Job(self.lab, partial(_read, text), self._on_typed, self._on_refused)
        self._typing.start()

    def _on_typed(self, typed: TypedFunction) -> None:
        self._typing = None
        self._curve.set_typed(typed)

    def _on_refused(self, error: Exception) -> None:
        self._typing = None
        if isinstance(error, LabError):
            self._curve.refuse_formula(translation.sentence(error))
        else:
            self._on_failure(error)

    def _on_failure(self, error: Exception) -> None:
        self.lab.problem.emit(translation.sentence(error))


def _read(text: str, _handle: JobHandle) -> TypedFunction:
    return typed_function(text)


def _measure(looked: Looked, handle: JobHandle) -> Surface:
    surface = measure_slice(looked.weights, looked.start_weights, looked.digits, lambda: handle.is_cancelled)
    if surface is None:
        raise Cancelled
    return surface


def _basins(case: BasinCase, _handle: JobHandle) -> Basins:
    return basin_strip(case.function, case.rule, case.rate, case.settings)
