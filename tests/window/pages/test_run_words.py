"""What the sentences say of a run, and when they keep silent."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Diverged, EpochEnd, Prepared, Updates
from mnist_lab.runs.run import Run
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


def _run(*accuracies: tuple[float, float], tests: int = 10_000, **fields: Any) -> Run:
    """A run with these training and validation accuracies, an epoch each."""
    images, labels = np.broadcast_to(np.uint8(0), (60_000, 28, 28)), np.zeros(60_000, np.uint8)
    run = Run(Experiment(**fields), Digits(images, labels, images[:tests], labels[:tests], "own", ""))
    run.receive(Prepared(1, 256, 2, 10, 0.1))
    for epoch, (training, validation) in enumerate(accuracies, 1):
        run.receive(EpochEnd(epoch, 2 * epoch, 0.1, training, 0.1, validation))
    return run


@pytest.mark.parametrize(
    ("accuracies", "fields", "says"),
    [
        (
            [(0.992, 0.981)],
            {},
            "training 99.2 % (mean of its batches), test 98.1 %: a gap of 1.1 points. The network knows its own",
        ),
        ([(0.92, 0.95)], {}, "no overfitting yet"),
        ([(0.951, 0.950)], {}, "as good as equal"),
        ([(0.103, 0.103)], {}, "hardly better than guessing"),
        ([(0.70, 0.69), (0.276, 0.256)], {}, "falls: its updates do harm"),
        ([(0.5, 0.45)], {"learning_rate": 0.0}, "the weights do not move"),
        ([(0.992, 0.981)], {"validation": "held_out"}, "held-out 98.1 %"),
    ],
)
def test_the_gap_is_judged_only_where_it_says_something(
    words: RunWords, accuracies: list[tuple[float, float]], fields: dict[str, Any], says: str
) -> None:
    sentence = words.gap(_run(*accuracies, **fields))
    assert says in sentence
    assert ("overfitting." in sentence) == (says.endswith("its own") or fields == {"validation": "held_out"})


@pytest.mark.parametrize(
    ("tests", "validation", "is_chance"),
    [(1_000, 0.876, True), (1_000, 0.861, False), (10_000, 0.876, False), (10_000, 0.8865, True)],
)
def test_a_gap_that_chance_may_have_made_is_not_called_overfitting(
    words: RunWords, tests: int, validation: float, is_chance: bool
) -> None:
    sentence = words.gap(_run((0.892, validation), tests=tests))
    assert ("overfitting" in sentence) != is_chance
    assert (f"with only {tests:,} images that may be chance" in sentence) == is_chance


def test_no_epoch_no_sentence(words: RunWords) -> None:
    assert words.gap(_run()) == ""


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


def test_between_the_last_batch_and_its_validation_the_epoch_is_being_measured(words: RunWords, lab: Lab) -> None:
    lab.look.run = run = _run()
    numbers = np.ones(469, np.float32)
    run.receive(Updates(0, numbers, numbers, 0.1))
    assert words.status(lab) == "Measuring epoch 1 on the test images."
    run.receive(EpochEnd(1, 2, 0.1, 0.9, 0.1, 0.9))
    assert words.status(lab) == "Training: epoch 2 of 5."
