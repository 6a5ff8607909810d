import hashlib
import io
import json
import math
import signal
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from rich.console import Console
from rich.progress import Progress

from mnist_lab import terminal
from mnist_lab.commands import TrainCommand
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.sources import FullSetMissing, lab_cache_file
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.control import Control
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Prepared,
    Preparing,
    Stopped,
    Updates,
)
from mnist_lab.run_report import KeptAs, RunReport, counted, result_as_json, result_in_words
from mnist_lab.terminal import DivergedError, Job, Publish, follow
from mnist_lab.words import LabError
from tests.inspection.networks import network

EXPERIMENT = Experiment(epochs=2, batch_size=50, learning_rate=3.0)
PREPARED = Prepared(parameters=407_050, samples=100, updates_per_epoch=2, total_updates=4, compile_seconds=0.5)
FINISHED = Finished(
    test_loss=0.25,
    test_accuracy=0.925,
    train_accuracy=0.9,
    updates=4,
    training_seconds=0.02,
    train_loss_after=0.125,
    train_accuracy_after=0.95,
)


def digits(kind="starter", origin="") -> Digits:
    images, labels = np.zeros((100, 28, 28), np.uint8), np.zeros(100, np.uint8)
    return Digits(images, labels, images[:20].copy(), labels[:20].copy(), kind, origin)


def updates(first: int, *losses: float) -> Updates:
    values = np.array(losses, np.float32)
    return Updates(first, values, np.full(len(values), 0.5, np.float32), training_seconds=0.01)


def run_events(last: Event = FINISHED) -> list[Event]:
    return [
        Preparing("importing"),
        Preparing("building"),
        Preparing("moving"),
        Preparing("moving"),
        Preparing("compiling"),
        PREPARED,
        updates(0, 2.5, 2.0),
        EpochEnd(1, 2, 2.25, 0.5, 1.5, 0.6, 1.25, 0.7, 20),
        updates(2, 1.0, 0.5),
        EpochEnd(2, 4, 0.75, 0.9, 0.25, 0.925, 0.125, 0.95, 20),
        last,
    ]


def replay(events: list[Event]) -> Job:
    def job(publish: Publish, _control: Control) -> None:
        for event in events:
            publish(event)

    return job


def console(is_terminal: bool = False) -> tuple[Console, io.StringIO]:
    screen = io.StringIO()
    return Console(file=screen, force_terminal=is_terminal, width=100, highlight=False), screen


def words(report, finished) -> str:
    return result_in_words(report, finished, digits())


def as_json(report, finished) -> str:
    return result_as_json(report, finished, digits("own", "my digits.npz"), data_choice="my digits.npz")


def test_a_run_is_told_epoch_by_epoch_and_ends_with_the_test_result(capsys):
    plain, screen = console()
    assert follow(replay(run_events()), EXPERIMENT, plain, words) == 0
    assert screen.getvalue().splitlines() == [
        "Importing Keras ...",
        "Building the network ...",
        "Making the moved copies ...",
        "Compiling the training step ...",
        "Epoch 1/2: while learning loss 2.2500, accuracy 50.0 %; "
        "then training loss 1.2500, accuracy 70.0 %; test loss 1.5000, accuracy 60.0 %",
        "Epoch 2/2: while learning loss 0.7500, accuracy 90.0 %; "
        "then training loss 0.1250, accuracy 95.0 %; test loss 0.2500, accuracy 92.5 %",
    ]
    assert capsys.readouterr().out.splitlines() == [
        "Test loss 0.2500, test accuracy 92.5 % (20 images)",
        "Training loss 0.1250, training accuracy 95.0 % "
        "(20 of the images it trained on; the same weights, without dropout)",
        "While learning, in the last epoch: accuracy 90.0 % (of weights that were still changing)",
        "4 gradient updates in 0.0 s, 200 a second",
    ]


def test_the_first_loss_is_told_beside_ln_10_and_once(capsys):
    console_, screen = console()
    before, after = run_events()[:6], run_events()[6:]
    follow(replay([*before[:5], Begun(network(784, 4, 10)), before[5], *after]), EXPERIMENT, console_, words)
    lines = screen.getvalue().splitlines()
    assert lines[4] == "First batch: loss 2.500. Ten equally likely answers have ln 10 = 2.303: a good start."
    assert sum("ln 10" in line for line in lines) == 1


def test_a_terminal_gets_a_bar_with_the_batches_own_loss():
    live, screen = console(is_terminal=True)
    assert follow(replay(run_events()), EXPERIMENT, live, words) == 0
    assert "4/4" in screen.getvalue()
    assert "batch loss 0.5000" in screen.getvalue()


