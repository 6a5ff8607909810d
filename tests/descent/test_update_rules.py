"""Every rule does what Keras's optimizer of the same name does, and shows each of its moves."""

import numpy as np
import pytest

from mnist_lab.descent.functions import FUNCTIONS, Function, RealFunction, function_of
from mnist_lab.descent.update_rule import UpdateRule, stability_limit
from mnist_lab.descent.update_rules import BEYOND_THE_BENCH, RULES, rule_of
from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec

ALL_RULES = (*RULES, *BEYOND_THE_BENCH)
every_rule = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.identifier)


def descended(
    rule: UpdateRule, slope: RealFunction, start: float, rate: float, steps: int, **settings: float
) -> np.ndarray:
    """Every x on the way down, (steps + 1,)."""
    resolved = rule.resolved(settings)
    x = np.array([start])
    state = rule.initial_state(x, resolved)
    way = [start]
    for _ in range(steps):
        x, state = rule.step(x, slope(x), state, rate, resolved)
        way.append(float(x[0]))
    return np.array(way)


@every_rule
def test_every_entry_is_the_networks_own(rule: UpdateRule) -> None:
    spec = optimizer_spec(rule.identifier)
    assert rule_of(rule.identifier) is rule
    assert rule.default_rate > 0
    assert (rule.label, rule.settings) == (spec.label, spec.settings)
    assert rule.resolved() == spec.resolved({})


@every_rule
def test_every_move_of_a_rule_is_told(rule: UpdateRule) -> None:
    assert rule.stages[-1].quantity == "x"
    assert all(stage.sentence.endswith(".") and "←" in stage.formula + "←" for stage in rule.stages)
    computed = {stage.quantity for stage in rule.stages}
    assert {quantity.name for quantity in rule.state} <= computed
    assert set(rule.initial(rule.resolved())) == {quantity.name for quantity in rule.state}
    x = np.array([1.5, -2.0])
    state = rule.initial_state(x)
    moved, after = rule.step(x, 2 * x, state, 0.1)
    told = rule.explain(x, 2 * x, state, 0.1)
    assert [result.stage for result in told] == list(rule.stages)
    np.testing.assert_array_equal(told[-1].after, moved)
    first = next(result.before for result in told if result.stage.quantity == "x")
    np.testing.assert_array_equal(first, x)
    for name, values in after.items():
        last = [result.after for result in told if result.stage.quantity == name][-1]
        np.testing.assert_array_equal(last, values)


@every_rule
@pytest.mark.parametrize("shape", [(), (0,), (3,), (2, 5)])
def test_a_step_keeps_shapes_and_changes_nothing_in_place(rule: UpdateRule, shape: tuple[int, ...]) -> None:
    x = np.full(shape, 1.5)
    state = rule.initial_state(x)
    copies = {name: values.copy() for name, values in state.items()}
    moved, after = rule.step(x, 2 * x, state, 0.1)
    assert np.shape(moved) == shape
    assert (x == 1.5).all()
    assert all(np.shape(values) == shape for values in after.values())
    for name, values in copies.items():
        np.testing.assert_array_equal(state[name], values)


@every_rule
def test_many_starts_are_many_single_ones(rule: UpdateRule) -> None:
    slope = function_of("double_well").derivative
    starts = np.linspace(-2.5, 2.5, 7)
    x, state = starts, rule.initial_state(starts)
    for _ in range(30):
        x, state = rule.step(x, slope(x), state, 0.05)
    single = [descended(rule, slope, float(start), 0.05, 30)[-1] for start in starts]
    np.testing.assert_allclose(x, single, rtol=1e-12)


@every_rule
def test_what_a_rule_does_not_take_is_refused(rule: UpdateRule) -> None:
    with pytest.raises(ValueError, match="spring"):
        rule.resolved({"spring": 1.0})
    for setting in rule.settings:
        for wrong in (setting.minimum - 1, setting.maximum + 1, np.nan):
            with pytest.raises(ValueError, match=setting.name):
                rule.resolved({setting.name: wrong})


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
def test_the_effective_rate_is_what_stands_before_the_gradient(rule: UpdateRule) -> None:
    """From its first state, every rule of the bench moves against the gradient by that factor (Adam: by its mean)."""
    x, gradient = np.array([1.5]), np.array([3.0])
    moved, state = rule.step(x, gradient, rule.initial_state(x), 0.1)
    factor = rule.effective_rate(state, np.array(0.1), rule.resolved())
    followed = state["mean"] if rule.identifier == "adam" else gradient
    lookahead = 1.9 if rule.identifier == "sgd_nesterov" else 1.0
    assert moved == pytest.approx(x - factor * followed * lookahead)


