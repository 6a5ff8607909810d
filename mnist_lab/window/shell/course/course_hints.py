"""The hints about the step in hand; while the course shows them, the Train page does not."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.course.hint_steps import HINTS_OF_STEPS
from mnist_lab.window.pages.run_hints import RunHints
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.state.hinting import hinting_of


class CourseHints(RunHints):
    """A strip of two rows for the panel."""

    def __init__(self, coach: Coach, parent: QWidget | None = None) -> None:
        super().__init__(coach.lab, "courseHint", parent, is_of_course=True)
        self._coach = coach
        self._is_seen = False
        coach.changed.connect(self._on_changed)

    def set_seen(self, is_seen: bool) -> None:
        """Say whether the panel is seen: nothing is measured for a course that is closed."""
        self._is_seen = is_seen
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        coach = self._coach
        is_asked = self._is_seen and not coach.recalled
        ids = HINTS_OF_STEPS.get(coach.course.step.id, frozenset()) if is_asked else frozenset()
        hinting_of(coach.lab).show_in_course(ids)
        self.watch(bool(ids))
