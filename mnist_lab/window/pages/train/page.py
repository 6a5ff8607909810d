"""The Train page: set up a network, train it, watch loss, accuracy and weights while it learns."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.window import theme
from mnist_lab.window.export_menu import ExportMenu, looked_at
from mnist_lab.window.pages.base import Page
from mnist_lab.window.pages.run_hints import RunHints
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.pages.train.choice_words import ChoiceWords, with_next_seed
from mnist_lab.window.pages.train.controls_column import ControlsColumn
from mnist_lab.window.pages.train.form_memory import FormMemory
from mnist_lab.window.pages.train.looked_run import LookedRun
from mnist_lab.window.pages.train.moment_controls import MomentControls
from mnist_lab.window.pages.train.network.network_tab import RunNetworkTab
from mnist_lab.window.pages.train.network.run_network import RunNetwork
from mnist_lab.window.pages.train.program.bits_work import BitsWork
from mnist_lab.window.pages.train.program.parting_work import PartingWork
from mnist_lab.window.pages.train.program.program_look import ProgramLook
from mnist_lab.window.pages.train.program.program_saver import ProgramSaver
from mnist_lab.window.pages.train.program.program_source import ProgramSource
from mnist_lab.window.pages.train.program.program_tab import ProgramTab
from mnist_lab.window.pages.train.run_buttons import RunState
from mnist_lab.window.pages.train.run_choices import RunChoices
from mnist_lab.window.pages.train.run_pictures import RunPictures
from mnist_lab.window.pages.train.run_side import RunSide
from mnist_lab.window.pages.train.starts_seen import StartsSeen
from mnist_lab.window.pages.train.train_look import TrainLook
from mnist_lab.window.run_names import run_in_sentence
from mnist_lab.window.state.forgetting import Forgetting
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import UnitToOpen
from mnist_lab.window.state.range_offer import open_range_test
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.notice import Notice


class TrainPage(Page):
    """Controls on the left, what they lead to on the right."""

    needs_weights = True

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(lab, parent)
        self._words = RunWords(self)
        self._controls = ControlsColumn(lab, self.view.model("form", FormMemory), self)
        self._next_run = Notice(self)
        self._next_run.setObjectName("nextRunNotice")
        self._looked = LookedRun(lab, self)
        self._not_kept = Notice(self)
        self._not_kept.setObjectName("notKeptNotice")
        self._choices, self._choice_words = RunChoices(self), ChoiceWords(self)
        self._forgetting = self.view.model("forgetting", lambda: Forgetting(lab))
        self._look = self.view.model("look", lambda: TrainLook.of_last_time(self.view))
        self._hints = RunHints(lab, "hint", self)
        self._pictures = RunPictures(self._look, self._hints, self)
        line = self._pictures.line
        line.set_export_menu(ExportMenu("exportRunMenu", lab, lambda: looked_at(lab), line))
        self._add_program()
        self._add_network()
        self._moments = MomentControls(lab, self.view, self._pictures, self)
        look = self._look  # which outlives the page
        self.view.tell("reasons", lambda: look.reasons)
        self.view.tell("moment", lambda: lab.time.wanted)
        starts = self.view.model("starts", lambda: StartsSeen(lab))
        self.view.tell("startsSeen", lambda: starts.count)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.GAP)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._controls)
        layout.addLayout(self._right(), 1)
        self._connect()
        self.lab.draft.set_problem("")  # of texts in a form that is no more; they come back when this one is seen

    # Building

    def _right(self) -> RunSide:
        pictures, after = self._pictures, (self._choices, self._next_run)
        return RunSide(self._looked, pictures, self._not_kept, self._moments.panel, after, self)

    def _add_program(self) -> None:
        """Beside the hidden units, the program of what the form says."""
        form, source = self._controls.form, self.view.model("program", lambda: ProgramSource(self.lab))
        rounding = self.view.model("rounding", lambda: PartingWork(self.lab))
        bits, look = self.view.model("bits", lambda: BitsWork(self.lab)), self.view.model("programLook", ProgramLook)
        bits.tell(self.view)
        look.tell(self.view)
        self._program = ProgramTab(self.lab, source, look, (rounding, bits), form, self)
        self._pictures.panel.add_tab(
            self._program,
            self.tr("Keras program"),
            self.tr("The program that trains the network of the form with Keras alone."),
            *self._program.options,
        )
        saver = ProgramSaver(self.lab, source, self)
        self._program.copy_pressed.connect(lambda: saver.copy(checks=self._program.has_checks))
        self._program.save_pressed.connect(lambda: saver.save(checks=self._program.has_checks))
        form.problem_changed.connect(self._program.show_problem)

    def _add_network(self) -> None:
        """Beside both, the whole network with what flows through it."""
        model = self.view.model("network", lambda: RunNetwork(self.lab))
        self._network = RunNetworkTab(self.lab, model, self)
        title, explanation = self.tr("Network"), self.tr("The whole network, and what flows through it and back.")
        self._pictures.panel.add_tab(self._network, title, explanation, self._network.large)
        for tab in (self._network, self._program):
            tab.large_changed.connect(self._on_large)

    @Slot()
    def _on_large(self) -> None:
        """Give the network or the program the room of the curves, or give it back."""
        self._pictures.upper.setHidden(self._network.wants_room or self._program.wants_room)

    def _connect(self) -> None:
        self._pictures.unit_activated.connect(self._open_unit)
        self._pictures.full_speed_pressed.connect(self._on_full_speed)
        self._choices.again_pressed.connect(self._on_again)
        self._choices.new_start_pressed.connect(self._on_new_start)
        self._choices.go_on_pressed.connect(self._on_go_on)
        self._looked.copy_wanted.connect(self._on_copy_wanted)
        self._pictures.line.forget_pressed.connect(self._on_forget)
        self._pictures.gap.explained.connect(self._look.count_reason)
        self._pictures.gap.range_test_wanted.connect(lambda: open_range_test(self.lab))
        self._moments.panel_changed.connect(self._show_state)
        self._hints.left.connect(self._focus_start)
        self._moments.left.connect(self._focus_start)

    def first_focus(self) -> QWidget:
        """Start: Space or Enter is all a newcomer needs."""
        return self._controls.buttons

    # What happens

    @Slot()
    def _focus_start(self) -> None:
        self.first_focus().setFocus()

    def _watch(self, watch: bool) -> None:
        """Have hints while the page is seen."""
        super()._watch(watch)
        self._hints.watch(watch)

    @Slot()
    def _on_full_speed(self) -> None:
        self.first_focus().setFocus()  # the button is about to go
        self.lab.live.set_slow_motion(None)

    @Slot(int)
    def _open_unit(self, unit: int) -> None:
        self.lab.navigator.open("weightsPage", UnitToOpen(unit))

    @Slot()
    def _on_again(self) -> None:
        if self.lab.run is not None:
            self._start(self.lab.run.experiment, self.lab.run.experiment)

    @Slot()
    def _on_new_start(self) -> None:
        if self.lab.run is not None:
            self._start(self.lab.run.experiment, with_next_seed(self.lab.run.experiment))

    def _start(self, run: Experiment, experiment: Experiment) -> None:
        """Start `experiment`, which follows from a run's; what the form had otherwise can be had back."""
        self.first_focus().setFocus()  # the button is about to go
        draft, entered = self.lab.draft, self.lab.draft.commit()
        if entered is None:
            self.lab.problem.emit(draft.problem)
            return
        draft.set_experiment(experiment)
        self.lab.start()
        if entered not in (run, experiment):
            self.lab.offered.emit(self._choice_words.offer(self.lab, entered, self._words.differing(run, entered)))

    @Slot()
    def _on_copy_wanted(self) -> None:
        """Let the form have the settings of the run looked at; a run that is live keeps its own rate."""
        run, draft = self.lab.run, self.lab.draft
        entered = draft.commit()
        if entered is None:
            self.lab.problem.emit(draft.problem)
        elif run is not None:
            self.first_focus().setFocus()  # the link is about to go
            draft.bring_back(run.experiment)
            names = self._words.differing(run.experiment, entered)
            self.lab.offered.emit(self._choice_words.offer(self.lab, entered, names))

    @Slot()
    def _on_go_on(self) -> None:
        self.first_focus().setFocus()
        self.lab.go_on(self.lab.draft.experiment.epochs)

    @Slot()
    def _on_forget(self) -> None:
        self.first_focus().setFocus()
        self._forgetting.forget()

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if subjects & {Subject.EXPERIMENT, Subject.DATA}:
            self._show_experiment()
            self._program.refresh()
        if subjects & {Subject.EXPERIMENT, Subject.RUN, Subject.NETWORKS}:
            self._looked.refresh()
        run, live = self.lab.run, self.lab.live
        is_reading_due = Subject.RUN in subjects and self._pictures.is_reading_due(
            run, live.slow_motion, is_paused=live.is_paused
        )
        if is_reading_due or subjects & {Subject.DATA, Subject.KERAS, Subject.EXPERIMENT, Subject.RUNS}:
            self._show_state()
        elif Subject.MOMENT in subjects:
            self._show_status()
        if is_reading_due:
            self._program.refresh_run()
        if Subject.RUN in subjects:
            speed = live.control.slow_motion if live.is_training else live.slow_motion  # one run may have its own
            self._controls.pace.choice.show_speed(speed)
            self._pictures.offer_full_speed(is_wanted=live.is_slowed_first, may_be_wanted=live.slow_first is not None)
        if Subject.RUN in subjects and run is not None:
            self._pictures.show_run(run, is_reading_due=is_reading_due)
        elif Subject.RUN in subjects:
            self._pictures.show_no_run()
            self._show_experiment()
        if Subject.WEIGHTS in subjects:
            start = None if run is None else run.start_weights
            self._pictures.show_weights(self.lab.look.network_of_run, start)
        self._network.refresh(subjects)
        self._moments.refresh(subjects)

    def _show_experiment(self) -> None:
        self._controls.show_experiment()
        if self.lab.run is None and self.lab.digits is not None:
            experiment, images = self.lab.draft.experiment, len(self.lab.digits.train_images)
            total, per_epoch = experiment.total_updates(images), experiment.updates_per_epoch(images)
            self._pictures.show_what_comes(total, per_epoch, experiment.validation)

    @Slot()
    def _show_state(self) -> None:
        self._controls.buttons.show_state(self._run_state())
        self._show_status()
        is_now = not self._moments.has_panel
        self._next_run.show_message(self._words.next_run(self.lab) if is_now else "")
        self._choices.show_choices(self._choice_words.choices(self.lab) if is_now else None)
        self._not_kept.show_message(self.lab.live.trouble if self.lab.live.is_looked_at else "", "warning")
        self._show_which_run()

    def _show_status(self) -> None:
        status = self._words.status(self.lab)
        is_watched = self.lab.live.is_slowed_first and not self.lab.live.is_paused  # else it would be three lines
        if is_watched and not self.lab.time.is_away:
            status += " " + self.tr("Only this first run is slowed down.")
        self._pictures.show_status(status)

    def _show_which_run(self) -> None:
        """Its number and name, and those of the run that was looked at before."""
        run, previous = self.lab.run, self.lab.look.previous
        row = None if run is None else self.lab.shelf.row(run.id)
        name = row.name if row is not None else run.name if run is not None else ""
        can_compare = previous is not None or sum(row.kind == "run" for row in self.lab.shelf.rows) > 1
        can_forget = self._forgetting.can_forget
        self._pictures.line.show_run(run, name, before=previous, can_forget=can_forget, can_compare=can_compare)
        named = self.tr("the run before")
        if previous is not None and previous.number is not None:
            named = run_in_sentence(previous.number)
        self._pictures.show_previous(previous, named)

    def _run_state(self) -> RunState:
        if self.lab.live.is_paused:
            return RunState.PAUSED
        if self.lab.live.is_training:
            return RunState.RUNNING
        return RunState.IDLE if self.lab.run is None else RunState.ENDED
