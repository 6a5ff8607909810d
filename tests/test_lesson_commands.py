"""`lessons` tells the steps of the course."""

import json
from pathlib import Path

import pytest

from mnist_lab import app
from mnist_lab.course.contents import PARTS


def test_the_steps_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert app.main(["lessons", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    steps = [(part.section, step) for part in PARTS for step in part.steps]
    assert [one["id"] for one in listed] == [step.id for _section, step in steps]
    assert [one["section"] for one in listed] == [section for section, _step in steps]
    assert [one["has_goal"] for one in listed] == [step.goal is not None for _section, step in steps]
    assert [one["has_prediction"] for one in listed] == [step.prediction is not None for _section, step in steps]
    assert all(one["title"] and one["part"] for one in listed)
    assert app.main(["lessons"]) == 0
    told = capsys.readouterr().out
    assert all(step.id in told for _section, step in steps)
    assert told.startswith("Part 1: ")


def test_a_lesson_that_cannot_be_used_is_one_line_and_status_2(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "lesson.json"
    path.write_text('{"title": "x"}', encoding="utf-8")
    assert app.main(["--lesson", str(path)]) == 2
    told = capsys.readouterr().err
    assert told == f"The lesson “{path}” cannot be used: format is missing.\n"
