"""The questions at a part's end, and the old ones that come back on a later day; answers are explained, not scored."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QLocale, Qt, Signal, Slot
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QVBoxLayout, QWidget

from mnist_lab.course.quiz import Option, QuizQuestion, questions, questions_of, with_own_numbers
from mnist_lab.course.state import LabState
from mnist_lab.course.texts import StepText
from mnist_lab.window import theme
from mnist_lab.window.course_numbers import spell_number
from mnist_lab.window.shell.course.whose_numbers import is_of_run, whose_numbers
from mnist_lab.window.shell.course.worksheet_saver import save_worksheet
from mnist_lab.window.state.coach import Coach
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.wrapped_radio import WrappedRadio
from mnist_lab.window.words import fill


def recall_text() -> StepText:
    """What stands above old questions."""
    title = QCoreApplication.translate("QuizView", "Do you still know?")
    why = QCoreApplication.translate(
        "QuizView",
        "Questions from an earlier day: what you call back to mind, you keep. Nothing is scored, and **Next** goes on"
        " with the course.",
    )
    return StepText(title, why, "", "")


class QuizView(QWidget):
    """Shows the questions of the step in hand, if it asks any, or those that are recalled; nothing waits for answers.

    Attributes:
        asked: what is asked now, with the learner's own numbers.

    Signals:
        explained(QWidget): an answer was chosen; this says why it is right or not, below the answers.
    """

    explained = Signal(QWidget)

    def __init__(self, coach: Coach, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("courseQuiz")
        self._coach = coach
        self._shown: tuple[object, ...] = ()
        self.asked: tuple[QuizQuestion, ...] = ()
        self._cards: list[QuestionCard] = []
        self._questions = QWidget(self)
        self._layout = QVBoxLayout(self._questions)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme.LARGE_GAP)
        self._whose = QLabel(self)
        self._whose.setObjectName("courseQuizRun")
        self._whose.setWordWrap(True)
        theme.set_role(self._whose, "caption")
        self._worksheet = named_button(
            "courseWorksheet",
            "ph.file-text",
            self.tr("Save &worksheet…"),
            self.tr("Your predictions beside what happened, your curves, numbers and answers, in one file."),
            self,
        )
        self._worksheet.clicked.connect(lambda: save_worksheet(coach, self))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.LARGE_GAP)
        layout.addWidget(self._whose)
        layout.addWidget(self._questions)
        layout.addWidget(self._worksheet)
        coach.changed.connect(self._on_changed)
        self._on_changed()

    @Slot()
    def _on_changed(self) -> None:
        """Ask anew for another step, other questions, another run; later numbers of that change no words."""
        course = self._coach.course
        shown = (self._coach.recalled, course.step.id, id(course.entry), _number(self._coach.state))
        if shown != self._shown:
            self._shown = shown
            self._build(self._to_ask())
        self.setVisible(bool(self.asked))
        self._worksheet.setVisible(not self._coach.recalled)
        self._worksheet.set_primary(course.is_last)

    def _to_ask(self) -> tuple[QuizQuestion, ...]:
        course, language = self._coach.course, QLocale().name()
        if self._coach.recalled:
            return tuple(one for one in questions(language) if one.id in self._coach.recalled)
        return questions_of(course.part.id, language) if course.step.asks else ()

    def _build(self, asked: tuple[QuizQuestion, ...]) -> None:
        for card in self._cards:
            card.setParent(None)
            card.deleteLater()
        entry, now = self._coach.course.entry or LabState(), self._coach.state

        def told(state: LabState) -> tuple[QuizQuestion, ...]:
            return tuple(with_own_numbers(one, entry, state, spell_number) for one in asked)

        self.asked = told(now)
        is_of = is_of_run(told, now)
        self._whose.setText(whose_numbers(now) if is_of else "")
        self._whose.setVisible(is_of)
        self._cards = [
            QuestionCard(question, number, self._coach, self._questions)
            for number, question in enumerate(self.asked, 1)
        ]
        for card in self._cards:
            self._layout.addWidget(card)
            card.explained.connect(self.explained)


def _number(state: LabState) -> int | None:
    return None if state.run is None else state.run.number


class QuestionCard(QFrame):
    """One question with its answers; once one is chosen, why it is right or not.

    Signals:
        explained(QWidget): an answer was chosen, and this says why.
    """

    explained = Signal(QWidget)

    def __init__(self, question: QuizQuestion, number: int, coach: Coach, parent: QWidget) -> None:
        super().__init__(parent)
        self._question, self._coach = question, coach
        self.setObjectName(f"courseQuestion_{question.id}")
        theme.set_role(self, "task")
        words = fill("**{number}.** {words}", number=number, words=question.words)
        self._words = _text(f"courseAsked_{question.id}", words, self)
        self._why = _text(f"courseWhy_{question.id}", "", self)
        self._group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.GAP, theme.GAP, theme.GAP, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._words)
        self._buttons = {option.id: self._button(option) for option in question.options}
        for button in self._buttons.values():
            layout.addWidget(button)
        layout.addWidget(self._why)
        kept = coach.course.progress.answers.get(question.id)
        answered_today = kept is not None and kept.day == coach.today()
        self._show_why(question.option(kept.option) if kept is not None and answered_today else None)

    def _button(self, option: Option) -> WrappedRadio:
        button = WrappedRadio(option.words, self, chooses_by_arrow=False)  # the first answer is the one that is kept
        button.setObjectName(f"courseAnswer_{self._question.id}_{option.id}")
        button.setToolTip(
            self.tr("Choose an answer, by the space bar too, and see why it is right or not. Nothing is scored.")
        )
        button.clicked.connect(partial(self._on_chosen, option))
        self._group.addButton(button)
        return button

    def _on_chosen(self, option: Option, _checked: bool = False) -> None:
        self._show_why(option)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, self._why.text()))
        self._coach.answer(self._question, option.id)
        self.explained.emit(self._why)

    def _show_why(self, option: Option | None) -> None:
        if option is None:
            self._why.hide()
            return
        self._buttons[option.id].setChecked(True)
        sign = self.tr("✓ Right.") if option.is_right else self.tr("✗ Not this one.")
        self._why.setText(f"**{sign}** {option.why}")
        self._why.show()
        self._buttons[option.id].setAccessibleDescription(f"{sign} {option.why}")


def _text(name: str, words: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setObjectName(name)
    label.setProperty("isMarkdown", True)  # for the style sheet
    label.setTextFormat(Qt.TextFormat.MarkdownText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setWordWrap(True)
    label.ensurePolished()  # else it is laid out as plain text first
    label.setText(words)
    return label
