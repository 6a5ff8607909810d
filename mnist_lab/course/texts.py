"""The words of the course: Markdown files, one a part, in `resources/course/<language>/`.

    # Title of the part

    ## part.step: Title of the step

    ### Why
    ### Do
    ### Happened
    ### Guess
    A question.
    - option: its words

    ## recap

A language that lacks a step, or a file, has the English one in its place. `{name}` is a place for one of the learner's
own numbers (`numbers.py`).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from mnist_lab.course.errors import CourseError
from mnist_lab.data.places import resource
from mnist_lab.words import QT_TRANSLATE_NOOP

ENGLISH = "en"
_SECTIONS = ("Why", "Do", "Happened", "Guess")
_OPTION = re.compile(r"^- ([a-z0-9_]+): (.+)$")


@dataclass(frozen=True)
class StepText:
    """The words of one step, in Markdown.

    Attributes:
        title: of the step.
        why: two or three sentences.
        do: what to do.
        happened: what is said once the goal is reached; with places for numbers.
        guess: the question before the outcome; "" for none.
        options: the words of each answer to it, by its id.
    """

    title: str
    why: str
    do: str
    happened: str
    guess: str = ""
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class PartText:
    """The words of one part.

    Attributes:
        title: of the part.
        steps: the words of each step, by its id.
        recap: what was seen, in a few sentences; it ends the part.
    """

    title: str
    steps: dict[str, StepText]
    recap: str


@cache
def part_text(part: str, language: str = ENGLISH) -> PartText:
    """The words of a part in a language, as "de" or "pt_BR"; what is missing in it is English.

    Raises:
        CourseError: the English file lacks something, or a file is not written as it should be.
    """
    english = _read(part, ENGLISH)
    if english is None:
        raise CourseError(QT_TRANSLATE_NOOP("errors", "The text of the course's part “{part}” is missing."), part=part)
    own = _read(part, language) if language.partition("_")[0] != ENGLISH else None
    if own is None:
        return english
    return PartText(own.title or english.title, english.steps | own.steps, own.recap or english.recap)


def _read(part: str, language: str) -> PartText | None:
    text = read_file(part, language)
    return None if text is None else parse(text, resource("course") / language / f"{part}.md")


def read_file(name: str, language: str) -> str | None:
    """The text file of that name in a language, or in that of its land ("pt" for "pt_BR"); None where there is none."""
    for folder in dict.fromkeys((language, language.partition("_")[0])):
        path = resource("course") / folder / f"{name}.md"
        if path.is_file():
            return path.read_text(encoding="utf-8")
    return None


def parse(text: str, path: Path) -> PartText:
    """The words of a part out of its file.

    Raises:
        CourseError: it is not written as it should be.
    """
    title, steps, recap = "", {}, ""
    for heading, body in sections(text, "## "):
        if not heading:
            title = body.removeprefix("# ").strip()
        elif heading == "recap":
            recap = body
        else:
            step_id, separator, step_title = heading.partition(": ")
            if not separator:
                raise CourseError(
                    QT_TRANSLATE_NOOP("errors", "“{path}”: “{heading}” should be an id, a colon and a title."),
                    path=path,
                    heading=heading,
                )
            steps[step_id] = _step(step_title, body, path)
    return PartText(title, steps, recap)


def sections(text: str, mark: str) -> Iterator[tuple[str, str]]:
    """The headings that begin with `mark`, each with what stands below; first what stands above them, under ""."""
    heading, lines = "", list[str]()
    for line in [*text.splitlines(), mark]:
        if line.startswith(mark) or line == mark.rstrip():
            yield heading, "\n".join(lines).strip()
            heading, lines = line[len(mark) :].strip(), []
        else:
            lines.append(line)


def _step(title: str, body: str, path: Path) -> StepText:
    found = {heading: words for heading, words in sections(body, "### ") if heading}
    unknown = found.keys() - set(_SECTIONS)
    if unknown or not {"Why", "Do"} <= found.keys():
        raise CourseError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}”: the step “{title}” needs “Why” and “Do”, and may have “Happened” and “Guess” only."
            ),
            path=path,
            title=title,
        )
    guess, options = guess_of(found.get("Guess", ""))
    return StepText(title, found["Why"], found["Do"], found.get("Happened", ""), guess, options)


def guess_of(words: str) -> tuple[str, dict[str, str]]:
    """What a section “Guess” asks, and the words of each answer by its id: a line "- id: words"."""
    question, options = list[str](), dict[str, str]()
    for line in words.splitlines():
        match = _OPTION.match(line)
        if match:
            options[match[1]] = match[2]
        else:
            question.append(line)
    return "\n".join(question).strip(), options
