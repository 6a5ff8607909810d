"""Logs for TensorBoard, read back by TensorBoard's own readers."""

import builtins
import json
import math
import re
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.exports.errors import ExportError
from mnist_lab.exports.formats import export
from mnist_lab.exports.tensorboard_logs import hyperparameters
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.events import Diverged, Updates
from mnist_lab.runs.facts import Batch
from mnist_lab.runs.store import RunStore
from tests.runs.kept import DATA, EXPERIMENT, FINISHED, keep
from tests.runs.made_runs import OTHER, kept_run

LAST = "--samples_per_plugin scalars=1000000"


@pytest.fixture
def store() -> RunStore:
    return RunStore()


def opened(folder: Path) -> Any:
    """A run as TensorBoard reads it, every point of it."""
    keras_and_tensorflow()  # as the lab sets it up: TensorBoard imports it, too
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    return EventAccumulator(str(folder), size_guidance={"scalars": 0, "tensors": 0}).Reload()


def series(logs: Any, tag: str) -> tuple[list[int], list[float]]:
    events = logs.Scalars(tag)
    return [event.step for event in events], [event.value for event in events]


@pytest.mark.keras
def test_every_point_is_there(store, tmp_path):
    run_id = keep(store).id
    exported = export(store, run_id, tmp_path / "logs", kind="tensorboard")
    assert exported.paths == (tmp_path / "logs" / "run-1",)
    assert LAST in str(exported.remarks[-1])
    kept, logs = store.load(run_id), opened(exported.paths[0])
    steps, losses = series(logs, "batch/loss")
    assert steps == list(range(1, 21))
    assert np.array_equal(np.array(losses, np.float32), kept.losses)
    assert np.array_equal(np.array(series(logs, "batch/accuracy")[1], np.float32), kept.accuracies)
    assert series(logs, "batch/learning_rate")[1] == [*np.full(12, 0.001, np.float32), *np.full(8, 0.01, np.float32)]
    for name in ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "train_loss_after"):
        measured = np.array([getattr(end, name) for end in kept.epochs], np.float32)
        assert series(logs, f"epoch/{name}") == ([1, 2], measured.tolist())
    assert series(logs, "test/accuracy") == ([20], [np.float32(FINISHED.test_accuracy)])
    times = [event.wall_time - kept.facts.created.timestamp() for event in logs.Scalars("batch/loss")]
    assert times == pytest.approx(np.interp(range(1, 21), [0, 7, 10, 15, 20], [0, 0.5, 1, 1.5, 2]), abs=1e-6)


@pytest.mark.keras
def test_its_own_plugin_finds_the_settings(store, tmp_path):
    runs = [keep(store), keep(store, 3, experiment=EXPERIMENT.changed(hidden_units=(8, 4), optimizer="adam"))]
    for run in runs:
        export(store, run.id, tmp_path, kind="tensorboard")
    from tensorboard.plugins.hparams import api_pb2, metadata

    sessions = {}
    for folder in ("run-1", "run-2"):
        content = opened(tmp_path / folder).PluginTagToContent(metadata.PLUGIN_NAME)
        start = metadata.parse_session_start_info_plugin_data(content[metadata.SESSION_START_INFO_TAG])
        end = metadata.parse_session_end_info_plugin_data(content[metadata.SESSION_END_INFO_TAG])
        sessions[folder] = (start, end)
    first, second = sessions["run-1"], sessions["run-2"]
    assert first[0].group_name != second[0].group_name
    assert first[0].hparams["hidden_units"].string_value == "3"
    assert second[0].hparams["hidden_units"].string_value == "8, 4"
    assert second[0].hparams["optimizer"].string_value == "adam"
    assert first[0].hparams["learning_rate"].number_value == 0.001
    assert first[0].hparams["one_batch"].HasField("bool_value")
    assert first[0].hparams["rate_changes"].string_value == "0.01 from update 13"
    assert (first[1].status, second[1].status) == (api_pb2.STATUS_SUCCESS, api_pb2.STATUS_UNKNOWN)


@pytest.mark.keras
def test_a_loss_that_is_no_number_stays_one(store, tmp_path):
    writer = store.begin(EXPERIMENT, DATA)
    losses = np.array([1.0, np.inf, np.nan], np.float32)
    writer.write(Batch([Updates(0, losses, np.ones(3, np.float32), 1.0)], outcome=Diverged(1, math.inf, 1)))
    writer.close()
    logs = opened(export(store, writer.id, tmp_path, kind="tensorboard").paths[0])
    assert np.array_equal(np.array(series(logs, "batch/loss")[1], np.float32), losses, equal_nan=True)


