"""Lesson files: what may stand in one comes out as a lesson, and all else is one sentence."""

import contextlib
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.course import lesson_file
from mnist_lab.course.goals import Goal
from mnist_lab.course.lesson import Lesson
from mnist_lab.course.lesson_errors import LessonError
from mnist_lab.course.lesson_goals import PAGES, goal_of
from mnist_lab.course.state import DrawingFacts, EpochFacts, LabState
from mnist_lab.experiment import Experiment
from mnist_lab.window import pages
from mnist_lab.words import LabError
from tests.conftest import REPOSITORY
from tests.course.states import run_facts

STEP: dict[str, Any] = {"title": "Train", "why": "Because.", "do": "Press **Start**."}
FILE: dict[str, Any] = {"format": "mnist-lab lesson", "version": 1, "title": "Narrow", "steps": [STEP]}


def parsed(**changes: object) -> Lesson:
    return lesson_file.parse(json.dumps(FILE | changes).encode(), is_markdown=False)


def told(goal: Goal, before: LabState, now: LabState) -> bool:
    assert not goal(before, before)
    return goal(before, now.after(before))


def test_the_pages_are_those_of_the_window() -> None:
    assert [f"{name}Page" for name in PAGES] == [spec.object_name for spec in pages.PAGES]


def test_a_lesson_presets_the_lab() -> None:
    lesson = parsed(data="starter", experiment={"epochs": 2}, page="train", hide=["tensors", "descentPage"])
    assert lesson.experiment == Experiment(epochs=2)
    assert (lesson.data, lesson.page) == ("starter", "trainPage")
    assert lesson.hidden_pages == {"tensorsPage", "descentPage"}
    assert lesson.part.text is not None
    assert lesson.part.text.title == "Narrow"
    (step,) = lesson.part.steps
    assert lesson.part.text.steps[step.id].do == "Press **Start**."
    assert step.place.page == "trainPage"
    assert step.goal is None


def test_the_documented_lessons_can_be_used_and_say_the_same() -> None:
    text = (REPOSITORY / "docs" / "lesson-files.md").read_text(encoding="utf-8")
    found = dict(re.findall(r"^````(json|markdown)\n(.*?)^````$", text, re.MULTILINE | re.DOTALL))
    lessons = [lesson_file.parse(found[kind].encode(), is_markdown=kind == "markdown") for kind in ("json", "markdown")]
    for lesson in lessons:
        assert lesson.part.text == lessons[0].part.text
        assert replace(lesson, part=lessons[0].part) == lessons[0]
        assert [step.lights for step in lesson.part.steps] == [step.lights for step in lessons[0].part.steps]
    first_page = next(line for line in text.splitlines() if line.startswith("| `page` | the page that is shown first"))
    assert not [page for page in PAGES if f"`{page}`" not in first_page]


