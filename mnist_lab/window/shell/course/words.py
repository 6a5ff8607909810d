"""The words of a step as the panel shows them: in the window's language, with the learner's own numbers in them."""

import re

from PySide6.QtCore import QLocale
from PySide6.QtGui import QTextDocument

from mnist_lab.course.number import Number
from mnist_lab.course.numbers import NUMBERS, PLACE
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part
from mnist_lab.course.texts import PartText, part_text
from mnist_lab.window.widgets.pictures.share_rows import ShareRows
from mnist_lab.window.words import (
    rounded,
    spell,
    spell_duration,
    spell_fixed,
    spell_measured,
    spell_percent,
    spell_setting,
    spell_whole,
)

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


def spell_number(number: Number) -> str:
    """A number as a person reads it."""
    value = number.value
    if isinstance(value, str):
        return value
    match number.kind:
        case "percent":
            return spell_percent(value, number.decimals)
        case "certainty":
            return ShareRows.spell(value)
        case "real":
            return spell_fixed(value, number.decimals)
        case "figures":
            return spell(rounded(value, number.decimals))
        case "seconds":
            return spell_duration(value)
        case "measured":
            return spell_measured(value)
        case "setting":
            return spell_setting(value)
    return spell_whole(round(value))
