"""A run in numbers and pictures, as it goes on: cards, progress, curves, weights, and what the gap says."""

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QElapsedTimer, QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QVBoxLayout, QWidget

from mnist_lab.experiment import Validation
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import Diverged, RateChanged
from mnist_lab.runs.run import Run, State
from mnist_lab.studies.smoothing import smoothing_span
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.pages.train.first_loss_notice import FirstLossNotice
from mnist_lab.window.pages.train.gap_notice import GapNotice
from mnist_lab.window.pages.train.ghost_curve import GhostPair
from mnist_lab.window.pages.train.moment_row import MomentRow
from mnist_lab.window.pages.train.run_cards import RunCards
from mnist_lab.window.pages.train.run_heading import RunHeading
from mnist_lab.window.pages.train.run_panel import RunPanel
from mnist_lab.window.pages.train.run_status import RunStatus
from mnist_lab.window.pages.train.train_look import TrainLook
from mnist_lab.window.pages.train.which_run import WhichRun
from mnist_lab.window.widgets.basic.equal_row import EqualRow
from mnist_lab.window.widgets.basic.hint_strip import HintStrip
from mnist_lab.window.widgets.basic.layouts import below_each_other
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.switch import named_switch

_READ_ONE_BY_ONE = 10  # updates a second, at most, of which each is read
_APART = 5  # between the parts, in logical pixels: on a low screen the curves are seen whole above the slider
_READING_MILLISECONDS = 190  # numbers change five times a second: faster nobody reads, and cards are laid out anew


