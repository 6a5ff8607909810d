"""`train --resume`: a run that was interrupted, stopped or killed ends with the bits of the run that never was."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab import app, terminal
from mnist_lab.data import sources
from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Updates
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.store import RunStore
from tests.conftest import REPOSITORY
from tests.few_digits import SMALL, write_few_digits


@pytest.fixture
def few_digits(tmp_path) -> Path:
    return write_few_digits(tmp_path)


def train_until(path: Path, updates: int, then: Callable[[Control], None]) -> None:
    """Train `SMALL` and keep it; after so many updates do something."""
    digits = sources.load(str(path))
    keeper, control = RunKeeper(RunStore(), SMALL, digits), Control()

    def publish(event: Event) -> None:
        if isinstance(event, Updates) and event.first + len(event.losses) >= updates:
            then(control)

    KeptTraining(SMALL, digits, keeper, is_plain=True).train(publish, control)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command that works prints as JSON."""
    assert app.main([*arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What a command that does not work says, in one line."""
    assert app.main(arguments) == 2
    output = capsys.readouterr()
    assert output.err.count("\n") == 1
    return output.err.strip()


def options(experiment: Experiment) -> list[str]:
    fields = experiment.model_dump(mode="json", exclude_defaults=True) | {"hidden_units": experiment.hidden_units[0]}
    return [f"--{name.replace('_', '-')}={value}" for name, value in fields.items()]


def interrupt(_control: Control) -> None:
    raise KeyboardInterrupt


@pytest.mark.keras
def test_a_run_that_was_stopped_and_one_that_was_cut_off_go_on_to_the_same_bits(few_digits, capsys, monkeypatch):
    train = ["train", "--plain", "--data", str(few_digits), *options(SMALL)]
    whole = told(capsys, *train, "--no-keep")
    assert whole["run_id"] is None
    assert told(capsys, "runs") == []

    train_until(few_digits, 4, Control.stop)
    with pytest.raises(KeyboardInterrupt):
        train_until(few_digits, 5, interrupt)
    second, first = told(capsys, "runs")
    assert (first["state"], second["state"]) == ("stopped", "interrupted")

    monkeypatch.chdir(few_digits.parent.parent)
    for row in (first, second):
        rest = told(capsys, "train", "--resume", row["id"][:6])
        assert (rest["run_id"], rest["run_number"]) == (row["id"], row["number"])
        ours = {name: value for name, value in rest.items() if "second" not in name and not name.startswith("run_")}
        assert ours == {name: whole[name] for name in ours}, "bits, epochs, losses, settings"
    kept = [told(capsys, "runs", "show", number, "--batches") for number in "12"]
    assert kept[0]["batches"] == kept[1]["batches"]
    assert [row["state"] for row in kept] == ["finished"] * 2
    assert [row["weights_sha256"] for row in kept] == [whole["weights_sha256"]] * 2

    said = refused(capsys, "train", "--resume", "2")
    assert said == (
        "Run 2 has finished all its 3 epochs, and nothing is left to go on with: train a new run with more epochs."
    )


@pytest.mark.keras
def test_what_cannot_go_on_says_why_and_stays_as_it_was(few_digits, capsys):
    train_until(few_digits, 2, Control.stop)
    before = told(capsys, "runs", "show", "1", "--batches")
    few_digits.rename(few_digits.with_name("gone.npz"))
    assert "few.npz" in refused(capsys, "train", "--resume", "1")
    with np.load(few_digits.with_name("gone.npz")) as arrays:
        np.savez(few_digits, **{**arrays, "x_test": 255 - arrays["x_test"]})
    said = refused(capsys, "train", "--resume", "1")
    assert said.startswith("Run 1 was trained on other digits than are there now (80 to train, 40 to test, from ")
    few_digits.with_name("gone.npz").replace(few_digits)
    assert "No run “2” is here" in refused(capsys, "train", "--resume", "2")
    assert told(capsys, "runs", "show", "1", "--batches") == before
    wild = ["train", "--plain", "--data", str(few_digits), "--activation=linear", "--optimizer=sgd"]
    assert "update" in refused(capsys, *wild, "--learning-rate=1000", "--epochs=200")
    said = refused(capsys, "train", "--resume", "2")
    assert said.startswith("Run 2 diverged at gradient update ")
    assert said.endswith("would do so again: train a new run with a lower learning rate.")


@pytest.mark.keras
def test_where_nothing_can_be_written_training_goes_on_with_one_line(few_digits, tmp_path, capsys, monkeypatch):
    home = tmp_path / "home"
    home.write_text("a file where the folder should be")
    monkeypatch.setenv("MNIST_LAB_HOME", str(home))
    arguments = ["train", "--plain", "--data", str(few_digits), *options(SMALL), "--json"]
    assert app.main(arguments) == 0
    output = capsys.readouterr()
    assert json.loads(output.out)["run_id"] is None
    assert output.err.count("\n") == 1
    assert output.err.endswith("The run has ended, and it is not kept.\n")


def test_without_a_run_nothing_is_left_running(few_digits, monkeypatch):
    """A keeper whose run never came to train ends, too."""
    monkeypatch.setattr(terminal, "follow", lambda *_arguments: 0)
    assert app.main(["train", "--data", str(few_digits)]) == 0
    assert RunStore().refresh() == []


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(600)
def test_a_run_that_is_killed_five_times_ends_with_the_bits_of_the_one_that_was_not(tmp_path, capsys):
    """Each time at another place; what is killed in the middle of a transaction is rolled back."""
    environment = {**os.environ, "MNIST_LAB_HOME": str(tmp_path / "home")}
    line = ["train", "--data=starter", "--epochs=200", "--dropout=0.1", "--optimizer=adam", "--seed=5"]
    whole = told(capsys, *line, "--no-keep")
    store = RunStore(tmp_path / "home")
    for target in (400, 1_500, 2_700, 4_000, 5_555):
        kill_after(target, line, environment, store)
        assert [row.state for row in store.refresh()] == ["interrupted"]
        assert store.check(store.rows()[0].id) == []
        line = ["train", "--resume=1"]
    finished = subprocess.run(
        [sys.executable, str(REPOSITORY / "main.py"), *line, "--json"],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    rest = json.loads(finished.stdout)
    assert finished.stderr == ""
    assert rest["weights_sha256"] == whole["weights_sha256"]
    assert rest["history"] == whole["history"]
    kept = store.load(rest["run_id"])
    assert len(kept.losses) == whole["gradient_updates"]
    assert kept.state == "finished"


def kill_after(target: int, line: list[str], environment: dict[str, str], store: RunStore) -> None:
    """Start a child, and kill it as soon as that many updates are kept, whatever it does then."""
    command = [sys.executable, str(REPOSITORY / "main.py"), *line]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for text in process.stdout:  # a line an epoch
            rows = store.refresh() if text.startswith("Epoch") else []
            if rows and store.load(rows[0].id).updates >= target:
                break
        process.kill()
