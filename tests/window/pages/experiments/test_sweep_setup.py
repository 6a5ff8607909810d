"""What is typed for a sweep: values and ranges are read, told where they are wrong, kept, and brought in from files."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from mnist_lab.experiment import Experiment
from mnist_lab.runs.sweep_choices import GridChoices, RandomChoices, ValueRange
from mnist_lab.runs.sweep_plan import plan_of
from mnist_lab.window.pages.experiments.sweep_setup import VARIABLE, SweepSetup, VariedSetting, fresh
from mnist_lab.window.pages.experiments.sweep_values import (
    CHOICES,
    SweepTextError,
    example_of,
    is_number,
    read_values,
    write_values,
)


@pytest.mark.parametrize(
    ("field", "text", "values"),
    [
        ("learning_rate", "0.1, 1e-3,.5", (0.1, 0.001, 0.5)),
        ("learning_rate", "0.1,", (0.1,)),
        ("learning_rate", "0.1; 0.2", (0.1, 0.2)),
        ("hidden_units", "64, 128+64, 1e2", ((64,), (128, 64), (100,))),
        ("batch_size", "64,128", (64, 128)),
        ("optimizer", "sgd, Adam, SGD with momentum", ("sgd", "adam", "sgd_momentum")),
        ("activation", "relu,TANH", ("relu", "tanh")),
        ("shuffled_labels", "no, yes", (False, True)),
        ("optimizer_settings", "rho=0.9,centered=yes; –", ({"rho": 0.9, "centered": True}, {})),
    ],
)
def test_values_are_read_as_they_are_meant(field: str, text: str, values: tuple[object, ...]) -> None:
    assert read_values(field, text) == values


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("learning_rate", "", "Type the values of “learning rate”, with commas between: 0.0001, 0.001, 0.01."),
        ("learning_rate", "0.1, , 0.2", "“” is no number for “learning rate”"),
        ("learning_rate", "fast", "“fast” is no number"),
        ("batch_size", "1,000", "“000” is no number for “batch size”"),
        ("batch_size", "1.5", "“1.5” is no number"),
        ("hidden_units", "64+", "“64+” is no number"),
        ("optimizer", "sdg", "“sdg” is none of these: rmsprop, sgd, "),
        ("shuffled_labels", "maybe", "“maybe” is none of these: no, yes."),
        ("optimizer_settings", "rho", "“rho” cannot be read"),
    ],
)
def test_what_is_wrong_is_told_with_what_would_be_right(field: str, text: str, said: str) -> None:
    with pytest.raises(SweepTextError) as error:
        read_values(field, text)
    assert said in str(error.value)


@pytest.mark.parametrize("field", VARIABLE)
def test_every_setting_can_vary_and_begins_with_values_that_can_be_tried(field: str) -> None:
    base = Experiment(optimizer="sgd_momentum") if field == "optimizer_settings" else Experiment()
    values = read_values(field, example_of(field))
    assert len(values) > 1
    assert len(plan_of(base, GridChoices({field: values}), "auto").experiments) >= 1
    assert read_values(field, write_values(field, values)) == values


@pytest.mark.parametrize("field", CHOICES)
def test_every_choice_can_be_tried(field: str) -> None:
    values = read_values(field, ", ".join(CHOICES[field]))
    assert len(plan_of(Experiment(), GridChoices({field: values}), "auto").experiments) == len(CHOICES[field])


@given(st.lists(st.floats(0, 1000, allow_nan=False), min_size=1, max_size=8))
def test_numbers_come_back_as_they_are_typed(values: list[float]) -> None:
    text = write_values("learning_rate", [float(f"{value:.6g}") for value in values])
    assert read_values("learning_rate", text) == tuple(float(f"{value:.6g}") for value in values)


def test_a_grid_and_draws_of_the_same_form() -> None:
    setup = SweepSetup()
    assert setup.choices() == GridChoices({"learning_rate": (0.0001, 0.001, 0.01), "hidden_units": ((32,), (128,))})
    setup.kind = "random"
    assert setup.choices() == RandomChoices(
        {"learning_rate": ValueRange(0.0001, 0.1, is_log=True), "hidden_units": ((32,), (128,))}, 12, 0
    )
    assert len(plan_of(Experiment(), setup.choices(), "auto").experiments) == 12


@pytest.mark.parametrize(
    ("setup", "said"),
    [
        (SweepSetup(varied=(fresh("epochs"), fresh("epochs"))), "“epochs” is chosen twice"),
        (SweepSetup("random", count="many"), "whole numbers such as 12 and 0"),
        (SweepSetup("random", (VariedSetting("l2", shape="even", least="0"),)), "needs two numbers"),
        (SweepSetup("random", (VariedSetting("seed", shape="log", least="0.5", most="9"),)), "needs two numbers"),
    ],
)
def test_a_form_that_cannot_be_read_says_why(setup: SweepSetup, said: str) -> None:
    with pytest.raises(SweepTextError) as error:
        setup.choices()
    assert said in str(error.value)


def test_words_are_listed_even_where_a_range_was_chosen_for_numbers() -> None:
    setup = SweepSetup("random", (VariedSetting("optimizer", "sgd, adam", "log"),))
    assert setup.choices().values == {"optimizer": ("sgd", "adam")}
    assert not is_number("optimizer")


@pytest.mark.parametrize(
    "choices",
    [
        GridChoices({"hidden_units": [[64], [128, 64]], "one_batch": [True, False], "l2": [0, 1e-07]}),
        RandomChoices({"epochs": ValueRange(1, 9), "optimizer_settings": [{"momentum": 0.5}, {}]}, 7, 3),
    ],
)
def test_what_a_file_asks_for_stands_in_the_form(choices: GridChoices | RandomChoices) -> None:
    setup = SweepSetup()
    setup.take(choices)
    base = Experiment(optimizer="sgd_momentum", one_batch=False)
    assert plan_of(base, setup.choices(), "auto") == plan_of(base, choices, "auto")


def test_it_is_kept_and_judged() -> None:
    setup = SweepSetup("random", (*SweepSetup().varied, fresh("optimizer")), "x", "7", 3)
    assert SweepSetup.from_json(setup.to_json()) == setup
    wrongs: tuple[JsonValue, ...] = (None, 3, {}, {"varied": []}, {"varied": [{"field": "x"}]}, {"varied": [3]})
    for wrong in wrongs:
        assert SweepSetup.from_json(wrong) == SweepSetup()
    half = SweepSetup.from_json(
        {"varied": [{"field": "l2", "shape": "even", "values": 3}], "workers": True, "count": 5}
    )
    assert half == SweepSetup("grid", (VariedSetting("l2", "", "even"),))


def test_the_next_setting_is_one_that_does_not_vary_yet() -> None:
    assert SweepSetup().next_field() == "optimizer"
    assert SweepSetup(varied=tuple(map(fresh, VARIABLE[:-1]))).next_field() == VARIABLE[-1]
