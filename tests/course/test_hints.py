"""Each labelled run raises what a person said it should, and nothing else; a hint that is there does not flicker."""

from dataclasses import replace
from typing import Any

import pytest

from mnist_lab.course.hint_numbers import RunNumbers
from mnist_lab.course.hints import RULES, Hints
from mnist_lab.course.state import DigitFacts
from mnist_lab.data.digits import Digits
from mnist_lab.data.sources import load_starter
from mnist_lab.experiment import ACTIVATIONS, Experiment
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from tests.course.labelled_runs import LABELLED, numbers_of, record, recorded

RUNS = {name: (expected, numbers) for name, expected, numbers in recorded()}
SILENT = [name for name, (expected, _settings) in LABELLED.items() if not expected]


def raised(numbers: RunNumbers) -> tuple[str, ...]:
    hints = Hints()
    hints.look(numbers)
    return tuple(hint.id for hint in hints.raised)


@pytest.mark.parametrize("name", LABELLED)
def test_a_run_raises_what_it_should_and_else_is_silent(name: str) -> None:
    expected, numbers = RUNS[name]
    assert raised(numbers) == expected


def test_there_are_thirty_runs_and_each_hint_has_one() -> None:
    assert len(LABELLED) >= 30
    assert {hint for expected, _settings in LABELLED.values() for hint in expected} == RULES.keys()


@pytest.mark.parametrize("name", SILENT)
def test_what_is_well_at_its_end_is_silent_all_the_way(name: str) -> None:
    """But for the confusion, which is not known before."""
    _expected, numbers = RUNS[name]
    hints, step = Hints(), max(numbers.updates_per_epoch // 2, 1)
    for updates in range(0, len(numbers.losses) + 1, step):
        epochs = tuple(epoch for epoch in numbers.epochs if epoch.updates <= updates)
        now = replace(numbers, state="training", losses=numbers.losses[:updates], epochs=epochs, confusion=None)
        hints.look(replace(now, movement=None, quiet_shares=()))
        assert hints.raised == (), updates


def test_a_hint_stays_until_its_case_is_clearly_over() -> None:
    """Half of the units is the limit; it goes below 40 %."""
    _expected, numbers = RUNS["adam, 0.03"]
    hints, seen = Hints(), []
    for share in (0.45, 0.51, 0.45, 0.41, 0.39, 0.45):
        hints.look(replace(numbers, quiet_shares=(share,)))
        seen.append([hint.id for hint in hints.raised] == ["dead_units"])
    assert seen == [False, True, True, True, False, False]


def test_a_hint_says_what_would_help_and_by_which_numbers() -> None:
    hints = Hints()
    assert hints.look(RUNS["forty epochs"][1])
    (hint,) = hints.raised
    epochs = RUNS["forty epochs"][1].epochs
    best = min(epochs, key=lambda epoch: epoch.test_loss)
    assert hint.values["best_epoch"] == epochs.index(best) + 1
    assert hint.values["gap"] == pytest.approx(100 * (epochs[-1].train_accuracy_after - epochs[-1].test_accuracy))
    assert not hints.look(RUNS["forty epochs"][1]), "nothing is new"
    for _name, (_expected, numbers) in RUNS.items():
        hints.look(numbers)
        for hint in hints.raised:
            numbers.experiment.changed(**hint.changes)  # raises where a change is no setting


@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
@pytest.mark.parametrize("rate", [0.0, 1e-30, 1e-7, 1e-5])
def test_a_rate_that_moves_nothing_is_the_cause_and_the_usual_rate_the_remedy(spec: OptimizerSpec, rate: float) -> None:
    """Whatever else is set: so large a batch that an epoch is one update, activations, initial weights."""
    _expected, numbers = RUNS["rmsprop, 0, one batch is the set"]
    for changes in ({}, {"activation": "sigmoid"}, {"initial_weights": "zeros"}, {"batch_size": 99_999}):
        experiment = numbers.experiment.changed(optimizer=spec.identifier, learning_rate=rate, **changes)
        hints = Hints()
        hints.look(replace(numbers, experiment=experiment, movement=1e-5))
        assert hints.raised[0].id == "rate_moves_nothing"
        assert hints.raised[0].changes == {"learning_rate": spec.default_rate}


@pytest.mark.parametrize(
    "setting",
    [
        {"learning_rate": 0.0},
        {"learning_rate": 1e-300},
        {"learning_rate": 1e-6},
        {"learning_rate": 1000.0},
        {"initial_weights": "zeros"},
        {"initial_weights": "large"},
        {"batch_size": 1},
        {"batch_size": 100_000},
        {"epochs": 1},
        {"epochs": 9},
        *({"activation": activation} for activation in ACTIVATIONS),
        *({"optimizer": spec.identifier} for spec in OPTIMIZERS),
    ],
    ids=str,
)
def test_no_hint_prescribes_what_is_set(setting: dict[str, Any]) -> None:
    """Every rule, by the numbers of every labelled run, whichever setting it is told of; and what it says is valid."""
    for _name, (_expected, numbers) in RUNS.items():
        experiment, hints = numbers.experiment.changed(**setting), Hints()
        hints.look(replace(numbers, experiment=experiment))
        for hint in hints.raised:
            assert not hint.changes or experiment.changed(**hint.changes) != experiment, hint


def test_a_smaller_batch_is_small_enough_for_few_digits() -> None:
    _expected, numbers = RUNS["one batch is the set"]
    hints, few = Hints(), DigitFacts("own", 40, 1000)
    hints.look(replace(numbers, digits=few, updates_per_epoch=1))
    assert hints.raised[0].changes == {"batch_size": 8}


@pytest.fixture(scope="module")
def starter() -> Digits:
    return load_starter()


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.parametrize("name", LABELLED)
def test_the_runs_trained_anew_say_the_same(name: str, starter: Digits) -> None:
    expected, settings = LABELLED[name]
    assert raised(numbers_of(name, record(Experiment(**settings), starter))) == expected
