"""What a sweep tries is made of a file or of choices, exactly and the same everywhere, and what is wrong is told."""

import contextlib
import itertools
import json
import math

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mnist_lab.experiment import ACTIVATIONS, LIMITS, Experiment
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.runs.experiment_list import ExperimentListError
from mnist_lab.runs.sweep_choices import MOST_EXPERIMENTS, GridChoices, RandomChoices, SweepError, ValueRange
from mnist_lab.runs.sweep_file import SweepFile, read_sweep_file
from mnist_lab.runs.sweep_plan import SweepPlan, grid_plan, plan_of, random_plan, read_sweep


def written(tmp_path, content: object) -> str:
    path = tmp_path / "sweep.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return str(path)


def test_a_grid_is_every_combination_the_last_field_fastest(tmp_path):
    grid = {"learning_rate": [0.001, 0.01], "hidden_units": [[64], [128, 64]]}
    plan = read_sweep(written(tmp_path, {"data": "starter", "base": {"epochs": 2}, "grid": grid}))
    expected = [
        Experiment(epochs=2, learning_rate=rate, hidden_units=units)
        for rate, units in itertools.product([0.001, 0.01], [(64,), (128, 64)])
    ]
    assert plan == SweepPlan("starter", tuple(expected), ("learning_rate", "hidden_units"))


def test_random_draws_are_these_everywhere(tmp_path):
    """The very numbers: another version of Python that drew others would make other sweeps of the same files."""
    drawn = {
        "count": 3,
        "seed": 7,
        "learning_rate": {"from": 1e-4, "to": 0.1, "scale": "log"},
        "optimizer": ["sgd", "adam"],
        "hidden_units": {"from": 16, "to": 64},
        "dropout": {"from": 0, "to": 0.5},
    }
    plan = read_sweep(written(tmp_path, {"random": drawn}))
    assert plan.data == "auto"
    assert plan.varied == ("learning_rate", "optimizer", "hidden_units", "dropout")
    assert [tuple(getattr(one, name) for name in plan.varied) for one in plan.experiments] == [
        (0.0009365, "sgd", (47,), 0.03622),
        (0.004052, "sgd", (18,), 0.2537),
        (0.0001296, "sgd", (19,), 0.04536),
    ]


VALUES = {
    "learning_rate": st.floats(0, 1000),
    "optimizer": st.sampled_from([spec.identifier for spec in OPTIMIZERS]),
    "activation": st.sampled_from(ACTIVATIONS),
    "hidden_units": st.lists(st.integers(1, 600), min_size=1, max_size=4).map(tuple),
    "batch_size": st.integers(1, 5000),
    "dropout": st.floats(0, 0.95),
    "shuffled_labels": st.booleans(),
    "moved_turn": st.floats(0, 180),
}
grids = st.lists(st.sampled_from(sorted(VALUES)), min_size=1, max_size=2, unique=True).flatmap(
    lambda names: st.fixed_dictionaries({name: st.lists(VALUES[name], min_size=1, max_size=3) for name in names})
)


@given(grids)
def test_a_grid_has_each_combination_once_and_tells_doubles(grid):
    assume(any(len(set(values)) > 1 for values in grid.values()))
    plan = grid_plan(Experiment(), grid, "starter")
    asked = [Experiment(**dict(zip(grid, values, strict=True))) for values in itertools.product(*grid.values())]
    if len(plan.experiments) > 1:
        several = {name for name in grid if len({getattr(one, name) for one in plan.experiments}) > 1}
        assert plan.varied == tuple(name for name in grid if name in several)
    first = [one for place, one in enumerate(asked) if all(one.differing(other) for other in asked[:place])]
    assert list(plan.experiments) == first
    assert plan.doubles == len(asked) - len(first)


def test_a_setting_with_one_value_is_fixed():
    grid: dict[str, list[object]] = {"seed": [3], "dropout": [0.0, 0.5], "moved_turn": [5.0, 10.0], "epochs": [1, 1]}
    plan = grid_plan(Experiment(), grid, "starter")
    assert plan.varied == ("dropout",), "digits are not moved here, so that their turn counts for nothing"
    assert {(one.seed, one.epochs) for one in plan.experiments} == {(3, 1)}
    drawn = random_plan(Experiment(), {"seed": [3], "l2": ValueRange(0.0, 1.0)}, 1, 0, "starter")
    assert (drawn.varied, drawn.experiments[0].seed) == (("l2",), 3)


