"""Where a learner predicts, before the outcome; and afterwards the guess beside what happened. Nothing is scored."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from mnist_lab.course.number import Number
from mnist_lab.course.progress import CourseProgress, Guess
from mnist_lab.course.steps import Prediction, Step
from mnist_lab.course.texts import StepText
from mnist_lab.window import theme
from mnist_lab.window.course_numbers import spell_number
from mnist_lab.window.shell.course.guess_field import GuessField
from mnist_lab.window.shell.course.words import breakable
from mnist_lab.window.widgets.basic.wrapped_radio import WrappedRadio
from mnist_lab.window.words import fill

_FIELD = 116


class PredictionView(QWidget):
    """Asks the question of a step, with a row of answers or a field for a number.

    Signals:
        guessed(object): a number, the id of an answer, or None where the field was emptied.
    """

    guessed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("coursePrediction")
        self._prediction: Prediction | None = None
        self._guess: Guess | None = None
        self._options: dict[str, WrappedRadio] = {}
        self._group = QButtonGroup(self)
        self._question = QLabel(self)
        self._question.setObjectName("courseQuestion")
        self._question.setProperty("isMarkdown", True)  # for the style sheet
        self._question.setTextFormat(Qt.TextFormat.MarkdownText)
        self._question.setWordWrap(True)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(theme.SMALL_GAP)
        self._make_field()
        row = QHBoxLayout()
        row.setSpacing(theme.SMALL_GAP)
        row.addWidget(self._field)
        row.addWidget(self._unit)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._question)
        layout.addLayout(self._answers)
        layout.addLayout(row)
        layout.addWidget(self._problem)

    def _make_field(self) -> None:
        self._field = GuessField(self)
        self._field.setObjectName("courseGuess")
        self._field.setFixedWidth(theme.fonts.scaled(_FIELD))
        self._field.setAccessibleName(self.tr("Your guess"))
        self._field.setToolTip(self.tr("Your guess: it is never scored, and you can go on without one."))
        self._field.lineEdit().setPlaceholderText(self.tr("your guess"))
        self._field.guessed.connect(self._on_number)
        self._field.problem_changed.connect(self._show_problem)
        self._unit = QLabel("%", self)
        self._problem = QLabel(self)
        self._problem.setObjectName("courseGuessProblem")
        self._problem.setWordWrap(True)
        theme.set_role(self._problem, "caption")
        self._problem.hide()

    @property
    def first_field(self) -> QWidget | None:
        """Where a guess is begun; None where none is asked for, or none can be given any more."""
        first = next(iter(self._options.values()), None) or self._field
        return first if self._prediction is not None and not self.isHidden() and first.isEnabled() else None

    def show_step(self, step: Step, text: StepText, progress: CourseProgress) -> None:
        """Ask what the step asks, with what was answered; nothing where it asks nothing."""
        prediction = step.prediction
        self.setVisible(prediction is not None)
        if prediction is None:
            return
        self._question.setText(breakable(text.guess))
        if prediction is not self._prediction:
            self._prediction = prediction
            self._build(prediction, text)
        self._guess = progress.guesses.get(step.id)
        self._show_guess(prediction)
        for widget in (*self._options.values(), self._field):
            widget.setEnabled(step.id not in progress.outcomes)

    def _build(self, prediction: Prediction, text: StepText) -> None:
        for button in self._options.values():
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        self._options = {}
        for option in prediction.options:
            button = WrappedRadio(text.options[option], self)
            button.setObjectName(f"courseOption_{option}")
            button.setToolTip(self.tr("Your guess: it is never scored, and you can go on without one."))
            button.clicked.connect(lambda _checked=False, option=option: self.guessed.emit(option))
            self._answers.addWidget(button)
            button.show()  # at once: what is hidden cannot take the keyboard
            self._group.addButton(button)
            self._options[option] = button
        is_number, factor = not prediction.options, 100 if prediction.is_share else 1
        self._field.setVisible(is_number)
        self._unit.setVisible(is_number and prediction.is_share)
        self._problem.hide()
        if is_number:
            self._field.setRange(prediction.minimum * factor, prediction.maximum * factor)
            self._field.show_guess(None)

    def _show_guess(self, prediction: Prediction) -> None:
        self._group.setExclusive(False)
        for option, button in self._options.items():
            button.setChecked(option == self._guess)
        self._group.setExclusive(True)
        is_typing = self._field.hasFocus() and self._field.lineEdit().isModified()
        if prediction.options or is_typing:  # what is typed stays, whatever else changes
            return
        factor = 100 if prediction.is_share else 1
        self._field.show_guess(round(self._guess * factor, 9) if isinstance(self._guess, float) else None)

    def beside(self, step: Step, text: StepText, progress: CourseProgress) -> str:
        """The guess beside what happened, in a sentence; "" before."""
        prediction, outcome = step.prediction, progress.outcomes.get(step.id)
        if prediction is None or outcome is None:
            return ""
        guess, happened = progress.guesses.get(step.id), self._spell(prediction, text, outcome)
        if guess is None:
            return fill(self.tr("It was {outcome}."), outcome=happened)
        guessed = self._spell(prediction, text, guess)
        if guessed == happened:
            return fill(self.tr("You guessed {guess}, and so it was."), guess=guessed)
        return fill(self.tr("You guessed {guess}; it was {outcome}."), guess=guessed, outcome=happened)

    def mark(self, step: Step) -> tuple[str, float | None, str]:
        """The objectName of the plot on which the guess is drawn, at which value, and with which words."""
        prediction, guess = step.prediction, self._guess
        if prediction is None or not prediction.plot or not isinstance(guess, float):
            return "", None, ""
        return prediction.plot, guess, fill(self.tr("your guess {guess}"), guess=_number(prediction, guess))

    @staticmethod
    def _spell(prediction: Prediction, text: StepText, guess: Guess) -> str:
        if isinstance(guess, str):
            return f"“{text.options.get(guess, guess)}”"
        return _number(prediction, guess)

    @Slot(object)
    def _on_number(self, number: float | None) -> None:
        if self._prediction is None:
            return
        guess = None if number is None else number / (100 if self._prediction.is_share else 1)
        if guess != self._guess:
            self.guessed.emit(guess)

    @Slot(str)
    def _show_problem(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))


def _number(prediction: Prediction, number: float) -> str:
    return spell_number(Number(number, "percent" if prediction.is_share else "real", prediction.decimals))
