"""The steps that build, compile and measure the network, as lines of a program."""

from collections.abc import Iterator

from mnist_lab.experiment import CLASSES, Experiment
from mnist_lab.mirror.lines import Line, call, line, literal
from mnist_lab.network.optimizers import KERAS_CLASSES
from mnist_lab.network.streams import DROPOUT, KERNEL, derived_seed
from mnist_lab.optimizers import optimizer_spec

_INITIALIZERS = {"glorot": "GlorotUniform", "he": "HeNormal", "zeros": "Zeros", "large": "RandomNormal"}


def architecture_lines(experiment: Experiment) -> Iterator[Line]:
    """The chapter's `Sequential`, layer by layer."""
    yield line("from keras import Input, layers, models")
    initializer = _INITIALIZERS[experiment.initial_weights]
    yield line(f"from keras.initializers import {initializer}", "initial_weights")
    if experiment.l2:
        yield line("from keras.regularizers import L2", "l2")
    yield line("network = models.Sequential()")
    yield line("network.add(Input((28 * 28,)))")
    for index, units in enumerate(experiment.hidden_units):
        yield from _dense(experiment, index, line(f"{units}", "hidden_units"), experiment.activation)
        if experiment.dropout:
            seed = derived_seed(experiment.seed, DROPOUT, index)
            dropout = f"network.add(layers.Dropout({experiment.dropout!r}, seed={seed}))"
            yield line(dropout, "hidden_units", "dropout", "seed")
    yield from _dense(experiment, len(experiment.hidden_units), line(f"{CLASSES}"), "softmax")


def _dense(experiment: Experiment, index: int, units: Line, activation: str) -> list[Line]:
    is_hidden = index < len(experiment.hidden_units)
    # The number of a layer decides its seed: the last one has another where there are more layers.
    seeded = ("seed",) if is_hidden else ("seed", "hidden_units")
    arguments = [
        units,
        line(f"activation={literal(activation)}", *(("activation",) if is_hidden else ())),
        line(f"kernel_initializer={_initializer(experiment, index)}", "initial_weights", *seeded),
    ]
    if experiment.l2:
        arguments.append(line(f"kernel_regularizer=L2({experiment.l2!r})", "l2"))
    return call("network.add(layers.Dense(", arguments, "))")


def _initializer(experiment: Experiment, index: int) -> str:
    from mnist_lab.network.model import TOO_LARGE

    seed = f"seed={derived_seed(experiment.seed, KERNEL, index)}"
    arguments = {"zeros": "", "large": f"stddev={TOO_LARGE!r}, {seed}"}.get(experiment.initial_weights, seed)
    return f"{_INITIALIZERS[experiment.initial_weights]}({arguments})"


def compile_lines(experiment: Experiment) -> Iterator[Line]:
    """Optimizer with all its settings, loss and metrics; no XLA, which rounds otherwise."""
    name, fixed = KERAS_CLASSES[experiment.optimizer]
    yield line(f"from keras.optimizers import {name}", "optimizer")
    settings = {
        **fixed,
        **optimizer_spec(experiment.optimizer).resolved(experiment.optimizer_settings),
    }
    arguments = "".join(f", {key}={value!r}" for key, value in settings.items())
    made = f"optimizer = {name}(learning_rate={experiment.learning_rate!r}{arguments})"
    yield line(made, "optimizer", "optimizer_settings", "learning_rate")
    yield from call(
        "network.compile(",
        [
            line("optimizer=optimizer"),
            line('loss="categorical_crossentropy"'),
            line('metrics=["accuracy"]'),
            line("jit_compile=False"),
        ],
    )


def evaluate_lines() -> Iterator[Line]:
    """As the chapter has it."""
    yield line("test_loss, test_acc = network.evaluate(test_images, test_labels)")
    yield line('print("test_acc:", test_acc)')
