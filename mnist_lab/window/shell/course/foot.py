"""The foot of the course's panel: do it for me, and the way on and back."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.icon_button import named_button


class CourseFoot(QWidget):
    """The buttons; Back and Skip always lead somewhere, Next waits for the goal.

    Signals:
        do_pressed(): what the step asks for is to be done, or no more of it.
        finished(): the last step is done, and the course is to be closed.
    """

    do_pressed = Signal()
    finished = Signal()

    def __init__(self, coach: Coach, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coach = coach
        self._do = named_button("courseDoIt", "ph.magic-wand", self.tr("Do it for me"),
                                self.tr("Let the lab do what this step asks for."), self)  # fmt: skip
        self._back = named_button("courseBack", "ph.caret-left", self.tr("Back"),
                                  self.tr("To the step before."), self)  # fmt: skip
        self._skip = named_button("courseSkip", "ph.fast-forward", self.tr("Skip"),
                                  self.tr("To the next step, without this one."), self)  # fmt: skip
        self._next = named_button("courseNext", "ph.caret-right", self.tr("Next"),
                                  self.tr("To the next step, once this one is done."), self)  # fmt: skip
        for button in (self._back, self._skip):  # bold, the way on needs more room than they do
            theme.set_role(button, "compact")
        self._do.clicked.connect(self.do_pressed)
        self._back.clicked.connect(coach.go_back)
        for button in (self._skip, self._next):
            button.clicked.connect(self._on_way_on)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._do, 0, 0, 1, 3)
        for column, button in enumerate((self._back, self._skip, self._next)):
            layout.addWidget(button, 1, column)
            layout.setColumnStretch(column, 1)

    @property
    def way_on(self) -> QWidget:
        """The button that leads on from here."""
        return self._next if self._next.isEnabled() else self._skip

    @property
    def _is_end(self) -> bool:
        """Whether nothing comes after what is shown."""
        return self._coach.course.is_last and not self._coach.recalled

    @Slot()
    def _on_way_on(self) -> None:
        if self._is_end:
            self.finished.emit()
        else:
            self._coach.go_on()

    def show_buttons(self, *, is_doing: bool, is_busy: bool) -> None:
        """Show what can be pressed: while something is done for the learner, or a place is opened, or neither."""
        course, has_old = self._coach.course, bool(self._coach.recalled)
        self._do.setVisible(bool(course.step.actions) and not has_old)
        self._do.setText(self.tr("Stop doing it") if is_doing else self.tr("Do it for me"))
        self._do.set_icon("ph.stop" if is_doing else "ph.magic-wand")
        self._do.setAccessibleName(self._do.text())
        self._do.setEnabled(not course.is_reached and (is_doing or not is_busy))
        self._back.setEnabled(has_old or not course.is_first)
        self._skip.setEnabled(not self._is_end or not course.may_go_on)  # else Done says the same
        self._next.setEnabled(has_old or course.may_go_on)
        self._next.set_primary(has_old or course.may_go_on)
        self._next.setText(self.tr("Done") if self._is_end else self.tr("Next"))
        self._next.updateGeometry()  # bold words are wider, which the style sheet does not tell the layout
        self._next.setAccessibleName(self._next.text())
        self._next.setToolTip(
            self.tr("That was the last step: close the course. You can open it again at any time.")
            if self._is_end
            else self.tr("To the next step, once this one is done.")
        )
