"""`race` and `range-test` in the terminal."""

import json

import numpy as np
import pytest

from mnist_lab.app import main
from mnist_lab.arguments import read
from mnist_lab.commands import RaceCommand, RangeTestCommand
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore

SMALL = {"hidden_units": [8], "batch_size": 500, "epochs": 1}


def race_file(tmp_path, *experiments: object) -> str:
    path = tmp_path / "race.json"
    path.write_text(json.dumps({"data": "starter", "experiments": experiments}))
    return str(path)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "home"))


def test_the_command_line_is_read():
    assert read(["race", "a.json"]) == RaceCommand("a.json")
    assert read(["race", "a.json", "--equal", "seconds", "--json", "--no-keep"]) == RaceCommand(
        "a.json", "seconds", as_json=True, is_kept=False
    )
    assert read(["range-test", "--optimizer", "sgd", "--data", "starter", "--json"]) == RangeTestCommand(
        Experiment(optimizer="sgd"), "starter", as_json=True
    )
    assert read(["range-test", "--run", "7", "--update", "300"]) == RangeTestCommand(
        Experiment(), "auto", run="7", update=300
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["race", "a.json", "--equal", "turns"], "equal turns: it must be updates or seconds"),
        (["race", "none.json"], "name a file that can be read"),
        (["range-test", "--epochs", "0"], "epochs"),
        (["range-test", "--run", "7"], "No run “7” is here"),
        (["range-test", "--update", "7"], "needs its run"),
        (["range-test", "--run", "7", "--epochs", "2", "--data", "full"], "leave out --data, --epochs"),
    ],
)
def test_what_is_wrong_is_one_line(line, said, capsys):
    assert main(line) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


@pytest.mark.keras
def test_a_race_prints_its_results_in_the_order_of_the_file_and_keeps_the_runs(tmp_path, capsys):
    path = race_file(tmp_path, SMALL | {"optimizer": "sgd"}, SMALL, SMALL | {"optimizer": "adam"})
    assert main(["race", path, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["same_start"] is True
    assert [one["experiment"]["optimizer"] for one in told["results"]] == ["sgd", "rmsprop", "adam"]
    rows = {row.id: row for row in RunStore().refresh()}
    for result in told["results"]:
        row = rows[result["run_id"]]
        assert row.test_accuracy == result["test_accuracy"]
        assert row.name == f"race 1: {result['name']}"
        assert len(result["weights_sha256"]) == 64


@pytest.mark.keras
def test_a_race_is_told_in_words(tmp_path, capsys):
    path = race_file(tmp_path, SMALL, SMALL | {"hidden_units": [4]})
    assert main(["race", path, "--no-keep"]) == 0
    out = capsys.readouterr().out
    assert "the same seed, 0, not from the same weights (different hidden units) and meet the same batches" in out
    assert "\n1. " in out
    assert "\n2. " in out
    assert RunStore().refresh() == []


@pytest.mark.keras
def test_a_range_test_prints_rates_and_losses(capsys):
    line = ["range-test", "--hidden-units", "16", "--optimizer", "adam", "--data", "starter"]
    assert main([*line, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["found"] is True
    assert told["from"] < told["suggested"] < told["to"]
    assert len(told["rates"]) == len(told["losses"]) >= 100
    assert np.ptp(np.diff(np.log(told["rates"]))) < 1e-9
    assert main(line) == 0
    assert f"try {told['suggested']:g}" in capsys.readouterr().out


@pytest.mark.keras
def test_a_range_test_begins_at_a_moment_of_a_kept_run(capsys):
    settings = ["--hidden-units", "16", "--epochs", "1", "--optimizer", "adam", "--dropout", "0.2", "--data", "starter"]
    assert main(["train", *settings, "--json"]) == 0
    run_id = json.loads(capsys.readouterr().out)["run_id"]
    assert main(["runs", "show", "1", "--batches", "--json"]) == 0
    losses = json.loads(capsys.readouterr().out)["batches"]["losses"]
    assert main(["range-test", "--run", "1", "--update", "20", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["run_id"], told["update"]) == (run_id, 20)
    assert told["losses"][0] == losses[20], "the batch that came next, with the network of then"
    assert main(["range-test", "--run", "1"]) == 0
    assert "Run 1 after update 32" in capsys.readouterr().out


@pytest.mark.keras
def test_no_range_is_said_so(capsys):
    line = ["range-test", "--hidden-units", "8", "--initial-weights", "zeros", "--data", "starter", "--json"]
    assert main(line) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["found"] is False
    assert told["suggested"] is None
    assert told["reason"].startswith("None found")
