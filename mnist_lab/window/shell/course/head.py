"""The head of the course's panel: where one is, the list of all steps, the way to the step's page, and the way out."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QStandardItemModel
from PySide6.QtWidgets import QComboBox, QGridLayout, QLabel, QWidget

from mnist_lab.course.steps import Part
from mnist_lab.window import theme
from mnist_lab.window.shell.course.step_dots import StepDots
from mnist_lab.window.shell.course.way_there import WayThere
from mnist_lab.window.shell.course.words import part_words
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.drop_down import DropDown, let_shrink
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.words import fill


class CourseHead(QWidget):
    """Shows the place in the course.

    Signals:
        closed(): the course is to be closed.
    """

    closed = Signal()

    def __init__(self, coach: Coach, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coach = coach
        self._parts: Sequence[Part] = ()  # those that are listed
        self._contents: QComboBox = DropDown(self)
        self._contents.setObjectName("courseContents")
        self._contents.setAccessibleName(self.tr("Steps of the course"))
        self._contents.setToolTip(self.tr("All steps: go to any of them, in any order."))
        let_shrink(self._contents, 12)
        self._contents.view().installEventFilter(self)
        self._contents.activated.connect(self._on_chosen)
        self._close = named_button(
            "courseClose",
            "ph.x",
            "",
            self.tr("Close the course; it goes on where you are when you open it again."),
            self,
        )
        self._close.setAccessibleName(self.tr("Close the course"))
        theme.set_role(self._close, "compact")
        self._close.clicked.connect(self.closed)
        self._leave = named_button("courseLeave", "ph.sign-out", self.tr("Leave"),
                                   self.tr("Leave this lesson: the usual course comes back."), self)  # fmt: skip
        theme.set_role(self._leave, "slim")
        self._leave.clicked.connect(coach.leave_lesson)
        self._place = QLabel(self)
        self._place.setObjectName("coursePlace")
        theme.set_role(self._place, "caption")
        self._dots = StepDots(self)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._place, 0, 0)
        layout.addWidget(self._leave, 0, 1)
        layout.addWidget(self._close, 0, 2)
        layout.addWidget(self._contents, 1, 0, 1, 3)
        layout.addWidget(self._dots, 2, 0, 1, 3)
        layout.addWidget(WayThere(coach, self), 3, 0, 1, 3)
        layout.setColumnStretch(0, 1)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """In the open list Home and End lead to the first and the last step: Qt stays where a heading is first."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        steps = [row for row in range(self._contents.count()) if self._contents.itemData(row) is not None]
        if event.key() not in (Qt.Key.Key_Home, Qt.Key.Key_End) or not steps:
            return False
        row = steps[0 if event.key() == Qt.Key.Key_Home else -1]
        view = self._contents.view()
        view.setCurrentIndex(self._contents.model().index(row, 0))
        if event.key() == Qt.Key.Key_Home:
            view.scrollToTop()  # with the heading above
        return True

    @property
    def way_out(self) -> QWidget:
        """The button that closes the course."""
        return self._close

    def show_place(self) -> None:
        """Show where one is now."""
        course, is_lesson = self._coach.course, self._coach.lesson is not None
        if self._parts is not course.parts:
            self._parts = course.parts
            self._list_steps()
        number, count = course.place
        words = self.tr("Part {part} of {parts} · step {number} of {count}")
        if is_lesson:
            words = self.tr("Lesson · step {number} of {count}")
        part = course.parts.index(course.part) + 1
        self._place.setText(fill(words, part=part, parts=len(course.parts), number=number, count=count))
        self._dots.show_steps([step.id in course.progress.reached for step in course.part.steps], number - 1)
        self._contents.setCurrentIndex(self._contents.findData(course.step.id))
        self._leave.setVisible(is_lesson)

    def _list_steps(self) -> None:
        self._contents.clear()
        for of_course, part in enumerate(self._parts, 1):
            words = part_words(part)
            if len(self._parts) > 1:
                self._add_heading(fill(self.tr("{part}. {title}"), part=of_course, title=words.title))
            title = self.tr("{part}.{number} {title}") if len(self._parts) > 1 else self.tr("{number}. {title}")
            for number, step in enumerate(part.steps, 1):
                named = fill(title, part=of_course, number=number, title=words.steps[step.id].title)
                self._contents.addItem(named, step.id)

    def _add_heading(self, words: str) -> None:
        """Add a line that cannot be chosen: the title of a part, which beside each of its steps would have no room."""
        self._contents.addItem(words)
        lines = self._contents.model()
        assert isinstance(lines, QStandardItemModel)
        heading, font = lines.item(self._contents.count() - 1), self._contents.font()
        font.setBold(True)
        heading.setFont(font)
        heading.setFlags(Qt.ItemFlag.NoItemFlags)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._coach.go_to(self._contents.itemData(index))
