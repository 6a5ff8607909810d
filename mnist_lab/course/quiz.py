"""The questions of the course: read from `resources/course`, made of the learner's own numbers, and asked again later.

    # Questions

    ## part.question
    How many updates has an epoch of {train_images|60,000} images?
    - images: {train_images|60,000}
      Why that is not so.
    - *batches: {updates_per_epoch|469}
      Why it is so.

The right answer has a star. `{name|plain}` is a place for one of the learner's own numbers (`numbers.py`), with the one
that stands there where any of them is not known; `[Your|A]` are the words beside own numbers and beside plain ones.
A language that lacks a question has the English one in its place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from mnist_lab.course.errors import CourseError
from mnist_lab.course.number import Number
from mnist_lab.course.numbers import NUMBERS
from mnist_lab.course.progress import CourseProgress, QuizAnswer
from mnist_lab.course.state import LabState
from mnist_lab.course.texts import ENGLISH, read_file, sections
from mnist_lab.data.places import resource
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_RECALLED = 3
"""So many old questions come back at once."""
PLACE = re.compile(r"\{([a-z_]+)\|([^{}|]*)\}")
"""A place for a number, and what stands there without it."""
_WORDS = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
"""Words beside own numbers, and those beside plain ones."""
_OPTION = re.compile(r"^- (\*?)([a-z0-9_]+): (.+)$")
_BESIDE = "  "
"""What a line begins with that goes on with an answer."""


@dataclass(frozen=True)
class Option:
    """One answer to choose.

    Attributes:
        id: stable within its question.
        words: of the answer.
        why: why it is right, or what is wrong with it.
        is_right: whether it is the right one.
    """

    id: str
    words: str
    why: str
    is_right: bool


@dataclass(frozen=True)
class QuizQuestion:
    """A question with answers to choose from, one of them right.

    Attributes:
        id: stable; its part's name, a point, its own name.
        words: what is asked.
        options: in the order they are offered.
    """

    id: str
    words: str
    options: tuple[Option, ...]

    @property
    def part(self) -> str:
        """The id of the part that it belongs to."""
        return self.id.partition(".")[0]

    def option(self, option_id: str) -> Option | None:
        """The answer of that id; None where there is none, as in what an earlier version kept."""
        return next((one for one in self.options if one.id == option_id), None)


# Reading


@cache
def questions(language: str = ENGLISH) -> tuple[QuizQuestion, ...]:
    """All questions, in the order of the course, in a language as "de" or "pt_BR"; what is missing in it is English.

    Raises:
        CourseError: the English file is missing, or a file is not written as it should be.
    """
    english = _read(ENGLISH)
    if english is None:
        raise CourseError(QT_TRANSLATE_NOOP("errors", "The questions of the course are missing."))
    own = _read(language) if language.partition("_")[0] != ENGLISH else None
    return tuple(english.values() if own is None else ((english | own)[one] for one in english))


def _read(language: str) -> dict[str, QuizQuestion] | None:
    text = read_file("questions", language)
    return None if text is None else parse(text, resource("course") / language / "questions.md")


def parse(text: str, path: Path) -> dict[str, QuizQuestion]:
    """The questions of a file, by their ids.

    Raises:
        CourseError: one of them has not two or more answers, each with its reason, of which one is right.
    """
    found = {heading: _question(heading, body) for heading, body in sections(text, "## ") if heading}
    for question in found.values():
        right = [option for option in question.options if option.is_right]
        ids = {option.id for option in question.options}
        has_reasons = all(option.why for option in question.options)
        if not question.words or len(ids) < max(len(question.options), 2) or len(right) != 1 or not has_reasons:
            raise CourseError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{path}”: the question “{id}” needs words, and two answers or more, each with its reason below"
                    " it; one of them has a star.",
                ),
                path=path,
                id=question.id,
            )
    return found


def _question(question_id: str, body: str) -> QuizQuestion:
    words, options = list[str](), list[Option]()
    for line in body.splitlines():
        match = _OPTION.match(line)
        if match:
            options.append(Option(match[2], match[3], "", bool(match[1])))
        elif line.startswith(_BESIDE) and options:
            options[-1] = replace(options[-1], why=f"{options[-1].why} {line.strip()}".strip())
        else:
            words.append(line)
    return QuizQuestion(question_id, "\n".join(words).strip(), tuple(options))


# Asking


def questions_of(part: str, language: str = ENGLISH) -> tuple[QuizQuestion, ...]:
    """Those of one part."""
    return tuple(one for one in questions(language) if one.part == part)


def questions_due(progress: CourseProgress, day: str, language: str = ENGLISH) -> tuple[QuizQuestion, ...]:
    """Up to three that were answered on an earlier day: wrong ones first, then those of long ago; once a day."""
    if progress.recalled_on == day:
        return ()
    answers = progress.answers
    old = [one for one in questions(language) if one.id in answers and answers[one.id].day < day]
    old.sort(key=lambda one: (answers[one.id].is_right, answers[one.id].day, answers[one.id].times))
    return tuple(old[:MOST_RECALLED])


def answered(progress: CourseProgress, question: QuizQuestion, option_id: str, day: str) -> CourseProgress:
    """The progress with this answer; the first one of a day counts, as the others know the reason already."""
    option, before = question.option(option_id), progress.answers.get(question.id)
    if option is None or (before is not None and before.day == day):
        return progress
    times = 1 if before is None else before.times + 1
    answer = QuizAnswer(option=option.id, is_right=option.is_right, day=day, times=times)
    return progress.changed(answers=progress.answers | {question.id: answer})


def with_own_numbers(
    question: QuizQuestion, entry: LabState, now: LabState, spell: Callable[[Number], str]
) -> QuizQuestion:
    """The question with the learner's own numbers, spelled by `spell`.

    With plain ones, all of them, where one is not known, or where two answers would be the same.
    """
    texts = (question.words, *(f"{option.words}{option.why}" for option in question.options))
    names = {name for text in texts for name, _plain in PLACE.findall(text)}
    known = {name: number for name in names if (number := NUMBERS[name](entry, now)) is not None}
    if len(known) == len(names):
        own = _filled(question, lambda text: PLACE.sub(lambda match: spell(known[match[1]]), _WORDS.sub(r"\1", text)))
        if len({option.words for option in own.options}) == len(own.options):
            return own
    return _filled(question, lambda text: PLACE.sub(r"\2", _WORDS.sub(r"\2", text)))


def _filled(question: QuizQuestion, fill: Callable[[str], str]) -> QuizQuestion:
    options = tuple(replace(one, words=fill(one.words), why=fill(one.why)) for one in question.options)
    return replace(question, words=fill(question.words), options=options)
