"""`runs weights`: the network of a run after any of its updates, bit for bit, in a file that the lab reads again."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mnist_lab import app
from mnist_lab.data import sources
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.network_file import read_network
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Updates
from mnist_lab.network.session import TrainingSession
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.store import RunStore
from tests.conftest import REPOSITORY
from tests.few_digits import SMALL, write_few_digits


@pytest.fixture
def few_digits(tmp_path) -> Path:
    return write_few_digits(tmp_path)


def hashes_of(path: Path, rates: dict[int, float], updates: int) -> list[str]:
    """What the weights of `SMALL` really are after each update, with another learning rate from some on."""
    session = TrainingSession(SMALL, sources.load(str(path)), xla=False)
    hashes = []
    for update in range(updates + 1):
        hashes.append(session.weights().sha256())
        session.learning_rate = rates.get(update, session.learning_rate)
        session.advance(1)
    session.close()
    return hashes


def train(path: Path, rates: dict[int, float], until: int = 9) -> None:
    """Train `SMALL` update by update, as the window does, and keep it; after so many it is cut off."""
    digits = sources.load(str(path))
    keeper, control = RunKeeper(RunStore(), SMALL, digits), Control(paused=True)

    def publish(event: Event) -> None:
        if isinstance(event, Updates):
            done = event.first + len(event.losses)
            if done >= until:
                raise KeyboardInterrupt
            if done in rates:
                control.set_learning_rate(rates[done])
        control.step()

    KeptTraining(SMALL, digits, keeper, is_plain=True).train(publish, control)


def told(capsys: pytest.CaptureFixture[str], *arguments: object) -> Any:
    """What a command that works prints as JSON."""
    assert app.main([*map(str, arguments), "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def refused(capsys: pytest.CaptureFixture[str], *arguments: object) -> str:
    """What a command that does not work says, in one line."""
    assert app.main([*map(str, arguments)]) == 2
    output = capsys.readouterr()
    assert output.err.count("\n") == 1
    return output.err.strip()


@pytest.mark.keras
def test_a_run_that_was_cut_off_has_every_moment(few_digits, tmp_path, capsys):
    rates = {2: 0.01, 6: 0.002}
    with pytest.raises(KeyboardInterrupt):
        train(few_digits, rates, until=8)
    truth = hashes_of(few_digits, rates, 8)
    out = tmp_path / "folder" / "network.npz"
    for update in (7, 4, 0, 8):
        result = told(capsys, "runs", "weights", 1, "--update", update, "--out", out)
        assert (result["update"], result["weights_sha256"]) == (update, truth[update])
        assert (result["identical"], result["largest_difference"]) == (True, 0.0)
        network = read_network(out)
        assert (network.sha256(), network.updates, network.activation) == (truth[update], update, "relu")
    assert "no update 9: choose one from 0 (its start) to 8" in refused(
        capsys, "runs", "weights", 1, "--update", 9, "--out", out
    )
    assert app.main(["runs", "weights", "1", "--update", "5", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"Run 1 after update 5 is in {out}: made again, identical to the bit.\n"


@pytest.mark.keras
def test_without_its_digits_a_run_has_its_kept_networks(few_digits, tmp_path, capsys):
    train(few_digits, {}, until=100)
    out = tmp_path / "network.npz"
    kept = told(capsys, "runs", "show", 1)["snapshots"]
    last = told(capsys, "runs", "weights", 1, "--out", out)
    assert (last["update"], last["replayed"], last["identical"]) == (9, False, True)
    assert last["weights_sha256"] == kept[-1]["weights_sha256"] == read_network(out).sha256()
    few_digits.unlink()
    assert (
        told(capsys, "runs", "weights", 1, "--update", 0, "--out", out)["weights_sha256"] == kept[0]["weights_sha256"]
    )
    sentence = refused(capsys, "runs", "weights", 1, "--update", 4, "--out", out)
    assert "are not here, so only its kept networks can be had: choose update 0, " in sentence
    assert read_network(out).updates == 0, "what was written stays"


def test_a_kept_network_has_one_moment(tmp_path, capsys):
    layer = DenseWeights(np.ones((784, 10), np.float32), np.zeros(10, np.float32))
    RunStore().keep_network("mine", NetworkWeights((layer,), "relu", 7))
    out = tmp_path / "network.npz"
    assert told(capsys, "runs", "weights", 1, "--update", 7, "--out", out)["update"] == 7
    assert app.main(["runs", "weights", "1", "--out", str(out)]) == 0
    assert capsys.readouterr().out == f"Network 1 after update 7 is in {out}: the network as it was kept.\n"
    assert "no other moment than its own" in refused(capsys, "runs", "weights", 1, "--update", 3, "--out", out)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--update", "many", "--out", "x.npz"], "cannot be many: it must be a whole number"),
        (["--update=-1", "--out", "x.npz"], "cannot be -1: it must be a whole number"),
        (["--out", "x.txt"], "“x.txt” does not end in .npz"),
        (["--out", "/dev/null/x.npz"], "cannot be written"),
        ([], "--out"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments, sentence, capsys):
    layer = DenseWeights(np.ones((784, 10), np.float32), np.zeros(10, np.float32))
    RunStore().keep_network("mine", NetworkWeights((layer,), "relu", 7))
    assert sentence in refused(capsys, "runs", "weights", 1, *arguments)


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(600)
def test_the_moments_of_a_run_that_was_killed_come_again_in_other_processes(tmp_path):
    """With XLA and dropout, by the command line alone; the moment behind the last snapshot, too."""
    environment = {**os.environ, "MNIST_LAB_HOME": str(tmp_path / "home")}
    line = [sys.executable, str(REPOSITORY / "main.py")]
    settings = {"epochs": 300, "dropout": 0.1, "optimizer": "nadam", "seed": 5}
    store = RunStore(tmp_path / "home")
    train = [*line, "train", "--data=starter", *(f"--{name}={value}" for name, value in settings.items())]
    with subprocess.Popen(train, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for text in process.stdout:  # a line an epoch
            if text.startswith("Epoch") and store.refresh() and store.load(store.rows()[0].id).updates >= 1_000:
                break
        process.kill()
    kept = store.load(store.refresh()[0].id)
    assert kept.state == "interrupted"
    session = TrainingSession(Experiment.parse(settings), sources.load("starter"))
    for update in (311, 777, kept.updates):
        session.advance(update - session.updates)
        finished = subprocess.run(
            [*line, "runs", "weights", "1", "--update", str(update), "--out", str(tmp_path / "n.npz"), "--json"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        result = json.loads(finished.stdout)
        assert finished.stderr == ""
        assert (result["update"], result["identical"]) == (update, True)
        assert result["weights_sha256"] == session.weights().sha256() == read_network(tmp_path / "n.npz").sha256()
    session.close()