def test_held_out_validation_is_called_so():
    plain, screen = console()
    follow(replay(run_events()), EXPERIMENT.changed(validation="held_out"), plain, words)
    assert "held-out loss 1.5000" in screen.getvalue()


def test_json_has_every_number_from_the_events(capsys):
    plain, _ = console()
    assert follow(replay(run_events()), EXPERIMENT, plain, as_json) == 0
    result = json.loads(capsys.readouterr().out)
    assert result.pop("experiment") == EXPERIMENT.model_dump(mode="json")
    history = result.pop("history")
    assert [epoch["validation_accuracy"] for epoch in history] == [0.6, 0.925]
    assert [epoch["train_accuracy_after"] for epoch in history] == [0.7, 0.95]
    assert result == {
        "test_accuracy": 0.925,
        "test_loss": 0.25,
        "train_accuracy": 0.9,
        "train_accuracy_after": 0.95,
        "train_loss_after": 0.125,
        "train_sample": 20,
        "gradient_updates": 4,
        "updates_per_epoch": 2,
        "samples": 100,
        "test_samples": 20,
        "may_know": [],
        "data": "my digits.npz",
        "data_kind": "own",
        "data_origin": "my digits.npz",
        "training_seconds": 0.02,
        "updates_per_second": 200.0,
        "parameters": 407_050,
        "compile_seconds": 0.5,
        "weights_sha256": None,  # of a replay, which trains nothing
        "run_id": None,
        "run_number": None,
    }


def test_json_has_the_hash_of_the_weights_in_the_mailbox(capsys):
    kernel, bias = np.arange(6, dtype=np.float32).reshape(2, 3), np.ones(3, np.float32)
    weights = NetworkWeights((DenseWeights(kernel, bias),), "relu", 4)

    def job(publish: Publish, control: Control) -> None:
        control.offer_weights(weights)
        for event in run_events():
            publish(event)

    plain, _ = console()
    follow(job, EXPERIMENT, plain, as_json)
    expected = hashlib.sha256(np.array([0, 1, 2, 3, 4, 5, 1, 1, 1], "<f4").tobytes()).hexdigest()
    assert json.loads(capsys.readouterr().out)["weights_sha256"] == expected


def test_json_stays_json_for_numbers_that_are_none(capsys):
    last = replace(
        FINISHED, test_loss=math.nan, train_accuracy=math.inf, train_loss_after=math.nan, training_seconds=0.0
    )
    plain, _ = console()
    follow(replay(run_events(last)), EXPERIMENT, plain, as_json)
    result = json.loads(capsys.readouterr().out, parse_constant=pytest.fail)
    assert result["test_loss"] is None
    assert result["train_accuracy"] is None
    assert result["train_loss_after"] is None
    assert result["updates_per_second"] is None


@pytest.mark.parametrize(("loss", "name"), [(math.nan, "NaN"), (math.inf, "infinite")])
def test_a_diverged_run_says_where_and_what_to_try(loss, name, capsys):
    events: list[Event] = [PREPARED, updates(0, 2.0), Diverged(update=1, loss=loss, kept_updates=1)]
    plain, _ = console()
    with pytest.raises(DivergedError, match=rf"update 2 .*{name}.* well below 3, or let “range-test”") as caught:
        follow(replay(events), EXPERIMENT, plain, as_json)
    assert "\n" not in str(caught.value)
    assert capsys.readouterr().out == ""


def test_what_made_a_run_fail_is_raised():
    plain, _ = console()
    failure = LabError("Too large.")
    with pytest.raises(LabError) as caught:
        follow(replay([Preparing("importing"), Failed(failure)]), EXPERIMENT, plain, words)
    assert caught.value is failure


def test_a_run_that_ends_without_a_word_is_no_success():
    plain, _ = console()
    with pytest.raises(RuntimeError, match="without saying how"):
        follow(replay(run_events()[:-1]), EXPERIMENT, plain, words)


def test_ctrl_c_while_training_stops_after_the_chunk_at_hand(capsys):
    def job(publish: Publish, control: Control) -> None:
        publish(PREPARED)
        signal.raise_signal(signal.SIGINT)
        publish(updates(0, 2.5))
        publish(Stopped(1) if control.is_stopped else FINISHED)

    plain, screen = console()
    assert follow(job, EXPERIMENT, plain, as_json) == 130
    assert screen.getvalue().splitlines() == ["Stopped after 1 gradient updates."]
    assert capsys.readouterr().out == ""