ranges = st.sampled_from(sorted(LIMITS)).flatmap(
    lambda name: st.tuples(
        st.just(name),
        st.lists(
            st.integers(int(LIMITS[name].minimum), int(LIMITS[name].maximum))
            if name in ("hidden_units", "epochs", "batch_size", "seed", "moved_copies")
            else st.floats(LIMITS[name].minimum, LIMITS[name].maximum),
            min_size=2,
            max_size=2,
            unique=True,
        ).map(sorted),
        st.booleans(),
    )
)


@settings(max_examples=25)
@given(ranges, st.integers(0, 2**31 - 1))
def test_draws_lie_within_their_range_and_are_repeatable(described, seed):
    name, (least, most), is_log = described
    values = {name: ValueRange(least, most, is_log and least > 0)}
    plan = random_plan(Experiment(), values, 5, seed, "starter")
    assert 1 <= len(plan.experiments) <= 5
    for experiment in plan.experiments:
        value = getattr(experiment, name)
        assert least <= (value[0] if name == "hidden_units" else value) <= most
    assert plan == random_plan(Experiment(), values, 5, seed, "starter")
    fewer = random_plan(Experiment(), values, 2, seed, "starter")
    assert fewer.experiments == plan.experiments[: len(fewer.experiments)]


def test_a_logarithmic_range_has_half_its_draws_below_the_geometric_mean():
    plan = random_plan(Experiment(), {"learning_rate": ValueRange(1e-4, 1.0, True)}, 400, 1, "starter")
    below = sum(one.learning_rate < 0.01 for one in plan.experiments) / len(plan.experiments)
    assert math.isclose(below, 0.5, abs_tol=0.06)


def test_what_would_be_the_same_training_is_told_and_left_out():
    same = [{}, {"momentum": 0.9}, {"momentum": 0.9000}]
    plan = grid_plan(Experiment(optimizer="sgd_momentum"), {"optimizer_settings": same}, "starter")
    assert (len(plan.experiments), plan.doubles) == (1, 2)
    unused = grid_plan(Experiment(), {"moved_turn": [5.0, 10.0], "learning_rate": [0.1, 0.1]}, "starter")
    assert (len(unused.experiments), unused.doubles) == (1, 3)
    assert len(grid_plan(Experiment(moved_copies=1), {"moved_turn": [5.0, 10.0]}, "starter").experiments) == 2


def test_random_draws_go_on_until_all_are_different_or_there_is_nothing_more():
    few = random_plan(Experiment(), {"optimizer": ["sgd", "adam"], "seed": [1, 2]}, 4, 0, "starter")
    assert (len(few.experiments), few.doubles) == (4, 0)
    more = random_plan(Experiment(), {"optimizer": ["sgd", "adam"]}, 5, 0, "starter")
    assert (len(more.experiments), more.doubles) == (2, 3)


