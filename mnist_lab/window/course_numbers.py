"""The numbers that stand in the texts of the course and of the hints, spelled as the window does."""

from mnist_lab.course.number import Number
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

_NO_BREAK = "\u00a0"
"""Between a number and its unit: in a narrow text the unit is not to stand alone in the next line."""


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
            if value and not round(value, number.decimals):
                return spell(rounded(value, 2))  # small, and not nothing
            return spell_fixed(value, number.decimals)
        case "figures":
            return spell(rounded(value, number.decimals))
        case "seconds":
            return spell_duration(value).replace(" ", _NO_BREAK)
        case "measured":
            return spell_measured(value).replace(" ", _NO_BREAK)
        case "setting":
            return spell_setting(value)
    return spell_whole(round(value))
