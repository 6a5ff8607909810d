"""Who races next is kept from one session to the next, and judged when it is read."""

import json

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.window.pages.experiments.race_setup import RaceSetup
from tests.window.conftest import Driver

OWN = RaceSetup("own", (Experiment(), Experiment(optimizer="sgd", learning_rate=0.5, hidden_units=(8, 4))))


def test_it_is_read_as_it_was_kept() -> None:
    for setup in (OWN, RaceSetup(), RaceSetup("rates")):
        assert RaceSetup.from_json(json.loads(json.dumps(setup.to_json()))) == setup


@pytest.mark.parametrize(
    "wrong",
    [
        None,
        [],
        {"preset": "else", "listed": []},
        {"preset": "own"},
        {"preset": "own", "listed": [3]},
        {"preset": "own", "listed": [{"epochs": -1}]},
        {"preset": "own", "listed": [{}] * 7},
    ],
)
def test_what_was_changed_by_hand_is_the_usual_race(wrong: object) -> None:
    assert RaceSetup.from_json(wrong) == RaceSetup()  # type: ignore[arg-type]  # it comes from a file


def test_the_page_keeps_it(driver: Driver) -> None:
    driver.window.show_page_named("experimentsPage")
    driver.click("racersAdd")
    kept = driver.window.lab.views.of("ExperimentsPage").to_keep()["race setup"]
    assert RaceSetup.from_json(kept).preset == "own"
    assert len(RaceSetup.from_json(kept).listed) == 6
