"""`sweep` in the terminal: what it will take is told first, results in the order of the list, Ctrl-C keeps."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from mnist_lab.__main__ import start
from mnist_lab.app import main
from mnist_lab.arguments import read
from mnist_lab.commands import SweepCommand
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_estimate import SweepEstimate
from mnist_lab.runs.sweep_events import SweepResult
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.sweep_report import (
    MOST_LINES,
    duration,
    estimate_in_words,
    plan_in_words,
    results_as_json,
    results_in_words,
    size,
)
from tests.conftest import REPOSITORY

SMALL = {"hidden_units": [8], "batch_size": 500, "epochs": 1}


def sweep_file(tmp_path: Path, grid: dict[str, object], **base: object) -> str:
    path = tmp_path / "sweep.json"
    path.write_text(json.dumps({"data": "starter", "base": {**SMALL, **base}, "grid": grid}))
    return str(path)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "home"))


def test_the_command_line_is_read():
    assert read(["sweep", "a.json"]) == SweepCommand("a.json")
    assert read(["sweep", "a.json", "--workers", "3", "--dry-run", "--json"]) == SweepCommand(
        "a.json", 3, is_dry=True, as_json=True
    )
    assert read(["sweep", "a.json", "--cluster", "desk:6379", "--token", "file"]) == SweepCommand(
        "a.json", cluster="desk:6379", token=Path("file")
    )


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["sweep", "none.json"], "name a file that can be read"),
        (["sweep", "a.json", "--workers", "0"], "workers cannot be 0: it must be a whole number from 1 to 64"),
        (["sweep", "a.json", "--workers", "two"], "workers cannot be two"),
        (["sweep", "a.json", "--workers", "2", "--cluster", "auto"], "--workers counts processes of this computer"),
        (["sweep", "a.json", "--token", "file"], "--token is of a cluster: say which with --cluster ADDRESS"),
    ],
)
def test_what_is_wrong_is_one_line(line, said, capsys):
    assert main(line) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_a_frozen_program_that_is_started_as_a_worker_does_a_workers_work(monkeypatch):
    """Then `freeze_support` never returns."""
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(multiprocessing, "freeze_support", lambda: sys.exit(7))
    with pytest.raises(SystemExit, match="7"):
        start()


PLAN = grid_plan(
    Experiment(), {"optimizer": ["sgd", "adam"], "learning_rate": [0.01, 0.1], "shuffled_labels": [False, False]}, "x"
)


def results(*accuracies: float | None) -> list[SweepResult]:
    return [
        SweepResult(
            place,
            experiment,
            "diverged" if accuracy is None else "finished",
            accuracy,
            None if accuracy is None else 0.25,
            run_id="a" * 32,
            run_number=place + 1,
            weights_sha256="b" * 64,
            updates=160,
        )
        for place, (experiment, accuracy) in enumerate(zip(PLAN.experiments, accuracies, strict=True))
    ]


def test_an_estimate_and_the_list_are_told_in_words():
    estimate = SweepEstimate(4, 2, 400.0, 34 * 10**7, True)
    assert estimate_in_words(PLAN, estimate) == (
        "Sweep: 4 runs (optimizer, learning rate) by 2 workers, about 7 min, about 340 MB on disk.\n"
        "Left out: 4 that would be the same trainings as some in the list."
    )
    alone = estimate_in_words(replace(PLAN, doubles=1), replace(estimate, runs=1, workers=1))
    assert alone == (
        "Sweep: 1 run (optimizer, learning rate) by 1 worker, about 7 min, about 340 MB on disk.\n"
        "Left out: 1 that would be the same training as one in the list."
    )
    assert plan_in_words(PLAN).splitlines()[0] == "1. sgd, learning rate 0.01"
    assert [duration(seconds) for seconds in (0.2, 80, 100, 7_260, 7_200, 10**6)] == [
        "1 s",
        "80 s",
        "2 min",
        "2 h 1 min",
        "2 h",
        "12 days",
    ]
    assert [size(count) for count in (10, 5_400_000, 1_230_000_000)] == ["1 MB", "5 MB", "1.2 GB"]


def test_results_are_told_the_best_first_with_what_mattered():
    lines = results_in_words(results(0.8, 0.9, None, 0.95), ("optimizer", "learning_rate")).splitlines()
    assert lines[0] == "1. adam, learning rate 0.1: test accuracy 95.0 %, test loss 0.2500, run 4"
    assert lines[3] == "4. adam, learning rate 0.01: its loss left the finite numbers after 160 gradient updates, run 3"
    assert lines[4] == (
        "Largest difference: learning rate, on average from 80.0 % (0.01) to 92.5 % (0.1), from too few runs to be "
        "sure. Then: optimizer, on average from 85.0 % (sgd) to 95.0 % (adam), from too few runs to be sure. "
        "Left out: 1 without a test accuracy."
    )
    stopped = replace(results(None, None, None, None)[0], state="stopped", updates=1)
    assert results_in_words([stopped], ()).endswith("stopped after 1 gradient update, run 1")
    clear = results_in_words(results(0.5, 0.9, 0.5001, 0.9001), ("learning_rate",)).splitlines()[-1]
    assert clear == "Learning rate mattered most: on average from 50.0 % (0.01) to 90.0 % (0.1)."
    assert "difference" not in results_in_words(results(None, None, None, 0.5), ("optimizer",))


def test_of_a_large_sweep_the_best_are_told():
    plan = grid_plan(Experiment(), {"seed": list(range(60))}, "x")
    many = [
        SweepResult(place, experiment, "finished", place / 100, 1.0)
        for place, experiment in enumerate(plan.experiments)
    ]
    lines = results_in_words(many, plan.varied).splitlines()
    assert lines[0].startswith("1. seed 59: ")
    assert lines[MOST_LINES] == "… and 20 more: “runs” lists them."


def test_results_as_json_come_in_the_order_of_the_list():
    told = json.loads(results_as_json(PLAN, SweepEstimate(4, 2, None, 10, False), results(0.8, 0.9, None, 0.95), 3.0))
    assert [one["experiment"]["optimizer"] for one in told["results"]] == ["sgd", "sgd", "adam", "adam"]
    assert [one["test_accuracy"] for one in told["results"]] == [0.8, 0.9, None, 0.95]
    assert told["results"][0]["varied"] == {"optimizer": "sgd", "learning_rate": "0.01"}
    assert told["effects"][0]["setting"] == "learning_rate"
    assert told["effects"][0]["levels"][1] == {
        "value": "0.1",
        "runs": 2,
        "without_accuracy": 0,
        "mean_test_accuracy": 0.925,
        "half_width_95": pytest.approx(0.3177, abs=1e-3),
    }


@pytest.mark.keras
@pytest.mark.timeout(400)
def test_a_sweep_measures_trains_and_keeps(tmp_path, capsys):
    path = sweep_file(tmp_path, {"optimizer": ["sgd", "adam"]}, epochs=20)
    assert main(["sweep", path, "--workers", "1", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["workers"] == 1
    assert told["estimated_seconds"] > 0
    assert [one["experiment"]["optimizer"] for one in told["results"]] == ["sgd", "adam"]
    rows = {row.id: row for row in RunStore().refresh()}
    assert len(rows) == 2, "of the trial that measured nothing is kept"
    for result in told["results"]:
        row = rows[result["run_id"]]
        assert (row.state, row.test_accuracy) == ("finished", result["test_accuracy"])
        assert row.name == f"sweep 1: {result['experiment']['optimizer']}"
        assert row.bytes < 2 * told["estimated_bytes"]
        assert RunStore().load(row.id).epochs[-1].weights_sha256 == result["weights_sha256"]
    # Now its speed is known: nothing has to be started to say what another one takes.
    assert main(["sweep", sweep_file(tmp_path, {"seed": [5, 6]}), "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == ["1. seed 5", "2. seed 6"]
    assert main(["sweep", path, "--dry-run", "--json"]) == 0
    planned = json.loads(capsys.readouterr().out)
    assert [one["seed"] for one in planned["experiments"]] == [5, 6]
    assert len(RunStore().refresh()) == 2


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(900)
@pytest.mark.skipif(sys.platform == "win32", reason="a process is told to end in other ways there")
@pytest.mark.usefixtures("signals_are_heard")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL])
def test_a_sweep_that_is_ended_leaves_no_process_and_its_runs_can_go_on(tmp_path, number):
    home = tmp_path / "home"
    path = sweep_file(tmp_path, {"seed": [0, 1, 2]}, epochs=10_000, batch_size=50)
    command = [sys.executable, "main.py", "sweep", path, "--workers", "2"]
    environment = {**os.environ, "MNIST_LAB_HOME": str(home)}
    with subprocess.Popen(
        command, cwd=REPOSITORY, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as driver:
        try:
            store, until = RunStore(home), time.monotonic() + 300
            while time.monotonic() < until and sum(row.updates > 0 for row in store.refresh()) < 2:
                time.sleep(0.2)  # another process is waited for, which tells nothing
            children = psutil.Process(driver.pid).children(recursive=True)
            assert len(children) >= 2
            # As a terminal does: to all its processes.
            if number == signal.SIGINT:
                os.killpg(driver.pid, number)
            else:
                os.kill(driver.pid, number)
            out, err = (stream.decode() for stream in driver.communicate(timeout=200))
        finally:
            driver.kill()
    gone, alive = psutil.wait_procs(children, timeout=60)
    assert not alive, gone
    rows = store.refresh()
    if number == signal.SIGINT:
        assert driver.returncode == 130, err
        assert "Stopped. What was trained is kept: “python main.py sweep --resume --workers 2”" in out
        assert [row.state for row in rows] == ["stopped", "stopped"]
        assert "not begun" in out
    else:
        assert [row.state for row in rows] == ["interrupted", "interrupted"]
    assert err == ""
    for row in rows:
        halt = store.resume(row.id)
        halt.close()
        assert store.check(row.id) == []


def test_a_cluster_that_cannot_be_used_is_one_line(tmp_path, capsys):
    assert main(["sweep", sweep_file(tmp_path, {"epochs": [1, 2]}), "--cluster", "nowhere", "--json"]) == 2
    captured = capsys.readouterr()
    assert "“nowhere” is no address of a cluster" in captured.err
    assert captured.out == ""
