"""The worksheet in the learner's language: predictions beside outcomes, own curves and numbers, answers."""

import math
import re
from collections.abc import Callable, Sequence

from PySide6.QtCore import QDate, QLocale, QObject

from mnist_lab.course.course import Course
from mnist_lab.course.curve_drawing import CurveDrawing, DrawnLine
from mnist_lab.course.lesson import Lesson
from mnist_lab.course.number import Number
from mnist_lab.course.numbers import NUMBERS
from mnist_lab.course.progress import Guess
from mnist_lab.course.quiz import Option, QuizQuestion, questions_of, with_own_numbers
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Step
from mnist_lab.course.texts import StepText
from mnist_lab.course.worksheet import SheetSection, SheetTable, Worksheet
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.runs.run import Run
from mnist_lab.window.course_numbers import spell_number
from mnist_lab.window.shell.course.whose_numbers import is_of_run, whose_numbers
from mnist_lab.window.shell.course.words import part_words, with_numbers
from mnist_lab.window.words import fill, rounded, spell, spell_percent, spell_whole

_MOST_RUNS = 20
_MARKS = 6
_MARKUP = re.compile(r"\*\*|`|\\$", re.MULTILINE)


class WorksheetWords(QObject):
    """Makes the worksheet of what is known now."""

    def worksheet(self, course: Course, now: LabState, run: Run | None, lesson: Lesson | None) -> Worksheet:
        """All of it; of a run that goes on, as far as it has gone.

        Args:
            course: the way through the steps.
            now: the lab.
            run: the network's; None where it has none.
            lesson: what the course leads through; None for the usual course.
        """
        goals = [step for part in course.parts for step in part.steps if step.goal is not None]
        done = [step for step in goals if step.id in course.progress.reached]
        reached = fill(self.tr("Steps done: {done} of {count}"), done=len(done), count=len(goals))
        day = QLocale().toString(QDate.currentDate(), QLocale.FormatType.LongFormat)
        sections = [
            *([] if run is None else [self._run(now, run)]),
            *([self._runs(now)] if now.kept else []),
            *(section for part in course.parts if (section := self._part(part, course, now)) is not None),
        ]
        title = self.tr("a first neural network") if lesson is None else part_words(lesson.part).title
        return Worksheet(
            fill(self.tr("My worksheet: {title}"), title=title),
            QLocale().name().partition("_")[0],
            (self.tr("Name:") + " ____________________", day, reached),
            tuple(sections),
        )

    # Own numbers and curves

    def _run(self, now: LabState, run: Run) -> SheetSection:
        is_held_out = run.experiment.validation == "held_out"
        told = {
            self.tr("Training images"): "train_images",
            self.tr("Hidden units"): "units",
            self.tr("Weights and biases"): "parameters",
            self.tr("Optimizer"): "optimizer",
            self.tr("Learning rate"): "rate",
            self.tr("Batch size"): "batch_size",
            self.tr("Epochs"): "epochs",
            self.tr("Gradient updates"): "updates",
            self.tr("Loss of the first batch"): "first_loss",
            self.tr("Loss of the last batch"): "last_loss",
            self.tr("Training accuracy"): "train_accuracy",
            self.tr("Held-out accuracy") if is_held_out else self.tr("Test accuracy"): "test_accuracy",
            self.tr("Time in gradient updates"): "training_seconds",
        }
        number_of = [] if run.number is None else [(self.tr("Run"), spell_whole(run.number))]
        rows = [(name, spell_number(number)) for name, key in told.items() if (number := NUMBERS[key](now, now))]
        table = SheetTable((self.tr("Of my network"), ""), (*number_of, *rows))
        return SheetSection(self.tr("My network"), tables=(table,), drawings=tuple(self._curves(run)))

    def _curves(self, run: Run) -> Sequence[CurveDrawing]:
        history, ends = run.history, run.history.epochs
        if not len(history.losses):
            return ()
        updates, at = range(1, len(history.losses) + 1), [end.updates for end in ends]
        of_batches = self.tr("training, each batch")
        is_held_out = run.experiment.validation == "held_out"
        of_test = self.tr("held-out digits, each epoch") if is_held_out else self.tr("test digits, each epoch")
        loss = self._drawing(
            self.tr("My loss"),
            (
                DrawnLine(of_batches, updates, history.losses.values.tolist()),
                DrawnLine(of_test, at, [end.validation_loss for end in ends]),
            ),
            _figures,
        )
        accuracy = self._drawing(
            self.tr("My accuracy"),
            (
                DrawnLine(of_batches, updates, history.accuracies.values.tolist()),
                DrawnLine(of_test, at, [end.validation_accuracy for end in ends]),
            ),
            lambda share: spell_percent(share, 0),
        )
        return loss, accuracy

    def _drawing(self, title: str, lines: tuple[DrawnLine, ...], spell_height: Callable[[float], str]) -> CurveDrawing:
        heights = [float(y) for line in lines for y in line.y if math.isfinite(y)]
        last = max(float(x) for line in lines for x in line.x)
        return CurveDrawing(
            title,
            self.tr("gradient updates"),
            lines,
            tuple((place, spell_whole(round(place))) for place in _marks(0.0, last)),
            tuple((height, spell_height(height)) for height in (_marks(min(heights), max(heights)) if heights else ())),
        )

    def _runs(self, now: LabState) -> SheetSection:
        titles = (self.tr("Run"), self.tr("Hidden units"), self.tr("Optimizer"), self.tr("Learning rate"),
                  self.tr("Epochs"), self.tr("Accuracy on new digits"))  # fmt: skip
        rows = [
            (
                spell_whole(kept.number),
                ", ".join(spell_whole(units) for units in kept.experiment.hidden_units),
                optimizer_spec(kept.experiment.optimizer).label,
                _figures(kept.experiment.learning_rate),
                spell_whole(kept.experiment.epochs),
                "–" if kept.test_accuracy is None else spell_percent(kept.test_accuracy),
            )
            for kept in now.kept[:_MOST_RUNS]
            if kept.experiment is not None
        ]
        return SheetSection(self.tr("My runs, newest first"), tables=(SheetTable(titles, tuple(rows)),))

    # Predictions and answers

    def _part(self, part: Part, course: Course, now: LabState) -> SheetSection | None:
        tables = self._tables(part, course, now)
        is_of = is_of_run(lambda state: self._tables(part, course, state), now)
        words = (whose_numbers(now),) if is_of else ()
        return SheetSection(part_words(part).title, words, tuple(tables)) if tables else None

    def _tables(self, part: Part, course: Course, now: LabState) -> Sequence[SheetTable]:
        words, progress = part_words(part), course.progress
        steps = [
            step for step in part.steps if {step.id} & (progress.guesses | progress.outcomes | progress.seen).keys()
        ]
        predicted = tuple(self._prediction(step, words.steps[step.id], course, now) for step in steps)
        answers = self._answers(part, course, now)
        titles = (self.tr("Step"), self.tr("What was asked"), self.tr("My prediction"), self.tr("What happened"),
                  self.tr("What did you see?"))  # fmt: skip
        asked = (self.tr("Question"), self.tr("My first answer"), self.tr("Right?"), self.tr("Why"))
        tables = [SheetTable(titles, predicted)] if predicted else []
        tables += [SheetTable(asked, answers)] if answers else []
        return tables

    def _prediction(self, step: Step, text: StepText, course: Course, now: LabState) -> tuple[str, ...]:
        progress = course.progress
        return (
            text.title,
            _bare(with_numbers(text.guess, now, now)),
            _spell_guess(step, text, progress.guesses.get(step.id)),
            _spell_guess(step, text, progress.outcomes.get(step.id)),
            progress.seen.get(step.id, ""),
        )

    def _answers(self, part: Part, course: Course, now: LabState) -> tuple[tuple[str, ...], ...]:
        rows = []
        for question in questions_of(part.id, QLocale().name()):
            answer = course.progress.answers.get(question.id)
            own = with_own_numbers(question, now, now, spell_number)
            option = None if answer is None else own.option(answer.option)
            if answer is not None and option is not None:
                is_right = self.tr("yes") if option.is_right else self.tr("no")
                rows.append((_bare(own.words), _bare(option.words), is_right, _bare(self._why(own, option))))
        return tuple(rows)

    def _why(self, question: QuizQuestion, chosen: Option) -> str:
        """Why the answer is right; or why it is not, and which one is."""
        if chosen.is_right:
            return chosen.why
        right = next(option for option in question.options if option.is_right)
        answer = fill(self.tr("The right answer is “{answer}”."), answer=right.words)
        return f"{chosen.why} {answer} {right.why}"


def _spell_guess(step: Step, text: StepText, guess: Guess | None) -> str:
    prediction = step.prediction
    if guess is None or prediction is None:
        return "–"
    if isinstance(guess, str):
        return _bare(text.options.get(guess, guess))
    return spell_number(Number(guess, "percent" if prediction.is_share else "real", prediction.decimals))


def _bare(text: str) -> str:
    """A text of the course without the signs of Markdown."""
    return _MARKUP.sub("", text)


def _figures(value: float) -> str:
    return spell(rounded(value, 3))


def _marks(low: float, high: float) -> list[float]:
    """A few round numbers between two others."""
    span = high - low
    if span <= 0:
        return [low]
    power = 10.0 ** math.floor(math.log10(span / _MARKS))
    step = next(digit * power for digit in (1, 2, 5, 10) if digit * power * _MARKS >= span)
    return [number * step for number in range(math.ceil(low / step), math.floor(high / step) + 1)]