class RunPictures(QWidget):
    """The right of the Train page.

    Attributes:
        gap: what the newest epoch says of overfitting; whoever shows the pictures gives it a place that is always seen.
        line: which run it is; whoever shows the pictures tells it.
        moments: how far it is, and the way to any of its moments; it gets such a place, too.
        panel: the hidden units, in tabs.
        curves: loss and accuracy.
        upper: the curves, with what is said of the first loss.

    Signals:
        unit_activated(int): a unit of the first layer is to be looked at.
        full_speed_pressed(): the run is to go as fast as it can.
        opened(): another run is looked at, which does not go on.
        moment_wanted(object): show the run after so many updates (int), as was asked for on a curve; None: now.
    """

    unit_activated = Signal(int)
    full_speed_pressed = Signal()
    opened = Signal()
    moment_wanted = Signal(object)

    def __init__(self, look: TrainLook, hints: HintStrip, parent: QWidget | None = None) -> None:
        """Show no run yet; it is looked at as `look` says, and `hints` stand beside what its gap says."""
        super().__init__(parent)
        self._look = look
        self.gap = GapNotice(hints, self)
        self._words = RunWords(self)
        self._shown_run: Run | None = None
        self._shown_epochs, self._is_at_end = 0, False
        self._shown_rates: list[RateChanged] = []
        self._last_reading = QElapsedTimer()
        self._make_parts()
        self._lay_out()
        self._loss.crosshair_moved.connect(self._accuracy.set_crosshair)
        self._accuracy.crosshair_moved.connect(self._loss.set_crosshair)
        for plot in self._plots:
            plot.moment_wanted.connect(self.moment_wanted)
        self.panel.tiles.unit_activated.connect(self.unit_activated)
        self._status.full_speed_pressed.connect(self.full_speed_pressed)

    # Building

    def _make_parts(self) -> None:
        self._cards = RunCards(self)
        self._status, self.line = RunStatus(self), WhichRun(self)
        self.moments = MomentRow(self)
        self._loss = CurvePlot("loss", self, self._look.loss)
        self._loss.setObjectName("lossPlot")
        self._accuracy = CurvePlot("accuracy", self, self._look.accuracy)
        self._accuracy.setObjectName("accuracyPlot")
        self._plots = (self._loss, self._accuracy)
        self.panel = RunPanel(self._look, self)
        self._first_loss = FirstLossNotice(self)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_APART)
        layout.addWidget(self._cards)
        layout.addWidget(RunHeading(self._status, self.line, self))
        self.upper = below_each_other(self._curves(), self._first_loss, gap=_APART)
        layout.addWidget(self.upper, 3)
        layout.addWidget(self.panel, 2)

    def _curves(self) -> QWidget:
        self._close, self._previous = self._close_switch(), self._previous_switch()
        loss = Panel(self.tr("Loss"), self._loss, self._previous, self._log_switch(), parent=self)
        accuracy = Panel(self.tr("Accuracy"), self._accuracy, self._close, parent=self)
        self._curve_cards = (loss, accuracy)
        self.curves = EqualRow(*self._curve_cards, parent=self)
        return self.curves

    def usual_curves_height(self) -> int:
        """How high both cards with curves are at least where nothing is to be yielded, in logical pixels."""
        return self._loss.usual_height() + max(card.height_around() for card in self._curve_cards)

    def yield_height(self, pixels: int) -> None:
        """Let the curves be so much lower than is usual, or as low as can be read."""
        for plot in self._plots:
            plot.yield_height(pixels)

    def _log_switch(self) -> QCheckBox:
        tip = self.tr("Show each power of ten of the loss at the same height: small losses become visible.")
        switch = named_switch("lossLogScale", self.tr("lo&g axis"), self.tr("Logarithmic loss axis"), tip, self)
        return _prepared(switch, self._loss.set_log, is_on=self._look.loss.is_log)

    def _close_switch(self) -> QCheckBox:
        tip = self.tr(
            "Show only the newest heights of both curves, so that training and validation come apart. It begins by"
            " itself when the accuracy is above 90\u00a0%, until you choose."
        )
        words, called = self.tr("both close &up"), self.tr("Both curves close up")
        switch = named_switch("accuracyCloseUp", words, called, tip, self)
        return _prepared(switch, self._on_close_chosen, is_on=self._look.close_up.is_on)

    def _previous_switch(self) -> QCheckBox:
        tip = self.tr("Show the run that was looked at before this one as a pale grey curve behind loss and accuracy.")
        switch = named_switch("previousRun", self.tr("previous"), self.tr("Previous run behind both curves"), tip, self)
        return _prepared(switch, self._on_previous_chosen, is_on=self._look.shows_previous)

    @Slot(bool)
    def _on_previous_chosen(self, on: bool) -> None:
        self._look.shows_previous = on
        self._show_ghosts()

    def show_previous(self, run: Run | None, name: str) -> None:
        """Show that run, called `name`, pale behind the curves if that is wished; None: there is none."""
        self._look.ghosts = GhostPair.of(run, name, self._look.ghosts)
        self._previous.setEnabled(self._look.ghosts is not None)
        self._show_ghosts()

    def _show_ghosts(self) -> None:
        ghosts = self._look.ghosts if self._look.shows_previous else None
        self._loss.set_ghost(None if ghosts is None else ghosts.loss)
        self._accuracy.set_ghost(None if ghosts is None else ghosts.accuracy)

    @Slot(bool)
    def _on_close_chosen(self, on: bool) -> None:
        self._look.close_up.chosen = on
        self._show_close_up(is_wish=True)

    def _show_close_up(self, *, is_wish: bool) -> None:
        is_on = self._look.close_up.is_on
        with QSignalBlocker(self._close):
            self._close.setChecked(is_on)
        for plot in self._plots:
            plot.set_close(is_on, is_wish=is_wish)

    # Before the first run

    def show_status(self, words: str) -> None:
        """Say where the run stands."""
        self._status.show_status(words)

    def offer_full_speed(self, *, is_wanted: bool, may_be_wanted: bool) -> None:
        """Show a button that lets the run go as fast as it can, or hide it; keep its room if it may be wanted."""
        if may_be_wanted:
            self._status.keep_room()
        self._status.offer_full_speed(is_wanted=is_wanted)

    def show_what_comes(self, total_updates: int, updates_per_epoch: int, measured_on: Validation) -> None:
        """Before the first run the plots already say how many updates and epochs it has and what is measured on."""
        self.moments.show_what_comes(total_updates)
        for plot in self._plots:
            plot.set_total(total_updates, updates_per_epoch)
            plot.set_measured_on(measured_on)

    # A run

    def is_reading_due(self, run: Run | None, slow_motion: float | None, *, is_paused: bool) -> bool:
        """Whether the run's words and numbers are due: at once unless it just goes on training."""
        if run is None or run is not self._shown_run or run.state is not State.TRAINING or is_paused:
            return True
        if slow_motion is not None and slow_motion <= _READ_ONE_BY_ONE:
            return True
        is_same_epoch = len(run.history.epochs) == self._shown_epochs
        return not is_same_epoch or self._last_reading.hasExpired(_READING_MILLISECONDS)

    def show_run(self, run: Run, *, is_reading_due: bool) -> None:
        """Show the run as it is now; its numbers only if their reading is due."""
        for plot in self._plots:
            plot.hold()  # each is drawn once
        if run is not self._shown_run:
            self._begin_run(run)
        elif run.is_live and self._is_at_end:
            self._go_on(run)
        if is_reading_due:
            self._last_reading.restart()
            self._cards.show_run(run)
        self._first_loss.show_run(run)
        self._show_curves(run)
        if len(run.history.epochs) != self._shown_epochs:
            self._show_epochs(run)
        if not run.is_live:
            self._end_run(run)
        self._loss.release()
        self._accuracy.release(soon=run.state is State.TRAINING)  # no turn of the event loop has to draw both

    def _show_curves(self, run: Run) -> None:
        self._look.close_up.follow(run.history.accuracies.values, run.updates_per_epoch)
        self._show_close_up(is_wish=False)
        self._loss.set_series(run.history.losses.values)
        self._accuracy.set_series(run.history.accuracies.values)
        if run.rate_changes != self._shown_rates:
            self._shown_rates = [*run.rate_changes]
            for plot in self._plots:
                plot.set_rates(run.rates)

    def show_moment(self, updates: int | None) -> None:
        """Show the numbers of the moment that is looked at, and mark it on both curves; None: it is now."""
        self._cards.show_moment(updates)
        for plot in self._plots:
            plot.show_moment(updates)

    def show_no_run(self) -> None:
        """Be as before the first run."""
        if self._shown_run is not None:
            self._shown_run = self._look.run = None
            self._cards.show_run(None)
            self.moments.clear()
            self._first_loss.clear()
            self.gap.clear()
            for plot in self._plots:
                plot.clear()

    def _begin_run(self, run: Run) -> None:
        self._shown_run, self._shown_epochs, self._shown_rates = run, 0, []
        self.moments.clear()
        self.gap.clear()
        is_other, self._look.run = run is not self._look.run, run
        if is_other:
            if not run.is_live:
                self.opened.emit()
            self._look.close_up.begin()
            self.panel.tiles.clear()  # the scale begins anew, also if the run began while another page was seen
        for plot in self._plots if is_other else ():  # else the page was built anew, and one looks at the same run
            plot.clear()
        self._go_on(run)

    def _go_on(self, run: Run) -> None:
        """Show a run that is live: one that begins, or that has ended and goes on, perhaps with an epoch more."""
        self._is_at_end = False
        self.moments.begin_run(run)
        for plot in self._plots:
            plot.set_divergence(None)
            plot.set_total(run.total_updates, run.updates_per_epoch)
            plot.set_measured_on(run.experiment.validation)
            plot.set_smoothing(smoothing_span(run.total_updates))
            plot.set_live(True)

    def _show_epochs(self, run: Run) -> None:
        ends = run.history.epochs
        self._shown_epochs = len(ends)
        updates = np.array([end.updates for end in ends])
        self._loss.set_validation(updates, np.array([end.validation_loss for end in ends]))
        self._accuracy.set_validation(
            updates,
            np.array([end.validation_accuracy for end in ends]),
            np.array([end.train_accuracy_after for end in ends]),
        )
        self.gap.show_run(run)

    def _end_run(self, run: Run) -> None:
        self._is_at_end = True
        diverged_at = run.outcome.update if isinstance(run.outcome, Diverged) else None
        for plot in self._plots:
            plot.set_divergence(diverged_at)
            plot.set_live(False)
        if run.state is State.DIVERGED:
            self.gap.show_divergence(self._words.advice(run))

    def show_weights(self, weights: NetworkWeights | None, start: NetworkWeights | None) -> None:
        """Show the first layer of the run's network, which began as `start`; None: there is none yet."""
        self.panel.tiles.show_weights(weights, start)


def _prepared(switch: QCheckBox, chosen: Callable[[bool], object], *, is_on: bool) -> QCheckBox:
    switch.setChecked(is_on)
    shows_state(switch)
    switch.toggled.connect(chosen)
    return switch
