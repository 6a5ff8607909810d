"""The panel of the course: one step at a time, at the right of any page. It blocks nothing and locks nothing."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mnist_lab.course.state import LabState
from mnist_lab.course.texts import StepText
from mnist_lab.window import theme
from mnist_lab.window.shell.course.doer import Doer
from mnist_lab.window.shell.course.prediction_view import PredictionView
from mnist_lab.window.shell.course.spotlight import Spotlight
from mnist_lab.window.shell.course.words import part_words, with_numbers
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.drop_down import DropDown, let_shrink
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.words import fill

_WIDTH = 300


class CoursePanel(QFrame):
    """Shows the step in hand: why, what to do, what is predicted, what happened.

    Attributes:
        step_id: the id of the step in hand; "" while the panel was never opened.
        is_reached: whether its goal is reached.
    """

    def __init__(self, coach: Coach, window: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coach = coach
        self.setObjectName("coursePanel")
        self.setAccessibleName(self.tr("Course"))
        self.setFixedWidth(theme.fonts.scaled(_WIDTH))
        self._spotlight = Spotlight(window)
        self._doer = Doer(coach, window, self)
        self._make_head()
        self._make_body()
        self._make_foot()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.GAP)
        layout.addLayout(self._head)
        layout.addWidget(self._body, 1)
        layout.addLayout(self._foot)
        coach.changed.connect(self._on_changed)
        coach.looked.connect(self._spotlight.look)
        coach.place_wanted.connect(self._on_place_wanted)
        self._doer.changed.connect(self._show_buttons)
        self._on_changed()

    @property
    def step_id(self) -> str:
        """The step in hand."""
        return self._coach.course.progress.step

    @property
    def is_reached(self) -> bool:
        """Whether its goal is reached."""
        return self._coach.course.is_reached

    # Building

    def _make_head(self) -> None:
        self._contents: QComboBox = DropDown(self)
        self._contents.setObjectName("courseContents")
        self._contents.setAccessibleName(self.tr("Steps of the course"))
        self._contents.setToolTip(self.tr("All steps: go to any of them, in any order."))
        let_shrink(self._contents, 12)
        for part in self._coach.course.parts:
            words = part_words(part.id)
            for number, step in enumerate(part.steps, 1):
                title = self.tr("{part} {number}. {title}")
                self._contents.addItem(
                    fill(title, part=words.title, number=number, title=words.steps[step.id].title), step.id
                )
        self._contents.activated.connect(self._on_chosen)
        self._close = named_button(
            "courseClose",
            "ph.x",
            "",
            self.tr("Close the course; it goes on where you are when you open it again."),
            self,
        )
        self._close.setAccessibleName(self.tr("Close the course"))
        self._close.clicked.connect(self._coach.close)
        self._place = QLabel(self)
        self._place.setObjectName("coursePlace")
        theme.set_role(self._place, "caption")
        self._head = QGridLayout()
        self._head.setSpacing(theme.SMALL_GAP)
        self._head.addWidget(self._place, 0, 0)
        self._head.addWidget(self._close, 0, 1)
        self._head.addWidget(self._contents, 1, 0, 1, 2)
        self._head.setColumnStretch(0, 1)

    def _make_body(self) -> None:
        self._step = self._text("courseStep")
        self._prediction = PredictionView(self)
        self._prediction.guessed.connect(self._coach.guess)
        self._happened = self._text("courseHappened")
        self._seen = QLineEdit(self)
        self._seen.setObjectName("courseSeen")
        self._seen.setAccessibleName(self.tr("What did you see?"))
        self._seen.setPlaceholderText(self.tr("What did you see? (for your worksheet)"))
        self._seen.setToolTip(self.tr("A sentence of your own: it stands in your worksheet at the end."))
        self._seen.textEdited.connect(self._coach.tell)
        self._body = ScrollColumn("courseBody", self._step, self._prediction, self._happened, self._seen, parent=self)

    def _make_foot(self) -> None:
        self._do = named_button("courseDoIt", "ph.magic-wand", self.tr("&Do it for me"),
                                self.tr("Let the lab do what this step asks for."), self)  # fmt: skip
        self._back = named_button("courseBack", "ph.caret-left", self.tr("Back"),
                                  self.tr("To the step before."), self)  # fmt: skip
        self._skip = named_button("courseSkip", "ph.fast-forward", self.tr("Skip"),
                                  self.tr("To the next step, without this one."), self)  # fmt: skip
        self._next = named_button("courseNext", "ph.caret-right", self.tr("Next"),
                                  self.tr("To the next step, once this one is done."), self)  # fmt: skip
        self._do.clicked.connect(self._on_do)
        self._back.clicked.connect(self._coach.go_back)
        self._skip.clicked.connect(self._coach.go_on)
        self._next.clicked.connect(self._coach.go_on)
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL_GAP)
        for button in (self._back, self._skip, self._next):
            row.addWidget(button)
        self._foot = QVBoxLayout()
        self._foot.setSpacing(theme.SMALL_GAP)
        self._foot.addWidget(self._do)
        self._foot.addLayout(row)

    def _text(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("isMarkdown", True)  # for the style sheet
        label.setTextFormat(Qt.TextFormat.MarkdownText)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        label.setAlignment(Qt.AlignmentFlag.AlignTop)
        return label

    # Showing

    def showEvent(self, event: QShowEvent) -> None:
        """Enter the step in hand, and look for its goal."""
        super().showEvent(event)
        self._coach.watch(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing."""
        super().hideEvent(event)
        self._coach.watch(False)

    @Slot()
    def _on_changed(self) -> None:
        coach = self._coach
        self.setVisible(coach.is_open)
        if not coach.is_open:
            self._doer.stop()
            self._spotlight.show_names("", ())
            return
        course = coach.course
        words = part_words(course.part.id)
        text = words.steps[course.step.id]
        number, count = course.place
        self._place.setText(
            fill(
                self.tr("Part {part} of {parts} · step {number} of {count}"),
                part=course.parts.index(course.part) + 1,
                parts=len(course.parts),
                number=number,
                count=count,
            )
        )
        self._contents.setCurrentIndex(self._contents.findData(course.step.id))
        self._show_text(text)
        self._prediction.show_step(course.step, text, course.progress)
        self._seen.setVisible(course.is_reached and course.step.prediction is not None)
        said = course.progress.seen.get(course.step.id, "")
        if self._seen.text() != said:
            self._seen.setText(said)
        self._spotlight.show_names(course.step.place.page, () if course.is_reached else course.step.lights)
        self._show_buttons()

    def _show_text(self, text: StepText) -> None:
        course, state = self._coach.course, self._coach.state
        entry = course.entry or LabState()
        parts = [f"### {text.title}", text.why, f"**{self.tr('Do')}** – {text.do}"]
        self._step.setText(with_numbers("\n\n".join(parts), entry, state))
        happened = with_numbers(text.happened, entry, state) if course.may_go_on else ""
        self._happened.setText(f"✓ {happened}" if happened and course.is_reached else happened)
        self._happened.setVisible(bool(happened))

    @Slot()
    def _show_buttons(self) -> None:
        course = self._coach.course
        self._do.setVisible(bool(course.step.actions))
        self._do.setEnabled(not self._doer.is_busy and not course.is_reached)
        self._back.setEnabled(not course.is_first)
        self._next.setEnabled(course.may_go_on)
        self._next.set_primary(course.may_go_on)

    # Pressed

    @Slot()
    def _on_do(self) -> None:
        self._doer.do(self._coach.course.step.actions)

    @Slot(int)
    def _on_chosen(self, index: int) -> None:
        self._coach.go_to(self._contents.itemData(index))

    @Slot()
    def _on_place_wanted(self) -> None:
        self._doer.do((self._coach.course.step.place,))