@pytest.mark.keras
@every_rule
def test_two_hundred_steps_are_those_of_keras(rule: UpdateRule) -> None:
    """Down three functions at once: a ball each, since all works element by element."""
    from mnist_lab.network.backend import as_array, keras_and_tensorflow
    from mnist_lab.network.optimizers import make_optimizer

    keras, _ = keras_and_tensorflow()
    functions = [function_of(name) for name in ("bowl", "double_well", "ripples")]
    rate = 0.0625  # the same number in float32, in which Keras keeps it
    optimizer = make_optimizer(keras, Experiment(optimizer=rule.identifier, learning_rate=rate))
    starts = [function.start for function in functions]
    variable = keras.Variable(starts, dtype="float64")
    own = np.array([descended(rule, function.derivative, function.start, rate, 200) for function in functions])
    for step in range(1, 201):
        places = np.asarray(as_array(variable), np.float64)
        slopes = [float(function.derivative(x)) for function, x in zip(functions, places, strict=True)]
        optimizer.apply([keras.ops.convert_to_tensor(slopes, "float64")], [variable])
        assert np.asarray(as_array(variable)) == pytest.approx(own[:, step], abs=1e-6), step


def test_every_optimizer_of_the_registry_has_its_rule_and_the_bench_has_six() -> None:
    assert sorted(rule.identifier for rule in ALL_RULES) == sorted(spec.identifier for spec in OPTIMIZERS)
    assert len(RULES) == 6


def test_weight_decay_shrinks_a_weight_without_gradient_and_momentum_does_not_move_it_at_first() -> None:
    x, flat = np.array([0.5]), np.array([0.0])
    moved, _ = rule_of("adamw").step(x, flat, rule_of("adamw").initial_state(x), 0.1)
    assert moved[0] == pytest.approx(0.5 * (1 - 0.1 * 0.004))
    for rule in ALL_RULES:
        if rule.identifier != "adamw":
            still, _ = rule.step(x, flat, rule.initial_state(x), 0.1)
            assert still[0] == 0.5, rule.identifier


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.largest_curvature_rate], ids=lambda rule: rule.label)
@pytest.mark.parametrize("momentum", [0.0, 0.3, 0.9])
def test_just_below_the_limit_it_settles_and_just_above_it_does_not(rule: UpdateRule, momentum: float) -> None:
    settings = {"momentum": momentum} if rule.settings else {}
    limit = stability_limit(rule, 2.0, settings)
    assert limit is not None
    below = descended(rule, function_of("bowl").derivative, 1.0, limit * 0.98, 2_000, **settings)
    above = descended(rule, function_of("bowl").derivative, 1.0, limit * 1.02, 2_000, **settings)
    assert abs(below[-1]) < 1e-6
    assert abs(above).max() > 1e6


def test_the_limits_of_the_book_of_rules() -> None:
    sgd, momentum = rule_of("sgd"), rule_of("sgd_momentum")
    assert stability_limit(sgd, 2.0) == 1.0
    assert stability_limit(momentum, 2.0, {"momentum": 0.5}) == 2 * 1.5 / 2
    assert stability_limit(sgd, 0.0) == np.inf
    assert stability_limit(sgd, -1.0) is None
    assert stability_limit(sgd, np.nan) is None
    assert stability_limit(rule_of("adam"), 2.0) is None


def test_one_step_is_enough_for_a_bowl_at_one_half_and_one_is_a_period_of_two() -> None:
    sgd, slope = rule_of("sgd"), function_of("bowl").derivative
    assert descended(sgd, slope, 2.5, 0.5, 3).tolist() == [2.5, 0, 0, 0]
    assert descended(sgd, slope, 2.5, 1.0, 4).tolist() == [2.5, -2.5, 2.5, -2.5, 2.5]


def test_rmsprop_does_not_care_for_the_scale_of_the_loss_and_sgd_does() -> None:
    bowl = function_of("bowl").derivative
    for identifier, same in (("rmsprop", True), ("sgd", False)):
        rule = rule_of(identifier)
        settings = {"epsilon": 1e-12} if same else {}
        plain = descended(rule, bowl, 2.0, 0.005, 60, **settings)
        scaled = descended(rule, lambda x: 100 * bowl(x), 2.0, 0.005, 60, **settings)
        assert np.allclose(plain, scaled, rtol=1e-6) == same


def test_adagrads_steps_shrink_because_its_sum_never_decays() -> None:
    rule = rule_of("adagrad")
    x, state, rates = np.array([2.0]), rule.initial_state(np.array([2.0])), []
    for _ in range(50):
        x, state = rule.step(x, np.array([1.0]), state, 0.1)
        rates.append(float(rule.effective_rate(state, np.array(0.1), rule.resolved())[0]))
    assert (np.diff(rates) < 0).all()
    assert rates[-1] == pytest.approx(0.1 / np.sqrt(50.1 + 1e-7))


THROWS_OUT = ("steep_walls", "inflection")  # that is what they teach


@every_rule
@pytest.mark.parametrize("function", [function for function in FUNCTIONS if function.identifier not in THROWS_OUT])
def test_nothing_explodes_with_the_default_rate(rule: UpdateRule, function: Function) -> None:
    way = descended(rule, function.derivative, function.start, rule.default_rate, 20)
    assert np.isfinite(way).all()
    assert abs(way).max() < 20
