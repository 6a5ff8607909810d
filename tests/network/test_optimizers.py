"""Keras makes every optimizer of the registry, and does what its formula says."""

import math
from collections.abc import Callable
from typing import Any

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.network.optimizers import KERAS_CLASSES, make_optimizer
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec

every_optimizer = pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
Rule = Callable[[float, float, dict[str, float], int], float]


@pytest.fixture(scope="module")
def keras() -> Any:
    from mnist_lab.network.backend import keras_and_tensorflow

    return keras_and_tensorflow()[0]


def test_makers_and_facts_have_the_same_identifiers() -> None:
    assert list(KERAS_CLASSES) == [spec.identifier for spec in OPTIMIZERS]


@pytest.mark.keras
@every_optimizer
def test_keras_takes_every_setting_at_its_limits(spec: OptimizerSpec, keras: Any) -> None:
    for values in (
        {},
        {setting.name: setting.minimum for setting in spec.settings},
        {setting.name: setting.maximum for setting in spec.settings},
    ):
        experiment = Experiment(optimizer=spec.identifier, learning_rate=0.25, optimizer_settings=values)
        config = make_optimizer(keras, experiment).get_config()
        assert config["learning_rate"] == 0.25
        resolved = spec.resolved(values)
        assert {name: config[name] for name in resolved} == resolved


@pytest.mark.keras
@every_optimizer
def test_the_lab_and_keras_agree_on_the_defaults(spec: OptimizerSpec, keras: Any) -> None:
    made = make_optimizer(keras, Experiment(optimizer=spec.identifier))
    keras_own = type(made)().get_config()
    for setting in spec.settings:
        if setting.name == "momentum":  # Keras's own default is none at all: that is plain SGD here
            continue
        assert made.get_config()[setting.name] == keras_own[setting.name] == setting.default
    assert keras_own["learning_rate"] == pytest.approx(spec.default_rate)


@pytest.mark.keras
@every_optimizer
def test_slots_are_what_keras_keeps_for_each_weight(spec: OptimizerSpec, keras: Any) -> None:
    weight = keras.Variable([1.0, 2.0, 3.0])
    optimizer = make_optimizer(keras, Experiment(optimizer=spec.identifier))
    optimizer.build([weight])
    assert sum(variable.shape == weight.shape for variable in optimizer.variables) == spec.slots


def sgd(w: float, g: float, state: dict[str, float], update: int) -> float:
    return w - 0.1 * g


def sgd_momentum(w: float, g: float, state: dict[str, float], update: int) -> float:
    state["v"] = 0.9 * state.get("v", 0.0) - 0.1 * g
    return w + state["v"]


def sgd_nesterov(w: float, g: float, state: dict[str, float], update: int) -> float:
    state["v"] = 0.9 * state.get("v", 0.0) - 0.1 * g
    return w + 0.9 * state["v"] - 0.1 * g


def rmsprop(w: float, g: float, state: dict[str, float], update: int) -> float:
    state["s"] = 0.9 * state.get("s", 0.0) + 0.1 * g * g
    return w - 0.1 * g / math.sqrt(state["s"] + 1e-7)


def adagrad(w: float, g: float, state: dict[str, float], update: int) -> float:
    state["s"] = state.get("s", 0.1) + g * g
    return w - 0.1 * g / math.sqrt(state["s"] + 1e-7)


def adam(w: float, g: float, state: dict[str, float], update: int) -> float:
    state["m"] = 0.9 * state.get("m", 0.0) + 0.1 * g
    state["s"] = 0.999 * state.get("s", 0.0) + 0.001 * g * g
    rate = 0.1 * math.sqrt(1 - 0.999**update) / (1 - 0.9**update)
    return w - rate * state["m"] / (math.sqrt(state["s"]) + 1e-7)


def adamw(w: float, g: float, state: dict[str, float], update: int) -> float:
    return adam(w - 0.1 * 0.004 * w, g, state, update)


def nadam(w: float, g: float, state: dict[str, float], update: int) -> float:
    mu, mu_next = (0.9 * (1 - 0.96**t / 2) for t in (update, update + 1))
    state["P"] = mu * state.get("P", 1.0)
    state["m"] = 0.9 * state.get("m", 0.0) + 0.1 * g
    state["s"] = 0.999 * state.get("s", 0.0) + 0.001 * g * g
    ahead = mu_next * state["m"] / (1 - mu_next * state["P"]) + (1 - mu) * g / (1 - state["P"])
    return w - 0.1 * ahead / (math.sqrt(state["s"] / (1 - 0.999**update)) + 1e-7)


RULES = [rmsprop, sgd, sgd_momentum, sgd_nesterov, adagrad, adam, adamw, nadam]


def test_every_formula_is_held_against_keras() -> None:
    assert [rule.__name__ for rule in RULES] == [spec.identifier for spec in OPTIMIZERS]


@pytest.mark.keras
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_formula_is_what_keras_does(rule: Rule, keras: Any) -> None:
    """Twenty updates down w² from 2.0, by the formula that the learner reads, and by Keras."""
    from mnist_lab.network.backend import as_array

    optimizer = make_optimizer(keras, Experiment(optimizer=rule.__name__, learning_rate=0.1))
    variable = keras.Variable([2.0])
    by_hand, state = 2.0, dict[str, float]()
    for update in range(1, 21):
        optimizer.apply([2 * variable.value], [variable])
        by_hand = rule(by_hand, 2 * by_hand, state, update)
        assert float(as_array(variable)[0]) == pytest.approx(by_hand, abs=2e-5), update
