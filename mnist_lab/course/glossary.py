"""The words of the field as the lab uses them: what each means, what goes with it, where it can be seen. No Qt."""

from dataclasses import dataclass
from functools import cache

from mnist_lab.course.actions import Open
from mnist_lab.course.errors import CourseError
from mnist_lab.course.glossary_words import WORDS, GlossaryWord
from mnist_lab.course.places import PLACES
from mnist_lab.course.texts import ENGLISH, read_file, sections
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class GlossaryEntry:
    """One word with its text.

    Attributes:
        word: its facts.
        term: the word itself.
        text: two to four sentences, in Markdown.
    """

    word: GlossaryWord
    term: str
    text: str

    @property
    def id(self) -> str:
        """That of the word."""
        return self.word.id

    @property
    def place(self) -> Open:
        """Where it can be seen."""
        return PLACES[self.word.place]

    @property
    def first_sentence(self) -> str:
        """What it is, without the rest."""
        head, stop, _rest = self.text.partition(". ")
        return f"{head}." if stop else head


@cache
def glossary(language: str = ENGLISH) -> dict[str, GlossaryEntry]:
    """Every entry by its id, listed by the term; what a language lacks is English.

    Raises:
        CourseError: the English text lacks a word.
    """
    texts = _read(ENGLISH)
    missing = [word.id for word in WORDS if word.id not in texts]
    if missing:
        raise CourseError(QT_TRANSLATE_NOOP("errors", "The glossary has no text for “{word}”."), word=missing[0])
    texts |= _read(language) if language.partition("_")[0] != ENGLISH else {}
    entries = [GlossaryEntry(word, *texts[word.id]) for word in WORDS]
    return {entry.id: entry for entry in sorted(entries, key=lambda entry: entry.term.casefold())}


def _read(language: str) -> dict[str, tuple[str, str]]:
    """The terms and texts of a language by their ids."""
    found = {}
    for heading, body in sections(read_file("glossary", language) or "", "## "):
        word_id, separator, term = heading.partition(": ")
        if separator:
            found[word_id] = (term, body)
    return found
