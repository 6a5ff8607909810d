"""The panel of the course: one step at a time, at the right of any page. It blocks nothing and locks nothing."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QVBoxLayout, QWidget

from mnist_lab.course.actions import Action, Until
from mnist_lab.course.state import LabState
from mnist_lab.course.texts import StepText
from mnist_lab.window import theme
from mnist_lab.window.shell.course.course_hints import CourseHints
from mnist_lab.window.shell.course.doer import Doer
from mnist_lab.window.shell.course.foot import CourseFoot
from mnist_lab.window.shell.course.guess_mark import GuessMark
from mnist_lab.window.shell.course.head import CourseHead
from mnist_lab.window.shell.course.last_word import last_word
from mnist_lab.window.shell.course.markdown_label import markdown_label, say
from mnist_lab.window.shell.course.outcome_view import OutcomeView
from mnist_lab.window.shell.course.prediction_view import PredictionView
from mnist_lab.window.shell.course.quiz_view import QuizView, recall_text
from mnist_lab.window.shell.course.spotlight import Spotlight
from mnist_lab.window.shell.course.tab_order import order_tabs
from mnist_lab.window.shell.course.task_card import TaskCard
from mnist_lab.window.shell.course.whose_numbers import outcome_words
from mnist_lab.window.shell.course.words import part_words, with_numbers
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn

_WIDTH, _NARROW_WIDTH = 312, 242
_INSET = 6
"""Pixels between the frame around the text, where that has the keyboard, and the text."""


class CoursePanel(QFrame):
    """Shows the step in hand: why, what is predicted, what to do, what happened.

    Attributes:
        step_id: the id of the step in hand; "" while the panel was never opened.
        is_reached: whether its goal is reached.
        has_keyboard: whether something in here has the keyboard.

    Signals:
        left(): the keyboard is to go back to the page.
    """

    left = Signal()

    def __init__(self, coach: Coach, window: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._coach = coach
        self._shown = ""  # the step that is shown
        self._was_reached = False
        self._is_doing = False
        self.setObjectName("coursePanel")
        self.setAccessibleName(self.tr("Course"))
        self._spotlight = Spotlight(window)
        self._mark = GuessMark(window)
        self._doer = Doer(coach, window, self)
        self._head = CourseHead(coach, self)
        self._head.closed.connect(self._on_close)
        self._make_body()
        self._foot = CourseFoot(coach, self)
        self._foot.do_pressed.connect(self._on_do)
        self._foot.finished.connect(self._on_finished)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.MARGIN + theme.SMALL_GAP - _INSET, theme.MARGIN, theme.MARGIN, theme.MARGIN)
        layout.setSpacing(theme.GAP)
        for aligned in (self._head, self._foot):  # with the text
            aligned.setContentsMargins(_INSET, 0, 0, 0)
        layout.addWidget(self._head)
        layout.addWidget(self._body, 1)
        layout.addWidget(self._foot)
        self.set_narrow(False)
        coach.changed.connect(self._on_changed)
        coach.looked.connect(self._on_looked)
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

    @property
    def has_keyboard(self) -> bool:
        """Whether something in here has the keyboard."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def set_narrow(self, on: bool) -> None:
        """Take less room from the page, or as much as is good to read."""
        self.setFixedWidth(theme.fonts.scaled(_NARROW_WIDTH if on else _WIDTH))

    def first_focus(self) -> QWidget:
        """What takes the keyboard when it comes here: the guess, the way on, or the text, never Skip.

        A press of the space bar too many would leave out a step.
        """
        return self._prediction.first_field or (self._foot.way_on if self._may_go_on else self._body)

    @Slot()
    def keep_tab_order(self) -> None:
        """Let Tab go through all of it as one reads it: a page that is made orders the whole window by its layouts."""
        parts = (self._head, self._prediction, self._hints, self._quiz, self._outcome, self._foot)
        order_tabs(parts, self._head.way_out)

    @property
    def _may_go_on(self) -> bool:
        """Whether Next leads on."""
        return self._coach.course.may_go_on or bool(self._coach.recalled)

    # Building

    def _make_body(self) -> None:
        self._step = markdown_label("courseStep", self)
        self._prediction = PredictionView(self)
        self._prediction.guessed.connect(self._coach.guess)
        self._task = TaskCard(self)
        self._outcome = OutcomeView(self)
        self._outcome.told.connect(self._coach.tell)
        self._hints = CourseHints(self._coach, self)
        self._hints.left.connect(lambda: self.first_focus().setFocus())
        self._quiz = QuizView(self._coach)
        self._quiz.explained.connect(self._scroll_to)
        self._body = ScrollColumn(
            "courseBody", self._step, self._prediction, self._task, self._hints, self._quiz, self._outcome, parent=self
        )
        self._body.keep_width()
        content = self._body.widget()
        layout = None if content is None else content.layout()
        assert content is not None
        assert layout is not None
        for ground in (self._body.viewport(), content):
            ground.setAutoFillBackground(False)  # the panel's own shows
        content.setContentsMargins(_INSET, _INSET, 0, 0)
        layout.setSpacing(theme.LARGE_GAP - theme.SMALL_GAP)

    # Showing

    def showEvent(self, event: QShowEvent) -> None:
        """Enter the step in hand, and look for its goal."""
        super().showEvent(event)
        self._coach.watch(True)
        self._hints.set_seen(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look for nothing."""
        super().hideEvent(event)
        self._coach.watch(False)
        self._hints.set_seen(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape gives the keyboard back to the page, Page keys scroll the text."""
        bar = self._body.verticalScrollBar()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            way = 1 if event.key() == Qt.Key.Key_PageDown else -1
            bar.setValue(bar.value() + way * bar.pageStep())
        else:
            super().keyPressEvent(event)

    @Slot()
    def _on_changed(self) -> None:
        coach, had_keyboard = self._coach, self.has_keyboard
        self.setVisible(coach.is_open)
        if not coach.is_open:
            self._doer.stop()
            self._spotlight.show_names("", ())
            self._mark.show("", "", None, "")
            return
        self._head.show_place()
        course = coach.course
        text = self._text()
        self._show_text(text)
        self._show_outcome(text)
        self._mark.show(course.step.place.page, *self._prediction.mark(course.step))
        self._show_lights()
        self._show_buttons()
        self._announce(had_keyboard=had_keyboard, is_typing=isinstance(QApplication.focusWidget(), QLineEdit))

    def _show_lights(self) -> None:
        course = self._coach.course
        is_lit = not course.is_reached and not self._coach.recalled
        lights = course.step.lit(self._coach.state) if is_lit else ()
        self._spotlight.show_names(course.step.place.page, lights, only_usable=True)

    def _text(self) -> StepText:
        course = self._coach.course
        return recall_text() if self._coach.recalled else part_words(course.part).steps[course.step.id]

    def _show_text(self, text: StepText) -> None:
        course = self._coach.course
        self._show_task(text)
        if self._coach.recalled:
            self._prediction.hide()
            return
        asked = replace(text, guess=with_numbers(text.guess, course.entry or LabState(), self._coach.state))
        self._prediction.show_step(course.step, asked, course.progress)

    def _show_task(self, text: StepText) -> None:
        course, state = self._coach.course, self._coach.state
        say(self._step, with_numbers(f"### {text.title}\n\n{text.why}", course.entry or LabState(), state))
        self._task.show_task(text, course, state, is_of_step=not self._coach.recalled)

    def _show_outcome(self, text: StepText) -> None:
        course = self._coach.course
        if self._coach.recalled:
            self._outcome.hide()
            return
        happened = outcome_words(text.happened, course, self._coach.state)
        self._outcome.show_seen(
            course.progress.seen.get(course.step.id, ""),
            is_asked=course.is_reached and course.step.prediction is not None,
        )
        self._outcome.show_outcome(
            happened if course.may_go_on else "",
            self._prediction.beside(course.step, text, course.progress) if course.is_reached else "",
            is_reached=course.is_reached,
        )

    def _announce(self, *, had_keyboard: bool, is_typing: bool) -> None:
        """Say what is new, to the eye and to a screen reader: another step, or that the goal is reached."""
        course = self._coach.course
        shown = " ".join((course.step.id, *self._coach.recalled))
        is_new = self._shown != shown
        has_reached = course.is_reached and not self._was_reached and not is_new
        self._shown, self._was_reached = shown, course.is_reached
        if is_new:
            self.keep_tab_order()
            self._body.verticalScrollBar().setValue(0)
        elif has_reached:
            self._scroll_to(self._outcome)
        if had_keyboard and is_new:
            self.first_focus().setFocus()
        elif had_keyboard and has_reached and not is_typing:
            self._foot.way_on.setFocus()
        said = self._step.accessibleName() if is_new else self._outcome.text if has_reached else ""
        if said and self.isVisible():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    @Slot(QWidget)
    def _scroll_to(self, part: QWidget) -> None:
        """Bring a part of the text that has just appeared into sight, once it has its height."""
        QTimer.singleShot(0, part, lambda: self._body.ensureWidgetVisible(part, 0, theme.GAP))

    @Slot()
    def _show_buttons(self) -> None:
        is_busy = self._doer.is_busy
        self._foot.show_buttons(is_doing=self._is_doing and is_busy, is_busy=is_busy)

    @Slot()
    def _on_looked(self) -> None:
        if self._coach.is_open:
            self._show_lights()
        self._mark.look()
        if self._coach.is_open and not self._coach.course.is_reached:  # it may go with what the learner does
            self._show_task(self._text())

    # Pressed

    @Slot()
    def _on_do(self) -> None:
        """Do what the step asks for, and wait for what comes of it; pressed meanwhile: do no more."""
        if self._is_doing and self._doer.is_busy:
            self._doer.stop()
            return
        step = self._coach.course.step
        reached = Until(lambda _entry, _now: self._coach.course.is_reached)
        self._perform((step.place, *step.actions, reached), is_doing=True)

    def _perform(self, actions: Sequence[Action], *, is_doing: bool) -> None:
        self._is_doing = is_doing
        self._doer.do(actions)

    @Slot()
    def _on_close(self) -> None:
        had_keyboard = self.has_keyboard
        self._coach.close()
        if had_keyboard:
            self.left.emit()

    @Slot()
    def _on_finished(self) -> None:
        self._on_close()
        self._coach.lab.offered.emit(last_word(self._coach, self))

    @Slot()
    def _on_place_wanted(self) -> None:
        self._perform((self._coach.course.step.place,), is_doing=False)
