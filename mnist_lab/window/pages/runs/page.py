"""The Runs page: every kept run in a table, and beside it those that are compared."""

from typing import cast

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QGuiApplication, QHideEvent, QShowEvent, QWindow
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mnist_lab.runs.facts import KeptRun, RunRow
from mnist_lab.runs.family import Families
from mnist_lab.window import theme, translation
from mnist_lab.window.export_menu import ExportMenu, chosen_rows
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.runs.comparison_look import ComparisonLook
from mnist_lab.window.pages.runs.comparison_view import ComparisonView
from mnist_lab.window.pages.runs.confusion_work import ConfusionWork
from mnist_lab.window.pages.runs.runs_look import RunsLook
from mnist_lab.window.pages.runs.shelf_panel import ShelfPanel
from mnist_lab.window.run_names import run_title
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import RunsToCompare, RunToChoose
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.folding_row import FoldingPart, FoldingRow
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace

MOST_COMPARED = 24
"""Runs: more curves nobody tells apart, and each is read from its file."""
_COMPARISON_WIDTH = 348
"""Of the part that compares, beside the table, where no tab of it scrolls sideways."""
_AGAIN_MILLISECONDS = 3_000
"""So often the list is read again while a run goes on."""


class RunsPage(Page):
    """The table on the left, the comparison on the right."""

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._wanted: tuple[str, ...] | None = None
        self._kept: list[KeptRun] = []
        self._left_out = 0  # so many more are selected than are compared
        self._listed: list[RunRow] = []
        self._families = Families(())
        self._confusions = self.view.model("confusions", lambda: ConfusionWork(lab))
        look = self.view.model("shelf", lambda: RunsLook.of_last_time(self.view))
        self.view.tell("selectedRuns", lambda: tuple(look.selected))
        self._shelf = ShelfPanel(look, self)
        self.view.tell("listedRuns", lambda: tuple(row.id for row in self._shelf.listed))
        self._comparison = ComparisonView(self, self.view.model("comparison", ComparisonLook))
        comparison = ScrollPlace("comparisonArea", self._comparison, self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        left, right = FoldingPart(self._shelf, 1), FoldingPart(comparison, 1, _COMPARISON_WIDTH)
        row = FoldingRow(left, right, spacing=theme.LARGE_GAP, parent=self)
        row.folded.connect(self._shelf.keep_rows)
        layout.addWidget(row)
        shelf = self._shelf
        shelf.set_export_menu(ExportMenu("exportRunsMenu", lab, lambda: chosen_rows(shelf.selected), shelf))
        self._again = QTimer(self, interval=_AGAIN_MILLISECONDS)
        self._connect()

    def _connect(self) -> None:
        shelf, lab = self._shelf, self.lab
        shelf.chosen.connect(self._compare)
        shelf.open_wanted.connect(self._on_open)
        shelf.go_on_wanted.connect(self._on_go_on)
        shelf.settings_wanted.connect(self._on_settings_wanted)
        shelf.renamed.connect(lab.shelf.rename)
        shelf.note_written.connect(lab.shelf.set_note)
        shelf.stars_turned.connect(lab.shelf.set_starred)
        shelf.delete_wanted.connect(lab.shelf.delete)
        shelf.undo_wanted.connect(lab.shelf.undo)
        shelf.room.budget_chosen.connect(lab.shelf.set_budget)
        shelf.room.deleted.restore_wanted.connect(lab.shelf.restore)
        shelf.room.deleted.removal_wanted.connect(lab.shelf.remove_deleted)
        lab.shelf.loaded.connect(self._on_loaded)
        lab.shelf.restored.connect(shelf.table.choose)
        cast(QGuiApplication, QGuiApplication.instance()).focusWindowChanged.connect(self._on_window)
        self._again.timeout.connect(self._read_again)
        self._comparison.run_chosen.connect(self._on_open)
        self._comparison.kin_chosen.connect(shelf.choose)
        self._comparison.confusions_wanted.connect(self._on_confusions_wanted)
        self._confusions.changed.connect(self._on_confusions)

    def first_focus(self) -> QWidget:
        """The table: arrows choose a run at once."""
        return self._shelf.table

    def receive(self, request: object) -> None:
        """Select what was asked for, whatever the filter says."""
        if isinstance(request, RunToChoose):
            self._shelf.choose(request.id)
        elif isinstance(request, RunsToCompare):
            self._shelf.choose(*request.ids)
        else:
            super().receive(request)

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if subjects & {Subject.RUNS}:
            shelf = self.lab.shelf
            self._families = Families(shelf.rows, shelf.deleted)
            self._shelf.show_rows(shelf.rows, self._families, is_read=shelf.is_read)
            budget = shelf.store.budget
            self._shelf.room.show_room(len(shelf.rows), shelf.deleted, shelf.used_bytes, shelf.free_bytes, budget)
        if Subject.DATA in subjects:
            self._comparison.use_digits(self.lab.digits)
        if self.lab.live.is_training and not self._again.isActive():
            self._again.start()
        if subjects & {Subject.RUNS, Subject.RUN, Subject.NETWORKS}:
            self._shelf.show_looked(self.lab.look.source_id)

    def showEvent(self, event: QShowEvent) -> None:
        """Look whether another window or the terminal has kept something meanwhile."""
        super().showEvent(event)
        self.lab.shelf.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow no run any more."""
        super().hideEvent(event)
        self._again.stop()

    # What happens

    @Slot(QWindow)
    def _on_window(self, window: QWindow | None) -> None:
        """Look again who comes back from another window of the lab or from the terminal."""
        if window is not None and window is self.window().windowHandle() and self.isVisible():
            self.lab.shelf.refresh()

    @Slot()
    def _read_again(self) -> None:
        """Follow a run that goes on."""
        if self.lab.live.is_training:
            self.lab.shelf.refresh()
        else:
            self._again.stop()

    @Slot(str)
    def _on_open(self, run_id: str) -> None:
        """Open it, and turn to where it is seen best; of a file that cannot be used, say why."""
        row = self.lab.shelf.row(run_id)
        if row is not None and row.error is not None:
            self.lab.problem.emit(translation.sentence(row.error))
            return
        self.lab.open_run(run_id)
        self.lab.navigator.open("weightsPage" if row is not None and row.kind == "network" else "trainPage")

    @Slot(str)
    def _on_go_on(self, run_id: str) -> None:
        self.lab.go_on_with(run_id)
        self.lab.navigator.open("trainPage")

    @Slot(str)
    def _on_settings_wanted(self, run_id: str) -> None:
        row = self.lab.shelf.row(run_id)
        if row is not None and row.experiment is not None:
            self.lab.navigator.open("trainPage")
            self.lab.travel.use_of(row.experiment, run_title(row.number, row.name, is_network=row.kind == "network"))

    @Slot()
    def _compare(self) -> None:
        """Read the selected runs, whole; the pictures keep what they have until then."""
        current = self._shelf.current
        self._comparison.set_family(self._families, "" if current is None else current.id)
        chosen = [row for row in self._shelf.selected if row.error is None]
        selected = chosen[:MOST_COMPARED]
        self._left_out = len(chosen) - len(selected)
        wanted = (str(self._left_out), *(f"{row.id} {row.updates} {row.state} {row.name}" for row in selected))
        if wanted != self._wanted:
            self._wanted = wanted
            self.lab.shelf.load([row.id for row in selected])
        elif self._shelf.listed != self._listed:
            self._show_comparison()

    @Slot(list)
    def _on_loaded(self, kept: list[KeptRun]) -> None:
        self._kept = kept
        self._show_comparison()

    def _show_comparison(self) -> None:
        self._listed = self._shelf.listed
        self._comparison.set_runs(self._kept, self._listed, self._left_out)

    @Slot(str, str)
    def _on_confusions_wanted(self, first: str, second: str) -> None:
        """Let both networks answer all test digits, off this thread."""
        if self.lab.digits is None:
            self._comparison.set_confusions_problem(self.tr("The digits are still being read: try again in a moment."))
            return
        self._confusions.want((first, second), self.lab.digits, self.lab.store.network_weights)

    @Slot()
    def _on_confusions(self) -> None:
        if self._confusions.problem:
            self._comparison.set_confusions_problem(self._confusions.problem)
        elif self._confusions.pair is not None:
            self._comparison.set_confusions(self._confusions.pair)
