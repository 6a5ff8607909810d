"""Three ways to lower the loss, on the same axes: progress for each forward pass that was spent."""

import numpy as np
from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.perturbation import GRADIENT_COST, Way
from mnist_lab.studies.frozen_loss import FROZEN_IMAGES
from mnist_lab.studies.looked import Looked
from mnist_lab.studies.nudging import Switch, loss_of
from mnist_lab.studies.sweeping import EPSILON, Courses, run_race
from mnist_lab.window.pages.descent.naive.stoppable_work import StoppableWork, WorkReport, WorkState
from mnist_lab.window.widgets.basic.icon_button import IconButton
from mnist_lab.window.widgets.basic.layouts import beside, captioned, paragraph
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.widgets.fields.form_grid import FormGrid
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import fill, spell, spell_duration, spell_whole
from mnist_lab.work import JobHandle

_PASSES = 300
_MOST_PASSES = 100_000
_RATE = 0.1
_SERIES = {Way.ONE_AT_A_TIME: "one", Way.TOGETHER: "together", Way.GRADIENT: "gradient"}


class RaceStage(QWidget):
    """Start the race and see that the gradient needs so few passes that the others seem to stand still."""

    def __init__(self, work: StoppableWork, parent: QWidget | None = None) -> None:
        """Show `work`, which may be going on; each is about the forward passes that a way may spend."""
        super().__init__(parent)
        self._trained: Looked | None = None
        self._work = work
        self._make_controls()
        self._make_plot()
        plot = captioned(self._plot, self.tr("Lower is better; all three begin with the same loss."))
        panel = Panel(self.tr("Loss of the frozen batch for each forward pass spent"), plot, parent=self)
        beside(self._controls(), panel, self._verdict, parent=self)
        self._start.clicked.connect(self._on_start)
        self._stop.clicked.connect(self._work.stop)
        self._work.reported.connect(self._show_work)
        self._work.done.connect(self._show_work)
        self._work.failed.connect(self._show_buttons)
        self._show_work()

    def _make_controls(self) -> None:
        self._passes = WholeNumberBox(minimum=GRADIENT_COST, maximum=_MOST_PASSES)
        self._passes.setValue(_PASSES)
        self._rate = RealNumberBox(minimum=0.0, maximum=1_000.0)
        self._rate.setValue(_RATE)
        self._form = FormGrid()
        self._form.add_field(
            self._passes, "racePasses", self.tr("Forward passes"), self.tr("What each of the three ways may spend.")
        )
        self._form.add_field(
            self._rate, "raceRate", self.tr("Learning rate"), self.tr("The step against the slope, the same for all.")
        )
        self._start = IconButton("ph.play-fill", self.tr("Start the race"))
        self._start.setObjectName("raceStart")
        self._start.setToolTip(self.tr("Let all three ways begin with the same weights, on copies."))
        self._start.set_primary(True)
        self._stop = IconButton("ph.stop", self.tr("Stop"))
        self._stop.setObjectName("raceStop")
        self._stop.setToolTip(self.tr("End the race as it stands."))
        self._from = paragraph("raceFrom", caption=True)

    def _controls(self) -> ScrollColumn:
        words = self.tr(
            "A batch of {images} images, nudges of {epsilon}, and three ways to lower its loss: nudge all weights"
            " together in a random direction; nudge one at a time; follow the gradient. A gradient counts as {cost}"
            " forward passes: one forward, and one backward of twice the work."
        )
        text = fill(words, images=FROZEN_IMAGES, epsilon=spell(EPSILON, None), cost=GRADIENT_COST)
        parts = (paragraph("raceIntroduction", text), self._form, self._start, self._stop, self._from)
        return ScrollColumn("raceControls", *parts, parent=self)

    def _make_plot(self) -> None:
        self._verdict = Notice(self)
        self._verdict.setObjectName("raceVerdict")
        self._verdict.reserve_lines(2)
        series = (
            Series("together", self.tr("all nudged together"), lambda palette: palette.series[3], is_dashed=True),
            Series("one", self.tr("one at a time"), lambda palette: palette.series[1]),
            Series("gradient", self.tr("the gradient"), lambda palette: palette.series[0]),
        )
        words = self.tr("Loss against forward passes, for three ways")
        self._plot = XyPlot("racePlot", words, self.tr("forward passes"), self.tr("loss"), series, self)
        self._plot.set_empty_words(self.tr("Once the race begins, the loss of each way is drawn here."))

    # What the tab tells

    def set_network(self, trained: Looked, *, is_start: bool) -> None:
        """Begin from these weights; `is_start` says that they are those before the first update."""
        self._trained = trained
        words = self.tr("It begins with the network after %Ln update(s), in float64.", "", trained.weights.updates)
        if is_start:
            words = self.tr("It begins with the weights that your network had before its first update, in float64.")
        self._from.setText(words)
        self._show_buttons()

    # What happens

    @Slot()
    def _on_start(self) -> None:
        trained, rate, passes = self._trained, self._rate.value(), self._passes.value()
        assert trained is not None
        self._work.start(lambda switch, handle: _race(trained, rate, passes, switch, handle), passes)
        self._plot.show_whole()
        self._show_work()
        self._stop.setFocus()

    @Slot()
    def _show_work(self) -> None:
        """Show the race as it stands."""
        state, newest = self._work.state, self._work.newest
        if newest is not None:
            self._show_courses(newest)
        self._show_buttons()
        if state is WorkState.DONE and newest is not None:
            self._verdict.show_message(self._judge(newest.content), "info")
        elif state is WorkState.REPORTED and newest is not None:
            self._verdict.show_message(self._tell_progress(newest))
        elif state is not WorkState.NOT_BEGUN:
            self._verdict.show_message(self.tr("The race is on."))

    def _tell_progress(self, told: WorkReport) -> str:
        passes, done = int(told.about), max(_spent(places) for places in told.content.values())
        if not done:
            return self.tr("The race is on.")
        words = self.tr(
            "{done} of {passes} forward passes each, about {left} left. Training and all pages stay free meanwhile."
        )
        left = spell_duration(self._work.seconds * (passes - done) / done, tenths=False)
        return fill(words, done=spell_whole(done), passes=spell_whole(passes), left=left)

    @Slot()
    def _show_buttons(self) -> None:
        is_running = self._work.is_running
        self._start.setEnabled(self._trained is not None and not is_running)
        if self._stop.hasFocus() and not is_running:
            self._start.setFocus()
        self._stop.setEnabled(is_running)
        for part in (self._passes, self._rate):
            part.setEnabled(not is_running)

    def _show_courses(self, told: WorkReport) -> None:
        for way, name in _SERIES.items():
            self._plot.set_series(name, told.content[way][:, 0], told.content[way][:, 1])
        self._plot.set_ranges(x=(0.0, float(told.about)))
        self._plot.refresh()

    def _judge(self, courses: Courses) -> str:
        falls = {way: _fall(places) for way, places in courses.items()}
        if any(np.isnan(fall) for fall in falls.values()):
            return self.tr("This network's numbers have overflowed: its run diverged, and there is no loss to lower.")
        words = self.tr(
            "Loss lowered by {gradient} with the gradient, by {one} one weight at a time, by {together} all together."
        )
        text = fill(
            words,
            gradient=spell(falls[Way.GRADIENT], 4),
            one=spell(falls[Way.ONE_AT_A_TIME], 4),
            together=spell(falls[Way.TOGETHER], 4),
        )
        if falls[Way.GRADIENT] > max(falls[Way.ONE_AT_A_TIME], falls[Way.TOGETHER], 0):
            text += " " + self.tr("One backward pass knows every weight's slope at once; a nudge knows one number.")
        elif falls[Way.GRADIENT] < 0:
            text += " " + self.tr("With this learning rate even the gradient climbs: try a smaller one.")
        return text


def _spent(places: np.ndarray) -> int:
    """Forward passes of one way so far."""
    return int(places[-1, 0]) if len(places) else 0


def _fall(places: np.ndarray) -> float:
    return float(places[0, 1] - places[-1, 1]) if len(places) else float("nan")


def _race(trained: Looked, rate: float, passes: int, switch: Switch, handle: JobHandle) -> Courses:
    def report(courses: Courses) -> None:
        handle.report(courses)

    return run_race(loss_of(trained), rate, passes, report, lambda: switch.is_stopped or handle.is_cancelled)
