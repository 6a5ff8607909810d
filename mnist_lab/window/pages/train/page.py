"""The Train page: set up a network, train it, watch loss, accuracy and weights while it learns."""

import numpy as np
from PySide6.QtCore import QElapsedTimer, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Diverged
from mnist_lab.runs.run import Run, State
from mnist_lab.window import theme
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.pages.train.arithmetic import Arithmetic
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.pages.train.experiment_form import ExperimentForm
from mnist_lab.window.pages.train.run_buttons import RunButtons, RunState
from mnist_lab.window.pages.train.run_cards import RunCards
from mnist_lab.window.pages.train.slow_motion_choice import SlowMotionChoice
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import UnitToOpen
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import CONTROLS_WIDTH, ScrollColumn
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles

_READ_ONE_BY_ONE = 10
"""Updates a second, at most, of which each is read."""
_READING_MILLISECONDS = 190
"""Numbers change five times a second while it trains: faster nobody reads, and each change lays the cards out anew."""
_PROGRESS_STEPS = 120
_SMOOTHED_SHARE, _LEAST_SMOOTHING, _MOST_SMOOTHING = 40, 4, 50
"""The smoothed line averages over a fortieth of the run, within these limits, in batches."""


class TrainPage(Page):
    """Controls on the left, what they lead to on the right."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._words = RunWords(self)
        self._shown_run: Run | None = None
        self._shown_epochs = 0
        self._last_reading = QElapsedTimer()
        self._make_controls()
        self._make_pictures()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._controls())
        layout.addLayout(self._pictures(), 1)
        self._connect()

    # Building

    def _make_controls(self) -> None:
        self._form = ExperimentForm(self.lab.draft.experiment, self)
        self._chapter = IconButton("ph.arrow-counter-clockwise", self.tr("The chapter's settings"), self)
        self._chapter.setObjectName("chapterSettingsButton")
        self._chapter.setToolTip(self.tr("512 hidden units, RMSprop, 5 epochs, batches of 128: the chapter's network."))
        self._arithmetic = Arithmetic(self)
        self._next_run = Notice(self)
        self._slow_motion = SlowMotionChoice(self)
        self._pace = FormGrid(self)
        self._pace.add_field(
            self._slow_motion,
            "slowMotion",
            self.tr("Slow &motion"),
            self.tr(
                "Train no faster than one can watch, batch by batch. It changes no number, and can be set any time."
            ),
        )
        self._buttons = RunButtons(self)

    def _controls(self) -> QWidget:
        column = QWidget(self)
        column.setFixedWidth(CONTROLS_WIDTH)
        layout = QVBoxLayout(column)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.GAP)
        layout.addWidget(ScrollColumn("settingsArea", self._form, self._chapter, parent=self), 1)
        below = QVBoxLayout()
        below.setContentsMargins(0, 0, theme.GAP, 0)  # as wide as the settings beside their scroll bar
        below.setSpacing(theme.GAP)
        for part in (self._arithmetic, self._next_run, self._pace, self._buttons):
            below.addWidget(part)
        layout.addLayout(below)
        return column

    def _make_pictures(self) -> None:
        self._cards = RunCards(self)
        self._progress = QProgressBar(self)
        self._progress.setObjectName("trainingProgress")
        self._progress.setAccessibleName(self.tr("Progress of the run"))
        self._progress.setToolTip(self.tr("Gradient updates done, of all updates of the run."))
        self._progress.setTextVisible(False)
        self._status = QLabel(self)
        self._status.setObjectName("trainingStatus")
        self._status.setWordWrap(True)
        self._status.setToolTip(self.tr("Where the run stands."))
        self._loss = CurvePlot("loss", parent=self)
        self._loss.setObjectName("lossPlot")
        self._accuracy = CurvePlot("accuracy", parent=self)
        self._accuracy.setObjectName("accuracyPlot")
        self._tiles = WeightTiles(self)
        self._tiles.setObjectName("weightTiles")
        self._gap = Notice(self)
        self._gap.reserve_lines(2)  # what stands above must not move when a sentence comes or gets longer

    def _pictures(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._cards)
        layout.addWidget(self._status)
        layout.addWidget(self._progress)
        layout.addLayout(self._curves(), 3)
        tiles = Panel(self.tr("What each unit of the first layer looks for"), self._tiles, parent=self)
        layout.addWidget(tiles, 2)
        layout.addWidget(self._gap)
        return layout

    def _curves(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.GAP)
        row.addWidget(Panel(self.tr("Loss"), self._loss, self._log_switch(), parent=self), 1)
        row.addWidget(Panel(self.tr("Accuracy"), self._accuracy, self._close_switch(), parent=self), 1)
        return row

    def _log_switch(self) -> QCheckBox:
        switch = QCheckBox(self.tr("lo&garithmic"), self)
        switch.setObjectName("lossLogScale")
        switch.setAccessibleName(self.tr("Logarithmic loss axis"))
        switch.setToolTip(
            self.tr("Show each power of ten of the loss at the same height: small losses become visible.")
        )
        switch.toggled.connect(self._loss.set_log)
        return switch

    def _close_switch(self) -> QCheckBox:
        switch = QCheckBox(self.tr("close-&up"), self)
        switch.setObjectName("accuracyCloseUp")
        switch.setAccessibleName(self.tr("Accuracy axis close up"))
        switch.setToolTip(self.tr("Show only the newest heights, so that training and validation come apart."))
        switch.toggled.connect(self._accuracy.set_close)
        return switch

    def _connect(self) -> None:
        self._form.experiment_changed.connect(self._on_experiment_edited)
        self._form.problem_changed.connect(self.lab.draft.set_problem)
        self.lab.draft.committing.connect(self._form.commit)
        self._loss.crosshair_moved.connect(self._accuracy.set_crosshair)
        self._accuracy.crosshair_moved.connect(self._loss.set_crosshair)
        self._chapter.clicked.connect(self._on_chapter_settings)
        self._slow_motion.speed_chosen.connect(self.lab.live.set_slow_motion)
        self._tiles.unit_activated.connect(self._open_unit)
        self._buttons.start_pressed.connect(self.lab.start)
        self._buttons.pause_pressed.connect(self.lab.live.pause)
        self._buttons.step_pressed.connect(self.lab.step)
        self._buttons.stop_pressed.connect(self.lab.live.stop)

    def first_focus(self) -> QWidget:
        """Start: Space or Enter is all a newcomer needs."""
        return self._buttons

    # What happens

    @Slot(object)
    def _on_experiment_edited(self, experiment: Experiment) -> None:
        self.lab.draft.set_experiment(experiment)

    @Slot(int)
    def _open_unit(self, unit: int) -> None:
        self.lab.navigator.open("weightsPage", UnitToOpen(unit))

    @Slot()
    def _on_chapter_settings(self) -> None:
        self.first_focus().setFocus()  # the button is about to be disabled
        self._form.set_experiment(Experiment())

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if subjects & {Subject.EXPERIMENT, Subject.DATA}:
            self._show_experiment()
        is_to_be_read = Subject.RUN in subjects and self._is_to_be_read()
        if is_to_be_read or subjects & {Subject.DATA, Subject.KERAS, Subject.EXPERIMENT}:
            self._show_state()
        if Subject.RUN in subjects:
            self._show_run(is_to_be_read)
        if Subject.WEIGHTS in subjects:
            self._show_weights()

    def _is_to_be_read(self) -> bool:
        """Whether the run's words and numbers are due: at once unless it just goes on training."""
        run = self.lab.run
        if run is None or run is not self._shown_run or run.state is not State.TRAINING or self.lab.live.is_paused:
            return True
        slow_motion = self.lab.live.slow_motion
        if slow_motion is not None and slow_motion <= _READ_ONE_BY_ONE:
            return True
        is_same_epoch = len(run.history.epochs) == self._shown_epochs
        return not is_same_epoch or self._last_reading.hasExpired(_READING_MILLISECONDS)

    def _show_experiment(self) -> None:
        if self._form.experiment != self.lab.draft.experiment:
            self._form.set_experiment(self.lab.draft.experiment)
        images = len(self.lab.digits.train_images) if self.lab.digits is not None else None
        self._arithmetic.set_experiment(self.lab.draft.experiment, images)
        self._chapter.setEnabled(self.lab.draft.experiment != Experiment())
        if self.lab.run is None and images is not None:
            self._show_what_comes(images)

    def _show_what_comes(self, images: int) -> None:
        """Before the first run the axes already say how many updates and epochs it will have."""
        total = self.lab.draft.experiment.total_updates(images)
        self._progress.setRange(0, total)
        for plot in (self._loss, self._accuracy):
            plot.set_total(total, self.lab.draft.experiment.updates_per_epoch(images))

    def _show_state(self) -> None:
        self._buttons.show_state(self._run_state())
        self._status.setText(self._words.status(self.lab))
        self._next_run.show_message(self._words.next_run(self.lab))

    def _run_state(self) -> RunState:
        if self.lab.live.is_paused:
            return RunState.PAUSED
        if self.lab.live.is_training:
            return RunState.RUNNING
        return RunState.IDLE if self.lab.run is None else RunState.ENDED

    def _show_run(self, is_to_be_read: bool) -> None:
        run = self.lab.run
        if run is None:
            return
        if run is not self._shown_run:
            self._begin_run(run)
        if is_to_be_read:
            self._last_reading.restart()
            self._cards.show_run(run)
        self._show_progress(run)
        self._show_curves(run)
        if len(run.history.epochs) != self._shown_epochs:
            self._show_epochs(run)
        if not run.is_live:
            self._end_run(run)

    def _show_curves(self, run: Run) -> None:
        self._loss.set_series(run.history.losses.values)
        self._accuracy.set_series(run.history.accuracies.values)

    def _show_progress(self, run: Run) -> None:
        """In steps that can be seen: each repaints the bar at once."""
        step = run.total_updates // _PROGRESS_STEPS
        if not run.is_live or run.state is State.PAUSED or run.updates - self._progress.value() >= step:
            self._progress.setValue(run.updates)

    def _begin_run(self, run: Run) -> None:
        self._shown_run = run
        self._shown_epochs = 0
        self._progress.setRange(0, run.total_updates)
        self._progress.setValue(0)
        self._gap.clear()
        for plot in (self._loss, self._accuracy):
            plot.clear()
            plot.set_total(run.total_updates, run.updates_per_epoch)
            plot.set_smoothing(min(max(run.total_updates // _SMOOTHED_SHARE, _LEAST_SMOOTHING), _MOST_SMOOTHING))
            plot.set_live(True)

    def _show_epochs(self, run: Run) -> None:
        ends = run.history.epochs
        self._shown_epochs = len(ends)
        updates = np.array([end.updates for end in ends])
        self._loss.set_validation(updates, np.array([end.validation_loss for end in ends]))
        self._accuracy.set_validation(updates, np.array([end.validation_accuracy for end in ends]))
        self._gap.show_message(self._words.gap(run))

    def _end_run(self, run: Run) -> None:
        diverged_at = run.outcome.update if isinstance(run.outcome, Diverged) else None
        for plot in (self._loss, self._accuracy):
            plot.set_divergence(diverged_at)
            plot.set_live(False)
        if run.state is State.DIVERGED:
            self._gap.show_message(self._words.advice(run), "warning")

    def _show_weights(self) -> None:
        if self.lab.look.run_weights is None:
            self._tiles.clear()
        else:
            self._tiles.set_kernel(self.lab.look.run_weights.layers[0].kernel)
