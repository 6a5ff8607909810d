"""What the registry promises of every optimizer, and how it refuses settings."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.optimizers import OPTIMIZERS, OptimizerError, OptimizerSpec, Setting, optimizer_spec

every_optimizer = pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
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
    assert spec.default_rate > 0
    assert len({setting.name for setting in spec.settings}) == len(spec.settings)
    assert all(setting.label and setting.explanation.endswith(".") for setting in spec.settings)
    assert all(setting.minimum <= setting.default <= setting.maximum for setting in spec.settings)


@every_optimizer
def test_every_formula_is_assignments_that_end_with_the_weight(spec: OptimizerSpec) -> None:
    moves = spec.formula.split(";  ")
    assert all(re.match(r"\w+ (←|=) ", move) for move in moves)
    assert moves[-1].startswith("w ← w ")


@every_optimizer
def test_every_rule_has_a_source_with_a_year(spec: OptimizerSpec) -> None:
    for publication in spec.source.split("; "):
        assert re.fullmatch(r"[A-Z]\. .+, .+, (19[5-9]|20[0-2])\d", publication)


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
        with pytest.raises(OptimizerError) as caught:
            spec.resolved({setting.name: wrong})
        sentence = str(caught.value)
        for part in (setting.name, spec.label, str(wrong), str(setting.minimum), str(setting.maximum)):
            assert part in sentence


@every_setting
@pytest.mark.parametrize("answer", [True, False])
def test_a_yes_or_no_is_no_number(spec: OptimizerSpec, setting: Setting, answer: bool) -> None:
    with pytest.raises(OptimizerError, match=f"^{setting.name} of {spec.label} cannot be {answer}: choose "):
        spec.resolved({setting.name: answer})


@every_optimizer
def test_an_unknown_setting_is_refused_with_those_there_are(spec: OptimizerSpec) -> None:
    with pytest.raises(OptimizerError) as caught:
        spec.resolved({"spring": 0.5})
    assert "“spring”" in str(caught.value)
    assert spec.label in str(caught.value)
    assert all(setting.name in str(caught.value) for setting in spec.settings)


def test_an_unknown_optimizer_is_refused_with_those_there_are() -> None:
    with pytest.raises(OptimizerError) as caught:
        optimizer_spec("newton")
    assert "“newton”" in str(caught.value)
    assert all(spec.identifier in str(caught.value) for spec in OPTIMIZERS)
