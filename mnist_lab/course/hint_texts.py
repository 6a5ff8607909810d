"""The words of the hints, and how their numbers are written."""

from dataclasses import dataclass
from functools import cache

from mnist_lab.course.errors import CourseError
from mnist_lab.course.hint import Hint
from mnist_lab.course.hints import RULES
from mnist_lab.course.number import Kind, Number
from mnist_lab.course.texts import ENGLISH, read_file, sections
from mnist_lab.words import QT_TRANSLATE_NOOP

_KINDS: dict[str, tuple[Kind, int]] = {
    "loss": ("real", 3),
    "expected": ("real", 3),
    "rate": ("setting", 0),
    "share": ("percent", 0),
    "gap": ("real", 1),
    "points": ("real", 1),
}
"""How a value is written; all others are whole numbers."""


@dataclass(frozen=True)
class HintText:
    """The words of one hint, in Markdown, with places for its values.

    Attributes:
        title: a few words.
        says: what is the case.
        why: what is behind it, and what helps.
    """

    title: str
    says: str
    why: str


@cache
def hint_texts(language: str = ENGLISH) -> dict[str, HintText]:
    """The words of every hint, by its id; what a language lacks is English.

    Raises:
        CourseError: the English file lacks one.
    """
    texts = _parse(read_file("hints", ENGLISH) or "")
    missing = sorted(RULES.keys() - texts.keys())
    if missing:
        raise CourseError(QT_TRANSLATE_NOOP("errors", "The words of the hint “{hint}” are missing."), hint=missing[0])
    return texts | _parse(read_file("hints", language) or "")


def _parse(text: str) -> dict[str, HintText]:
    found = {}
    for heading, body in sections(text, "## "):
        hint_id, separator, title = heading.partition(": ")
        if separator:
            parts = dict(sections(body, "### "))
            found[hint_id] = HintText(title, parts.get("Says", ""), parts.get("Why", ""))
    return found


def numbers_of(hint: Hint) -> dict[str, Number]:
    """The hint's values, as they are to be written."""
    numbers = {}
    for name, value in hint.values.items():
        kind, decimals = _KINDS.get(name, ("whole", 0))
        if name == "better" and hint.id != "batch_too_large":
            kind = "setting"
        numbers[name] = Number(value, kind, decimals)
    return numbers
