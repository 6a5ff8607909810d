"""Two runs laid side by side, and the numbers that the texts of parts 5 and 6 have places for."""

import pytest

from mnist_lab.course.comparison import SELECTED, ahead, compared
from mnist_lab.course.descent_numbers import OF_DESCENT, OF_PROGRAM
from mnist_lab.course.state import DigitFacts, KeptFacts, LabState
from mnist_lab.experiment import Experiment
from tests.course.states import run_facts

RMSPROP = Experiment()
SGD = RMSPROP.changed(optimizer="sgd", learning_rate=0.01)
WALKS = ("slow", "arrived", "endless", "lost", "passed", "noisy1", "noisy10")


def kept(number: int, experiment: Experiment | None, accuracy: float | None = 0.9) -> KeptFacts:
    return KeptFacts(f"r{number}", number, "finished", experiment, accuracy)


def laid(*runs: KeptFacts) -> LabState:
    return LabState(kept=runs, facts={SELECTED: tuple(run.id for run in runs)})


def test_two_runs_are_compared_where_only_the_optimizer_differs() -> None:
    first, second = kept(2, RMSPROP, 0.93), kept(1, SGD, 0.8)
    assert compared(laid(first, second)) == (second, first), "plain SGD comes first"
    assert ahead(laid(first, second)) == "other"
    assert compared(laid(kept(3, RMSPROP.changed(epochs=2)), first, second)) == (second, first), "among others"
    for other in (
        kept(1, RMSPROP),
        kept(1, SGD.changed(hidden_units=(16,))),
        kept(1, SGD, None),
        kept(1, None),
    ):
        assert compared(laid(first, other)) is None
    assert compared(LabState(kept=(first, second))) is None, "nothing is selected"
    assert compared(LabState(kept=(first, second), facts={SELECTED: ("r2",)})) is None


@pytest.mark.parametrize(("sgd", "expected"), [(0.95, "sgd"), (0.928, "alike"), (0.5, "other")])
def test_the_better_one_is_ahead(sgd: float, expected: str) -> None:
    assert ahead(laid(kept(2, RMSPROP, 0.93), kept(1, SGD, sgd))) == expected


def test_without_sgd_nobody_is_ahead_of_it() -> None:
    adam = RMSPROP.changed(optimizer="adam")
    assert compared(laid(kept(2, RMSPROP), kept(1, adam))) is not None
    assert ahead(laid(kept(2, RMSPROP), kept(1, adam))) is None
    assert ahead(LabState()) is None


def test_every_number_is_known_once_its_step_is_done() -> None:
    facts = {f"descentPage.{kind}Walk": (1.0, 0.4, 7.0, 0.5) for kind in WALKS}
    runs = laid(kept(2, RMSPROP, 0.93), kept(1, SGD, 0.8))
    now = LabState(
        digits=DigitFacts("starter", 4000, 1000),
        run=run_facts(),
        kept=runs.kept,
        facts=facts | dict(runs.facts) | {"descentPage.shownUpdate": (1.0, 128.0, 2.3, 407_050.0)},
    )
    known = {name: read(now, now) for name, read in (OF_DESCENT | OF_PROGRAM).items()}
    assert {name for name, number in known.items() if number is None} == {"mistakes"}, "before an epoch is over"
    assert {name: number.value for name, number in known.items() if number is not None} | {
        "shown_images": 128.0,
        "arrived_steps": 7.0,
        "passed_momentum": 0.5,
        "first_optimizer": "SGD",
        "second_accuracy": 0.93,
        "parameters": 407_050,
        "code_train_images": "4000",
        "code_optimizer": "rmsprop",
    } == {name: number.value for name, number in known.items() if number is not None}
    none = {name for name, read in OF_DESCENT.items() if read(LabState(), LabState()) is not None}
    assert not none, "at first nothing is"
    assert OF_PROGRAM["code_units"](LabState(), LabState()).value == "512", "of the form, before there is a run"
