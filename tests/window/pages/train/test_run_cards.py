"""The large numbers of a run are its own, and none is a guess."""

from collections import Counter

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment, Validation
from mnist_lab.network.events import EpochEnd, Paused, Prepared, Resumed, Stopped, Updates
from mnist_lab.runs.run import Run
from mnist_lab.window.pages.train.run_cards import RunCards
from mnist_lab.window.widgets.basic.stat_card import EMPTY, StatCard


@pytest.fixture
def page(qtbot) -> QWidget:
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def cards(page: QWidget) -> RunCards:
    return RunCards(page)


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
    run.receive(Stopped(10))
    run.go_on(10)
    cards.show_run(run)
    assert shown(cards, "speedCard") == EMPTY, "it goes on, and is still being prepared"


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


@pytest.mark.parametrize(
    ("updates_a_second", "words"), [(100.0, "8 s"), (5.0, "3 min"), (0.2, "1 h 5 min"), (0.001, "216 h 40 min")]
)
def test_time_left_in_the_largest_units(cards: RunCards, run: Run, updates_a_second: float, words: str) -> None:
    train(run, 20, 20 / updates_a_second)
    cards.show_run(run)
    assert shown(cards, "timeLeftCard") == words


def show_at(cards: RunCards, width: int) -> None:
    """As wide as that, and as high as needed, as in what scrolls."""
    cards.resize(width, 10)
    cards.show()
    QApplication.processEvents()
    cards.resize(width, cards.minimumSizeHint().height())


def rows_of(cards: RunCards) -> list[int]:
    """How many whole cards stand in each row."""
    tops = Counter(card.y() for card in cards.findChildren(StatCard) if cards.rect().contains(card.geometry()))
    return [tops[top] for top in sorted(tops)]


def test_the_cards_stand_two_by_two_where_four_have_no_room(cards: RunCards, run: Run) -> None:
    cards.show_run(run)
    show_at(cards, SMALL_ROOM)
    in_one_row, usual = cards.height(), [card.geometry() for card in cards.findChildren(StatCard)]
    assert cards.minimumSizeHint().width() < SMALL_ROOM / 1.5
    show_at(cards, cards.minimumSizeHint().width())
    assert rows_of(cards) == [2, 2]
    assert in_one_row < cards.height() < 2 * in_one_row, "the curves need the height"
    show_at(cards, SMALL_ROOM)
    assert [card.geometry() for card in cards.findChildren(StatCard)] == usual
    cards.findChild(StatCard, "updatesCard").set_room("0,000,000,000 / 0,000,000,000")
    show_at(cards, SMALL_ROOM)
    assert rows_of(cards) == [2, 2], "a card that needs more room makes way, too"


ROOM = 790
"""Logical pixels that the Train page has for the cards in the smallest window, 1280 wide."""
SMALL_ROOM = 610
"""The same on a screen of 1366 x 768 where everything is a quarter larger."""


@pytest.mark.parametrize("validation", ["test", "held_out"])
@pytest.mark.parametrize("epochs", [5, 100, 125, 300])
def test_the_cards_fit_on_a_small_screen_and_stay_where_they_are(
    cards: RunCards, run: Run, epochs: int, validation: Validation
) -> None:
    one = Run(Experiment(epochs=epochs, validation=validation), run.digits)
    train(one, 20, 4.0)
    cards.show_run(one)
    before = cards.findChild(StatCard, "testAccuracyCard").minimumSizeHint().width()
    one.receive(EpochEnd(epochs, 20, 0.1, 0.9, 0.1, 0.9, 0.1, 0.95, 10))
    cards.show_run(one)
    show_at(cards, SMALL_ROOM)
    assert rows_of(cards) == [4]
    assert cards.findChild(StatCard, "testAccuracyCard").minimumSizeHint().width() == before


@pytest.mark.parametrize("epochs", [780, 3_100, 10_000], ids=lambda epochs: f"{epochs:,} epochs")
@pytest.mark.parametrize("validation", ["test", "held_out"])
def test_the_cards_of_a_long_run_have_room(cards: RunCards, run: Run, epochs: int, validation: Validation) -> None:
    digits = Digits(
        np.repeat(run.digits.train_images, 4, axis=0),
        np.repeat(run.digits.train_labels, 4, axis=0),
        run.digits.test_images,
        run.digits.test_labels,
        "own",
        "",
    )
    long = Run(Experiment(epochs=epochs, validation=validation), digits)
    long.receive(
        Prepared(
            parameters=1, samples=4_000, updates_per_epoch=32, total_updates=long.total_updates, compile_seconds=0.1
        )
    )
    train(long, 20, 5.0)
    long.receive(EpochEnd(epochs - 1, 20, 0.1, 0.9, 0.1, 0.9, 0.1, 0.95, 10))
    cards.show_run(long)
    show_at(cards, ROOM)
    assert rows_of(cards) == [4]
    total = f"{long.total_updates:,}"
    card = cards.findChild(StatCard, "updatesCard")
    assert total in f"{card.value} {card.caption}"
