"""Help on everything: which words of the glossary belong to a control, number or plot, and what stands where. No Qt.

An objectName takes the longest entry of the table that it begins with; one without any takes that of what it lies in.
So a button within a plot, or a new number of a group, needs no entry of its own.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from mnist_lab.course.errors import CourseError
from mnist_lab.course.help_words import WORDS_OF
from mnist_lab.course.places import PLACES
from mnist_lab.course.texts import ENGLISH, read_file, sections
from mnist_lab.words import QT_TRANSLATE_NOOP

_CONTROL = re.compile(r"^- (\w+): (.+)$", re.MULTILINE)


def words_of(names: Iterable[str]) -> tuple[str, ...]:
    """The ids that belong to something.

    Args:
        names: its objectName, then those of what it lies in, from inside to outside.

    Returns:
        the ids of the first of them that has any; none if none has.
    """
    return next((ids for name in names if (ids := _longest(name))), ())


@cache
def _longest(name: str) -> tuple[str, ...]:
    return next((WORDS_OF[name[:length]] for length in range(len(name), 0, -1) if name[:length] in WORDS_OF), ())


@dataclass(frozen=True)
class ListedControl:
    """Something on a page that can be searched for before the page was ever opened.

    Attributes:
        name: its objectName.
        title: what it is called.
        place: where it stands, a key of `PLACES`.
    """

    name: str
    title: str
    place: str


@dataclass(frozen=True)
class HelpContents:
    """What stands where.

    Attributes:
        titles: of every place, by its id.
        controls: of all pages, in their order.
    """

    titles: dict[str, str]
    controls: tuple[ListedControl, ...]

    def path(self, place: str) -> tuple[str, ...]:
        """The titles of a place, from its page on: ("Descent", "Naive way", "All weights")."""
        names = place.split(".")
        return tuple(self.titles[".".join(names[: count + 1])] for count in range(len(names)))


@cache
def contents(language: str = ENGLISH) -> HelpContents:
    """What stands where, in a language; what it lacks is English.

    Raises:
        CourseError: the English text lacks a place.
    """
    titles, controls = _read(ENGLISH)
    missing = sorted(PLACES.keys() - titles.keys())
    if missing:
        raise CourseError(
            QT_TRANSLATE_NOOP("errors", "The contents of help have no place “{place}”."), place=missing[0]
        )
    own_titles, own_controls = _read(language) if language.partition("_")[0] != ENGLISH else ({}, {})
    controls |= {key: title for key, title in own_controls.items() if key in controls}
    return HelpContents(
        titles | own_titles, tuple(ListedControl(name, title, place) for (place, name), title in controls.items())
    )


def _read(language: str) -> tuple[dict[str, str], dict[tuple[str, str], str]]:
    """The titles of places, and those of controls by place and objectName."""
    titles, controls = {}, {}
    for heading, body in sections(read_file("help", language) or "", "## "):
        place, separator, title = heading.partition(": ")
        if separator:
            titles[place] = title
            controls.update({(place, name): words for name, words in _CONTROL.findall(body)})
    return titles, controls
