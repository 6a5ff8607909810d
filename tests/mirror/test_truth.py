"""The printed program, run by plain Keras, ends with the very bits of the lab's run without XLA."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import ACTIVATIONS, BATCH_ORDERS, INITIAL_WEIGHTS, VALIDATIONS, Experiment
from mnist_lab.mirror.checking import set_up_lines
from mnist_lab.mirror.program import has_same_bits, program
from mnist_lab.mirror.source import MNIST, Source, source_of
from mnist_lab.network.events import Diverged, Finished
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec
from tests.mirror.files import opened, write_binary_idx
from tests.mirror.programs import Programs
from tests.network.runs import SMALL, Run, made_up_digits, run

pytestmark = [pytest.mark.keras, pytest.mark.xdist_group("tests/mirror/test_truth.py")]
"""All in one process of the suite, which starts one child: importing Keras takes longer than all of the programs."""

CASES: dict[str, dict[str, Any]] = {
    "rmsprop": {"activation": "relu", "l2": 0.01},
    "sgd": {"activation": "leaky_relu", "batch_size": 619, "learning_rate": 0.1},
    "sgd_momentum": {"activation": "softplus", "hidden_units": (12, 9), "dropout": 0.3, "seed": 7},
    "sgd_nesterov": {
        "activation": "selu",
        "optimizer_settings": {"momentum": 0.5},
        "validation": "held_out",
        "held_out_share": 0.25,
    },
    "adagrad": {"activation": "silu", "shuffled_labels": True, "validation": "held_out", "batch_order": "fixed"},
    "adam": {"activation": "elu", "moved_copies": 2, "shuffled_labels": True, "validation": "held_out"},
    "adamw": {"activation": "sigmoid", "moved_copies": 1, "moved_turn": 90.0, "one_batch": True, "epochs": 9},
    "nadam": {"activation": "tanh", "initial_weights": "he", "batch_order": "fixed", "dropout": 0.2, "l2": 0.001},
}
"""By optimizer: all of them, each activation but "linear", and each other setting at least once."""

MORE_CASES: list[dict[str, Any]] = [
    {"activation": "linear", "initial_weights": "large", "batch_size": 1000},
    {"initial_weights": "zeros", "batch_size": 1, "epochs": 1},
    {"initial_weights": "large", "one_batch": True, "validation": "held_out", "dropout": 0.5},
    {"hidden_units": (20, 15, 12, 9), "dropout": 0.2, "batch_size": 31},
    {"moved_copies": 3, "dropout": 0.3, "batch_order": "fixed", "moved_shear": 1.0, "moved_shift": 14.0},
    {"learning_rate": 0.0},
    {"optimizer": "adamw", "optimizer_settings": {"weight_decay": 0.1, "beta_1": 0.5, "epsilon": 1e-3}},
    {"optimizer": "adagrad", "optimizer_settings": {"initial_accumulator_value": 0.0}},
    *({"activation": activation, "dropout": 0.3} for activation in ACTIVATIONS),
    {"activation": "silu", "dropout": 0.3, "batch_size": 31},
]


DIVERGES = Experiment(
    hidden_units=(1, 3, 1),
    activation="linear",
    optimizer="sgd_momentum",
    learning_rate=0.01,
    epochs=1,
    batch_size=21,
    seed=12112190,
    initial_weights="large",
)
"""Update 22 has no loss any more: large weights, no bend, momentum."""


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Digits:
    """Opened as a person opens a file of theirs."""
    return opened(made_up_digits(), tmp_path_factory.mktemp("own") / "it's “own”.npz")


def trained_by_both(
    programs: Programs, experiment: Experiment, digits: Digits, source: Source | None = None
) -> tuple[Run, Any]:
    """The lab's run without XLA, and what the program tells of its own."""
    programs.begin(program(experiment, source or source_of(digits), checks=True).text)
    return run(experiment, digits), programs.result()


def check_epochs(history: dict[str, list[float | None]], ours: Run) -> None:
    """What is told of every epoch: Keras sums an epoch's losses in float32, batch by batch; the lab in float64."""
    of_epochs = {
        "loss": [end.train_loss for end in ours.epochs],
        "accuracy": [end.train_accuracy for end in ours.epochs],
        "val_loss": [end.validation_loss for end in ours.epochs],
        "val_accuracy": [end.validation_accuracy for end in ours.epochs],
    }
    assert history.keys() == of_epochs.keys()
    for name, values in of_epochs.items():
        assert history[name] == pytest.approx(values, rel=1e-6, abs=1e-6)


def check_program(programs: Programs, experiment: Experiment, digits: Digits, source: Source | None = None) -> None:
    """Train by both: the bits of every weight where that can be, and what is told of every epoch."""
    ours, told = trained_by_both(programs, experiment, digits, source)
    check_end(told, ours, is_same=has_same_bits(experiment, source or source_of(digits)))


def check_end(told: Any, ours: Run, *, is_same: bool) -> None:
    """Of a run that has finished: weights, test and epochs."""
    assert isinstance(ours.last, Finished)
    assert ours.weights is not None
    if is_same:
        assert told["weights_sha256"] == ours.weights.sha256()
    assert told["test_accuracy"] == pytest.approx(ours.last.test_accuracy, abs=1e-6)
    check_epochs(told["history"], ours)


