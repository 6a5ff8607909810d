"""The large numbers of a run are its own, and none is a guess."""

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Paused, Prepared, Resumed, Updates
from mnist_lab.runs.run import Run
from mnist_lab.window.widgets.run_cards import RunCards
from mnist_lab.window.widgets.stat_card import EMPTY, StatCard


@pytest.fixture
def cards(qtbot) -> RunCards:
    cards = RunCards()
    qtbot.addWidget(cards)
    return cards


@pytest.fixture
def run() -> Run:
    images, labels = np.zeros((1_000, 28, 28), np.uint8), np.zeros(1_000, np.uint8)
    run = Run(Experiment(epochs=100), Digits(images, labels, images[:10], labels[:10], "own", ""))
    run.receive(
        Prepared(parameters=1, samples=1_000, updates_per_epoch=8, total_updates=run.total_updates, compile_seconds=0.1)
    )
    return run


def train(run: Run, updates: int, seconds: float) -> None:
    values = np.ones(updates, np.float32)
    run.receive(Updates(run.updates, values, values, seconds))


def shown(cards: RunCards, name: str) -> str:
    return cards.findChild(StatCard, name).value


def test_no_speed_and_no_time_from_a_few_updates(cards: RunCards, run: Run) -> None:
    train(run, 5, 4.0)
    cards.show_run(run)
    assert shown(cards, "speedCard") == shown(cards, "timeLeftCard") == EMPTY
    train(run, 5, 4.1)
    cards.show_run(run)
    assert shown(cards, "speedCard") == "2.4"
    assert shown(cards, "timeLeftCard") != EMPTY


def test_no_time_left_from_the_first_moments(cards: RunCards, run: Run) -> None:
    train(run, 20, 0.05)
    cards.show_run(run)
    assert shown(cards, "speedCard") == "400"
    assert shown(cards, "timeLeftCard") == EMPTY


def test_no_time_left_while_paused(cards: RunCards, run: Run) -> None:
    train(run, 100, 1.0)
    run.receive(Paused(run.updates))
    cards.show_run(run)
    assert (shown(cards, "speedCard"), shown(cards, "timeLeftCard")) == ("100", EMPTY)
    run.receive(Resumed(run.updates))
    cards.show_run(run)
    assert shown(cards, "timeLeftCard") != EMPTY
