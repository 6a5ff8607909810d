"""The course in the window: looks at the lab, keeps how far the learner is, and says what has changed."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.course.contents import PARTS
from mnist_lab.course.course import Course
from mnist_lab.course.progress import Guess, Progress
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.lab_facts import state_of

_LOOK_MILLISECONDS = 200
"""How often it is looked whether a goal is reached: what a page tells of itself changes without a word."""

VIEW = "Course"
"""Of which view of the lab the progress is kept."""


class Coach(QObject):
    """Leads through the course; a model: it stays when the panel goes.

    Attributes:
        course: the way through the steps.
        state: the lab as it was seen last.

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
        self._page = page
        view = lab.views.of(VIEW)
        self.course = Course(parts, Progress.read(view.kept("progress")))
        view.keep("progress", lambda: self.course.progress.model_dump(mode="json"))
        self.state = LabState()
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    # Looking

    @Slot()
    def look(self) -> None:
        """See how the lab is now, and whether the goal is reached by it."""
        self.state = state_of(self._lab, self._page()).after(self.state)
        if self.course.look(self.state):
            self.changed.emit()
        self.looked.emit()

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
        self.changed.emit()

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
        self.changed.emit()

    def decline(self) -> None:
        """Note that the offer of the first start was seen and is not to come again."""
        self._keep(was_offered=True)

    # The way

    @Slot()
    def go_on(self) -> None:
        """Enter the next step."""
        self._go(self.course.go_on)

    @Slot()
    def go_back(self) -> None:
        """Enter the step before."""
        self._go(self.course.go_back)

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
        self.look()
        move(self.state)
        self.changed.emit()
        self.place_wanted.emit()

    # What the learner says

    def guess(self, guess: Guess | None) -> None:
        """Keep what is predicted for the step in hand."""
        self.course.guess(guess)
        self.changed.emit()

    def tell(self, words: str) -> None:
        """Keep what the learner has seen."""
        self.course.tell(words)

    @staticmethod
    def today() -> str:
        """The day of an answer, as "2026-11-30"."""
        return date.today().isoformat()

    def _keep(self, **changes: object) -> None:
        self.course.progress = self.course.progress.changed(**changes)
