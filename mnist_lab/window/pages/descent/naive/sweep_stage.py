"""All weights nudged one after the other, with a counter and an honest progress bar, against one backward pass."""

from math import isfinite

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from mnist_lab.descent.perturbation import Scheme
from mnist_lab.studies.frozen_loss import fingerprint
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.nudging import count_weights, nudge
from mnist_lab.studies.sweeping import EPSILON, SweepReport
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.naive.stoppable_work import StoppableWork, WorkState
from mnist_lab.window.pages.descent.naive.sweep_words import SweepWords
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import beside, captioned, paragraph
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.progress_bar import ProgressBar
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import fill, spell, spell_duration, spell_fixed, spell_measured, spell_whole

SAMPLES = (100, 1_000)
_BAR_STEPS = 1_000
_FEWEST_TIMED = 100
"""Weights of a sweep from whose time that of another one is reckoned."""
_LEAST_CONTROLS = 216
"""Their width beside four large numbers."""


class SweepStage(QWidget):
    """Choose how many weights, start, stop at any time; what was done until then is compared with the gradient."""

    def __init__(self, work: StoppableWork, pace: Derived[Looked, float], parent: QWidget | None = None) -> None:
        """Show `work`, which may be going on; each is about the fingerprint of the weights at its beginning."""
        super().__init__(parent)
        self._trained: Looked | None = None
        self._is_watching = False
        self._work = work
        self._pace = pace
        self._words = SweepWords(self)
        self._make_controls()
        self._make_pictures()
        caption = self.tr("Each mark is a weight; on the dashed line its two slopes are equal.")
        beside(
            self._controls(),
            self._cards(),
            self._bar,
            Panel(self.tr("Each weight's slope, both ways"), captioned(self._plot, caption), parent=self),
            self._verdict,
            parent=self,
            least=_LEAST_CONTROLS,
        )
        self._connect()

    def _make_controls(self) -> None:
        self._scheme = DropDown()
        self._scheme.addItem(self.tr("Up and down"), Scheme.TWO_SIDED)
        self._scheme.addItem(self.tr("Up only"), Scheme.ONE_SIDED)
        self._amount = DropDown()
        self._form = FormGrid()
        self._form.add_field(
            self._scheme,
            "sweepScheme",
            self.tr("Nudge"),
            self.tr(
                "Up and down takes two forward passes a weight, as in the chapter; up only takes one, and one more."
            ),
        )
        self._form.add_field(
            self._amount,
            "sweepAmount",
            self.tr("Weights"),
            self.tr("All weights of the network, or some of them, drawn at random."),
        )
        self._estimate = paragraph("sweepEstimate")
        self._start = IconButton("ph.play-fill", self.tr("Nudge these weights"))
        self._start.setObjectName("sweepStart")
        self._start.setToolTip(self.tr("Begin; the window stays free, and you can stop at any time."))
        self._start.set_primary(True)
        self._stop = IconButton("ph.stop", self.tr("Stop and compare"))
        self._stop.setObjectName("sweepStop")
        self._stop.setToolTip(self.tr("End now, and compare what was done until then."))
        self._stop.setEnabled(False)
        self._proof = paragraph("sweepProof", caption=True)

    def _controls(self) -> ScrollColumn:
        words = self.tr(
            "Turn one weight after the other, on a copy of your network and a frozen batch: that is the gradient, the"
            " naive way. Backpropagation finds all slopes in one backward pass."
            " Computed in float64, nudges of {epsilon}."
        )
        introduction = paragraph("sweepIntroduction", fill(words, epsilon=spell(EPSILON, None)))
        parts = (introduction, self._form, self._estimate, self._start, self._stop, self._proof)
        return ScrollColumn("sweepControls", *parts, parent=self)

    def _make_pictures(self) -> None:
        self._passes = StatCard(self.tr("forward passes"), room="814,100")
        self._passes.setObjectName("sweepPasses")
        self._time = StatCard(self.tr("by nudging"), room="00.0 min")
        self._time.setObjectName("sweepTime")
        self._backward = StatCard(self.tr("by one backward pass"), room="00.00 ms")
        self._backward.setObjectName("sweepBackward")
        self._cosine = StatCard(self.tr("cosine of the two"), room="0.00000")
        self._cosine.setObjectName("sweepCosine")
        self._bar = ProgressBar(self)
        self._bar.setObjectName("sweepProgress")
        self._bar.setAccessibleName(self.tr("Weights nudged"))
        self._bar.setToolTip(self.tr("Weights nudged, of all that are to be."))
        self._bar.setTextVisible(False)
        self._bar.setRange(0, _BAR_STEPS)
        self._verdict = Notice(self)
        self._verdict.setObjectName("sweepVerdict")
        self._verdict.reserve_lines(2)
        series = (
            Series("equal", self.tr("equal"), lambda palette: palette.border, is_dashed=True, counts=False),
            Series("slopes", self.tr("by nudging"), lambda palette: palette.training, has_line=False, has_marks=True),
        )
        self._plot = XyPlot(
            "sweepPlot",
            self.tr("Slopes by nudging against slopes by backpropagation"),
            self.tr("slope by backpropagation"),
            self.tr("slope by nudging"),
            series,
            self,
        )
        self._plot.set_empty_words(self.tr("Once weights are nudged, each one is a mark here."))

    def _cards(self) -> QWidget:
        cards = QWidget(self)
        layout = QGridLayout(cards)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for column, card in enumerate((self._passes, self._time, self._backward, self._cosine)):
            layout.addWidget(card, 0, column)
            layout.setColumnStretch(column, 1)
        cards.setSizePolicy(cards.sizePolicy().horizontalPolicy(), cards.sizePolicy().Policy.Fixed)
        return cards

    def _connect(self) -> None:
        self._scheme.currentIndexChanged.connect(self._show_estimate)
        self._amount.currentIndexChanged.connect(self._show_estimate)
        self._start.clicked.connect(self._on_start)
        self._stop.clicked.connect(self._work.stop)
        self._work.reported.connect(self._show_work)
        self._work.done.connect(self._show_work)
        self._work.failed.connect(self._show_buttons)
        self._pace.changed.connect(self._show_estimate)
        self._show_work()

    # What the tab tells

    def set_network(self, trained: Looked) -> None:
        """Offer this network, unless one is being nudged."""
        self._trained = trained
        timed = self._pace.input
        if timed is None or (count_weights(timed), timed.is_live) != (count_weights(trained), trained.is_live):
            self._pace.set_input(trained, trained.source_id)  # beside a run a pass takes longer
        self._offer_amounts(count_weights(trained))
        self._show_estimate()

    def watch(self, watch: bool) -> None:
        """Measure the pace only while it is seen; a sweep that was started goes on."""
        if watch != self._is_watching:
            self._is_watching = watch
            self._pace.watch(watch)

    def _offer_amounts(self, weights: int) -> None:
        if self._amount.count() and self._amount.itemData(0) == weights:
            return
        self._amount.clear()
        self._amount.addItem(fill(self.tr("all {}"), spell_whole(weights)), weights)
        for sample in SAMPLES:
            if sample < weights:
                self._amount.addItem(fill(self.tr("{} at random"), spell_whole(sample)), sample)

    # Before

    @property
    def _chosen_scheme(self) -> Scheme:
        scheme = self._scheme.currentData()
        assert isinstance(scheme, Scheme)
        return scheme

    @Slot()
    def _show_estimate(self) -> None:
        self._start.setEnabled(self._trained is not None and not self._work.is_running and self._amount.count() > 0)
        if self._trained is None or not self._amount.count():
            self._estimate.clear()
            return
        amount = int(self._amount.currentData())
        passes = self._chosen_scheme.forward_passes(amount)
        each = self._seconds_a_pass()
        if each is None:
            words = self.tr("{weights} weights: {passes} forward passes.")
            self._estimate.setText(fill(words, weights=spell_whole(amount), passes=spell_whole(passes)))
            return
        words = self.tr(
            "{weights} weights: {passes} forward passes × {each} ≈ {time} on this machine, for the slopes of a single"
            " update."
        )
        if amount < count_weights(self._trained):
            words = self.tr("{weights} of the weights: {passes} forward passes × {each} ≈ {time} on this machine.")
        self._estimate.setText(
            fill(
                words,
                weights=spell_whole(amount),
                passes=spell_whole(passes),
                each=spell_measured(each),
                time=_spell_time(passes * each),
            )
        )

    def _seconds_a_pass(self) -> float | None:
        """As the newest sweep of a network as large measured it, else as some passes did; None before any."""
        result, trained = self._work.result, self._trained
        if result is not None and trained is not None and not trained.is_live:
            report: SweepReport = result.content
            if report.network_weights == count_weights(trained) and report.done >= _FEWEST_TIMED:
                return report.seconds_a_pass
        return self._pace.value

    # While it runs

    @Slot()
    def _on_start(self) -> None:
        trained, amount, scheme = self._trained, int(self._amount.currentData()), self._chosen_scheme
        assert trained is not None
        about = fingerprint(trained.weights)
        self._work.start(lambda switch, handle: nudge(trained, amount, scheme, switch, handle), about)
        self._show_work()
        self._stop.setFocus()

    @Slot()
    def _show_work(self) -> None:
        """Show how far the sweep is, or what it came to."""
        state, newest = self._work.state, self._work.newest
        if newest is not None:
            self._show_report(newest.content)
        self._show_buttons()
        if state is WorkState.BEGUN:
            self._bar.setValue(0)
            words = self.tr("Preparing: the gradient by backpropagation comes first, to compare with.")
            self._verdict.show_message(words)
        elif newest is not None and state is WorkState.REPORTED:
            self._verdict.show_message(self._words.progress(newest.content))
        elif newest is not None:
            self._verdict.show_message(*self._words.verdict(newest.content))
        self._show_proof()

    def _show_proof(self) -> None:
        result = self._work.result
        if result is None:
            return
        before, after = result.about, result.content.fingerprint
        words = self.tr("Fingerprint of the weights before {before} and after {after}: the same bytes.")
        if after != before:
            words = self.tr("Fingerprint of the weights before {before} and after {after}: they differ, a defect.")
        self._proof.setText(fill(words, before=before, after=after))

    @Slot()
    def _show_buttons(self) -> None:
        is_running, was_at_stop = self._work.is_running, self._stop.hasFocus()
        for part in (self._scheme, self._amount):
            part.setEnabled(not is_running)
        self._show_estimate()
        if was_at_stop and not is_running:
            self._start.setFocus()
        self._stop.setEnabled(is_running)

    def _show_report(self, report: SweepReport) -> None:
        self._passes.set_value(spell_whole(report.forward_passes))
        self._time.set_value(_spell_time(report.elapsed_seconds))
        self._backward.set_value(spell_measured(report.backward_seconds) if isfinite(report.backward_seconds) else "")
        self._cosine.set_value(spell_fixed(report.cosine, 5) if isfinite(report.cosine) else "")
        self._bar.setValue(round(_BAR_STEPS * report.done / max(report.total, 1)))
        self._plot.set_series("slopes", report.exact, report.nudged)
        finite = report.exact[np.isfinite(report.exact)]
        ends = np.array([finite.min(), finite.max()]) if finite.size else np.empty(0)
        self._plot.set_series("equal", ends, ends)
        self._plot.refresh()


def _spell_time(seconds: float) -> str:
    """A short time in its own unit: that it was "less than 0.1 s" has no room, and says less."""
    return spell_measured(seconds) if seconds < 1 else spell_duration(seconds)
