"""The glossary: every word has its text, leads somewhere, and is English where a language lacks it."""

import re
from pathlib import Path

import pytest

from mnist_lab.course import texts
from mnist_lab.course.errors import CourseError
from mnist_lab.course.glossary import glossary
from mnist_lab.course.glossary_words import WORDS
from mnist_lab.course.places import PLACES

_END_OF_SENTENCE = re.compile(r"\.(?=\s|$)")


@pytest.fixture(autouse=True)
def texts_are_read_anew() -> None:
    glossary.cache_clear()


def test_each_word_has_two_to_five_sentences_and_leads_to_others_and_to_a_place() -> None:
    entries = glossary()
    assert len(entries) == len(WORDS) >= 80
    for entry in entries.values():
        assert 2 <= len(_END_OF_SENTENCE.findall(entry.text)) <= 5, entry.id
        assert entry.term
        assert entry.first_sentence.endswith(".")
        assert len(entry.text) < 420, "it is read at one go"
        assert entry.id not in entry.word.related
        assert entry.word.related
        assert set(entry.word.related) <= entries.keys(), entry.id
        assert entry.place == PLACES[entry.word.place]
        assert entry.word.lights
    terms = [entry.term for entry in entries.values()]
    assert terms == sorted(terms, key=str.casefold), "listed as one looks for them"
    assert len(set(terms)) == len(terms)


def test_a_language_has_english_where_it_lacks_a_word(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    english = texts.read_file("glossary", "en")
    assert english is not None
    for language, text in (("en", english), ("de", "# Glossar\n\n## bias: Verschiebung\nEine Zahl. Noch ein Satz.\n")):
        (tmp_path / "course" / language).mkdir(parents=True)
        (tmp_path / "course" / language / "glossary.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(texts, "resource", lambda name: tmp_path / name)
    german = glossary("de_AT")
    assert german["bias"].term == "Verschiebung"
    assert german["bias"].first_sentence == "Eine Zahl."
    assert german["weight"].text == glossary()["weight"].text
    (tmp_path / "course" / "en" / "glossary.md").write_text("# Glossary\n", encoding="utf-8")
    glossary.cache_clear()
    with pytest.raises(CourseError, match="no text for “mnist”"):
        glossary()
