"""The questions: each can be answered and is explained, has the learner's numbers, and comes back on a later day."""

from pathlib import Path

import pytest

from mnist_lab.course import quiz, texts
from mnist_lab.course.contents import PARTS
from mnist_lab.course.errors import CourseError
from mnist_lab.course.number import Number
from mnist_lab.course.numbers import NUMBERS
from mnist_lab.course.progress import CourseProgress, QuizAnswer
from mnist_lab.course.quiz import (
    PLACE,
    QuizQuestion,
    answered,
    questions,
    questions_due,
    questions_of,
    with_own_numbers,
)
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part
from tests.course.states import run_facts

FILE = Path("questions.md")
GOOD = "## part.one\nHow many?\n- some: Some\n  No.\n- *all: All\n  Yes,\n  all.\n"


def spell(number: Number) -> str:
    return f"<{number.value}>"


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
def test_each_part_ends_with_three_to_five_questions(part: Part) -> None:
    assert [step.asks for step in part.steps] == [False] * (len(part.steps) - 1) + [True]
    assert 3 <= len(questions_of(part.id)) <= 5
    assert {one.part for one in questions()} == {part.id for part in PARTS}


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_each_question_has_one_right_answer_and_says_why_of_all(question: QuizQuestion) -> None:
    texts = [question.words, *(f"{option.words}{option.why}" for option in question.options)]
    assert {name for text in texts for name, _plain in PLACE.findall(text)} <= NUMBERS.keys()
    plain = with_own_numbers(question, LabState(), LabState(), spell)
    assert len({option.words for option in plain.options}) == len(plain.options) >= 3
    said = "".join((plain.words, *(f"{option.words}{option.why}" for option in plain.options)))
    assert not {"{", "|"} & set(said)
    assert [option.is_right for option in plain.options].count(True) == 1


def test_the_right_answer_has_no_place_of_its_own() -> None:
    places = {[option.is_right for option in one.options].index(True) for one in questions()}
    assert places == {0, 1, 2}


def test_a_question_is_made_of_the_learners_own_numbers() -> None:
    question = next(one for one in questions() if one.id == "first_network.updates")
    now = LabState(run=run_facts())
    own = with_own_numbers(question, now, now, spell)
    assert own.words.startswith("You train on <4000> images, in batches of <128>.")
    assert [option.words for option in own.options][1] == "Every batch, <32> an epoch"
    one_an_epoch = QuizQuestion("a.b", "[Your|A] {epochs|5}?", (quiz.Option("a", "{units|1}", "", True),) * 2)
    assert with_own_numbers(one_an_epoch, now, now, spell).words == "A 5?", "two answers would be the same"


def test_what_was_wrong_or_long_ago_comes_back_on_another_day() -> None:
    first, second, third, fourth, fifth = (one.id for one in questions()[:5])
    answers = {
        first: QuizAnswer(option="a", is_right=True, day="2026-11-20"),
        second: QuizAnswer(option="a", is_right=False, day="2026-11-28"),
        third: QuizAnswer(option="a", is_right=True, day="2026-11-29"),
        fourth: QuizAnswer(option="a", is_right=True, day="2026-11-21"),
        fifth: QuizAnswer(option="a", is_right=False, day="2026-11-30"),
    }
    progress = CourseProgress(answers=answers)
    assert [one.id for one in questions_due(progress, "2026-11-30")] == [second, first, fourth]
    assert not questions_due(progress.changed(recalled_on="2026-11-30"), "2026-11-30"), "once a day"
    assert questions_due(progress.changed(recalled_on="2026-11-30"), "2026-12-01")
    assert not questions_due(CourseProgress(answers={"gone.question": answers[first]}), "2026-11-30")
    assert not questions_due(CourseProgress(), "2026-11-30")


def test_the_first_answer_of_a_day_is_kept() -> None:
    question = questions()[0]
    wrong, right = (next(one.id for one in question.options if one.is_right is is_right) for is_right in (False, True))
    progress = answered(CourseProgress(), question, wrong, "2026-11-29")
    progress = answered(progress, question, right, "2026-11-29")
    assert progress.answers[question.id] == QuizAnswer(option=wrong, is_right=False, day="2026-11-29", times=1)
    progress = answered(progress, question, right, "2026-11-30")
    assert progress.answers[question.id] == QuizAnswer(option=right, is_right=True, day="2026-11-30", times=2)
    assert answered(progress, question, "no such", "2026-12-01") is progress
    assert CourseProgress.read(progress.model_dump(mode="json")) == progress


def test_a_file_is_read_as_it_says() -> None:
    question = quiz.parse(f"# Questions\n\n{GOOD}", FILE)["part.one"]
    assert (question.part, question.words) == ("part", "How many?")
    assert question.options == (quiz.Option("some", "Some", "No.", False), quiz.Option("all", "All", "Yes, all.", True))
    assert question.option("some") == question.options[0]
    assert question.option("none") is None


@pytest.mark.parametrize(
    "text",
    [
        GOOD.replace("*", ""),
        GOOD.replace("- some", "- *some"),
        GOOD.replace("- some", "- all"),
        GOOD.replace("  No.\n", ""),
        GOOD.replace("How many?\n", ""),
        "## part.one\nHow many?\n- *all: All\n  Yes.\n",
    ],
)
def test_a_mistake_is_told(text: str) -> None:
    with pytest.raises(CourseError, match=r"the question “part\.one” needs"):
        quiz.parse(text, FILE)


def test_another_language_has_english_where_it_lacks_a_question(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = GOOD.replace("one", "two")
    for language, text in (("en", GOOD + more), ("de", GOOD.replace("How many", "Wie viele"))):
        folder = tmp_path / "course" / language
        folder.mkdir(parents=True)
        (folder / "questions.md").write_text(text, encoding="utf-8")
    monkeypatch.setattr(texts, "resource", lambda name: tmp_path / name)
    questions.cache_clear()
    assert [one.words for one in questions("de_AT")] == ["Wie viele?", "How many?"]
    questions.cache_clear()
