"""What the registry promises of every optimizer, and how it refuses settings."""

import math
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.network.errors import NetworkError
from mnist_lab.network.optimizers import OPTIMIZERS, OptimizerSpec, Setting, optimizer_spec

every_optimizer = pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
Rule = Callable[[float, float, dict[str, float], int], float]
ALL_SETTINGS = [(spec, setting) for spec in OPTIMIZERS for setting in spec.settings]
every_setting = pytest.mark.parametrize(
    ("spec", "setting"), ALL_SETTINGS, ids=[f"{spec.identifier}-{setting.name}" for spec, setting in ALL_SETTINGS]
)


def test_identifiers_and_labels_are_unique_and_the_chapters_is_first() -> None:
    assert len({spec.identifier for spec in OPTIMIZERS}) == len({spec.label for spec in OPTIMIZERS}) == len(OPTIMIZERS)
    assert OPTIMIZERS[0].identifier == "rmsprop"
    assert {"sgd", "rmsprop", "adagrad", "adam"} <= {spec.identifier for spec in OPTIMIZERS}


@every_optimizer
def test_every_entry_is_complete(spec: OptimizerSpec) -> None:
    assert optimizer_spec(spec.identifier) is spec
    assert spec.label
    assert spec.formula
    assert spec.default_rate > 0
    assert len({setting.name for setting in spec.settings}) == len(spec.settings)
    assert all(setting.label and setting.explanation.endswith(".") for setting in spec.settings)
    assert all(setting.minimum <= setting.default <= setting.maximum for setting in spec.settings)


@every_optimizer
def test_nothing_set_means_the_defaults(spec: OptimizerSpec) -> None:
    assert spec.resolved({}) == {setting.name: setting.default for setting in spec.settings}


@every_setting
@given(data=st.data())
def test_a_value_within_its_limits_is_taken(spec: OptimizerSpec, setting: Setting, data: st.DataObject) -> None:
    value = data.draw(st.floats(setting.minimum, setting.maximum))
    resolved = spec.resolved({setting.name: value})
    assert resolved[setting.name] == value
    assert {name: resolved[name] for name in resolved if name != setting.name} == {
        other.name: other.default for other in spec.settings if other is not setting
    }


@every_setting
def test_a_whole_number_is_made_real(spec: OptimizerSpec, setting: Setting) -> None:
    """Keras refuses `SGD(momentum=0)` with a TypeError or ValueError."""
    if setting.minimum <= 0 and isinstance(setting.default, float):
        assert type(spec.resolved({setting.name: 0})[setting.name]) is float


@every_setting
def test_a_value_outside_is_refused_with_what_would_be_right(spec: OptimizerSpec, setting: Setting) -> None:
    for wrong in (math.nextafter(setting.minimum, -math.inf), setting.maximum + 1, math.inf, -math.inf, math.nan):
        with pytest.raises(NetworkError) as caught:
            spec.resolved({setting.name: wrong})
        sentence = str(caught.value)
        for part in (setting.name, spec.label, str(wrong), str(setting.minimum), str(setting.maximum)):
            assert part in sentence


@every_optimizer
def test_an_unknown_setting_is_refused_with_those_there_are(spec: OptimizerSpec) -> None:
    with pytest.raises(NetworkError) as caught:
        spec.resolved({"spring": 0.5})
    assert "“spring”" in str(caught.value)
    assert spec.label in str(caught.value)
    assert all(setting.name in str(caught.value) for setting in spec.settings)


def test_an_unknown_optimizer_is_refused_with_those_there_are() -> None:
    with pytest.raises(NetworkError) as caught:
        optimizer_spec("newton")
    assert "“newton”" in str(caught.value)
    assert all(spec.identifier in str(caught.value) for spec in OPTIMIZERS)


@pytest.mark.keras
@every_optimizer
def test_keras_takes_every_setting_at_its_limits(spec: OptimizerSpec) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras, _ = keras_and_tensorflow()
    for values in (
        {},
        {setting.name: setting.minimum for setting in spec.settings},
        {setting.name: setting.maximum for setting in spec.settings},
    ):
        resolved = spec.resolved(values)
        config = spec.make(keras, 0.25, resolved).get_config()
        assert config["learning_rate"] == 0.25
        assert {name: config[name] for name in resolved} == resolved


@pytest.mark.keras
@every_optimizer
def test_the_lab_and_keras_agree_on_the_defaults(spec: OptimizerSpec) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras, _ = keras_and_tensorflow()
    made = spec.make(keras, spec.default_rate, spec.resolved({}))
    keras_own = type(made)().get_config()
    for setting in spec.settings:
        if setting.name == "momentum":  # Keras's own default is none at all: that is plain SGD here
            continue
        assert made.get_config()[setting.name] == keras_own[setting.name] == setting.default
    assert keras_own["learning_rate"] == pytest.approx(spec.default_rate)


@pytest.mark.keras
@every_optimizer
def test_slots_are_what_keras_keeps_for_each_weight(spec: OptimizerSpec) -> None:
    from mnist_lab.network.backend import keras_and_tensorflow

    keras, _ = keras_and_tensorflow()
    weight = keras.Variable([1.0, 2.0, 3.0])
    optimizer = spec.make(keras, 0.1, spec.resolved({}))
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


@pytest.mark.keras
@pytest.mark.parametrize(
    "rule", [sgd, sgd_momentum, sgd_nesterov, rmsprop, adagrad, adam, adamw], ids=lambda rule: rule.__name__
)
def test_the_formula_is_what_keras_does(rule: Rule) -> None:
    """Twenty updates down w² from 2.0, by the formula that the learner reads, and by Keras."""
    from mnist_lab.network.backend import as_array, keras_and_tensorflow

    keras, _ = keras_and_tensorflow()
    spec = optimizer_spec(rule.__name__)
    optimizer = spec.make(keras, 0.1, spec.resolved({}))
    variable = keras.Variable([2.0])
    by_hand, state = 2.0, dict[str, float]()
    for update in range(1, 21):
        optimizer.apply([2 * variable.value], [variable])
        by_hand = rule(by_hand, 2 * by_hand, state, update)
        assert float(as_array(variable)[0]) == pytest.approx(by_hand, abs=2e-5), update
