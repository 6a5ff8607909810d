"""What a step asks for, and how much of it is done by now."""

from dataclasses import replace

from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from mnist_lab.course.course import Course
from mnist_lab.course.state import LabState
from mnist_lab.course.texts import StepText
from mnist_lab.window import theme
from mnist_lab.window.shell.course.markdown_label import markdown_label, say
from mnist_lab.window.shell.course.words import with_numbers
from mnist_lab.window.words import fill


class TaskCard(QFrame):
    """Shows the task; where its goal has several parts, it counts those that are reached."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: LabState | None = None
        self._asked_in = LabState()
        self.setObjectName("courseTask")
        theme.set_role(self, "task")
        self._to_do = markdown_label("courseDo", self)
        self._so_far = QLabel(self)
        self._so_far.setObjectName("courseSoFar")
        self._so_far.setWordWrap(True)
        theme.set_role(self._so_far, "caption")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._to_do)
        layout.addWidget(self._so_far)

    def show_task(self, text: StepText, course: Course, now: LabState, *, is_of_step: bool) -> None:
        """Show what is to be done; `is_of_step` says that it is the step in hand that asks for it.

        Once it is done, it is told as before: by then there may be another way to do it. Where one comes back to a step
        that is done, nobody asks what is to become of the run that is there now: it is told as if there were none.
        """
        if not course.is_reached:
            self._entry, self._asked_in = course.entry, now
        elif course.entry is not self._entry:
            self._asked_in = replace(now, run=None)  # not once for all: the digits may be read only now
        to_do = with_numbers(f"**{self.tr('Do')}**\n\n{text.do}", course.entry or LabState(), self._asked_in)
        say(self._to_do, to_do)
        counted = course.counted(now) if is_of_step else None
        self._so_far.setVisible(counted is not None)
        if counted is not None:
            done, count = counted
            self._so_far.setText(fill(self.tr("So far: {done} of {count}."), done=done, count=count))
        self.setVisible(bool(text.do))
