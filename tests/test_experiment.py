"""What a learner may choose: limits, sentences, arithmetic, and the way to JSON and back."""

import contextlib
import json
import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from mnist_lab.experiment import (
    ACTIVATIONS,
    BATCH_ORDERS,
    INITIAL_WEIGHTS,
    LIMITS,
    MOST_HIDDEN_LAYERS,
    MOVED_STRENGTHS,
    VALIDATIONS,
    Experiment,
    ExperimentError,
)
from mnist_lab.optimizers import OPTIMIZERS, OptimizerError, OptimizerSpec, optimizer_spec
from mnist_lab.words import LabError

WHOLE = ("epochs", "batch_size", "seed", "moved_copies")
REAL = ("dropout", "l2", "learning_rate", "held_out_share", *MOVED_STRENGTHS)
SWITCHES = ("shuffled_labels", "one_batch")


def whole(field: str) -> st.SearchStrategy[int]:
    return st.integers(int(LIMITS[field].minimum), int(LIMITS[field].maximum))


def real(field: str) -> st.SearchStrategy[float]:
    return st.floats(LIMITS[field].minimum, LIMITS[field].maximum)


def settings_within(spec: OptimizerSpec) -> st.SearchStrategy[dict[str, float]]:
    """Some of an optimizer's settings, each within its limits."""
    values = {setting.name: st.floats(setting.minimum, setting.maximum) for setting in spec.settings}
    return st.fixed_dictionaries({}, optional=values)


def experiments_of(spec: OptimizerSpec) -> st.SearchStrategy[Experiment]:
    return st.builds(
        Experiment,
        hidden_units=st.lists(whole("hidden_units"), min_size=1, max_size=MOST_HIDDEN_LAYERS).map(tuple),
        activation=st.sampled_from(ACTIVATIONS),
        optimizer=st.just(spec.identifier),
        optimizer_settings=settings_within(spec),
        batch_order=st.sampled_from(BATCH_ORDERS),
        validation=st.sampled_from(VALIDATIONS),
        initial_weights=st.sampled_from(INITIAL_WEIGHTS),
        **{field: st.booleans() for field in SWITCHES},
        **{field: whole(field) for field in WHOLE},
        **{field: real(field) for field in REAL},
    )


every_optimizer = pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
experiments = st.sampled_from(OPTIMIZERS).flatmap(experiments_of)


def sentence(**fields: object) -> str:
    """The error that these fields get."""
    with pytest.raises(ExperimentError) as caught:
        Experiment.parse(fields)
    assert isinstance(caught.value, LabError)
    assert str(caught.value) == caught.value.template.format(**caught.value.values)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_the_defaults_are_the_chapters() -> None:
    chosen = Experiment()
    assert Experiment.parse({}) == chosen
    assert (chosen.hidden_units, chosen.activation, chosen.optimizer) == ((512,), "relu", "rmsprop")
    assert (chosen.learning_rate, chosen.epochs, chosen.batch_size) == (0.001, 5, 128)
    assert (chosen.dropout, chosen.l2, chosen.validation) == (0, 0, "test")
    assert (chosen.initial_weights, chosen.shuffled_labels, chosen.one_batch) == ("glorot", False, False)
    assert [getattr(chosen, name) for name in ("moved_copies", *MOVED_STRENGTHS)] == [0, 15, 0.3, 0.15, 2]
    assert [layer.parameters for layer in chosen.layers()] == [401_920, 5_130]
    assert chosen.parameters() == 407_050


@given(experiments)
def test_to_json_and_back(experiment: Experiment) -> None:
    text = experiment.model_dump_json()
    again = Experiment.parse(json.loads(text))
    assert again == experiment
    assert again.model_dump() == experiment.model_dump()
    assert all(type(value) is float for value in again.optimizer_settings.values())


@given(experiments, st.integers(2, 70_000))
def test_updates_are_whole_and_miss_no_image(experiment: Experiment, images: int) -> None:
    samples, updates = experiment.samples(images), experiment.updates_per_epoch(images)
    left = images - experiment.held_out_samples(images)
    assert 1 <= left <= images
    every = left * (1 + experiment.moved_copies)
    assert samples == (min(every, experiment.batch_size) if experiment.one_batch else every)
    assert updates == 1 or not experiment.one_batch
    assert (experiment.held_out_samples(images) == 0) == (experiment.validation == "test")
    assert (updates - 1) * experiment.batch_size < samples <= updates * experiment.batch_size
    assert experiment.total_updates(images) == experiment.epochs * updates


