"""`sweep --resume` in the terminal: the sweep that was begun last goes on where it ended early, with the same bits."""

import json
import signal
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from mnist_lab import sweep_command
from mnist_lab.app import main
from mnist_lab.arguments import PROGRAM, read
from mnist_lab.commands import SweepCommand
from mnist_lab.network.events import Preparing
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_events import SweepEvent, TrialProgress
from mnist_lab.runs.sweep_pool import Sent, TrialTask
from mnist_lab.runs.sweeping import run_sweep
from tests.runs.made_up_pool import SHA, MadeUpPool, begun, finished

GRID = {"seed": [0, 1, 2]}


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "home"))


@pytest.fixture
def file(tmp_path: Path) -> str:
    path = tmp_path / "sweep.json"
    base = {"hidden_units": [8], "batch_size": 500, "epochs": 1}
    path.write_text(json.dumps({"data": "starter", "base": base, "grid": GRID}))
    return str(path)


@pytest.fixture
def trained_by(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[TrialTask], Sequence[Sent] | None]], MadeUpPool]:
    """Lets a pool without processes train what comes next."""

    def use(then: Callable[[TrialTask], Sequence[Sent] | None]) -> MadeUpPool:
        pool = MadeUpPool(2, then)
        monkeypatch.setattr(sweep_command, "_pool", lambda _command, _work: pool)
        return pool

    return use


def ctrl_c_at_the_second(task: TrialTask) -> Sequence[Sent]:
    """What a person does while the second network is trained; the first one has its result."""
    if task.index < 1:  # also the trial that measures the speed
        return finished(task)
    signal.raise_signal(signal.SIGINT)
    return []


def seeds_of(pool: MadeUpPool) -> list[int]:
    """What was trained, without the trial that measures the speed."""
    return sorted(task.experiment.seed for task in pool.submitted if task.index >= 0)


def test_the_command_line_is_read():
    assert read(["sweep", "--resume"]) == SweepCommand(None)
    assert read(["sweep", "--resume", "--workers", "3", "--json"]) == SweepCommand(None, 3, as_json=True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (["sweep"], "A sweep needs the FILE that describes it"),
        (["sweep", "a.json", "--resume"], "--resume goes on with the sweep that was begun last"),
        (["sweep", "--resume", "7"], "leave out “7”"),
        (["sweep", "--resume"], f"There is no sweep to go on with, or no run of it is kept any more: “{PROGRAM} sweep"),
    ],
)
def test_what_is_wrong_is_one_line(line, said, capsys):
    assert main(line) == 2
    captured = capsys.readouterr()
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert captured.out == ""


def test_ctrl_c_says_how_to_go_on_and_what_is_missing_is_trained(file, trained_by, capsys):
    trained_by(ctrl_c_at_the_second)
    assert main(["sweep", file, "--workers", "2"]) == 130
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == (
        f"Stopped. What was trained is kept: “{PROGRAM} sweep --resume --workers 2” trains what is missing."
    )
    assert main(["sweep", "--resume", "--dry-run"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "Sweep 1 goes on: 1 of 3 runs done, 2 missing, of which 1 had begun." in told
    assert told[-2:] == ["1. seed 1", "2. seed 2"]

    pool = trained_by(finished)
    assert main(["sweep", "--resume", "--json"]) == 0
    captured = capsys.readouterr()
    told = json.loads(captured.out)
    assert seeds_of(pool) == [1, 2]
    halts = {task.experiment.seed: task.halt is not None for task in pool.submitted if task.index >= 0}
    assert halts == {1: True, 2: False}, "what had begun goes on where it was"
    assert told["runs"] == 2
    assert [one["experiment"]["seed"] for one in told["results"]] == [0, 1, 2]
    assert [one["state"] for one in told["results"]] == ["finished"] * 3
    assert [one["weights_sha256"] for one in told["results"]][1:] == [SHA] * 2
    rows = {row.id: row for row in RunStore().refresh()}
    assert {one["run_id"] for one in told["results"]} == set(rows)

    assert main(["sweep", "--resume"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert "Sweep 1: 3 runs done, nothing is missing." in lines
    assert sum("test accuracy" in line for line in lines) == 3
    assert main(["sweep", "--resume", "--dry-run", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["experiments"] == []
    assert seeds_of(pool) == [1, 2], "nothing more was trained"


def test_stopped_before_anything_was_kept_there_is_nothing_to_go_on_with(file, trained_by, capsys):
    def ctrl_c(task: TrialTask) -> Sequence[Sent]:
        if task.index < 0:
            return finished(task)
        if task.index == 1:
            signal.raise_signal(signal.SIGINT)
        return []

    pool = trained_by(ctrl_c)
    pool.begins = lambda task: [Preparing("importing")] if task.index >= 0 else begun(task)
    assert main(["sweep", file]) == 130
    assert capsys.readouterr().out.splitlines()[-1] == "Stopped before anything was kept."
    assert RunStore().refresh() == []


def test_one_that_goes_on_elsewhere_is_left_alone(file, trained_by, capsys):
    trained_by(ctrl_c_at_the_second)
    assert main(["sweep", file]) == 130
    store = RunStore()
    writer = store.resume(next(row.id for row in store.refresh() if row.state == "stopped"))
    try:
        assert main(["sweep", "--resume"]) == 2
    finally:
        writer.close()
    assert "goes on in another window, or in another terminal" in capsys.readouterr().err


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(600)
def test_a_sweep_that_was_stopped_comes_to_the_same_bits(tmp_path, monkeypatch, capsys):
    path = tmp_path / "sweep.json"
    base = {"hidden_units": [8], "batch_size": 50, "epochs": 30, "dropout": 0.3, "optimizer": "adam"}
    path.write_text(json.dumps({"data": "starter", "base": base, "grid": {"seed": [0, 1]}}))
    assert main(["sweep", str(path), "--workers", "1", "--json"]) == 0
    straight = json.loads(capsys.readouterr().out)

    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "other"))
    seen: list[SweepEvent] = []

    def interrupted(*arguments, publish, **others):
        def and_ctrl_c(event: SweepEvent) -> None:
            publish(event)
            if isinstance(event, TrialProgress) and not seen:  # a second time would end it at once
                seen.append(event)
                signal.raise_signal(signal.SIGINT)

        return run_sweep(*arguments, publish=and_ctrl_c, **others)

    monkeypatch.setattr(sweep_command, "run_sweep", interrupted)
    assert main(["sweep", str(path), "--workers", "1"]) == 130
    assert [row.state for row in RunStore().refresh()] == ["stopped"]
    capsys.readouterr()
    monkeypatch.setattr(sweep_command, "run_sweep", run_sweep)
    assert main(["sweep", "--resume", "--workers", "1", "--json"]) == 0
    resumed = json.loads(capsys.readouterr().out)
    assert [one["weights_sha256"] for one in resumed["results"]] == [
        one["weights_sha256"] for one in straight["results"]
    ]
