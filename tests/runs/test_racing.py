"""Racers are kept as runs, each with the bits of its settings alone."""

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.network.control import Control
from mnist_lab.network.events import Finished
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.race_rules import (
    RaceError,
    check_race,
    differing_batches,
    differing_start,
    next_race_number,
    racer_names,
    run_name,
)
from mnist_lab.runs.racing import kept_race
from tests.network.runs import SMALL, made_up_digits, run_with_xla


@pytest.mark.keras
@pytest.mark.parametrize(
    "identifiers",
    [["sgd", "adam"], *(pytest.param([spec.identifier, "sgd"], marks=pytest.mark.acceptance) for spec in OPTIMIZERS)],
)
def test_racers_are_kept_as_the_runs_that_they_would_be_alone(store, identifiers):
    digits = made_up_digits()
    experiments = [SMALL.changed(optimizer=identifier) for identifier in identifiers]
    race = kept_race(store, 3, experiments, digits)
    race.train(lambda _event: None, Control())
    for experiment, keeper, name in zip(experiments, race.keepers, identifiers, strict=True):
        kept, alone = store.load(keeper.run_id), run_with_xla(experiment, digits)
        if len(set(identifiers)) > 1:
            assert kept.name == f"race 3: {name}"
        assert isinstance(kept.outcome, Finished)
        assert kept.experiment == experiment
        assert kept.losses.tobytes() == alone.losses.tobytes()
        assert kept.epochs[-1].weights_sha256 == alone.weights.sha256()


@pytest.mark.keras
def test_a_race_that_is_stopped_keeps_what_was_trained(store):
    control = Control()
    race = kept_race(store, 1, [SMALL, SMALL.changed(optimizer="sgd")], made_up_digits())
    race.train(lambda event: control.stop() if hasattr(event, "losses") else None, control)
    for keeper in race.keepers:
        kept = store.load(keeper.run_id) if keeper.number is not None else None
        assert kept is None or kept.state == "stopped"
    assert any(keeper.number is not None for keeper in race.keepers)


def test_racers_are_called_by_what_tells_them_apart():
    assert racer_names([Experiment(), Experiment(optimizer="adam")]) == ("rmsprop", "adam")
    assert racer_names([Experiment(learning_rate=rate) for rate in (0.1, 1e-4)]) == ("0.1", "0.0001")
    both = [Experiment(optimizer="sgd", learning_rate=0.1), Experiment(hidden_units=(64, 32))]
    assert racer_names(both) == ("512 sgd 0.1", "64+32 rmsprop 0.001")
    assert racer_names([Experiment(), Experiment(batch_size=32)]) == ("batch-size=128", "batch-size=32")
    assert racer_names([Experiment(), Experiment()]) == ("(1)", "(2)")
    assert len(set(racer_names([Experiment(), Experiment(one_batch=True), Experiment()]))) == 3


def test_races_are_counted_on_from_the_names_of_runs():
    assert next_race_number([]) == 1
    assert next_race_number(["wide", run_name(4, "adam"), "race 2: sgd", "race x: y", ""]) == 5


def test_what_makes_starts_and_batches_differ_is_told():
    wide = [Experiment(), Experiment(hidden_units=(64,), optimizer="sgd")]
    assert differing_start(wide) == ["hidden_units"]
    assert differing_batches(wide) == []
    assert differing_batches([Experiment(), Experiment(batch_size=5, moved_copies=1)]) == ["batch_size", "moved_copies"]


@pytest.mark.parametrize(
    ("experiments", "said"),
    [
        ([Experiment()], "2 to 6 racers, not 1"),
        ([Experiment()] * 7, "2 to 6 racers, not 7"),
        ([Experiment(), Experiment(), Experiment(seed=5)], "give racer 3 the seed 0"),
    ],
)
def test_who_cannot_race_is_told_why(experiments, said):
    with pytest.raises(RaceError, match=said):
        check_race(experiments)