def test_what_counts_for_nothing_is_known() -> None:
    assert Experiment().unused() == {"held_out_share", *MOVED_STRENGTHS}
    assert Experiment(moved_copies=1).unused() == {"held_out_share"}
    assert Experiment(moved_copies=1, validation="held_out").unused() == frozenset()


@pytest.mark.parametrize(
    ("share", "images", "kept_aside"),
    [(0.1, 60_000, 6_000), (0.25, 10, 2), (0.01, 10, 1), (0.9, 10, 9), (0.9, 2, 1), (0.5, 2, 1)],
)
def test_how_many_images_are_held_out(share: float, images: int, kept_aside: int) -> None:
    experiment = Experiment(validation="held_out", held_out_share=share)
    assert experiment.held_out_samples(images) == kept_aside


@pytest.mark.parametrize("field", ["hidden_units", *WHOLE, *REAL])
def test_the_limits_themselves_are_allowed(field: str) -> None:
    for value in (LIMITS[field].minimum, LIMITS[field].maximum):
        number = value if field in REAL else int(value)
        chosen = (number,) if field == "hidden_units" else number
        assert getattr(Experiment.parse({field: chosen}), field) == chosen


def just_outside(field: str) -> tuple[float, float]:
    low, high = LIMITS[field].minimum, LIMITS[field].maximum
    if field in REAL:
        return math.nextafter(low, -math.inf), math.nextafter(high, math.inf)
    return int(low) - 1, int(high) + 1


@pytest.mark.parametrize("field", ["hidden_units", *WHOLE, *REAL])
def test_just_outside_is_refused_with_what_would_be_right(field: str) -> None:
    for value in just_outside(field):
        said = sentence(**{field: (value,) if field == "hidden_units" else value})
        assert str(value) in said
        assert f"from {LIMITS[field].minimum:,} to {LIMITS[field].maximum:,}" in said


