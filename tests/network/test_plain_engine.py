"""The engine without XLA has the bits of plain Keras `fit`, for whatever can be chosen."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import ACTIVATIONS, Experiment
from mnist_lab.network.batches import as_trained, batch_order, images_trained_on, split_held_out
from mnist_lab.network.events import Finished
from mnist_lab.network.model import build_model
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from tests.network.runs import PLAIN, SMALL, largest_difference, run, same_bits, scaled

pytestmark = pytest.mark.keras

THREE_EPOCHS = SMALL.changed(epochs=3)


def check_against_fit(experiment: Experiment, digits: Digits) -> None:
    """Train by both, and compare every weight bit for bit, and the numbers of every epoch to six digits.

    `fit` gets its images in the lab's own order, one epoch a call.
    """
    model = build_model(experiment)
    start = model.get_weights()
    trained, held_out = split_held_out(experiment, digits)
    images, targets = _as_keras_takes_them(*images_trained_on(experiment, as_trained(experiment, digits), trained))
    validation = _as_keras_takes_them(digits.test_images, digits.test_labels)
    if len(held_out):
        as_labelled = as_trained(experiment, digits)
        validation = _as_keras_takes_them(as_labelled.train_images[held_out], as_labelled.train_labels[held_out])
    told = []
    for epoch in range(experiment.epochs):
        order = batch_order(experiment, len(trained), epoch)
        history = model.fit(
            images[order],
            targets[order],
            batch_size=experiment.batch_size,
            shuffle=False,
            validation_data=validation,
            verbose=0,
        ).history
        told.append([history[name][0] for name in ("loss", "accuracy", "val_loss", "val_accuracy")])

    result = run(experiment, digits, PLAIN)

    assert isinstance(result.last, Finished)
    assert largest_difference(start, model.get_weights()) > 1e-3, (
        "the network must have moved for this to mean anything"
    )
    assert same_bits(result.parameters(), model.get_weights())
    for end, numbers in zip(result.epochs, told, strict=True):
        ours = [end.train_loss, end.train_accuracy, end.validation_loss, end.validation_accuracy]
        assert ours == pytest.approx(numbers, rel=1e-5, abs=1e-6)


def _as_keras_takes_them(
    images: NDArray[np.uint8], labels: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    return scaled(images), np.eye(10, dtype="float32")[labels]


@pytest.mark.parametrize("dropout", [0.3, pytest.param(0.0, marks=pytest.mark.acceptance)])
@pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)
def test_every_optimizer(spec: OptimizerSpec, dropout: float, digits: Digits) -> None:
    experiment = THREE_EPOCHS.changed(optimizer=spec.identifier, learning_rate=10 * spec.default_rate, dropout=dropout)
    check_against_fit(experiment, digits)


@pytest.mark.acceptance
@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation(activation: str, digits: Digits) -> None:
    check_against_fit(THREE_EPOCHS.changed(activation=activation), digits)


@pytest.mark.parametrize(
    "fields",
    [
        {"l2": 0.01},
        {"hidden_units": (12, 9)},
        {"hidden_units": (20, 15, 12, 9), "dropout": 0.2},
        {"validation": "held_out", "held_out_share": 0.25},
        {"batch_size": 1, "epochs": 1},
        {"batch_size": 31},
        {"batch_size": 619},
        {"batch_size": 1000},
        {"dropout": 0.95, "seed": 7},
        {"activation": "selu", "batch_order": "fixed"},
        {"initial_weights": "he", "shuffled_labels": True},
        {"initial_weights": "large", "one_batch": True, "validation": "held_out"},
        {"moved_copies": 2, "shuffled_labels": True, "validation": "held_out"},
        *(
            pytest.param(fields, marks=pytest.mark.acceptance)
            for fields in (
                {"initial_weights": "zeros"},
                {"initial_weights": "zeros", "activation": "sigmoid", "dropout": 0.3},
                {"initial_weights": "large", "optimizer": "adam", "hidden_units": (12, 9)},
                {"shuffled_labels": True, "validation": "held_out", "dropout": 0.3},
                {"one_batch": True, "dropout": 0.3},
                {"moved_copies": 3, "dropout": 0.3, "batch_order": "fixed"},
                {"moved_copies": 1, "one_batch": True, "moved_turn": 180.0},
                {"one_batch": True, "batch_size": 1000, "batch_order": "fixed"},
            )
        ),
        {
            "hidden_units": (16, 12),
            "activation": "tanh",
            "dropout": 0.5,
            "l2": 0.001,
            "optimizer": "sgd_nesterov",
            "optimizer_settings": {"momentum": 0.5},
            "learning_rate": 0.05,
            "validation": "held_out",
            "batch_size": 50,
            "batch_order": "fixed",
            "seed": 11,
        },
    ],
    ids=str,
)
def test_every_other_setting(fields: dict[str, object], digits: Digits) -> None:
    """Last batches of one image, of all but one, of all; penalties; layers; held-out images; choices that teach."""
    check_against_fit(THREE_EPOCHS.changed(**fields), digits)


@pytest.mark.acceptance
@pytest.mark.parametrize("fields", [{}, {"optimizer": "adam", "dropout": 0.3}], ids=["chapter", "adam and dropout"])
def test_all_of_mnist(fields: dict[str, Any], mnist_file: Path) -> None:
    from mnist_lab.data.sources import load_path

    check_against_fit(Experiment(epochs=2, **fields), load_path(mnist_file))
