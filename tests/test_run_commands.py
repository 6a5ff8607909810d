"""`runs`: what is kept, told in words and as JSON; deleted, restored and checked. Nothing is trained."""

import json
from typing import Any

import numpy as np
import pytest

from mnist_lab import app
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Diverged, Updates
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.finding import find_row
from mnist_lab.runs.settings_told import all_settings, other_settings
from mnist_lab.runs.store import RunStore
from tests.runs.kept import DATA, EXPERIMENT, FINISHED, RUNTIME, batches, end_of, keep


@pytest.fixture
def store() -> RunStore:
    """Three runs: one finished, one cut off, one that was forked from the first."""
    store = RunStore()
    first = keep(store, name="narrow", runtime=RUNTIME)
    keep(store, 3, experiment=EXPERIMENT.changed(seed=3, one_batch=True))
    keep(store, 4, parent_id=first.id, parent_update=10)
    store.set_starred(first.id, True)
    return store


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    """What a command prints as JSON, without a number that JSON does not know."""
    assert app.main([*arguments, "--json"]) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return json.loads(output.out, parse_constant=pytest.fail)


def lines(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert app.main(arguments) == 0
    output = capsys.readouterr()
    assert output.err == ""
    return output.out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert app.main(arguments) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    return error.strip()


def test_the_list_has_every_run_newest_first(store, capsys):
    third, second, first = told(capsys, "runs")
    assert [row["number"] for row in (third, second, first)] == [3, 2, 1]
    assert [row["state"] for row in (third, second, first)] == ["interrupted", "interrupted", "finished"]
    assert first["experiment"] == EXPERIMENT.model_dump(mode="json")
    assert (first["name"], first["starred"], first["parent"], first["problem"]) == ("narrow", True, None, None)
    assert (first["epochs_done"], first["updates_done"], first["total_updates"]) == (2, 20, 20)
    assert (first["best_accuracy"], first["best_epoch"], first["last_accuracy"]) == (0.75, 2, 0.75)
    assert (first["test_accuracy"], first["test_loss"]) == (FINISHED.test_accuracy, FINISHED.test_loss)
    assert first["data"]["kind"] == "starter"
    assert third["parent"] == {"id": first["id"], "update": 10}
    title, *rows = lines(capsys, "runs")
    assert title.split() == ["run", "date", "state", "network", "data", "epochs", "updates", "best", "last"]
    assert [row.split()[0] for row in rows] == ["3", "2", "*1"]
    assert rows[0].endswith("from run 1, update 10")
    assert rows[1].endswith("batch-size 10, seed 3, one-batch")
    assert "finished     3, rmsprop 0.001  starter set     2/2       20  75.0 %  75.0 %  “narrow”" in rows[2]


def test_an_empty_home_says_so(capsys):
    assert told(capsys, "runs") == []
    assert lines(capsys, "runs")[0].startswith("No run is kept in ")
    assert lines(capsys, "runs", "check") == ["0 files, all whole."]


def test_everything_about_a_run_is_shown(store, capsys):
    first = told(capsys, "runs", "show", "1")
    assert [epoch["epoch"] for epoch in first["history"]] == [1, 2]
    assert first["history"][0]["validation_loss"] == end_of(1).validation_loss
    assert first["rate_changes"] == [{"update": 12, "learning_rate": 0.01}]
    assert [kept["update"] for kept in first["snapshots"]] == [0, 10, 20]
    assert first["weights_sha256"] == first["snapshots"][-1]["weights_sha256"]
    assert first["weights_update"] == 20
    assert first["runtime"]["max_isa"] == "AVX2"
    assert set(first["versions"]) == {"lab", "keras", "tensorflow", "numpy", "python"}
    assert "batches" not in first
    whole = told(capsys, "runs", "show", first["id"][:9], "--batches")
    assert whole["batches"] == {
        "losses": np.arange(20, dtype=np.float32).tolist(),
        "accuracies": (np.arange(20, dtype=np.float32) / np.float32(1024)).tolist(),
    }
    shown = lines(capsys, "runs", "show", "1", "--batches")
    assert shown[0].startswith("Run 1 “narrow”, finished, begun ")
    assert shown[1:4] == [
        "Settings: hidden units 3; optimizer rmsprop; learning rate 0.001; epochs 2; batch-size 10",
        "As text: MNIST Lab v1: hidden-units=3 optimizer=rmsprop learning-rate=0.001 epochs=2 batch-size=10 seed=0",
        "Data: starter set (100 training and 20 test images)",
    ]
    assert shown[5].endswith("; test loss 0.3333, accuracy 75.0 % (best)")
    assert shown[6] == "Learning rate 0.01 from gradient update 13 on"
    assert shown[8] == "Update 2: loss 1.0000, accuracy 0.1 %"
    assert shown[-3:-1] == [
        "Test loss 0.2500, test accuracy 90.0 %",
        "20 of 20 gradient updates in 2.0 s, any waits of slow motion included",
    ]
    assert shown[-1].startswith("Networks kept after update 0, 10, 20 (")


def test_numbers_that_are_not_finite_are_null(store, capsys):
    live = store.begin(EXPERIMENT, DATA)
    losses = np.array([2.5, np.inf, np.nan], np.float32)
    told_of = [Updates(0, losses, np.zeros(3, np.float32), 0.5)]
    live.write(Batch(told_of, outcome=Diverged(1, np.inf, kept_updates=0)))
    live.close()
    assert told(capsys, "runs", "show", "4", "--batches")["batches"]["losses"] == [2.5, None, None]


def test_a_deleted_run_comes_back(store, capsys):
    before = told(capsys, "runs")
    assert lines(capsys, "runs", "delete", "2") == [
        "Run 2 is in the lab's bin; “runs restore 2” brings it back.",
    ]
    assert [row["number"] for row in told(capsys, "runs")] == [3, 1]
    assert "From run 1, update 10" in lines(capsys, "runs", "show", "3")
    for action in ("show", "delete"):
        told_twice = refused(capsys, "runs", action, "2")
        assert told_twice == "Run 2 is in the lab's bin: “runs restore 2” brings it back."
    assert refused(capsys, "runs", "restore", "3") == "Run 3 is not in the lab's bin: “runs” lists it."
    assert "No run “9” is here" in refused(capsys, "runs", "restore", "9")
    assert lines(capsys, "runs", "restore", "2") == ["Run 2 is back."]
    assert told(capsys, "runs") == before
    store.delete(before[2]["id"])
    assert lines(capsys, "runs")[1].endswith("from run 1, update 10"), "its parent lies in the bin"
    store.remove_deleted(before[2]["id"])
    assert lines(capsys, "runs")[1].endswith(f"from run {before[2]['id'][:8]} (not here), update 10")


def test_a_run_that_goes_on_elsewhere_is_running(store, capsys):
    live = store.begin(EXPERIMENT, None)
    live.write(batches()[1])
    rows = told(capsys, "runs")
    live.close()
    assert [row["state"] for row in rows] == ["running", "interrupted", "interrupted", "finished"]


def test_damage_is_named_and_hides_nothing(store, capsys):
    assert lines(capsys, "runs", "check")[-1] == "3 files, all whole."
    (damaged,) = [row for row in store.rows() if row.number == 2]
    path = store.folder / f"{damaged.id}.run"
    path.write_bytes(path.read_bytes()[:5_000])
    (store.folder / "holiday.run").write_text("no run")
    assert refused(capsys, "runs", "check").startswith("2 of 4 files cannot be used as they are")
    rows = told(capsys, "runs")
    assert len(rows) == 4
    assert [row["id"] for row in rows if row["problem"]] == [row["id"] for row in rows if row["state"] == "damaged"]
    assert sum("whole" not in row for row in lines(capsys, "runs")) == 5
    assert "\n" not in refused(capsys, "runs", "show", "holiday")
    assert "\n" not in refused(capsys, "train", "--resume", "holiday")


def test_a_run_is_found_by_its_number_or_the_only_beginning_of_its_id(store):
    rows = store.rows()
    for row in rows:
        assert find_row(rows, str(row.number)) is row
        assert find_row(rows, row.id) is row
        assert find_row(rows, f" {row.id[:12].upper()} ") is row
    for text in ("", "4", "xyz", *(row.id[:5] for row in rows)):
        with pytest.raises(StoreError, match="give a run's number, or at least 6 characters of its id"):
            find_row(rows, text)


def test_a_beginning_of_several_ids_is_refused_but_a_number_is_a_number():
    store = RunStore()
    for number, beginning in enumerate(("2aaaaa", "2bbbbb", "ffffff3", "ffffff4"), start=1):
        assert keep(store, 2, run_id=beginning.ljust(32, "0")).number == number
    rows = store.rows()
    assert find_row(rows, "2").number == 2
    assert find_row(rows, "3").number == 3
    with pytest.raises(StoreError, match="The ids of 2 runs begin with “ffffff”: write more of the one you mean"):
        find_row(rows, "ffffff")


def test_settings_are_told_as_options_call_them():
    experiment = Experiment(
        hidden_units=(64, 32), optimizer="adam", optimizer_settings={"beta_1": 0.8}, l2=0.01, shuffled_labels=True
    )
    assert other_settings(experiment) == "l2 0.01, beta_1 0.8, shuffled-labels"
    assert all_settings(experiment).startswith("hidden units 64, 32; optimizer adam; learning rate 0.001; epochs 5; l2")
    assert other_settings(Experiment()) == ""
    assert other_settings(Experiment(moved_turn=20)) == ""
    assert other_settings(Experiment(moved_copies=3, moved_turn=20)) == "moved-copies 3, moved-turn 20"