@pytest.mark.parametrize("value", ["many", None, True, False, [], {}, math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("field", [*WHOLE, *REAL])
def test_what_is_no_number_is_refused(field: str, value: object) -> None:
    said = sentence(**{field: value})
    assert "must be a" in said
    assert str(value) in said


@pytest.mark.parametrize("value", [1.5, "3", True])
@pytest.mark.parametrize("field", WHOLE)
def test_what_is_no_whole_number_is_not_made_one(field: str, value: object) -> None:
    assert "whole number" in sentence(**{field: value})


@pytest.mark.parametrize("value", [(), (1, 2, 3, 4, 5), 512, "512", None])
def test_there_are_one_to_four_hidden_layers(value: object) -> None:
    assert sentence(hidden_units=value) == "A network here has 1 to 4 hidden layers, each with its units."


@pytest.mark.parametrize(("place", "value"), [(0, 0), (1, 16_385), (1, "x"), (0, 2.5)])
def test_a_bad_layer_among_good_ones_is_named(place: int, value: object) -> None:
    units: list[object] = [8, 8, 8]
    units[place] = value
    assert sentence(hidden_units=units).startswith(f"The hidden units cannot be {value}:")


@pytest.mark.parametrize(
    ("field", "choices"),
    [
        ("activation", ACTIVATIONS),
        ("batch_order", BATCH_ORDERS),
        ("validation", VALIDATIONS),
        ("initial_weights", INITIAL_WEIGHTS),
    ],
)
def test_a_choice_there_is_not_is_refused_with_those_there_are(field: str, choices: tuple[str, ...]) -> None:
    said = sentence(**{field: "chaos"})
    assert "chaos" in said
    assert all(choice in said for choice in choices)


@pytest.mark.parametrize("value", ["true", 1, 0.0, None, [True]])
@pytest.mark.parametrize("field", SWITCHES)
def test_a_switch_is_true_or_false_and_nothing_like_it(field: str, value: object) -> None:
    name = field.replace("_", " ")
    assert sentence(**{field: value}) == f"The setting “{name}” cannot be {value}: it must be true or false."


@pytest.mark.parametrize("value", [7, None, ["sgd"]])
def test_an_optimizers_name_is_a_text(value: object) -> None:
    assert sentence(optimizer=value).startswith("The optimizer cannot be")


@pytest.mark.parametrize("value", [[1], {"momentum": "much"}, {"momentum": None}, {"momentum": [0.9]}])
def test_optimizer_settings_are_numbers_with_names(value: object) -> None:
    assert sentence(optimizer_settings=value).startswith("The optimizer settings cannot be")


@every_optimizer
@given(data=st.data())
def test_an_optimizer_takes_its_settings_within_their_limits(spec: OptimizerSpec, data: st.DataObject) -> None:
    chosen = data.draw(settings_within(spec))
    assert Experiment(optimizer=spec.identifier, optimizer_settings=chosen).optimizer_settings == chosen


@every_optimizer
@given(data=st.data())
def test_a_setting_outside_its_limits_is_refused_with_them(spec: OptimizerSpec, data: st.DataObject) -> None:
    for setting in spec.settings:
        below = st.floats(max_value=setting.minimum, exclude_max=True)
        above = st.floats(min_value=setting.maximum, exclude_min=True)
        value = data.draw(below | above | st.just(math.nan))
        said = sentence(optimizer=spec.identifier, optimizer_settings={setting.name: value})
        limits = f"choose {setting.minimum} to {setting.maximum}."
        assert said == f"{setting.name} of {spec.label} cannot be {value}: {limits}"


def test_a_setting_of_another_optimizer_is_refused() -> None:
    said = sentence(optimizer="sgd_momentum", optimizer_settings={"rho": 0.9})
    assert said == "SGD with momentum has no setting “rho”; it has: momentum."
    assert sentence(optimizer="sgd", optimizer_settings={"rho": 0.9}).endswith("it has: –.")


def test_true_is_no_number_though_python_counts_with_it() -> None:
    assert sentence(optimizer_settings={"epsilon": True}) == "epsilon of RMSprop cannot be True: choose 1e-12 to 1.0."


def test_the_sentence_is_the_optimizers_own() -> None:
    """So that the window translates it."""
    with pytest.raises(OptimizerError) as own:
        optimizer_spec("nonsense")
    with pytest.raises(ExperimentError) as caught:
        Experiment.parse({"optimizer": "nonsense", "optimizer_settings": {"foo": 1}})
    assert (caught.value.template, caught.value.values) == (own.value.template, own.value.values)


@pytest.mark.parametrize("fields", [
    {"optimizer": "nonsense"},
    {"optimizer": ""},
    {"optimizer_settings": {"foo": 1}},
    {"optimizer_settings": {"rho": 1.0}},
    {"optimizer_settings": {"rho": math.nan}},
    {"optimizer": "nonsense", "optimizer_settings": {"foo": 1}},
])  # fmt: skip
def test_no_experiment_has_an_optimizer_that_cannot_train(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Experiment(**fields)


def test_a_change_to_another_optimizer_brings_its_settings() -> None:
    first = Experiment(optimizer="sgd_momentum", optimizer_settings={"momentum": 0.5})
    second = first.changed(optimizer="adam", optimizer_settings={"beta_1": 0.5})
    assert (second.optimizer, second.optimizer_settings) == ("adam", {"beta_1": 0.5})
    with pytest.raises(ExperimentError, match=r"^Adam has no setting “momentum”; it has: beta_1, beta_2, epsilon\.$"):
        first.changed(optimizer="adam")


@pytest.mark.parametrize("name", ["learning rate", "units", ""])
def test_a_field_there_is_not_is_named(name: str) -> None:
    said = sentence(**{name: 1})
    assert said.startswith(f"An experiment has no setting “{name}”; it has: hidden_units, activation, ")
    assert said.endswith(", moved_shift.")


@given(st.dictionaries(st.sampled_from([*Experiment.model_fields, "x"]), st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)))  # fmt: skip
def test_whatever_a_file_says_ends_in_an_experiment_or_a_sentence(fields: dict[str, Any]) -> None:
    with contextlib.suppress(ExperimentError):
        assert Experiment.parse(fields).parameters() > 0


def test_it_cannot_be_edited() -> None:
    experiment = Experiment()
    with pytest.raises(ValueError, match="frozen"):
        experiment.epochs = 3


def test_a_changed_copy_leaves_the_first_alone() -> None:
    first = Experiment(optimizer="adam", seed=3)
    second = first.changed(hidden_units=(64, 32), epochs=2)
    assert (second.hidden_units, second.epochs, second.optimizer, second.seed) == ((64, 32), 2, "adam", 3)
    assert first == Experiment(optimizer="adam", seed=3)
    with pytest.raises(ExperimentError, match="epochs"):
        first.changed(epochs=0)
