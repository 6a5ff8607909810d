"""The course in the window: looks at the lab, keeps how far the learner is, and says what has changed."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.course.contents import PARTS
from mnist_lab.course.course import Course
from mnist_lab.course.lesson import Lesson
from mnist_lab.course.progress import CourseProgress, Guess
from mnist_lab.course.quiz import QuizQuestion, answered, questions_due
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part
from mnist_lab.experiment import Experiment
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.lab_facts import LabFacts
from mnist_lab.window.state.room_for_run import RoomForRun

_LOOK_MILLISECONDS = 200
"""How often it is looked whether a goal is reached: what a page tells of itself changes without a word."""

_OF_IMAGE = ("dataPage.label", "dataPage.ink")

VIEW = "Course"
"""Of which view of the lab the progress is kept."""


class Coach(QObject):
    """Leads through the course; a model: it stays when the panel goes.

    Attributes:
        course: the way through the steps, of the usual course or of a lesson.
        lesson: the lesson in hand; None for the usual course.
        state: the lab as it was seen last.
        recalled: ids of the old questions that are asked again, in place of the step in hand; most often none.

    Signals:
        changed(): another step, another progress, or the goal is reached.
        looked(): `state` is new.
        place_wanted(): the step in hand was entered by the learner: its place is to be shown.
    """

    changed = Signal()
    looked = Signal()
    place_wanted = Signal()

    def __init__(self, lab: Lab, page: Callable[[], str], parts: Sequence[Part] = PARTS) -> None:
        """`page` tells which page is in view."""
        super().__init__(lab)
        self._lab = lab
        self._facts = LabFacts(lab, page)
        self._room = RoomForRun(lab)
        view = lab.views.of(VIEW)
        self.course = self._usual = Course(parts, CourseProgress.read(view.kept("progress")))
        view.keep("progress", lambda: self._usual.progress.model_dump(mode="json"))
        self.lesson: Lesson | None = None
        self._before_lesson = (Experiment(), "")
        self.state = LabState()
        self.recalled: tuple[str, ...] = ()
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    # Looking

    @Slot()
    def look(self) -> None:
        """See how the lab is now, and whether the goal is reached by it."""
        self._see()
        self.looked.emit()

    def _see(self) -> None:
        """The same without a word to those who act after each look."""
        self._room.look()
        known = _known(self.state)
        self.state = self._facts.state().after(self.state)
        if self.course.look(self.state) or _known(self.state) != known:
            self.changed.emit()

    @property
    def lab(self) -> Lab:
        """The lab that it leads through."""
        return self._lab

    @property
    def is_open(self) -> bool:
        """Whether the panel is open."""
        return self.course.progress.is_open

    @Slot()
    def open(self) -> None:
        """Open the panel: enter the step in hand, unless that was done."""
        self._keep(is_open=True, was_offered=True)
        self.look()
        if self.course.entry is None:
            self.course.enter(self.state)
            self._recall()
        self._make_room()
        self.changed.emit()

    def _make_room(self) -> None:
        """Let there be room for a new run, where the step in hand speaks of its first batch."""
        self._room.want(is_wanted=self.course.step.needs_new_run and not self.course.is_reached and not self.recalled)
        self._see()

    def _recall(self) -> None:
        """Ask a few old questions again, once a day."""
        due = () if self.lesson is not None else questions_due(self.course.progress, self.today())
        if due:
            self.recalled = tuple(question.id for question in due)
            self._keep(recalled_on=self.today())

    def watch(self, is_seen: bool) -> None:
        """Look again and again whether the goal is reached, while the panel is seen."""
        if not is_seen:
            self._timer.stop()
        elif not self._timer.isActive():
            self._timer.start()
            if self.course.entry is None:
                self.open()

    @Slot()
    def close(self) -> None:
        """Close the panel; the step in hand stays, and its goal is looked for again when it is opened."""
        self._keep(is_open=False)
        self._room.want(is_wanted=False)
        self.changed.emit()

    def begin(self) -> None:
        """Open the panel, and show the place of the step in hand."""
        self.open()
        self.place_wanted.emit()

    def note_offered(self) -> None:
        """Note that the offer of the first start was made and is not to come again."""
        self._keep(was_offered=True)

    # A lesson

    @property
    def before_lesson(self) -> tuple[Experiment, str] | None:
        """The settings and the digits that come back when the lesson in hand is left; None where there is none."""
        return None if self.lesson is None else self._before_lesson

    def open_lesson(self, lesson: Lesson) -> None:
        """Lead through a lesson from its beginning, in a lab as it wants it; the usual course waits."""
        lab = self._lab
        if self.lesson is None:
            self._before_lesson = (lab.draft.experiment, lab.supply.wanted)
        self.lesson, self.recalled = lesson, ()
        self.course = Course((lesson.part,), CourseProgress(was_offered=True))
        self._prepare(lesson.experiment, lesson.data)
        self.open()
        if lesson.page:
            lab.navigator.open(lesson.page)
        else:
            self.place_wanted.emit()

    @Slot()
    def leave_lesson(self) -> None:
        """Go on with the usual course where it was left, with the settings and the digits of before the lesson."""
        if self.lesson is None:
            return
        self.lesson, self.course = None, self._usual
        self._prepare(*self._before_lesson)
        self.open()

    def _prepare(self, experiment: Experiment | None, data: str) -> None:
        if experiment is not None:
            self._lab.draft.bring_back(experiment)  # a run that is live keeps its own learning rate
        if data and data != self._lab.supply.wanted:
            self._lab.supply.load(data)

    # The way

    @Slot()
    def go_on(self) -> None:
        """Enter the next step; or, from old questions, the one in hand."""
        self._go(self._stay if self.recalled else self.course.go_on)

    @Slot()
    def go_back(self) -> None:
        """Enter the step before; or, from old questions, the one in hand."""
        self._go(self._stay if self.recalled else self.course.go_back)

    def go_to(self, step_id: str) -> None:
        """Enter any step."""
        self._go(lambda state: self.course.go_to(step_id, state))

    def open_page(self, page: str) -> None:
        """Show the page of that objectName."""
        self._lab.navigator.open(page)

    def again(self) -> None:
        """Do the step in hand once more."""
        self._go(self.course.again)

    def _go(self, move: Callable[[LabState], None]) -> None:
        self._see()
        move(self.state)
        self.recalled = ()
        self._make_room()
        self.changed.emit()
        self.place_wanted.emit()

    @staticmethod
    def _stay(_state: LabState) -> None:
        """The step in hand is entered already."""

    # What the learner says

    def guess(self, guess: Guess | None) -> None:
        """Keep what is predicted for the step in hand."""
        self.course.guess(guess)
        self.changed.emit()

    def tell(self, words: str) -> None:
        """Keep what the learner has seen."""
        self.course.tell(words)

    def answer(self, question: QuizQuestion, option: str) -> None:
        """Keep the answer to a question."""
        self.course.progress = answered(self.course.progress, question, option, self.today())
        self.changed.emit()

    @staticmethod
    def today() -> str:
        """The day of an answer, as "2026-11-30"."""
        return date.today().isoformat()

    def _keep(self, **changes: object) -> None:
        for course in {self.course, self._usual}:  # whether the panel is open holds beyond a lesson
            course.progress = course.progress.changed(**changes)


def coach_of(lab: Lab) -> Coach:
    """The coach that the window made of `lab`.

    Raises:
        RuntimeError: there is no window yet.
    """
    return lab.views.of(VIEW).model("coach", _none)


def _none() -> Coach:
    raise RuntimeError("the coach comes with the window")


def _known(state: LabState) -> tuple[object, ...]:
    """What texts tell that may come late, as a run of before that is read while the course stands open already.

    Or that goes on changing once the goal is reached: which image is looked at.
    """
    run = state.run
    return state.digits, *map(state.fact, _OF_IMAGE), run is None, run is None or run.test_accuracy is None
