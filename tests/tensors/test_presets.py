"""Every preset is made from any digits, and its axes are what their names say."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.tensors.arrays import AXIS_WORDS, describe
from mnist_lab.tensors.presets import PRESETS, DigitArrays, Preset, preset
from tests.tensors.digits import some_digits


@pytest.mark.parametrize("one", PRESETS, ids=lambda one: one.identifier)
@pytest.mark.parametrize("train", [0, 1, 40])
def test_a_preset_has_an_array_with_named_axes(one: Preset, train: int) -> None:
    array = one.make(some_digits(train=train))
    description = describe(array, one.axis_names)
    assert set(one.axis_names) <= set(AXIS_WORDS)
    assert description.rank == len(one.axis_names) <= 5
    assert one.label
    assert one.explanation.endswith(".")
    if description.count:
        assert np.isfinite(array.astype(np.float64)).all()


def test_identifiers_are_unique_and_found() -> None:
    assert len({one.identifier for one in PRESETS}) == len(PRESETS)
    assert all(preset(one.identifier) is one for one in PRESETS)
    with pytest.raises(KeyError):
        preset("tesseract")


def test_the_chapter_s_arrays() -> None:
    digits = some_digits()
    made = {one.identifier: one.make(digits) for one in PRESETS}
    assert (made["scalar"].ndim, made["vector"].ndim, made["matrix"].ndim, made["cube"].ndim) == (0, 1, 2, 3)
    assert made["scalar"] == 12
    assert made["vector"].tolist() == [12, 3, 6, 14]
    assert made["matrix"].shape == (3, 5)
    assert made["matrix"][1].tolist() == [6, 79, 3, 35, 1]
    assert made["cube"].shape == (3, 3, 5)
    assert (made["cube"] == made["matrix"]).all()
    assert made["train_images"] is digits.train_images
    assert made["test_labels"] is digits.test_labels


def test_the_kinds_of_data_are_made_of_the_digits() -> None:
    digits = some_digits()
    made: dict[str, Any] = {one.identifier: one.make(digits) for one in PRESETS}
    assert made["vector_data"].shape == (12, 4)
    np.testing.assert_allclose(made["vector_data"][:, 0], digits.train_images[:12].mean(axis=(1, 2)) / 255, rtol=1e-5)
    assert made["time_series"].shape == (12, 28, 2)
    np.testing.assert_allclose(made["time_series"][..., 0], digits.train_images[:12].mean(axis=2) / 255, rtol=1e-5)
    assert made["images"].shape == (12, 28, 28, 3)
    np.testing.assert_array_equal(made["images"][0, ..., 0], digits.train_images[0])  # full red: ink times 255 / 255
    np.testing.assert_array_equal(made["images"][..., 1], made["images_channels_first"][:, 1])
    assert made["video"].shape == (4, 5, 28, 28, 1)
    np.testing.assert_array_equal(made["video"][:, 2, ..., 0], digits.train_images[:4])
    np.testing.assert_array_equal(made["video"][:, 4, :, 4:, 0], digits.train_images[:4, :, :-4])
    assert made["video_channels_first"].shape == (4, 5, 1, 28, 28)


def test_where_the_ink_lies() -> None:
    images = np.zeros((2, 28, 28), np.uint8)
    images[0, :, 27] = 255  # a stroke down the right edge
    images[1, np.arange(28), np.arange(28)] = 255  # a diagonal, down to the right
    digits = DigitArrays(images, np.zeros(2, np.uint8), images, np.zeros(2, np.uint8))
    first, second = preset("vector_data").make(digits)
    assert first[1:] == pytest.approx([1, 0.5, 0])
    assert second[1:3] == pytest.approx([0.5, 0.5])
    assert second[3] > 0
