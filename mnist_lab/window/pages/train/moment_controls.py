"""What on Train leads through the moments of a run, joined with the time machine."""

from pydantic import JsonValue
from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.runs.run import is_of_digits
from mnist_lab.window.moment_words import MomentWords
from mnist_lab.window.pages.train.continue_words import ContinueWords
from mnist_lab.window.pages.train.moment_panel import MomentPanel
from mnist_lab.window.pages.train.run_pictures import RunPictures
from mnist_lab.window.state.film import SPEEDS
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.state.views import View

_FILM_SPEED = "filmSpeed"
_SUBJECTS = frozenset((Subject.MOMENT, Subject.RUNS, Subject.EXPERIMENT, Subject.DATA))


class MomentControls(QObject):
    """The row below the curves, the marks on them, and the panel with what can be done from there.

    Attributes:
        panel: whoever shows the pictures gives it a place, where it stands while one looks at an earlier moment.

    Signals:
        panel_changed(): the panel is there, or is there no more.
        left(): what has the keyboard here is about to lose it, as a run begins.
    """

    panel_changed = Signal()
    left = Signal()

    def __init__(self, lab: Lab, view: View, pictures: RunPictures, parent: QWidget) -> None:
        """The film has the speed of the last session, which `view` has."""
        super().__init__(parent)
        self._lab, self._pictures, self._row = lab, pictures, pictures.moments
        self.panel = MomentPanel(parent)
        self._words, self._continue_words = MomentWords(self), ContinueWords(self)
        self._problem = ""
        time, row = lab.time, self._row
        row.wanted.connect(self._on_wanted)
        row.play_pressed.connect(self._on_play)
        row.speed_chosen.connect(time.set_speed)
        row.problem_changed.connect(self._on_problem)
        row.left.connect(self.left)
        view.keep(_FILM_SPEED, lambda: time.film.speed)
        view.model(_FILM_SPEED, lambda: _restored(lab, view.kept(_FILM_SPEED)))
        pictures.moment_wanted.connect(self._on_moment_wanted)
        self.panel.back_pressed.connect(time.back_to_now)
        self.panel.continue_pressed.connect(self._on_continue)

    @property
    def has_panel(self) -> bool:
        """Whether the panel is there."""
        return self._lab.time.is_away or bool(self._problem)

    def refresh(self, subjects: frozenset[Subject]) -> None:
        """Show what changed."""
        if subjects & _SUBJECTS or (Subject.RUN in subjects and self._row.is_due(self._lab.run)):
            self._show_row()
            run = self._lab.run
            # While it is hidden, too: it is read by its name. But not at each step of a run, for which all is laid out.
            if self.has_panel or not self.panel.isHidden() or run is None or not run.is_live:
                self._show_panel()
        if Subject.MOMENT in subjects:
            self._pictures.show_moment(self._lab.time.wanted)

    def _show_row(self) -> None:
        time = self._lab.time
        self._row.show_progress(self._lab.run)
        self._row.show_moment(time.run, time.last, time.wanted, time.stops)
        self._row.show_film(is_running=time.film.is_running)
        self._row.show_speed(time.film.speed)

    def _show_panel(self) -> None:
        lab = self._lab
        sign = " ".join(filter(None, (self._words.sign(lab), self._words.batch(lab))))
        words = self._problem or sign or self._words.now(lab)
        had_keyboard = self._has_keyboard  # a button that is disabled loses it
        self.panel.show_moment(words, self._continue_words.continuation(lab, lab.draft.experiment))
        if self.panel.isHidden() == self.has_panel:
            self.panel.setVisible(self.has_panel)
            self._pictures.gap.setVisible(not self.has_panel)  # its place is the panel's now
            self.panel_changed.emit()
        if had_keyboard and not self._has_keyboard:  # else it would be with whatever comes next
            if lab.time.run is None:
                self.left.emit()
            else:
                self._row.take_keyboard()

    @property
    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.panel.isAncestorOf(focused)

    # What the learner does

    @Slot(int, bool)
    def _on_wanted(self, updates: int, has_let_go: bool) -> None:
        self._problem = ""
        self._lab.time.go_to(updates, is_settled=has_let_go)

    @Slot(object)
    def _on_moment_wanted(self, updates: int | None) -> None:
        self._problem = ""
        if updates is None:
            self._lab.time.back_to_now()
        else:
            self._lab.time.go_to(updates)

    @Slot()
    def _on_play(self) -> None:
        self._problem, time = "", self._lab.time
        if time.film.is_running:
            time.pause()
        else:
            time.play()

    @Slot(str)
    def _on_problem(self, problem: str) -> None:
        self._problem = problem
        self._show_panel()

    @Slot()
    def _on_continue(self) -> None:
        """Let a new run go on from here, as the form says."""
        lab, time = self._lab, self._lab.time
        experiment, run, moment = lab.draft.commit(), time.run, time.moment
        if experiment is None:
            lab.problem.emit(lab.draft.problem)
        elif run is not None and moment is not None and time.is_there:
            self.left.emit()  # the button is about to go
            is_own = lab.digits is not None and is_of_digits(run, lab.digits)
            lab.forks.begin(run.id, moment, experiment, run.digits if is_own else None)


def _restored(lab: Lab, kept: JsonValue) -> bool:
    """Let the film go as fast as it did in the last session; whether there was one."""
    if not isinstance(kept, int) or kept not in SPEEDS:
        return False
    lab.time.set_speed(kept)
    return True