def check_divergence(told: Any, ours: Run) -> None:
    """The lab ends in the epoch in which a loss is no number; Keras goes on, and has none of that epoch, too."""
    history, before = told["history"], len(ours.epochs)
    check_epochs({name: values[:before] for name, values in history.items()}, ours)
    if before < len(history["loss"]):  # else it was the loss on the test images, of which no program tells
        assert None in (history["loss"][before], history["val_loss"][before])


@pytest.mark.parametrize("optimizer", CASES)
def test_every_optimizer_and_every_setting(optimizer: str, programs: Programs, digits: Digits) -> None:
    rate = {"learning_rate": 10 * optimizer_spec(optimizer).default_rate}
    check_program(programs, SMALL.changed(optimizer=optimizer, **(rate | CASES[optimizer])), digits)


def test_the_cases_are_all_optimizers() -> None:
    assert list(CASES) == [spec.identifier for spec in OPTIMIZERS]


def test_mnist_comes_from_keras(programs: Programs, digits: Digits) -> None:
    """The arrays are handed over in place of a download."""
    hand_over(programs, Path(digits.origin))
    source = replace(MNIST, training_images=len(digits.train_images), test_images=len(digits.test_images))
    check_program(programs, SMALL.changed(activation="linear"), digits, source)


def hand_over(programs: Programs, path: Path) -> None:
    """Let `mnist.load_data()` give what is in a file."""
    setting_up = "".join(f"{line.text}\n" for line in set_up_lines())  # this may be the first to import Keras
    programs.begin(
        f"{setting_up}import numpy as np\n"
        "from keras.datasets import mnist\n"
        f"file = np.load({str(path)!r})\n"
        "arrays = [(file[f'x_{part}'], file[f'y_{part}']) for part in ('train', 'test')]\n"
        "mnist.load_data = lambda: arrays\n"
        "print('{}')\n"
    )
    assert programs.result() == {}


@pytest.mark.acceptance
def test_other_files(programs: Programs, tmp_path: Path) -> None:
    check_program(programs, SMALL.changed(epochs=1), sources.load("starter"))
    write_binary_idx(made_up_digits(), tmp_path)
    read = sources.load(str(tmp_path))
    assert read.was_binary
    check_program(programs, SMALL.changed(validation="held_out", moved_copies=1), read)


@pytest.mark.acceptance
@pytest.mark.parametrize("fields", MORE_CASES, ids=str)
def test_more_settings(fields: dict[str, Any], programs: Programs, digits: Digits) -> None:
    check_program(programs, SMALL.changed(**fields), digits)


def experiments() -> st.SearchStrategy[Experiment]:
    """Any settings of small networks, trained for a few updates at the optimizer's usual rate."""
    drawn = st.fixed_dictionaries(
        {
            "hidden_units": st.lists(st.integers(1, 20), min_size=1, max_size=3).map(tuple),
            "activation": st.sampled_from(ACTIVATIONS),
            "dropout": st.just(0.0) | st.floats(0, 0.9),
            "l2": st.just(0.0) | st.floats(0, 0.1),
            "optimizer": st.sampled_from([spec.identifier for spec in OPTIMIZERS]),
            "epochs": st.integers(1, 3),
            "batch_size": st.integers(20, 700),
            "seed": st.integers(0, 2**31 - 1),
            "batch_order": st.sampled_from(BATCH_ORDERS),
            "validation": st.sampled_from(VALIDATIONS),
            "held_out_share": st.floats(0.01, 0.9),
            "initial_weights": st.sampled_from(INITIAL_WEIGHTS),
            "shuffled_labels": st.booleans(),
            "one_batch": st.booleans(),
            "moved_copies": st.integers(0, 3),
            "moved_turn": st.floats(0, 180),
            "moved_shear": st.floats(0, 1),
            "moved_scale": st.floats(0, 0.5),
            "moved_shift": st.floats(0, 14),
        }
    )
    return drawn.map(
        lambda fields: Experiment.parse(
            fields | {"learning_rate": optimizer_spec(str(fields["optimizer"])).default_rate}
        )
    )


@pytest.mark.acceptance
@pytest.mark.timeout(1_200)
def test_whatever_is_set(programs: Programs, digits: Digits) -> None:
    @settings(max_examples=60)
    @given(experiments())
    @example(DIVERGES)
    def walk(experiment: Experiment) -> None:
        ours, told = trained_by_both(programs, experiment, digits)
        if isinstance(ours.last, Diverged):
            check_divergence(told, ours)
        else:
            check_end(told, ours, is_same=has_same_bits(experiment, source_of(digits)))

    walk()


@pytest.mark.acceptance
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "fields", [{}, {"optimizer": "adam", "dropout": 0.3, "moved_copies": 1}], ids=["chapter", "much else"]
)
def test_all_of_mnist(fields: dict[str, Any], programs: Programs, mnist_file: Path) -> None:
    hand_over(programs, mnist_file)
    check_program(programs, Experiment(epochs=2, **fields), sources.load(str(mnist_file)), MNIST)
