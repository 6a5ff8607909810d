"""One update computed again, with every optimizer of the registry."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.descent.update_rules import rule_of
from mnist_lab.experiment import Experiment
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec, optimizer_spec
from mnist_lab.studies.update_numbers import UpdateNumbers, compute_update
from tests.studies.updates import BATCHES, IMAGES, LABELS, gradient_at, observed, start, two_updates

every_optimizer = pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)


def of(spec: OptimizerSpec, **settings: Any) -> Experiment:
    return Experiment(optimizer=spec.identifier, learning_rate=0.01, hidden_units=(6,), **settings)


def counted_along(numbers: UpdateNumbers) -> int:
    """Weights, biases not among them, that moved along a slope that is not tiny."""
    count = 0
    for layer in numbers.layers:
        move, slope = layer.after.kernel - layer.before.kernel, layer.gradient.kernel
        count += int(np.count_nonzero((move * slope > 0) & (np.abs(slope) > 1e-4 * np.abs(slope).max())))
    return count


@pytest.mark.keras
@every_optimizer
def test_the_first_update_is_the_engines_weight_by_weight(spec: OptimizerSpec) -> None:
    from mnist_lab.network.backend import as_array, keras_and_tensorflow
    from mnist_lab.network.optimizers import make_optimizer

    keras, _ = keras_and_tensorflow()
    experiment, weights = of(spec), start()
    variables = [keras.Variable(array) for layer in weights.layers for array in (layer.kernel, layer.bias)]
    slopes = [keras.ops.convert_to_tensor(slope) for slope in gradient_at(weights, experiment, BATCHES[0])]
    make_optimizer(keras, experiment).apply(slopes, variables)
    update = observed(weights, [np.array(as_array(variable)) for variable in variables], experiment, BATCHES[0])
    numbers = compute_update(update, experiment, IMAGES[update.indices], LABELS[update.indices], len(IMAGES))
    assert numbers.weight_difference < 1e-6
    assert numbers.weights == experiment.parameters()
    assert numbers.loss_difference < 1e-6
    assert numbers.along == 0 or spec.shrinks_weights({}), "at first there is nothing else to follow"
    arrays = [(layer.before.kernel, layer.after.kernel) for layer in numbers.layers]
    arrays += [(layer.before.bias, layer.after.bias) for layer in numbers.layers]
    assert numbers.moved == sum(int((before != after).sum()) for before, after in arrays)


@every_optimizer
def test_a_later_update_is_checked_where_the_optimizer_remembers_nothing(spec: OptimizerSpec) -> None:
    experiment = of(spec, l2=0.001)
    for number, update in enumerate(two_updates(experiment)):
        numbers = compute_update(update, experiment, IMAGES[update.indices], LABELS[update.indices], len(IMAGES))
        assert np.isnan(numbers.weight_difference) == bool(number and rule_of(spec.identifier).state)
        assert numbers.weight_difference < 1e-7 or np.isnan(numbers.weight_difference)
        assert np.isfinite(numbers.loss)
        assert counted_along(numbers) <= numbers.along <= numbers.weights


@every_optimizer
def test_weights_move_along_their_slope_only_by_momentum_and_decay(spec: OptimizerSpec) -> None:
    experiment = of(spec)
    numbers = [
        compute_update(update, experiment, IMAGES[update.indices], LABELS[update.indices], len(IMAGES))
        for update in two_updates(experiment)
    ]
    follows = spec.follows_earlier_gradients({})
    assert numbers[0].along <= (10 if spec.shrinks_weights({}) else 0)
    assert (numbers[1].along > 0) == follows
    assert (counted_along(numbers[1]) > 0) == follows


@every_optimizer
def test_what_moves_a_weight_without_gradient_is_known(spec: OptimizerSpec) -> None:
    """A slope in the first update, none in the second: only momentum and decay move on."""
    rule, x = rule_of(spec.identifier), np.array([0.5])
    first, state = rule.step(x, np.array([1.0]), rule.initial_state(x), 0.1)
    second, _ = rule.step(first, np.array([0.0]), state, 0.1)
    assert (second[0] != first[0]) == (spec.follows_earlier_gradients({}) or spec.shrinks_weights({}))
    for name in (spec.momentum, spec.decay):
        if name:
            assert spec.follows_earlier_gradients({name: 0.0}) == (bool(spec.momentum) and name != spec.momentum)
            assert spec.shrinks_weights({name: 0.0}) == (bool(spec.decay) and name != spec.decay)


def test_plain_is_sgd_and_momentum_of_none() -> None:
    assert [spec.identifier for spec in OPTIMIZERS if spec.is_plain({})] == ["sgd"]
    for identifier in ("sgd_momentum", "sgd_nesterov"):
        assert optimizer_spec(identifier).is_plain({"momentum": 0.0})
