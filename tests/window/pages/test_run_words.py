"""What the sentences say of a run, and when they keep silent."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Diverged, EpochEnd, Prepared, RateChanged, Updates
from mnist_lab.runs.run import Run, State
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.state.lab import Lab


@pytest.fixture
def words(qtbot: QtBot) -> RunWords:
    return RunWords()


@pytest.fixture
def lab(qtbot: QtBot) -> Iterator[Lab]:
    lab = Lab(Experiment())
    yield lab
    lab.end()


def _run(**fields: Any) -> Run:
    images, labels = np.broadcast_to(np.uint8(0), (60_000, 28, 28)), np.zeros(60_000, np.uint8)
    run = Run(Experiment(**fields), Digits(images, labels, images[:10], labels[:10], "own", ""))
    run.receive(Prepared(1, 256, 2, 10, 0.1))
    return run


@pytest.mark.parametrize(
    ("rate", "optimizer", "says"),
    [
        (1000.0, "sgd", "far too large here: try 0.01, Keras's default for SGD"),
        (0.05, "sgd", "too large here: try 0.005."),
        (0.003, "rmsprop", "too large here: try 0.0003."),
    ],
)
def test_advice_after_divergence_is_of_use(words: RunWords, rate: float, optimizer: str, says: str) -> None:
    run = _run(learning_rate=rate, optimizer=optimizer)
    run.receive(Diverged(3, float("nan"), 3))
    assert says in words.advice(run)


def test_advice_names_when_a_rate_was_set(words: RunWords) -> None:
    run = _run(optimizer="sgd", learning_rate=0.01)
    numbers = np.ones(42, np.float32)
    for event in (Updates(0, numbers, numbers, 0.1), RateChanged(42, 5.0), Diverged(47, float("nan"), 46)):
        run.receive(event)
    run.learning_rate = 0.5  # chosen when the update that diverged was on its way
    assert words.advice(run).startswith("The learning rate 5, set at update 43, is far too large here: try 0.01")


def test_what_moved_copies_need_is_told_while_they_are_made(words: RunWords, lab: Lab) -> None:
    run = lab.look.run = _run(moved_copies=3)
    run.state, run.stage = State.PREPARING, "moving"
    said = "Preparing: making moved copies. An epoch has 240,000 images then (188.2 MB)."
    assert words.status(lab) == said


def test_how_copies_would_be_moved_differs_only_where_there_are_some(words: RunWords) -> None:
    one, other = Experiment(moved_turn=3), Experiment(held_out_share=0.3)
    assert words.differing(one, other) == []
    assert words.differing(one.changed(moved_copies=1), other) == ["moved copies", "turn of the copies"]


def test_between_the_last_batch_and_its_validation_the_epoch_is_being_measured(words: RunWords, lab: Lab) -> None:
    lab.look.run = run = _run()
    numbers = np.ones(469, np.float32)
    run.receive(Updates(0, numbers, numbers, 0.1))
    assert words.status(lab) == "Measuring epoch 1 on test and training images."
    run.receive(EpochEnd(1, 2, 0.1, 0.9, 0.1, 0.9, 0.1, 0.95, 10))
    assert words.status(lab) == "Training: epoch 2 of 5."
