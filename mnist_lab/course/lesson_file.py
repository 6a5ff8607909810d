"""Lesson files: steps of a teacher's own, as JSON or Markdown, judged as strictly as digits of one's own.

Nothing in them is executed, and nothing is HTML. `docs/lesson-files.md` tells how to write one.
"""

import json
import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError

from mnist_lab.course.actions import Open
from mnist_lab.course.lesson import Lesson
from mnist_lab.course.lesson_errors import LessonError, explained
from mnist_lab.course.lesson_goals import goal_of, page_named
from mnist_lab.course.numbers import NUMBERS, PLACE
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Outcome, Part, Prediction, Step
from mnist_lab.course.texts import PartText, StepText, guess_of, sections
from mnist_lab.experiment import Experiment
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

FORMAT = "mnist-lab lesson"
MOST_BYTES = 256 * 1024
MOST_STEPS = 50
PART = "lesson"
"""The id of the one part that a lesson has."""

_MARKDOWN = (".md", ".markdown")
_MARKUP = re.compile(r"<[A-Za-z/!?]|!\[")
"""A tag of HTML, or a picture: neither is shown."""
_BLOCK = re.compile(r"^```json\n(.*?)^```\s*?$", re.MULTILINE | re.DOTALL)

_Line = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\n\r]+$")]
_Text = Annotated[str, Field(max_length=4000)]
_Given = Annotated[str, Field(min_length=1, max_length=4000)]
_Name = Annotated[str, Field(min_length=1, max_length=100)]
_Id = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,40}$")]
_Number = Annotated[float, Field(allow_inf_nan=False, strict=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class _Guess(_Strict):
    question: _Given
    outcome: _Name
    options: Annotated[dict[_Id, _Line], Field(max_length=8)] = {}
    minimum: _Number = 0.0
    maximum: _Number = 1.0
    decimals: Annotated[int, Field(ge=0, le=6, strict=True)] = 1
    is_share: Annotated[bool, Field(strict=True)] = False
    plot: Annotated[str, Field(max_length=100)] = ""


class _Step(_Strict):
    title: _Line
    why: _Given
    do: _Given
    happened: _Text = ""
    page: _Name = "train"
    lights: Annotated[tuple[_Name, ...], Field(max_length=6)] = ()
    goal: dict[str, JsonValue] | None = None
    guess: _Guess | None = None


class _File(_Strict):
    format: Literal["mnist-lab lesson"]
    version: Literal[1]
    title: _Line
    data: Literal["", "auto", "starter", "full"] = ""
    experiment: dict[str, JsonValue] | None = None
    page: str = ""
    hide: Annotated[tuple[_Name, ...], Field(max_length=7)] = ()
    steps: Annotated[tuple[_Step, ...], Field(min_length=1, max_length=MOST_STEPS)]


def is_lesson(path: Path) -> bool:
    """Whether a JSON file says of itself that it is a lesson, right or wrong; one that cannot be read says nothing."""
    try:
        with open_regular(path) as file:
            return FORMAT.encode() in file.read(MOST_BYTES)
    except (FileError, OSError, ValueError):  # ValueError: a name that no file can have
        return False


def read_lesson(path: Path) -> Lesson:
    """The lesson in a file: Markdown where its name ends with .md, else JSON.

    Raises:
        LessonError: one sentence that names the file, what is wrong in it and what would be right.
    """
    try:
        with open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
    except FileError as error:
        raise LessonError(error.template, **error.values) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "The lesson “{path}” cannot be read ({reason}): name a file that can be read."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    try:
        return parse(content, is_markdown=path.suffix.lower() in _MARKDOWN)
    except LabError as error:
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "The lesson “{path}” cannot be used: {reason}"), path=path, reason=error
        ) from error


def parse(content: bytes, *, is_markdown: bool) -> Lesson:
    """The lesson that a file holds.

    Raises:
        LabError: one sentence on what is wrong and what would be right.
    """
    if len(content) > MOST_BYTES:
        raise LessonError(QT_TRANSLATE_NOOP("errors", "it has more than {most:,} bytes; shorten it."), most=MOST_BYTES)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise LessonError(QT_TRANSLATE_NOOP("errors", "it is not UTF-8 text; save it as that.")) from error
    text = text.replace("\r\n", "\n")
    fields = _of_markdown(text) if is_markdown else _json(text, "the file")
    try:
        return _lesson(_File.model_validate(fields))
    except ValidationError as error:
        raise explained(error, "", _File) from error


def _json(text: str, place: str) -> dict[str, JsonValue]:
    try:
        value = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:  # no JSON, or brackets within brackets without end
        reason = f"{error.msg}, line {error.lineno}" if isinstance(error, json.JSONDecodeError) else error
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place} is no JSON ({reason})."), place=place, reason=reason
        ) from error
    if not isinstance(value, dict):
        raise LessonError(QT_TRANSLATE_NOOP("errors", "{place} is no JSON object; write one, in braces."), place=place)
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


# Markdown


