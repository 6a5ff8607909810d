"""`runs judge` and `runs fork --learn-hand`: a kept run's network reads a hand from a file, and learns it."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data.hand import HandDigits
from mnist_lab.data.starter import load_starter
from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.opening import open_run
from mnist_lab.runs.store import RunStore
from tests.runs.forked import Runs
from tests.runs.kept import DATA, EXPERIMENT, keep, snapshot_at
from tests.runs.kept import told as update_numbers
from tests.test_run_commands import lines, refused, told

STROKES = [[[0, 0], [5, 0], [2, 9]]]


@pytest.fixture
def file(tmp_path: Path) -> str:
    """Thirty digits of which five are meant to be a 0: the answer to everything of a network whose sums are equal."""
    path = tmp_path / "hand.json"
    path.write_text(json.dumps([{"label": min(n // 5, 9), "strokes": STROKES} for n in range(30)]))
    return str(path)


def test_accuracy_count_and_answers_are_told(file, capsys):
    run = keep(RunStore(), name="narrow")
    judged = told(capsys, "runs", "judge", "1", "--digits", file)
    assert (judged["accuracy"], judged["count"], judged["update"]) == (5 / 30, 30, 20)
    assert (judged["run_id"], judged["run_number"]) == (run.id, 1)
    assert judged["answers"] == [0] * 30
    assert judged["labels"] == [min(n // 5, 9) for n in range(30)]
    head, *mistakes, more = lines(capsys, "runs", "judge", "1", "--digits", file)
    assert head == "Run 1 after update 20 recognises 5 of 30 digits: 16.7 %"
    assert mistakes[0] == "Digit 6 shows 1, and it answers 0"
    assert (len(mistakes), more) == (20, "... and 5 more mistakes; --json tells every answer")


def test_what_cannot_be_judged_is_one_sentence(file, capsys):
    store = RunStore()
    keep(store)
    assert "No run “9” is here" in refused(capsys, "runs", "judge", "9", "--digits", file)
    assert "cannot be read" in refused(capsys, "runs", "judge", "1", "--digits", f"{file}.none")
    assert "--digits" in refused(capsys, "runs", "judge", "1")
    lines(capsys, "runs", "delete", "1")
    assert "is in the lab's bin" in refused(capsys, "runs", "judge", "1", "--digits", file)


def test_numbers_that_overflow_are_no_answer(file, capsys):
    snapshot = snapshot_at(0)
    overflown = {**snapshot.variables, "output/bias": np.full(10, np.nan, np.float32)}
    snapshot = replace(snapshot, variables=overflown)
    writer = RunStore().begin(EXPERIMENT, DATA)
    writer.write(Batch([update_numbers(0, 4)], snapshot=snapshot))
    writer.close()
    assert told(capsys, "runs", "judge", "1", "--digits", file)["answers"] == [None] * 30
    assert "answers nothing: its numbers overflow" in lines(capsys, "runs", "judge", "1", "--digits", file)[1]


@pytest.mark.keras
def test_a_fork_learns_a_hand_and_is_opened_with_its_digits(tmp_path, capsys):
    digits, path = load_starter(), tmp_path / "hand.json"
    Runs(RunStore(), digits).run(Experiment(hidden_units=(8,), batch_size=400, epochs=3))
    path.write_text(json.dumps([{"label": 7, "strokes": STROKES}] * 3))
    forked = told(capsys, "runs", "fork", "1", "--update", "20", "--learn-hand", str(path), "--copies", "33")
    assert (forked["samples"], forked["gradient_updates"]) == (4_000 + 4 * 3 * 34, 2 * 12)
    assert [epoch["epoch"] for epoch in forked["history"]] == [1, 2]
    assert forked["experiment"]["epochs"] == 2
    shown = told(capsys, "runs", "show", "2")
    assert shown["rate_changes"] == [{"update": 12, "learning_rate": pytest.approx(0.0001)}]
    first, _ = told(capsys, "runs")
    assert first["parent"] == {"id": told(capsys, "runs", "show", "1")["id"], "update": 20}
    assert first["data"]["hand"] == {"digits": 3, "copies": 33}
    assert "starter set + a hand of 3" in lines(capsys, "runs")[1]
    opened = open_run(RunStore(), first["id"], [])
    assert opened.has_digits
    assert isinstance(opened.run.digits, HandDigits)
    assert told(capsys, "runs", "judge", "2", "--digits", str(path))["update"] == 24


def test_a_hand_that_cannot_be_learned_is_one_sentence(file, capsys):
    keep(RunStore())
    assert "--learn-hand FILE.json" in refused(capsys, "runs", "fork", "1", "--copies", "3")
    assert "The copies cannot be −1" in refused(capsys, "runs", "fork", "1", "--learn-hand", file, "--copies", "−1")
