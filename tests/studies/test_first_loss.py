"""The first loss is told beside ln 10, and what a difference means."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.experiment import ACTIVATIONS, Experiment
from mnist_lab.studies.first_loss import EXPECTED, first_loss
from tests.inspection.networks import network

START = network(784, 4, 10)
SURE = "the network was sure, and wrong, before it had learned anything."


def told(loss: float, **fields: Any) -> str:
    return " ".join(sentence.text() for sentence in first_loss(Experiment(**fields), START, loss))


@pytest.mark.parametrize("loss", [2.303, 2.412, 1.8, 3.1])
def test_near_ln_10_is_a_good_start(loss: float) -> None:
    said = f"First batch: loss {loss:.3f}. Ten equally likely answers have ln 10 = 2.303: a good start."
    assert told(loss) == told(loss, initial_weights="large") == said


def test_far_above_it_was_sure_and_wrong() -> None:
    said = told(14.5, initial_weights="large")
    assert said.startswith("First batch: loss 14.500, far above the ln 10 = 2.303 of ten equally likely answers: ")
    assert said.endswith(f"with initial weights this large {SURE}")
    assert told(4.0) == f"First batch: loss 4.000, above the ln 10 = 2.303 of ten equally likely answers: {SURE}"


def test_below_it_was_lucky_and_few_images_stray_by_themselves() -> None:
    assert told(0.2, batch_size=8).endswith("by chance the network gave the right ones.")
    assert told(4.0, batch_size=1).endswith("a good start.")


def test_the_penalty_is_told_by_itself() -> None:
    squares = sum(float((layer.kernel.astype(np.float64) ** 2).sum()) for layer in START.layers)
    said = told(EXPECTED + 0.25 * squares, l2=0.25)
    assert said == (
        "First batch: loss 2.303. Ten equally likely answers have ln 10 = 2.303: a good start. "
        f"The L2 penalty of {0.25 * squares:.3f} comes on top."
    )


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_zeros_have_ln_10_and_their_units_stay_equal(activation: str) -> None:
    """An activation that makes something of 0 lets the weights move, all alike; the others let none move."""
    moves = activation in ("sigmoid", "softplus")
    said = told(EXPECTED, initial_weights="zeros", activation=activation)
    assert said.startswith("First batch: loss 2.303, which is ln 10: with weights of 0 all ten answers are equally lik")
    assert ("so they stay equal" in said) == moves
    assert ("no weight has a gradient: only the output's biases can learn" in said) != moves
    with_dropout = told(EXPECTED, initial_weights="zeros", activation=activation, dropout=0.5)
    assert ("nothing but dropout makes them differ" in with_dropout) == moves
