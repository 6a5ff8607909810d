"""What is left out of the computation changes nothing but the time it takes."""

import dataclasses

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.model import build_model
from mnist_lab.network.trainer import Engine
from mnist_lab.network.twin import MOST_PARAMETERS, inked_pixels
from mnist_lab.optimizers import OPTIMIZERS
from tests.network.runs import BLACK_ROWS, SMALL, made_up_digits, run, same_bits

BLACK = np.zeros(784, bool)
BLACK.reshape(28, 28)[BLACK_ROWS] = True


def test_pixels_that_are_black_in_every_image_are_left_out(digits: Digits) -> None:
    pixels = inked_pixels(SMALL, digits.train_images)
    assert pixels.dtype == np.int32
    assert pixels.tolist() == np.flatnonzero(~BLACK).tolist()


def test_one_grey_level_in_one_image_is_enough() -> None:
    images = np.zeros((5, 28, 28), np.uint8)
    images[3, 27, 27] = 1
    assert inked_pixels(SMALL, images).tolist() == [783]


@pytest.mark.parametrize(
    "fields",
    [{"l2": 1e-6}, {"optimizer": "adamw"}, {"hidden_units": (MOST_PARAMETERS // 784,)}],
    ids=["penalty", "decay", "large"],
)
def test_where_weights_decay_or_are_many_all_pixels_count(fields: dict[str, object], digits: Digits) -> None:
    assert len(inked_pixels(SMALL.changed(**fields), digits.train_images)) == 784


def test_decay_of_zero_is_none(digits: Digits) -> None:
    experiment = SMALL.changed(optimizer="adamw", optimizer_settings={"weight_decay": 0.0})
    assert len(inked_pixels(experiment, digits.train_images)) < 784


def test_black_images_alone_leave_all_pixels() -> None:
    assert len(inked_pixels(SMALL, np.zeros((4, 28, 28), np.uint8))) == 784


@pytest.mark.keras
@pytest.mark.parametrize("identifier", [spec.identifier for spec in OPTIMIZERS])
def test_weights_on_black_pixels_keep_their_bits_unless_they_decay(identifier: str, digits: Digits) -> None:
    experiment = SMALL.changed(optimizer=identifier, dropout=0.3)  # as in other tests: compiled once for all
    start = build_model(experiment).get_weights()[0]
    trained = run(experiment, digits, Engine(xla=True)).parameters()[0]
    assert same_bits([trained[BLACK]], [start[BLACK]]) is (identifier != "adamw")
    assert not (trained[~BLACK] == start[~BLACK]).all(axis=1).any(), "every other pixel's weights moved"


@pytest.mark.keras
def test_ink_where_training_images_are_black_still_counts_in_the_test(digits: Digits) -> None:
    """The evaluation sees all pixels: these test images differ only where no training image has ink."""
    dark = digits.test_images.copy()
    dark[:, BLACK_ROWS] = 0
    result = run(SMALL, digits, Engine(xla=True)).last
    other = run(SMALL, dataclasses.replace(digits, test_images=dark), Engine(xla=True)).last
    assert result.test_loss != other.test_loss


@pytest.mark.keras
def test_a_kept_network_is_not_used_for_images_with_ink_elsewhere(digits: Digits) -> None:
    """The same experiment on other images of the same number: programs for fewer pixels do not fit them."""
    flipped = dataclasses.replace(digits, train_images=digits.train_images[:, ::-1].copy())
    run(SMALL, digits, Engine(xla=True))
    after = run(SMALL, flipped, Engine(xla=True)).parameters()[0]
    start = build_model(SMALL).get_weights()[0]
    upside_down = BLACK.reshape(28, 28)[::-1].ravel()
    assert same_bits([after[upside_down]], [start[upside_down]])
    assert not (after[BLACK & ~upside_down] == start[BLACK & ~upside_down]).all(axis=1).any()


@pytest.mark.keras
def test_a_run_after_another_begins_at_the_beginning() -> None:
    digits = made_up_digits()
    experiment = Experiment(hidden_units=(12,), batch_size=32, epochs=1, seed=5)
    first, second = (run(experiment, digits, Engine(xla=True)) for _ in range(2))
    assert same_bits(first.parameters(), second.parameters())