def test_a_kept_run_is_told_with_its_number_and_how_a_stopped_one_goes_on(capsys):
    kept, (screen_console, screen) = KeptAs("a" * 32, 7), console()
    tell = partial(result_in_words, digits=digits(), kept=kept)
    assert follow(replay(run_events()), EXPERIMENT, screen_console, tell) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "Kept as run 7"
    as_json_kept = partial(result_as_json, digits=digits(), kept=kept, data_choice="auto")
    assert follow(replay(run_events()), EXPERIMENT, screen_console, as_json_kept) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["run_id"], told["run_number"]) == ("a" * 32, 7)
    stopped = replay([PREPARED, updates(0, 2.5), Stopped(1)])
    assert follow(stopped, EXPERIMENT, screen_console, words, lambda: " “train --resume 7” goes on.") == 130
    assert screen.getvalue().splitlines()[-1] == "Stopped after 1 gradient updates. “train --resume 7” goes on."


def test_a_run_that_goes_on_tells_all_its_epochs(capsys):
    before, *rest = [event for event in run_events() if isinstance(event, EpochEnd)]
    live, screen = console(is_terminal=True)
    events: list[Event] = [PREPARED, updates(2, 1.0, 0.5), *rest, FINISHED]
    assert follow(replay(events), EXPERIMENT, live, as_json, epochs=[before]) == 0
    assert [epoch["epoch"] for epoch in json.loads(capsys.readouterr().out)["history"]] == [1, 2]
    assert "Epoch 1/2" not in screen.getvalue()


@pytest.mark.parametrize("events", [[Preparing("importing")], [PREPARED]])
def test_ctrl_c_while_preparing_or_again_ends_at_once(events):
    def job(publish: Publish, _control: Control) -> None:
        for event in events:
            publish(event)
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    plain, _ = console()
    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        follow(job, EXPERIMENT, plain, words)
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.parametrize(
    ("choice", "loaded", "sentence"),
    [
        ("auto", digits(), "Data: the starter set (100 training and 20 test images); all of MNIST is not on"),
        ("auto", digits("full", "somewhere"), "Data: all of MNIST (100 training and 20 test images).\n"),
        (
            "mine.npz",
            replace(digits("own", "mine.npz"), was_binary=True),
            "Data: mine.npz (100 training and 20 test images); their largest pixel is 1, so 0 and 1 are taken as 0 and",
        ),
    ],
)
def test_it_is_said_which_digits_were_taken_and_how(choice, loaded, sentence, monkeypatch, capsys):
    monkeypatch.setattr(terminal, "load", lambda _choice: loaded)
    monkeypatch.setattr(terminal, "follow", lambda *_arguments: 0)
    assert terminal.train_in_terminal(TrainCommand(EXPERIMENT, choice, as_json=True)) == 0
    output = capsys.readouterr()
    assert output.err.startswith(sentence)
    assert output.out == ""


def test_data_that_cannot_be_used_are_told_before_anything_is_trained(tmp_path):
    with pytest.raises(DataError, match=r"nothing\.npz"):
        terminal.train_in_terminal(TrainCommand(EXPERIMENT, str(tmp_path / "nothing.npz"), as_json=True))


def test_all_of_mnist_is_downloaded_when_it_is_asked_for_and_missing(monkeypatch, capsys):
    fetched: list[Path] = []

    def load(_choice: str) -> Digits:
        if not fetched:
            raise FullSetMissing("Missing.")
        return digits("full", str(fetched[0]))

    def fetch(target, progress, _is_cancelled):
        progress(0, 100)
        progress(100, 100)
        fetched.append(target)
        return target

    monkeypatch.setattr(terminal, "load", load)
    monkeypatch.setattr(terminal, "follow", lambda *_arguments: 0)
    monkeypatch.setattr(terminal, "download_full", fetch)
    assert terminal.train_in_terminal(TrainCommand(EXPERIMENT, "full")) == 0
    assert fetched == [lab_cache_file()]
    output = capsys.readouterr()
    assert "not on this computer yet. Downloading" in output.out
    assert output.err == ""


@pytest.mark.parametrize(
    ("count", "total", "told"), [(1, "", "1 update"), (2, "", "2 updates"), (1, " of 9", "1 of 9 updates")]
)
def test_one_is_one(count: int, total: str, told: str) -> None:
    assert counted(count, "update", total) == told


def test_the_speed_of_a_fork_is_that_of_its_own_updates() -> None:
    """Its parent may have been slowed down for a newcomer."""
    finished = next(event for event in run_events() if isinstance(event, Finished))
    report = RunReport(EXPERIMENT, Progress(disable=True))
    for event in run_events():
        report.receive(event)
    slow = replace(finished, updates=10, training_seconds=9.5)
    told = result_in_words(report, slow, digits(), taken_over=(5, 9.0))
    assert "\n10 gradient updates, 5 of them its own, in 0.5 s, 10 a second" in told
    as_json = result_as_json(report, slow, digits(), taken_over=(5, 9.0), data_choice="starter")
    assert json.loads(as_json)["updates_per_second"] == 10.0