@pytest.mark.parametrize(
    "choices",
    [
        GridChoices({"hidden_units": [(64,), (32, 16)], "shuffled_labels": [True, False]}),
        GridChoices({"optimizer_settings": [{"momentum": 0.5}, {}]}),
        RandomChoices({"learning_rate": ValueRange(0.001, 0.1, True), "optimizer": ["sgd_momentum"]}, 3, 4),
    ],
)
def test_what_is_written_is_read_again(tmp_path, choices):
    base = Experiment(optimizer="sgd_momentum", epochs=2)
    path = tmp_path / "saved.json"
    path.write_bytes(SweepFile("starter", base, choices).to_bytes())
    again = read_sweep_file(str(path))
    assert plan_of(again.base, again.choices, again.data) == plan_of(base, choices, "starter")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({}, "under “grid” or “random”"),
        ({"grid": {"epochs": [1]}, "random": {"count": 1, "epochs": [1]}}, "under “grid” or “random”"),
        ({"grid": []}, "under “grid” or “random”"),
        ({"grid": {}}, "Nothing varies"),
        ({"random": {"count": 3}}, "Nothing varies"),
        ({"grid": {"colour": [1]}}, "no setting “colour”; it has: hidden_units"),
        ({"grid": {"epochs": []}}, "grid, “epochs”: write a list"),
        ({"grid": {"epochs": 3}}, "grid, “epochs”: write a list"),
        ({"grid": {"optimizer": "adam"}}, "grid, “optimizer”: write a list"),
        ({"grid": {"epochs": [1, 0]}}, "grid, experiment 2 (epochs 0): The epochs cannot be 0"),
        (
            {"grid": {"epochs": [1], "seed": [2, 2]}},
            "Nothing varies in this sweep: give at least one setting two values",
        ),
        ({"random": {"count": 2, "epochs": {"from": 1, "to": 1}}}, "Nothing varies in this sweep: give"),
        ({"grid": {"hidden_units": [64, 32]}}, "grid, experiment 1 (hidden units 64): A network here has 1 to 4"),
        ({"grid": {"seed": list(range(101)), "epochs": list(range(1, 101))}}, "10,100 combinations"),
        ({"base": {"epochs": 0}, "grid": {"seed": [1]}}, "base: The epochs cannot be 0"),
        ({"base": [], "grid": {"seed": [1]}}, "base: settings are an object"),
        ({"data": "", "grid": {"seed": [1]}}, "“data” in"),
        ({"random": {"epochs": [1]}}, "random, “count” cannot be None: it must be a whole number from 1 to 10,000."),
        ({"random": {"count": True, "epochs": [1]}}, "random, “count” cannot be True"),
        ({"random": {"count": MOST_EXPERIMENTS + 1, "epochs": [1]}}, "from 1 to 10,000"),
        ({"random": {"count": 2, "seed": [1], "epochs": [1]}}, "random, “seed” cannot be [1]"),
        ({"random": {"count": 2, "epochs": 1}}, "random, “epochs”: write a list with one value or more, or an object"),
        ({"random": {"count": 2, "epochs": {"from": 1}}}, "random, “epochs”: a range has two numbers"),
        ({"random": {"count": 2, "epochs": {"from": 1, "to": 2, "step": 1}}}, "a range has two numbers"),
        ({"random": {"count": 2, "epochs": {"from": 1, "to": 2, "scale": "cubic"}}}, "“linear” or “log”"),
        ({"random": {"count": 2, "epochs": {"from": 1, "to": 2.5}}}, "must be whole numbers"),
        ({"random": {"count": 2, "epochs": {"from": 0, "to": 2}}}, "cannot range from 0 to 2: choose from 1 to 10,000"),
        ({"random": {"count": 2, "epochs": {"from": 3, "to": 2}}}, "the smaller first"),
        ({"random": {"count": 2, "l2": {"from": 0, "to": 1, "scale": "log"}}}, "must begin above 0"),
        ({"random": {"count": 2, "optimizer": {"from": 0, "to": 1}}}, "the optimizer is no number"),
        ({"random": {"count": 2, "activation": ["relu", 5]}}, "random, experiment"),
    ],
)
def test_what_is_wrong_is_told_in_one_sentence_with_its_place(tmp_path, content, said):
    with pytest.raises(ExperimentListError) as caught:
        read_sweep(written(tmp_path, content))
    assert said in str(caught.value)
    assert "sweep.json" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_choices_of_the_window_are_refused_without_a_path():
    with pytest.raises(SweepError, match=r"^grid, experiment 1"):
        grid_plan(Experiment(), {"optimizer": ["adamm", "adam"]}, "starter")
    with pytest.raises(SweepError, match="cannot range from nan to"):
        random_plan(Experiment(), {"l2": ValueRange(math.nan, 1.0)}, 2, 0, "starter")


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
fields = st.sampled_from([*Experiment.model_fields, "count", "from", ""])


@given(
    content=st.dictionaries(st.sampled_from(["data", "base"]), json_values, max_size=1),
    kind=st.sampled_from(["grid", "random"]),
    entry=st.dictionaries(fields, json_values, max_size=3) | json_values,
)
def test_whatever_a_file_holds_gives_a_plan_or_one_sentence(tmp_path_factory, content, kind, entry):
    path = written(tmp_path_factory.getbasetemp(), {**content, kind: entry})
    with contextlib.suppress(ExperimentListError):  # any other error fails the test
        assert read_sweep(path).experiments
