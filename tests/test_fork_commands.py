"""`runs fork`: a new run goes on in the terminal from any update of a kept one."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab import app
from mnist_lab.arguments import read
from mnist_lab.commands import ForkCommand
from mnist_lab.runs.store import RunStore
from tests.conftest import REPOSITORY
from tests.network.runs import made_up_digits

OF_TIME = ("training_seconds", "updates_per_second", "compile_seconds", "run_id", "run_number")
"""What two runs with the same bits need not have in common."""
TRAIN = ("train", "--hidden-units", "8", "--batch-size", "25", "--epochs", "2", "--plain")


@pytest.fixture
def digits(tmp_path: Path) -> str:
    """A file of a hundred images to train on: four updates an epoch."""
    made, path = made_up_digits(100, 40), tmp_path / "few.npz"
    np.savez(
        path,
        x_train=made.train_images,
        y_train=made.train_labels,
        x_test=made.test_images,
        y_test=made.test_labels,
    )
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command that works prints as JSON."""
    assert app.main([*arguments, "--json"]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return json.loads(output.out)


def bits(result: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in result.items() if name not in OF_TIME}


def test_what_is_typed_is_what_is_done() -> None:
    assert read(["runs", "fork", "7"]) == ForkCommand("7")
    line = "runs fork 7 --update 1,312 --hidden-units 8 --dropout 0.5 --data full --json"
    changes = {"hidden_units": (8,), "dropout": "0.5"}
    assert read(line.split()) == ForkCommand("7", 1312, changes, "full", as_json=True)


@pytest.mark.keras
def test_a_fork_repeats_its_parent_or_goes_on_otherwise_and_says_which(
    digits: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parent = told(capsys, *TRAIN, "--data", digits)
    child = told(capsys, "runs", "fork", "1", "--update", "3")
    assert bits(child) == bits(parent)
    assert (child["run_number"], child["gradient_updates"]) == (2, 8)
    again = told(capsys, "runs", "fork", "2", "--update", "6", "--epochs", "3")
    assert bits(again) == bits(told(capsys, *TRAIN, "--epochs", "3", "--data", digits))
    shown = told(capsys, "runs", "show", "3")
    assert shown["parent"] == {"id": child["run_id"], "update": 6}
    assert [(past["until"], past["experiment"]["epochs"]) for past in shown["past"]] == [(3, 2), (6, 2)]
    assert app.main(["runs", "fork", "1", "--update", "3", "--dropout", "0.3"]) == 0
    output = capsys.readouterr().out
    assert "A new run goes on from run 1 after update 3; changed: dropout.\n" in output
    assert "Epoch 1/2: while learning" in output
    assert "8 gradient updates, 5 of them its own, in" in output
    assert app.main(["runs", "fork", "1", "--batch-size", "50", "--epochs", "1"]) == 0
    output = capsys.readouterr().out
    assert "from run 1 after update 8; changed: epochs, batch size. A new epoch 1 begins.\n" in output
    assert "2 gradient updates in" in output
    assert app.main(["runs", "fork", "1", "--validation", "held_out", "--epochs", "1"]) == 0
    output = capsys.readouterr().out
    assert "Of the held-out images it may have learned some before: they are no fair measure." in output
    assert app.main(["runs", "fork", "1", "--data", "starter", "--epochs", "1"]) == 0
    assert "images; some of them it may have learned before)" in capsys.readouterr().out
    assert RunStore().load(RunStore().refresh()[0].id).facts.may_know == ("test", "held_out")
    for line, says in (
        ("1", "After update 8 of run 1 nothing is left to train until epoch 2: choose at least 3 epochs"),
        ("1 --update 9", "Run 1 has 8 gradient updates: choose one from 0 to 8, not 9."),
        ("1 --update 3 --hidden-units 9", "The hidden units of run 1 cannot change"),
        ("1 --update -1", "The update cannot be -1"),
        ("99", "No run “99” is here"),
        ("1 --lr 3", "did you mean --learning-rate?"),
    ):
        assert app.main(["runs", "fork", *line.split()]) == 2, line
        refused = capsys.readouterr()
        assert says in refused.err
        assert (refused.out, refused.err.count("\n")) == ("", 1)
    assert len(RunStore().refresh()) == 8, "what was refused has left nothing"


@pytest.mark.keras
@pytest.mark.acceptance
@pytest.mark.timeout(600)
def test_a_fork_that_is_killed_again_and_again_ends_with_the_bits_of_its_parent(
    capsys: pytest.CaptureFixture[str],
) -> None:
    parent = told(capsys, "train", "--hidden-units", "16", "--epochs", "400", "--data", "starter")
    store = RunStore()
    line = ["runs", "fork", "1", "--update", "777", "--json"]
    for _ in range(3):
        process = subprocess.Popen([sys.executable, "main.py", *line], cwd=REPOSITORY, stdout=subprocess.DEVNULL)
        before = next((row.updates for row in store.refresh() if row.number == 2), 777)
        while process.poll() is None and next((row.updates for row in store.refresh() if row.number == 2), 0) <= before:
            time.sleep(0.05)
        assert process.poll() is None, "it was to be killed on its way"
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert all(store.check(row.id) == [] for row in store.refresh())
        line = ["train", "--resume", "2", "--json"]
    assert app.main(line) == 0
    assert bits(json.loads(capsys.readouterr().out)) == bits(parent)
