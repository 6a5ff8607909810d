"""The tab Race: who races at the left; curves, leader board and tiles at the right."""

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.runs.kept_races import newest_race
from mnist_lab.runs.race_estimate import estimate_race
from mnist_lab.runs.race_rules import differing_batches, differing_start
from mnist_lab.runs.run import State
from mnist_lab.window.pages.experiments.leader_board import LeaderBoard
from mnist_lab.window.pages.experiments.race_list import RaceList
from mnist_lab.window.pages.experiments.race_plot import RacePlot
from mnist_lab.window.pages.experiments.race_setup import RaceSetup
from mnist_lab.window.pages.experiments.racer_tiles import RacerTiles
from mnist_lab.window.pages.experiments.racer_words import racer_words
from mnist_lab.window.setting_words import SettingWords
from mnist_lab.window.state.experiment_starts import ExperimentStarts
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import RunsToCompare
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import beside, paragraph, row
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.words import fill, spell_duration, spell_whole

_SHOWN_OF_HASH = 12


class RaceTab(QWidget):
    """Starts, pauses and stops a race, and shows it."""

    def __init__(self, lab: Lab, setup: RaceSetup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lab = lab
        self._race = lab.race
        self._setup = setup
        self._starts = ExperimentStarts(lab, self)
        self._words = SettingWords(self)
        self._shown: object = None  # the lanes whose names the plots have
        self._make_controls()
        self._make_pictures()
        self._lay_out()
        self._connect()
        self.show_racers()
        self.show_race()

    # Building

    def _make_controls(self) -> None:
        self._list = RaceList(self)
        self._start = named_button(
            "racersStart",
            "ph.play-fill",
            self.tr("&Start the race"),
            self.tr("Let all racers train, turn by turn."),
            self,
        )
        self._start.set_primary(True)
        self._pause = named_button(
            "racersPause", "ph.pause", self.tr("Pause"), self.tr("Let all racers wait, or go on."), self
        )
        self._stop = named_button(
            "racersStop", "ph.stop", self.tr("Stop"), self.tr("End the race; what was trained stays kept."), self
        )
        self._compare = named_button(
            "racersCompare",
            "ph.stack",
            self.tr("&Compare on Runs"),
            self.tr("Open the page Runs with all racers chosen: what differs, their curves, their answers."),
            self,
        )
        self._notice = Notice(self)
        self._notice.setObjectName("racersNotice")
        self._not_kept = Notice(self)
        self._not_kept.setObjectName("racersNotKept")
        self._outlook = paragraph("racersOutlook", caption=True)
        self._start_words = paragraph("racersStartLine", caption=True)

    def _make_pictures(self) -> None:
        self._loss = RacePlot("racersLoss", self.tr("Loss of all racers"), "loss", self)
        self._accuracy = RacePlot("racersAccuracy", self.tr("Accuracy of all racers"), "accuracy", self)
        self._board, self._tiles = LeaderBoard(self), RacerTiles(self)

    def _lay_out(self) -> None:
        buttons = row(self._pause, self._stop)
        parts = (
            self._list,
            self._outlook,
            self._start,
            buttons,
            self._notice,
            self._compare,
            self._not_kept,
            self._start_words,
        )
        column = ScrollColumn("racersArea", *parts, parent=self)
        plots = QWidget(self)
        inside = QHBoxLayout(plots)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(Panel(self.tr("Loss"), self._loss, parent=self), 1)
        inside.addWidget(Panel(self.tr("Accuracy"), self._accuracy, parent=self), 1)
        tiles = Panel(self.tr("What the first units look for"), self._tiles, parent=self)
        tiles.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)  # the curves have the rest
        beside(column, plots, self._board, tiles, parent=self)

    def _connect(self) -> None:
        self._list.preset_wanted.connect(self._on_preset)
        self._list.add_wanted.connect(self._on_add)
        self._list.removed.connect(self._on_removed)
        self._start.clicked.connect(self._on_start)
        self._pause.clicked.connect(self._on_pause)
        self._stop.clicked.connect(self._race.stop)
        self._compare.clicked.connect(self._on_compare)

    # What the learner does

    @Slot(str)
    def _on_preset(self, preset: str) -> None:
        self._setup.choose(preset, self._lab.draft.experiment)
        self.show_racers()

    @Slot()
    def _on_add(self) -> None:
        if (experiment := self._committed()) is not None:
            self._setup.add(experiment)
            self.show_racers()

    @Slot(int)
    def _on_removed(self, place: int) -> None:
        self._setup.remove(place, self._lab.draft.experiment)
        self.show_racers()

    @Slot()
    def _on_start(self) -> None:
        experiment = self._committed()
        if experiment is not None:
            self._starts.start_race(self._setup.racers(experiment), self._list.fairness)

    def _committed(self) -> Experiment | None:
        """The settings of the Train page; where they cannot be used, why not is told."""
        draft = self._lab.draft
        experiment = draft.commit()
        if experiment is None:
            self._lab.problem.emit(draft.problem)
        return experiment

    @Slot()
    def _on_pause(self) -> None:
        if self._race.control.is_paused:
            self._race.resume()
        else:
            self._race.pause()

    @Slot()
    def _on_compare(self) -> None:
        self._lab.navigator.open("runsPage", RunsToCompare(self._kept_ids()))

    def _kept_ids(self) -> tuple[str, ...]:
        """Of the racers of a race that is over, those that are kept as runs; before the first one, of a former day."""
        if not self._race.lanes:
            return tuple(row.id for row in newest_race(self._lab.shelf.rows))
        lanes = () if self._race.is_racing else self._race.lanes
        return tuple(lane.run.id for lane in lanes if lane.run.number is not None)

    # What is shown

    def show_racers(self) -> None:
        """List who races next, by the settings of the Train page."""
        racers = self._setup.racers(self._lab.draft.experiment)
        names = racer_words(self._words, racers)
        self._list.show_racers(names, self._setup.preset)
        self._outlook.setText(self._outlook_words(racers))
        if not self._race.lanes:  # so that nothing jumps when they start
            self._board.begin(names)
            self._tiles.reserve(len(names))
            self._show_state()

    def _outlook_words(self, racers: Sequence[Experiment]) -> str:
        """What it will take; "" where there are no digits yet."""
        digits = self._lab.digits
        if digits is None:
            return ""
        estimate = estimate_race(racers, digits, self._lab.shelf.rows)
        if estimate.seconds is None:
            return fill(self.tr("{updates} gradient updates in all."), updates=spell_whole(estimate.updates))
        words = self.tr("{updates} gradient updates in all: about {time}.")
        time = spell_duration(estimate.seconds, tenths=False)
        return fill(words, updates=spell_whole(estimate.updates), time=time)

    @Slot()
    def show_race(self) -> None:
        """Show how the race stands."""
        race = self._race
        self._list.set_locked(race.is_racing)
        self._show_buttons()
        if self._shown is not race.lanes:
            self._shown = race.lanes
            names = racer_words(self._words, [lane.run.experiment for lane in race.lanes])
            totals = [lane.run.total_updates for lane in race.lanes]
            self._board.begin(names)
            for plot in (self._loss, self._accuracy):
                plot.begin(names, totals, race.fairness)
        for part in (self._loss, self._accuracy, self._board, self._tiles) if race.lanes else ():
            part.show_lanes(race.lanes)
        self._not_kept.show_message(race.trouble, "warning")
        self._start_words.setText(self._start_line())
        self._show_state()

    def _show_buttons(self) -> None:
        """Those that can be pressed; the keyboard goes from one that no more can to the next."""
        is_racing = self._race.is_racing
        before, during = (self._start,), (self._pause, self._stop)
        on, off = (during, before) if is_racing else (before, during)
        for button in on:
            button.setEnabled(True)
        if self.window().focusWidget() in off:
            on[0].setFocus()
        for button in off:
            button.setEnabled(False)
        is_paused = self._race.is_paused
        self._pause.setText(self.tr("Go on") if is_paused else self.tr("Pause"))
        self._pause.set_icon("ph.play" if is_paused else "ph.pause")

    def _show_state(self) -> None:
        is_over = not self._race.is_racing and any(lane.run.updates for lane in self._race.lanes)
        self._notice.show_message(self._state_words(), "good" if is_over else "info")
        self._compare.setVisible(len(self._kept_ids()) > 1)

    def _state_words(self) -> str:
        race = self._race
        runs = [lane.run for lane in race.lanes]
        if not runs:
            return self._words_before_the_first()
        if race.is_racing and race.control.is_stopped:
            return self.tr("The race is being ended.")
        if race.is_racing and all(run.state is State.PREPARING for run in runs):
            return self.tr("The networks are being prepared.")
        if race.is_racing and race.control.is_paused:
            return self.tr("Paused.")
        if race.is_racing:
            done, total = sum(run.updates for run in runs), sum(run.total_updates for run in runs)
            words = self.tr("Racing: {done} of {total} gradient updates of all racers together.")
            return fill(words, done=spell_whole(done), total=spell_whole(total))
        if not any(run.updates for run in runs):
            return self.tr("The race ended before its first update: there is nothing to keep.")
        numbers = ", ".join(map(spell_whole, sorted(run.number for run in runs if run.number is not None)))
        words = self.tr("The race is over; its racers are kept as runs {numbers}, on the page Runs.")
        return fill(words, numbers=numbers) if numbers else self.tr("The race is over.")

    def _words_before_the_first(self) -> str:
        numbers = ", ".join(spell_whole(row.number) for row in newest_race(self._lab.shelf.rows))
        if not numbers:
            return self.tr("No race yet. Each racer is kept as a run, as if it were trained alone.")
        words = self.tr("The racers of the last race are kept as runs {numbers}, on the page Runs.")
        return fill(words, numbers=numbers)

    def _start_line(self) -> str:
        """From which weights they start, and which batches they meet."""
        runs = [lane.run for lane in self._race.lanes]
        hashes = {run.start_weights.sha256() for run in runs if run.start_weights is not None}
        if not hashes:
            return ""
        experiments = [run.experiment for run in runs]
        if len(hashes) == 1:
            start = fill(self.tr("All start from the same weights, {hash}…"), hash=hashes.pop()[:_SHOWN_OF_HASH])
        else:
            words = self.tr(
                "Not all start from the same weights, but from the same seed, {seed}: they differ in {names}."
            )
            start = fill(
                words, seed=spell_whole(runs[0].experiment.seed), names=self._named(differing_start(experiments))
            )
        batches = differing_batches(experiments)
        met = self.tr("They meet the same batches.")
        if batches:
            met = fill(self.tr("Their batches differ, by {names}."), names=self._named(batches))
        return f"{start} {met} {self._equal_words()}"

    def _equal_words(self) -> str:
        if self._race.fairness == "seconds":
            return self.tr("Side by side they have had equal seconds of training; who is quicker makes more updates.")
        return self.tr("Side by side they have made equally many updates; who is slower takes more time for them.")

    def _named(self, fields: list[str]) -> str:
        return ", ".join(self._words.name(field) for field in fields)
