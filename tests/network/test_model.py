"""The Keras model is the chapter's, with what the learner added, and its start is decided by the seed."""

import numpy as np
import pytest

from mnist_lab.experiment import ACTIVATIONS, INITIAL_WEIGHTS, Activation, Experiment
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.model import build_model, copy_weights
from mnist_lab.network.streams import derived_seed
from tests.network.runs import same_bits

pytestmark = pytest.mark.keras


def kinds(experiment: Experiment) -> list[str]:
    return [type(layer).__name__ for layer in build_model(experiment).layers]


def test_the_chapters_network() -> None:
    model = build_model(Experiment())
    assert kinds(Experiment()) == ["Dense", "Dense"]
    assert [layer.units for layer in model.layers] == [512, 10]
    assert [layer.activation.__name__ for layer in model.layers] == ["relu", "softmax"]
    assert [layer.count_params() for layer in model.layers] == [401_920, 5_130]
    assert model.count_params() == Experiment().parameters() == 407_050
    assert model.input_shape == (None, 784)
    assert model.output_shape == (None, 10)
    assert type(model.optimizer).__name__ == "RMSprop"
    assert float(model.optimizer.learning_rate) == pytest.approx(0.001)
    assert model.loss == "categorical_crossentropy"
    assert {variable.dtype for variable in model.variables} == {"float32"}


@pytest.mark.parametrize("hidden_units", [(1,), (3, 5), (4, 3, 2, 7)])
def test_hidden_layers_are_as_asked(hidden_units: tuple[int, ...]) -> None:
    experiment = Experiment(hidden_units=hidden_units)
    model = build_model(experiment)
    assert tuple(layer.units for layer in model.layers) == (*hidden_units, 10)
    assert [layer.count_params() for layer in model.layers] == [size.parameters for size in experiment.layers()]


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_is_in_every_hidden_layer(activation: Activation) -> None:
    model = build_model(Experiment(hidden_units=(3, 2), activation=activation))
    assert [layer.activation.__name__ for layer in model.layers] == [activation, activation, "softmax"]
    assert copy_weights(model, 0).activation == activation


def test_dropout_follows_each_hidden_layer_with_a_seed_of_its_own() -> None:
    experiment = Experiment(hidden_units=(3, 2), dropout=0.25, seed=4)
    model = build_model(experiment)
    assert kinds(experiment) == ["Dense", "Dropout", "Dense", "Dropout", "Dense"]
    dropouts = model.layers[1::2]
    assert [layer.rate for layer in dropouts] == [0.25, 0.25]
    assert len({layer.seed for layer in dropouts}) == 2


def test_the_penalty_lies_on_every_kernel_and_on_no_bias() -> None:
    model = build_model(Experiment(hidden_units=(3, 2), l2=0.125))
    assert [float(layer.kernel_regularizer.l2) for layer in model.layers] == [0.125] * 3
    assert all(layer.bias_regularizer is None for layer in model.layers)
    assert all(layer.kernel_regularizer is None for layer in build_model(Experiment(hidden_units=(3,))).layers)


def test_the_seed_decides_the_start() -> None:
    experiment = Experiment(hidden_units=(8, 8), seed=3)
    first, second = build_model(experiment).get_weights(), build_model(experiment).get_weights()
    other = build_model(experiment.changed(seed=4)).get_weights()
    assert same_bits(first, second)
    assert not same_bits(first, other)


def test_dropout_does_not_shift_the_start() -> None:
    """Two runs that differ in dropout alone begin with the same weights, so that they can be compared."""
    experiment = Experiment(hidden_units=(8, 8))
    assert same_bits(build_model(experiment).get_weights(), build_model(experiment.changed(dropout=0.5)).get_weights())


def test_layers_of_one_size_do_not_begin_alike() -> None:
    kernels = [layer.kernel for layer in copy_weights(build_model(Experiment(hidden_units=(784, 784))), 0).layers]
    assert not np.array_equal(kernels[0], kernels[1])


def test_kernels_begin_within_glorots_limits_and_biases_at_zero() -> None:
    for layer in copy_weights(build_model(Experiment()), 0).layers:
        limit = np.sqrt(6 / sum(layer.kernel.shape))
        assert 0.99 * limit < np.abs(layer.kernel).max() <= limit
        assert not layer.bias.any()


@pytest.mark.parametrize(
    ("initial_weights", "made_by"),
    [("glorot", "GlorotUniform"), ("he", "HeNormal"), ("zeros", "Zeros"), ("large", "RandomNormal")],
)
def test_kernels_begin_as_kerass_own_initializers_make_them(initial_weights: str, made_by: str) -> None:
    keras, _ = keras_and_tensorflow()
    experiment = Experiment(hidden_units=(6, 5), seed=3).changed(initial_weights=initial_weights)
    settings = {"RandomNormal": {"mean": 0.0, "stddev": 1.0}}.get(made_by, {})
    for index, layer in enumerate(copy_weights(build_model(experiment), 0).layers):
        seed = {} if made_by == "Zeros" else {"seed": derived_seed(3, 1, index)}
        initializer = getattr(keras.initializers, made_by)(**settings, **seed)
        assert same_bits([layer.kernel], [np.asarray(initializer(layer.kernel.shape))])
        assert not layer.bias.any()


def test_initial_weights_are_as_large_as_their_names_say() -> None:
    deviations = {
        kind: float(copy_weights(build_model(Experiment().changed(initial_weights=kind)), 0).layers[0].kernel.std())
        for kind in INITIAL_WEIGHTS
    }
    assert deviations["zeros"] == 0
    assert deviations["glorot"] == pytest.approx(np.sqrt(2 / (784 + 512)), rel=0.01)
    assert deviations["he"] == pytest.approx(np.sqrt(2 / 784), rel=0.01)
    assert deviations["large"] == pytest.approx(1, rel=0.01)


def test_optimizer_settings_reach_keras() -> None:
    model = build_model(
        Experiment(hidden_units=(2,), optimizer="adam", learning_rate=0.5, optimizer_settings={"beta_1": 0.25})
    )
    config = model.optimizer.get_config()
    assert type(model.optimizer).__name__ == "Adam"
    assert (config["beta_1"], config["beta_2"]) == (0.25, 0.999)
    assert config["learning_rate"] == 0.5


def test_a_copy_is_read_only_and_stays_when_the_model_moves_on() -> None:
    model = build_model(Experiment(hidden_units=(3, 2)))
    copied = copy_weights(model, 17)
    before = [array.copy() for layer in copied.layers for array in (layer.kernel, layer.bias)]
    assert copied.updates == 17
    assert same_bits(before, model.get_weights())
    model.set_weights([array + 1 for array in before])
    assert same_bits(before, [array for layer in copied.layers for array in (layer.kernel, layer.bias)])
    with pytest.raises(ValueError, match="read-only"):
        copied.layers[0].kernel[0, 0] = 1


def test_copies_leave_dropout_out() -> None:
    copied = copy_weights(build_model(Experiment(hidden_units=(3, 2), dropout=0.5)), 0)
    assert [layer.kernel.shape for layer in copied.layers] == [(784, 3), (3, 2), (2, 10)]


def test_derived_seeds_do_not_meet() -> None:
    seeds = [derived_seed(seed, stream, index) for seed in range(20) for stream in (1, 2) for index in range(5)]
    assert len(set(seeds)) == len(seeds)
    assert all(0 <= seed < 2**31 for seed in seeds)