def _of_markdown(text: str) -> dict[str, JsonValue]:
    """The fields that Markdown gives: headings are titles, blocks of JSON the rest."""
    fields: dict[str, JsonValue] = {"format": FORMAT, "version": 1}
    steps: list[JsonValue] = []
    for heading, body in sections(text, "## "):
        if heading:
            steps.append(_step_of_markdown(heading, body, f"step {len(steps) + 1}"))
            continue
        title, _line, rest = body.partition("\n")
        if not title.startswith("# "):
            raise LessonError(QT_TRANSLATE_NOOP("errors", "it must begin with “# ” and the title of the lesson."))
        fields |= {"title": title.removeprefix("# ").strip()} | _block(rest, "the lesson")
    return fields | {"steps": steps}


def _step_of_markdown(title: str, body: str, place: str) -> dict[str, JsonValue]:
    fields: dict[str, JsonValue] = {"title": title}
    settings: dict[str, JsonValue] = {}
    for heading, words in sections(body, "### "):
        match heading:
            case "" if not words:
                pass
            case "Why" | "Do" | "Happened":
                fields[heading.lower()] = words
            case "Guess":
                fields["guess"] = _guess_of_markdown(words)
            case "Step":
                settings = _block(words, place)
            case _:
                raise LessonError(
                    QT_TRANSLATE_NOOP(
                        "errors", "{place}: “{heading}” is no heading here; they are Why, Do, Happened, Guess, Step."
                    ),
                    place=place,
                    heading=heading or words,
                )
    guess, more = fields.get("guess"), settings.pop("guess", {})
    if isinstance(guess, dict) and isinstance(more, dict):
        fields["guess"] = guess | more
    return fields | settings


def _guess_of_markdown(words: str) -> dict[str, JsonValue]:
    question, options = guess_of(words)
    return {"question": question, "options": dict(options)}


def _block(words: str, place: str) -> dict[str, JsonValue]:
    """What stands in the one block of JSON, if there is one."""
    match = _BLOCK.search(words)
    if _BLOCK.sub("", words).strip():
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: only one block of ```json can stand here, without other words."),
            place=place,
        )
    return {} if match is None else _json(match[1], place)


# From what stands in the file to a lesson


def _lesson(file: _File) -> Lesson:
    steps = [_step(step, f"step {number}") for number, step in enumerate(file.steps, 1)]
    _judge_words("title", file.title)
    texts = {step.id: text for step, text in steps}
    part = Part(PART, "", tuple(step for step, _text in steps), PartText(file.title, texts, ""))
    return Lesson(
        part,
        None if file.experiment is None else Experiment.parse(file.experiment),
        file.data,
        page_named(file.page, "page") if file.page else "",
        frozenset(page_named(name, "hide") for name in file.hide),
    )


def _step(step: _Step, place: str) -> tuple[Step, StepText]:
    guess = step.guess
    said = [step.title, step.why, step.do, step.happened]
    if guess is not None:
        said += [guess.question, *guess.options.values()]
    for words in said:
        _judge_words(place, words)
    text = StepText(step.title, step.why, step.do, step.happened, guess.question if guess else "",
                    dict(guess.options) if guess else {})  # fmt: skip
    goal = None if step.goal is None else goal_of(step.goal, f"{place}, goal")
    page = Open(page_named(step.page, place))
    prediction = None if guess is None else _prediction(guess, f"{place}, guess")
    return Step(f"{PART}.{place.replace(' ', '_')}", page, step.lights, goal, (), prediction), text


def _prediction(guess: _Guess, place: str) -> Prediction:
    known = list(guess.options) or list(NUMBERS)
    if guess.outcome not in known:
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: the outcome cannot be “{name}”; it is one of {known}."),
            place=place,
            name=guess.outcome,
            known=Listing(", ".join(known)),
        )
    if not guess.minimum < guess.maximum or len(guess.options) == 1:
        raise LessonError(
            QT_TRANSLATE_NOOP(
                "errors", "{place}: “minimum” must be below “maximum”, and of options there must be two or more."
            ),
            place=place,
        )
    outcome = _chosen(guess.outcome) if guess.options else _of_number(guess.outcome)
    return Prediction(
        outcome, tuple(guess.options), guess.minimum, guess.maximum, guess.decimals, guess.is_share, guess.plot
    )


def _chosen(option: str) -> Outcome:
    return lambda _entry, _now: option


def _of_number(name: str) -> Outcome:
    def outcome(entry: LabState, now: LabState) -> float | None:
        number = NUMBERS[name](entry, now)
        return None if number is None or isinstance(number.value, str) else float(number.value)

    return outcome


def _judge_words(place: str, words: str) -> None:
    if _MARKUP.search(words):
        raise LessonError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{place}: neither HTML nor pictures are shown; write Markdown, and a blank behind each “<” that is "
                "less than.",
            ),
            place=place,
        )
    unknown = [name for name in PLACE.findall(words) if name not in NUMBERS]
    if unknown:
        raise LessonError(
            QT_TRANSLATE_NOOP("errors", "{place}: there is no number “{{{name}}}”; they are {known}."),
            place=place,
            name=unknown[0],
            known=Listing(", ".join(NUMBERS)),
        )
