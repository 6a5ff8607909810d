"""The tab Range test: growing learning rates on a clone, and the range in which the loss falls."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.studies.rate_range import CONTEXT, with_rates_as
from mnist_lab.window import translation
from mnist_lab.window.pages.experiments.range_plot import RangePlot
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.state.experiment_starts import ExperimentStarts
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.range_work import RangeWork
from mnist_lab.window.widgets.basic.drop_down import let_shrink, named_drop_down
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import beside, paragraph
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.basic.work_bar import WorkBar
from mnist_lab.window.words import fill, rounded, spell_setting

_LETTERS = 14
"""Of the choice where the clone begins, at the narrowest."""
_TOLD = ("optimizer", "batch_size")


class RangeTab(QWidget):
    """Tests the settings of the Train page, shows what came out, and puts the suggested rate there."""

    def __init__(self, lab: Lab, work: RangeWork, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self._work = work
        self._starts = ExperimentStarts(lab, self)
        self._words = SettingWords(self)
        self._shown: object = None  # the losses that the plot has
        self._has_lent_focus = False
        self._make_parts()
        plot = Panel(self.tr("Loss against learning rate"), self._plot, parent=self)
        beside(self._controls(), plot, self._reason, parent=self)
        self._start.clicked.connect(self._on_start)
        self._use.clicked.connect(self._on_use)
        self._bar.cancel_wanted.connect(work.cancel)
        self.show_work()

    def _make_parts(self) -> None:
        self._start = named_button(
            "rangeTestStart",
            "ph.play-fill",
            self.tr("&Test rates"),
            self.tr("Try growing learning rates, one a batch, on a network that is thrown away."),
            self,
        )
        self._start.set_primary(True)
        self._from = named_drop_down(
            "rangeTestFrom",
            self.tr("Where the clone begins"),
            self.tr("An untrained network wants larger rates than one that has learned a while."),
            self,
        )
        self._from.addItem(self.tr("Untrained, settings of Train"), "untrained")
        self._from.addItem(self.tr("The run looked at, as it is"), "run")
        let_shrink(self._from, _LETTERS)
        self._bar = WorkBar(
            "rangeTest", self.tr("Progress of the range test"), self.tr("Give the test up; nothing was changed."), self
        )
        self._answer = paragraph("rangeTestAnswer")
        self._use = named_button(
            "rangeTestUse",
            "ph.check",
            self.tr("&Use it"),
            self.tr("Put the suggested learning rate into the settings of the Train page."),
            self,
        )
        self._plot = RangePlot(self)
        self._plot.show_test(None, None)
        self._reason = Notice(self)
        self._reason.setObjectName("rangeTestReason")
        self._reason.reserve_lines(2)  # the plot stays as it is

    def _controls(self) -> ScrollColumn:
        words = self.tr(
            "A clone of the network is trained on one batch with each of 211 learning rates, from 0.000001 to 10; "
            "nothing else changes. Where the loss falls, the rate is right; below, it hardly moves; above, it runs "
            "away. Another optimizer has another range."
        )
        introduction = paragraph("rangeTestIntroduction", words)
        parts = (introduction, self._from, self._start, self._bar, self._answer, self._use)
        return ScrollColumn("rangeTestArea", *parts, parent=self)

    def make_ready(self) -> None:
        """Be ready to test the settings of the form: one key begins."""
        self._from.setCurrentIndex(self._from.findData("untrained"))
        self._start.setFocus()

    @Slot()
    def _on_start(self) -> None:
        self._starts.start_range_test(self._work, trained=self._from.currentData() == "run")

    @Slot()
    def _on_use(self) -> None:
        draft, bounds = self._lab.draft, self._work.bounds
        if bounds is not None:
            draft.set_experiment(draft.experiment.changed(learning_rate=bounds[2]))
            self._lab.navigator.open("trainPage")

    @Slot()
    def show_work(self) -> None:
        """Show how far the test is, or what came out."""
        work = self._work
        if work.tested is not self._shown:
            self._shown = work.tested
            self._plot.show_test(work.tested, work.found)
        self._bar.show_progress(work.progress, work.why_not)
        self._use.setEnabled(work.bounds is not None and not work.is_running)
        self._show_start()
        self._answer.setText(self._answer_words())
        self._say_reason()

    def _show_start(self) -> None:
        """While a test goes on the keyboard waits beside its button; then it goes on to what can be done."""
        is_running, focused = self._work.is_running, self.window().focusWidget()
        if is_running and focused is self._start:
            self._from.setFocus()
            self._has_lent_focus = True
        self._start.setEnabled(not is_running)
        if not is_running and self._has_lent_focus:
            self._has_lent_focus = False
            if focused is self._from:
                (self._use if self._use.isEnabled() else self._start).setFocus()

    def _answer_words(self) -> str:
        work = self._work
        if work.is_running:
            return self.tr("The test goes on.")
        if work.found is None:
            return self.tr("Not tested yet.")
        if work.bounds is None:
            return self.tr("No range found.")
        words = self.tr("Learning rates from {low} to {high}; suggested: {rate}.")
        low, high, suggested = map(_spell_rate, work.bounds)
        return fill(words, low=low, high=high, rate=suggested)

    def _say_reason(self) -> None:
        found, begun = self._work.found, self._work.begun
        if found is None or begun is None:
            self._reason.clear()
            return
        parts = [
            fill(translation.translate(CONTEXT, one.template), **with_rates_as(_spell_rate, one))
            for one in found.reasons
        ]
        values = {name: self._words.value(name, getattr(begun.experiment, name)) for name in _TOLD}
        heading = fill(self.tr("{optimizer}, batches of {batch_size}."), **values)
        if begun.updates is not None:
            words = self.tr("The run after %Ln update(s), {optimizer}, batches of {batch_size}.", "", begun.updates)
            heading = fill(words, **values)
        text = " ".join([heading, *parts])
        self._reason.show_message(text, "good" if found.is_found else "warning")


def _spell_rate(rate: float) -> str:
    return spell_setting(rounded(rate, 2))
