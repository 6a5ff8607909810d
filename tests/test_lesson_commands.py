"""`lessons` tells the steps of the course."""

import json

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
