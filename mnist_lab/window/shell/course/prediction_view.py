"""Where a learner predicts, before the outcome; and afterwards the guess beside what happened. Nothing is scored."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from mnist_lab.course.numbers import Number
from mnist_lab.course.progress import Guess, Progress
from mnist_lab.course.steps import Prediction, Step
from mnist_lab.course.texts import StepText
from mnist_lab.window import theme
from mnist_lab.window.shell.course.words import spell_number
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox
from mnist_lab.window.words import fill


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
        self._options: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._question = QLabel(self)
        self._question.setObjectName("courseQuestion")
        self._question.setWordWrap(True)
        self._answers = QVBoxLayout()
        self._answers.setSpacing(theme.SMALL_GAP)
        self._field = RealNumberBox(self)
        self._field.setObjectName("courseGuess")
        self._field.setAccessibleName(self.tr("Your guess"))
        self._field.setToolTip(self.tr("Your guess: it is never scored, and you can go on without one."))
        self._field.setKeyboardTracking(False)
        self._field.valueChanged.connect(self._on_number)
        self._unit = QLabel("%", self)
        row = QHBoxLayout()
        row.addWidget(self._field)
        row.addWidget(self._unit)
        row.addStretch(1)
        self._beside = QLabel(self)
        self._beside.setObjectName("courseGuessBeside")
        self._beside.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._question)
        layout.addLayout(self._answers)
        layout.addLayout(row)
        layout.addWidget(self._beside)

    def show_step(self, step: Step, text: StepText, progress: Progress) -> None:
        """Ask what the step asks, with what was answered; nothing where it asks nothing."""
        prediction = step.prediction
        self.setVisible(prediction is not None)
        if prediction is None:
            return
        if prediction is not self._prediction:
            self._prediction = prediction
            self._build(prediction, text)
        guess, outcome = progress.guesses.get(step.id), progress.outcomes.get(step.id)
        self._show_guess(prediction, guess)
        self._show_outcome(prediction, text, guess, outcome)

    def _build(self, prediction: Prediction, text: StepText) -> None:
        self._question.setText(text.guess)
        for button in self._options.values():
            self._group.removeButton(button)
            button.setParent(None)
            button.deleteLater()
        self._options = {}
        for option in prediction.options:
            button = QRadioButton(text.options[option], self)
            button.setObjectName(f"courseOption_{option}")
            button.setAccessibleName(text.options[option])
            button.setToolTip(self.tr("Your guess: it is never scored, and you can go on without one."))
            button.clicked.connect(lambda _checked=False, option=option: self.guessed.emit(option))
            self._answers.addWidget(button)
            self._group.addButton(button)
            self._options[option] = button
        is_number, factor = not prediction.options, 100 if prediction.is_share else 1
        self._field.setVisible(is_number)
        self._unit.setVisible(is_number and prediction.is_share)
        if is_number:
            self._field.setRange(prediction.minimum * factor, prediction.maximum * factor)

    def _show_guess(self, prediction: Prediction, guess: Guess | None) -> None:
        self._group.setExclusive(False)
        for option, button in self._options.items():
            button.setChecked(option == guess)
        self._group.setExclusive(True)
        if isinstance(guess, float) and not prediction.options:
            self._field.blockSignals(True)
            self._field.setValue(guess * (100 if prediction.is_share else 1))
            self._field.blockSignals(False)

    def _show_outcome(self, prediction: Prediction, text: StepText, guess: Guess | None, outcome: Guess | None) -> None:
        for widget in (*self._options.values(), self._field):
            widget.setEnabled(outcome is None)
        if outcome is None:
            self._beside.clear()
        elif guess is None:
            self._beside.setText(fill(self.tr("It was {outcome}."), outcome=self._spell(prediction, text, outcome)))
        else:
            self._beside.setText(
                fill(
                    self.tr("You guessed {guess}; it was {outcome}."),
                    guess=self._spell(prediction, text, guess),
                    outcome=self._spell(prediction, text, outcome),
                )
            )
        self._beside.setVisible(outcome is not None)

    @staticmethod
    def _spell(prediction: Prediction, text: StepText, guess: Guess) -> str:
        if isinstance(guess, str):
            return f"“{text.options.get(guess, guess)}”"
        return spell_number(Number(guess, "percent" if prediction.is_share else "real", prediction.decimals))

    @Slot(float)
    def _on_number(self, value: float) -> None:
        if self._prediction is not None:
            self.guessed.emit(value / (100 if self._prediction.is_share else 1))