@pytest.mark.parametrize(
    ("described", "reached", "missed"),
    [
        ({"train": {}}, {"run": run_facts(updates=170)}, {"run": run_facts(updates=170, state="stopped")}),
        (
            {"train": {"test_accuracy": 0.9, "most_units": 512, "optimizer": "rmsprop", "most_gap": 0.1}},
            {"run": run_facts(updates=170, epochs=(EpochFacts(32, 1, 1, 0.95, 1, 0.91),))},
            {"run": run_facts(updates=170, epochs=(EpochFacts(32, 1, 1, 0.95, 1, 0.8),))},
        ),
        ({"draw": {"answer": 3}}, {"drawing": DrawingFacts(None, 3, 0.6)}, {"drawing": DrawingFacts(None, 4, 0.6)}),
        ({"draw": {"fooled": True}}, {"drawing": DrawingFacts(7, 3, 0.6)}, {"drawing": DrawingFacts(3, 3, 0.6)}),
        ({"open": "draw"}, {"page": "drawPage"}, {"page": "dataPage"}),
        ({"own_digits": 2}, {"own_digits": 2}, {"own_digits": 1}),
        (
            {"fact": "descentPage.rate", "at_most": 1},
            {"facts": {"descentPage.rate": 1}},
            {"facts": {"descentPage.rate": 2}},
        ),
        ({"fact": "descentPage.on", "is": True}, {"facts": {"descentPage.on": True}}, {"facts": {"descentPage.on": 1}}),
        (
            {"all": [{"open": "draw"}, {"any": [{"own_digits": 1}, {"open": "data"}]}]},
            {"page": "drawPage", "own_digits": 1},
            {"page": "drawPage"},
        ),
    ],
)
def test_each_kind_of_goal(described: Any, reached: dict[str, Any], missed: dict[str, Any]) -> None:
    before = LabState(run=run_facts(updates=160))
    goal = goal_of(described, "step 1, goal")
    assert told(goal, before, replace(before, **reached))
    assert not told(goal, before, replace(before, **missed))


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"title": ""}, "title cannot be empty"),
        ({"titel": "x"}, "there is no “titel” here; what can stand here: format, version, title"),
        ({"steps": []}, "steps cannot be"),
        ({"steps": [STEP] * 51}, "steps cannot be"),
        ({"steps": [{"title": "x", "why": "y"}]}, "step 1, do is missing"),
        ({"steps": [STEP, STEP | {"whi": "x"}]}, "step 2: there is no “whi” here"),
        ({"steps": [STEP | {"why": "<b>now</b>"}]}, "step 1: neither HTML nor pictures"),
        ({"steps": [STEP | {"why": "![](file:///x)"}]}, "step 1: neither HTML nor pictures"),
        ({"steps": [STEP | {"happened": "{accuracy}"}]}, "there is no number “{accuracy}”"),
        ({"steps": [STEP | {"page": "tran"}]}, "step 1: there is no page “tran”; the pages are data, train"),
        ({"steps": [STEP | {"goal": {"trian": {}}}]}, "step 1, goal: a goal is an object with one of train, draw"),
        ({"steps": [STEP | {"goal": {"train": {"units": 1}}}]}, "step 1, goal, train: there is no “units” here"),
        ({"steps": [STEP | {"goal": {"train": {"test_accuracy": 90}}}]}, "test_accuracy cannot be 90: input should be"),
        ({"steps": [STEP | {"goal": {"train": {"optimizer": "sdg"}}}]}, "there is no optimizer “sdg”"),
        ({"steps": [STEP | {"goal": {"fact": "rate"}}]}, "“rate” is no fact"),
        ({"steps": [STEP | {"goal": {"all": []}}]}, "“all” takes a list of 1 to 8 goals"),
        ({"steps": [STEP | {"guess": {"question": "?", "outcome": "x"}}]}, "the outcome cannot be “x”"),
        ({"experiment": {"epochs": 0}}, "The epochs cannot be 0"),
        ({"version": 2}, "version cannot be 2"),
        ({"data": "/etc"}, "data cannot be /etc"),
    ],
)
def test_what_is_wrong_is_one_sentence(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(LabError) as caught:
        parsed(**changes)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.json", b"{", "is no JSON"),
        ("a.json", b"[" * 100_000, "is no JSON"),
        ("a.json", b"[1]", "is no JSON object"),
        ("a.json", b'{"title": NaN}', "NaN is no number"),
        ("a.json", b"\xff\xfe\x00", "is not UTF-8"),
        ("a.json", b" " * (lesson_file.MOST_BYTES + 1), "has more than 262,144 bytes"),
        ("a.md", b"Title\n", "must begin with"),
        ("a.md", b"# T\n\nwords\n", "only one block of ```json"),
        ("a.md", b"# T\n\n## S\n\n### Whi\nx\n", "“Whi” is no heading here"),
        ("a.md", b"# T\n\n## S\n\n### Why\nx\n", "step 1, do is missing"),
    ],
)
def test_a_file_that_is_none_is_one_sentence(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LessonError) as caught:
        lesson_file.read_lesson(path)
    assert told in str(caught.value)
    assert str(path) in str(caught.value)
    with pytest.raises(LessonError, match="cannot be read"):
        lesson_file.read_lesson(tmp_path / "none.json")


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*FILE, *STEP, "train", "all"]), inner),
    max_leaves=12,
)


@given(st.sampled_from([*FILE, "experiment", "hide"]), _JSON, st.sampled_from([*STEP, "goal", "guess"]), _JSON)
def test_whatever_stands_in_it_no_other_error_comes(name: str, value: Any, of_step: str, step_value: Any) -> None:
    for fields in (FILE | {name: value}, FILE | {"steps": [STEP | {of_step: step_value}]}):
        with contextlib.suppress(LabError):
            assert lesson_file.parse(json.dumps(fields).encode(), is_markdown=False).part.steps
