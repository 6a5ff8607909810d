"""The words of a step as the panel shows them: in the window's language, with the learner's own numbers in them."""

import re

from PySide6.QtCore import QLocale
from PySide6.QtGui import QTextDocument

from mnist_lab.course.numbers import NUMBERS, PLACE
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part
from mnist_lab.course.texts import PartText, part_text
from mnist_lab.window.course_numbers import spell_number

_CODE = re.compile(r"`[^`]+`")
_JOINT = re.compile(r"(?<=\w)[._(\[,](?=\w)")


def part_words(part: Part) -> PartText:
    """The words of a part: its own, or those in the language of the window where there are any, else the English."""
    return part.text or part_text(part.id, QLocale().name())


def plain_words(markdown: str) -> str:
    """The same without marks, as a screen reader is to say it."""
    document = QTextDocument()
    document.setMarkdown(markdown)
    return document.toPlainText()


def breakable(markdown: str) -> str:
    """The same, with places at which a long name in code can go on in the next line."""
    return _CODE.sub(lambda code: _JOINT.sub("\\g<0>\u200b", code[0]), markdown)


def with_numbers(text: str, entry: LabState, now: LabState) -> str:
    """The text with the learner's numbers in its places; a paragraph of which one is not known is left out."""
    return "\n\n".join(
        filled for paragraph in text.split("\n\n") if (filled := _filled(paragraph, entry, now)) is not None
    )


def _filled(paragraph: str, entry: LabState, now: LabState) -> str | None:
    known = {name: NUMBERS[name](entry, now) for name in PLACE.findall(paragraph)}
    if any(number is None for number in known.values()):
        return None
    return PLACE.sub(lambda match: spell_number(known[match[1]]), paragraph)  # type: ignore[arg-type]  # none is None