def test_every_setting_has_its_name():
    usual = hyperparameters(kept_run(1))
    assert usual["data"] == "starter"
    assert "held_out_share" not in usual
    run = kept_run(1, data=OTHER, optimizer_settings={"rho": 0.8}, moved_copies=1, validation="held_out")
    unusual = hyperparameters(run)
    assert (unusual["optimizer_rho"], unusual["data"], unusual["held_out_share"]) == (0.8, "digits.npz", 0.1)
    assert {*Experiment.model_fields} - {*unusual} == {"optimizer_settings"}


def test_the_same_run_gives_the_same_bytes_and_another_stays_beside_it(store, tmp_path):
    run_id = keep(store).id
    folder = export(store, run_id, tmp_path, kind="tensorboard").paths[0]
    file = next(folder.iterdir())
    content = file.read_bytes()
    with pytest.raises(ExportError, match="add --force"):
        export(store, run_id, tmp_path, kind="tensorboard", may_replace=False)
    assert export(store, run_id, tmp_path, kind="tensorboard").paths == (folder,)
    assert [one.read_bytes() for one in folder.iterdir()] == [content]
    at_ten = export(store, run_id, tmp_path, kind="tensorboard", update=10, may_replace=False)
    assert at_ten.paths == (tmp_path / "run-1-update-10",)
    file.rename(folder / "events.out.tfevents.1.elsewhere")  # another home's run 1
    with pytest.raises(ExportError, match="has the logs of another run: name another folder"):
        export(store, run_id, tmp_path, kind="tensorboard")
    assert len(list(folder.iterdir())) == 1


def test_without_tensorboard_it_says_how_to_get_it(store, tmp_path, monkeypatch):
    run_id = keep(store).id
    for name in [name for name in sys.modules if name.split(".")[0] == "tensorboard"]:
        monkeypatch.delitem(sys.modules, name)
    imported = builtins.__import__

    def without(name: str, *arguments: Any, **others: Any) -> Any:
        if name.split(".")[0] == "tensorboard":
            raise ModuleNotFoundError(name)
        return imported(name, *arguments, **others)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(ExportError, match="--extra tensorboard"):
        export(store, run_id, tmp_path / "logs", kind="tensorboard")
    assert not (tmp_path / "logs").exists()


@pytest.mark.acceptance
@pytest.mark.timeout(300)
def test_tensorboard_itself_shows_all_of_it(store, tmp_path):
    """Its server, asked as its page asks it."""
    writer = store.begin(EXPERIMENT.changed(epochs=200), DATA)
    losses = np.arange(2_000, dtype=np.float32)
    writer.write(Batch([Updates(0, losses, losses / np.float32(4096), 1.0)]))
    writer.close()
    exported = [export(store, run_id, tmp_path / "logs", kind="tensorboard") for run_id in (keep(store).id, writer.id)]
    command = str(exported[-1].remarks[-1]).split("“")[1].split("”")[0].split()
    line = [sys.executable, "-m", "tensorboard.main", *command[1:], "--port=0", "--host=127.0.0.1"]
    with subprocess.Popen(line, stderr=subprocess.PIPE, text=True) as server:
        try:
            address = next(found[1] for text in server.stderr if (found := re.search(r"at (http://[0-9.:]+/)", text)))
            wanted = f"{address}data/plugin/scalars/scalars?run=run-1&tag=batch%2Floss"
            while len(points := asked(wanted)) < 2_000:  # it reads the files once it is there
                assert server.poll() is None
            assert [(step, value) for _, step, value in points] == list(
                zip(range(1, 2_001), losses.tolist(), strict=True)
            )
            everything = {"allowedStatuses": ["STATUS_SUCCESS", "STATUS_UNKNOWN"], "colParams": [], "sliceSize": 10}
            groups = asked(f"{address}data/plugin/hparams/session_groups", everything)["sessionGroups"]
        finally:
            server.kill()
    told = {group["sessions"][0]["name"]: group for group in groups}
    assert {name: group["hparams"]["epochs"] for name, group in told.items()} == {"run-1": 200, "run-2": 2}
    measured = {metric["name"]["tag"]: metric["value"] for metric in told["run-2"]["metricValues"]}
    assert measured["test/accuracy"] == pytest.approx(FINISHED.test_accuracy)


def asked(address: str, fields: dict[str, Any] | None = None) -> Any:
    """What a server answers; an empty list while it is not ready."""
    body = None if fields is None else json.dumps(fields).encode()
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        if error.code != 404:  # no such run yet
            raise
        return []
