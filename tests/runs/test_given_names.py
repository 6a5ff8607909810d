"""Names that the lab gave to runs are read again; those of a person are left alone."""

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.given_names import GivenName, read_given_name
from mnist_lab.runs.race_rules import racer_names, run_name
from mnist_lab.runs.sweep_names import sweep_run_name, value_text

OTHERS = Experiment(hidden_units=(64, 32), one_batch=True, shuffled_labels=True, moved_copies=1, validation="held_out")


@pytest.mark.parametrize("field", Experiment.model_fields)
def test_every_setting_that_a_sweep_names_is_read(field):
    for experiment in (Experiment(), OTHERS):
        name = sweep_run_name(12, experiment, (field, "seed"))
        assert read_given_name(name) == GivenName("sweep", 12, ((field, value_text(experiment, field)), ("seed", "0")))


@pytest.mark.parametrize("optimizer", [spec.identifier for spec in OPTIMIZERS])
def test_every_optimizer_is_known_in_a_race_too(optimizer):
    experiments = [Experiment(optimizer=optimizer), Experiment(optimizer=optimizer, one_batch=True, batch_size=32)]
    first, second = racer_names(experiments)
    assert read_given_name(run_name(3, f"64+32 {optimizer} 1e-5 (2)")) == GivenName(
        "race", 3, (("", "64+32"), ("optimizer", optimizer), ("", "1e-5"), ("", "(2)"))
    )
    assert read_given_name(run_name(1, first)) == GivenName("race", 1, (("batch_size", "128"), ("one_batch", "false")))
    assert read_given_name(run_name(1, second)) == GivenName("race", 1, (("batch_size", "32"), ("one_batch", "true")))


@pytest.mark.parametrize(
    "name",
    ["", "narrow", "sweep 1", "sweep 1: ", "sweep 1: the best", "sweep x: adam", "race 2: Anna", "race 1: adam  0.1",
     "sweep 1: seed ", "my sweep 1: adam", "sweep 1: adam, hidden un…"],
)  # fmt: skip
def test_a_name_that_a_person_gave_is_none(name):
    assert read_given_name(name) is None
