"""The menu of the course: open and close it, go to any step, leave a lesson."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QMenu

from mnist_lab.window.menu_action import add_action
from mnist_lab.window.shell.course.words import part_words
from mnist_lab.window.shell.course.worksheet_saver import save_worksheet
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.words import fill


class CourseMenu(QObject):
    """Fills a menu; its steps are listed anew whenever it is opened."""

    def __init__(
        self, menu: QMenu, coach: Coach, toggle: Callable[[], None], turn_keyboard: Callable[[], None]
    ) -> None:
        """`toggle` opens or closes the panel, `turn_keyboard` gives the keyboard to it or to the page."""
        super().__init__(menu)
        self._coach = coach
        self._show = add_action(menu, "courseAction", self.tr("&Show the course"), "Ctrl+L", toggle,
                                self.tr("Open or close the course, which leads you through the lab."))  # fmt: skip
        self._show.setCheckable(True)
        self._keyboard = add_action(menu, "courseKeyboardAction", self.tr("&Keyboard to the course, or to the page"),
                                    "F6", turn_keyboard,
                                    self.tr("Turn the keyboard from the page to the course, and back."))  # fmt: skip
        self._steps = menu.addMenu(self.tr("S&teps"))
        self._steps.setObjectName("courseStepsMenu")
        self._steps.aboutToShow.connect(self._list_steps)
        self._again = add_action(menu, "courseAgainAction", self.tr("This step once &more"), "", coach.again,
                                 self.tr("Do the step in hand as if you had not done it yet."))  # fmt: skip
        add_action(menu, "saveWorksheetAction", self.tr("Save &worksheet…"), "",
                   lambda: save_worksheet(coach, menu.parentWidget() or menu),
                   self.tr("Your predictions beside what happened, your curves and answers, in one file."))  # fmt: skip
        menu.addSeparator()
        self._leave = add_action(menu, "leaveLessonAction", self.tr("&Leave the lesson"), "", coach.leave_lesson,
                                 self.tr("Go back to the usual course, and to the settings of before."))  # fmt: skip
        coach.changed.connect(self._show_state)
        self._show_state()

    @Slot()
    def _show_state(self) -> None:
        coach = self._coach
        self._show.setChecked(coach.is_open)
        self._keyboard.setEnabled(coach.is_open)
        self._again.setEnabled(coach.is_open and coach.course.is_reached)
        self._leave.setEnabled(coach.lesson is not None)

    @Slot()
    def _list_steps(self) -> None:
        for of_part in self._steps.findChildren(QMenu):
            of_part.deleteLater()  # `clear` keeps the menus in it
        self._steps.clear()
        course = self._coach.course
        for number, part in enumerate(course.parts, 1):
            words = part_words(part)
            of_part = self._steps.addMenu(fill(self.tr("&{number}. {title}"), number=number, title=words.title))
            for step in part.steps:
                action = of_part.addAction(words.steps[step.id].title)
                action.setObjectName(step.id)
                action.setCheckable(True)  # a tick says that its goal was reached
                action.setChecked(step.id in course.progress.reached)
                action.triggered.connect(lambda _checked=False, step_id=step.id: self._go_to(step_id))

    def _go_to(self, step_id: str) -> None:
        self._coach.open()
        self._coach.go_to(step_id)
