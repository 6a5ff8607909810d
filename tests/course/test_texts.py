"""The words of the course: each step has its own, another language lacks nothing, and a mistake is told."""

from pathlib import Path

import pytest

from mnist_lab.course import texts
from mnist_lab.course.contents import PARTS
from mnist_lab.course.errors import CourseError
from mnist_lab.course.numbers import NUMBERS, PLACE
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part
from tests.course.states import run_facts

FILE = Path("part.md")
STEP = "# Part\n\n## part.step: Step\n\n### Why\nBecause.\n\n### Do\nIt.\n"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_each_step_has_its_words(part: Part) -> None:
    words = texts.part_text(part.id)
    assert words.title
    assert list(words.steps) == [step.id for step in part.steps]
    for step in part.steps:
        text = words.steps[step.id]
        assert text.title
        assert text.why
        assert text.do
        assert bool(text.guess) == (step.prediction is not None), step.id
        assert tuple(text.options) == (step.prediction.options if step.prediction else ()), step.id
        assert bool(text.happened) or step.goal is None, step.id
        assert set(PLACE.findall(f"{text.why}{text.do}{text.happened}{text.guess}")) <= NUMBERS.keys(), step.id


def test_a_file_is_read_as_it_says() -> None:
    words = texts.parse(f"{STEP}\n### Guess\nHow?\n- a: So\n- b: Not so\n\n## recap\nThat was it.\n", FILE)
    assert words.title == "Part"
    assert words.recap == "That was it."
    step = words.steps["part.step"]
    assert (step.title, step.why, step.do, step.happened) == ("Step", "Because.", "It.", "")
    assert (step.guess, step.options) == ("How?", {"a": "So", "b": "Not so"})


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("# P\n\n## no colon\n\n### Why\na\n", "an id, a colon and a title"),
        ("# P\n\n## a.b: C\n\n### Why\na\n", "needs “Why” and “Do”"),
        (f"{STEP}\n### Else\na\n", "needs “Why” and “Do”"),
    ],
)
def test_a_mistake_is_told(text: str, told: str) -> None:
    with pytest.raises(CourseError, match=told):
        texts.parse(text, FILE)


def test_another_language_has_english_where_it_lacks_a_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for language, text in (("en", f"{STEP}\n## part.more: More\n\n### Why\nB.\n\n### Do\nC.\n"), ("de", STEP)):
        folder = tmp_path / "course" / language
        folder.mkdir(parents=True)
        (folder / "part.md").write_text(text.replace("Because", "Weil") if language == "de" else text, encoding="utf-8")
    monkeypatch.setattr(texts, "resource", lambda name: tmp_path / name)
    texts.part_text.cache_clear()
    words = texts.part_text("part", "de_AT")
    assert words.steps["part.step"].why == "Weil."
    assert words.steps["part.more"].why == "B."
    with pytest.raises(CourseError, match="missing"):
        texts.part_text("other")
    texts.part_text.cache_clear()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_where_the_words_ask_for_stop_it_is_stop_that_is_lit(part: Part) -> None:
    waiting = LabState(run=run_facts(state="paused"))
    for step in part.steps:
        paragraphs = texts.part_text(part.id).steps[step.id].do.split("\n\n")
        asked = any("{updates_waiting}" in words and "**Stop**" in words for words in paragraphs)
        assert (step.lit(waiting)[:1] == ("stopButton",)) == asked, step.id
        assert step.lit(LabState(run=run_facts())) == step.lights
