"""The tab Sweep: what is tried at the left; results and which setting mattered at the right."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QVBoxLayout, QWidget

from mnist_lab.studies.main_effects import MainEffect
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages.experiments.effect_words import EffectWords
from mnist_lab.window.pages.experiments.sweep_facts import SweepSoFar, so_far
from mnist_lab.window.pages.experiments.sweep_form import SweepForm
from mnist_lab.window.pages.experiments.sweep_outlook import SweepOutlooks
from mnist_lab.window.pages.experiments.sweep_setup import SweepSetup
from mnist_lab.window.pages.experiments.sweep_table import SweepTable
from mnist_lab.window.pages.experiments.sweep_travel import SweepTravel
from mnist_lab.window.pages.experiments.trial_words import TrialWords
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.experiment_starts import ExperimentStarts
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.sweep_trials import SweepTrial
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import beside, paragraph, row
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace
from mnist_lab.window.widgets.basic.work_bar import WorkBar
from mnist_lab.window.widgets.fields.complaints import Complaints
from mnist_lab.window.widgets.plots.main_effect_plot import MainEffectPlot

EffectsSeen = Derived[SweepSoFar, tuple[MainEffect, ...]]
"""Which setting mattered, while the tab is seen."""


class SweepTab(QWidget):
    """Starts, pauses and cancels a sweep, and shows what comes of it."""

    def __init__(
        self, lab: Lab, setup: SweepSetup, outlooks: SweepOutlooks, effects: EffectsSeen, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lab, self._setup, self._outlooks, self._effects_seen = lab, setup, outlooks, effects
        self._sweep = lab.sweep
        self._starts = ExperimentStarts(lab, self)
        self._travel = SweepTravel(lab, setup, self)
        self._words, self._effect_words = TrialWords(self), EffectWords(self)
        self._is_start_due = False  # as soon as it is reckoned what is to be tried
        self._judged: object = None  # the results that the effects were asked for
        self._make_controls()
        self._make_pictures()
        beside(self._controls(), self._results(), self._effects(), parent=self)
        self._connect()
        self.show_outlook()
        self.show_sweep()
        self._show_effects()

    # Building

    def _make_controls(self) -> None:
        self._form = SweepForm(self._setup, self)
        self._open = named_button(
            "trialSweepOpen", "ph.folder-open", self.tr("Open…"), self.tr("Bring in a sweep from a file."), self
        )
        self._save = named_button(
            "trialSweepSave",
            "ph.floppy-disk",
            self.tr("Save list…"),
            self.tr("Write this sweep into a file, which “sweep” in the terminal reads."),
            self,
        )
        self._outlook = Complaints(self)
        self._outlook.setObjectName("trialSweepOutlook")
        self._outlook.add_field(self._form.workers_field)
        self._outlook.reserve_lines(0)  # it stands below the fields: none moves, and a sweep's state needs the room
        self._start = named_button(
            "trialSweepStart",
            "ph.play-fill",
            self.tr("&Start the sweep"),
            self.tr("Train all these networks, each in a process of its own, and keep them."),
            self,
        )
        self._start.set_primary(True)
        self._pause = named_button(
            "trialSweepPause", "ph.pause", self.tr("Pause"), self.tr("Let all workers wait, or go on."), self
        )
        self._go_on = named_button(
            "trialSweepGoOn",
            "ph.play",
            self.tr("Train what is missing"),
            self.tr("Train the networks of this sweep that have not come to their end, and keep them with the others."),
            self,
        )
        self._bar = WorkBar(
            "trialSweep", self.tr("Progress of the sweep"), self.tr("End the sweep; what was trained stays kept."), self
        )
        self._state = Notice(self)
        self._state.setObjectName("trialSweepState")

    def _make_pictures(self) -> None:
        self._table = SweepTable(self)
        self._summary = paragraph("trialSweepSummary")
        empty = self.tr("Once a sweep has results, each setting that varies stands here with the mean of each value.")
        self._plot = MainEffectPlot(self, empty_words=empty)
        self._plot.setObjectName("trialSweepEffects")
        self._plot.setAccessibleName(self.tr("Which setting mattered"))
        self._plot.setToolTip(
            self.tr(
                "Small dots are runs, a large one the mean of all runs with that value, the bar its "
                "95\u00a0% interval. Point at a row to read it."
            )
        )
        self._readout = paragraph("trialSweepReadout", caption=True)
        self._readout.setMinimumHeight(2 * self._readout.fontMetrics().lineSpacing())  # so that nothing moves

    def _controls(self) -> QWidget:
        """What is tried scrolls; what that takes, how it stands and the buttons are always in sight."""
        words = self.tr("Many runs at once, each kept, with all settings of the Train page but those that vary here.")
        introduction, files = paragraph("trialSweepIntroduction", words), row(self._open, self._save)
        column = QWidget(self)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(ScrollColumn("trialSweepArea", introduction, self._form, files, parent=column), 1)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, theme.GAP, 0)  # as wide as the settings beside their scroll bar
        below.setSpacing(theme.GAP)
        for part in (self._outlook, self._state, self._go_on, self._start):
            below.addWidget(part)
        going_on = QHBoxLayout()
        going_on.setSpacing(theme.GAP)
        going_on.addWidget(self._pause, 0, Qt.AlignmentFlag.AlignTop)
        going_on.addWidget(self._bar, 1)
        below.addLayout(going_on)
        layout.addLayout(below)
        return column

    def _results(self) -> Panel:
        return Panel(self.tr("Results"), self._table, parent=self)

    def _effects(self) -> Panel:
        content = QWidget(self)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        self._area = ScrollPlace("trialSweepEffectsArea", self._plot, content)
        for ground in (self._area, self._area.viewport(), self._plot):
            ground.setAutoFillBackground(False)  # that of the card shows
        layout.addWidget(self._summary)
        layout.addWidget(self._area, 1)
        layout.addWidget(self._readout)
        return Panel(self.tr("Which setting mattered"), content, parent=self)

    def _connect(self) -> None:
        self._form.edited.connect(self._on_edited)
        self._open.clicked.connect(self._on_open)
        self._save.clicked.connect(self._on_save)
        self._start.clicked.connect(self._on_start)
        self._go_on.clicked.connect(self._on_go_on)
        self._pause.clicked.connect(self._on_pause)
        self._bar.cancel_wanted.connect(self._sweep.stop)
        self._sweep.ended.connect(self.ask)  # its runs tell how long such runs take
        self._outlooks.derived.changed.connect(self.show_outlook)
        self._effects_seen.changed.connect(self._show_effects)
        self._table.open_wanted.connect(self._on_open_run)
        self._plot.readout_changed.connect(self._readout.setText)
        self._plot.pointed_changed.connect(self._on_pointed)

    # What the learner does

    @Slot()
    def _on_open(self) -> None:
        path = dialogs.ask_for_sweep(self.window())
        if path is not None and self._travel.open(path):
            self._form.show_setup()
            self.ask()

    @Slot()
    def _on_save(self) -> None:
        path = dialogs.ask_to_save_sweep(self.window())
        if path is not None:
            self._travel.save(path)

    @Slot()
    def _on_edited(self) -> None:
        self._is_start_due = False  # what was to begin is another sweep now
        self.ask()

    @Slot()
    def _on_start(self) -> None:
        """Begin, as soon as it is reckoned what is to be tried."""
        if self._lab.draft.commit() is None:
            self._lab.problem.emit(self._lab.draft.problem)
            return
        self.ask()
        self._is_start_due = True
        self.show_outlook()

    @Slot()
    def _on_go_on(self) -> None:
        self._starts.go_on_with_sweep(self._form.workers)

    @Slot()
    def _on_pause(self) -> None:
        if self._sweep.is_paused:
            self._sweep.resume()
        else:
            self._sweep.pause()

    @Slot(object)
    def _on_open_run(self, trial: SweepTrial) -> None:
        """Open its run, and turn to where it is seen best."""
        if trial.result is None or trial.result.run_id is None:
            self._lab.problem.emit(self.tr("This run cannot be opened yet: wait until it is over."))
            return
        shelf, run_id = self._lab.shelf, trial.result.run_id
        if shelf.row(run_id) is None and not shelf.is_reading:
            self._lab.problem.emit(
                self.tr("This run was deleted: the page Runs can restore it, unless it was removed for good.")
            )
            return
        self._lab.open_run(run_id)
        self._lab.navigator.open("trainPage")

    @Slot(object)
    def _on_pointed(self, index: int | None) -> None:
        """Bring a row into sight that keys went to."""
        if index is not None and self._plot.hasFocus():
            row = self._plot.row_area(index).center().toPoint()
            self._area.ensureVisible(row.x(), row.y(), 0, round(self._plot.row_area(index).height()))

    # What is shown

    @Slot()
    def ask(self) -> None:
        """Have it reckoned what is typed now, with the settings of the Train page; not while a sweep goes on."""
        if not self._sweep.is_sweeping:
            self._outlooks.want(self._setup, self._form.workers)
            self.show_outlook()

    @Slot()
    def show_outlook(self) -> None:
        """Say what a sweep would take, or why there can be none; begin it if that was asked for."""
        self._tell_outlook()
        outlooks, outlook = self._outlooks, self._outlooks.outlook
        if self._is_start_due and (outlooks.is_wrong or outlook is not None):
            self._is_start_due = False
            plan = None if outlook is None else outlook.plan
            if plan is None:
                self._lab.problem.emit(outlooks.words())
            else:
                self._starts.start_sweep(plan, self._form.workers)

    def _tell_outlook(self) -> None:
        """While a sweep goes on its own state stands there instead."""
        words = "" if self._sweep.is_sweeping else self._outlooks.words()
        self._outlook.show_message(words, "error" if self._outlooks.is_wrong else "info")

    @Slot()
    def show_sweep(self) -> None:
        """Show how the sweep stands."""
        sweep = self._sweep
        is_sweeping = sweep.is_sweeping
        self._hand_keyboard_on(self._pause if is_sweeping else self._start)
        self._form.set_locked(is_sweeping)
        self._open.setEnabled(not is_sweeping)
        self._start.setEnabled(not is_sweeping)
        self._go_on.setVisible(sweep.missing > 0)
        self._pause.setEnabled(is_sweeping and not sweep.is_ending)
        self._pause.setText(self.tr("Go on") if sweep.is_paused else self.tr("Pause"))
        self._pause.set_icon("ph.play" if sweep.is_paused else "ph.pause")
        self._bar.show_progress(sweep.progress if is_sweeping else None)
        is_over = bool(sweep.trials) and all(trial.result is not None for trial in sweep.trials) and not is_sweeping
        self._state.show_message(self._words.sweep(sweep), "good" if is_over and not sweep.missing else "info")
        self._tell_outlook()
        self._table.show_sweep(sweep)
        self._ask_for_effects()

    def _hand_keyboard_on(self, button: QWidget) -> None:
        """Let the button that can be pressed next have the keyboard of one that no longer can: Qt would go further."""
        before = (self._start, self._go_on, self._pause, *self._bar.findChildren(QAbstractButton))
        if not button.isEnabled() and any(one.hasFocus() for one in before):
            button.setEnabled(True)
            button.setFocus()

    def _ask_for_effects(self) -> None:
        """Have it computed which setting mattered, anew where a run more is over."""
        sweep = self._sweep
        judged = (sweep.plan, len(sweep.results))
        if judged != self._judged:
            self._judged = judged
            self._effects_seen.set_input(so_far(sweep), sweep.plan)

    @Slot()
    def _show_effects(self) -> None:
        effects = self._effects_seen.value or ()
        summary = self._effect_words.summary(effects) if effects else ""
        self._summary.setText(summary)
        self._summary.setVisible(bool(summary))
        self._plot.set_panels(self._effect_words.panels(effects), summary)
        self._area.fit()  # a picture without a layout of its own tells nobody that it needs more room
