"""Digits know whether they are the same, wherever they were read from."""

from dataclasses import replace

import numpy as np
import pytest

from tests.network.runs import made_up_digits


def test_the_same_content_has_the_same_fingerprint_whatever_its_origin() -> None:
    first, second = made_up_digits(30, 10), replace(made_up_digits(30, 10), kind="full", origin="elsewhere")
    assert first.fingerprint == second.fingerprint
    assert first.has_same_content(second)
    assert first.has_same_content(first)
    assert not first.has_same_content(None)


@pytest.mark.parametrize("name", ["train_images", "train_labels", "test_images", "test_labels"])
def test_one_other_number_is_another_content(name: str) -> None:
    digits = made_up_digits(30, 10)
    changed = getattr(digits, name).copy()
    changed.flat[7] ^= 1
    other = replace(digits, **{name: changed})
    assert other.fingerprint != digits.fingerprint
    assert not other.has_same_content(digits)


def test_images_that_moved_from_one_set_to_the_other_are_another_content() -> None:
    digits = made_up_digits(30, 10)
    images = np.concatenate([digits.train_images, digits.test_images])
    labels = np.concatenate([digits.train_labels, digits.test_labels])
    other = replace(
        digits, train_images=images[:29], train_labels=labels[:29], test_images=images[29:], test_labels=labels[29:]
    )
    assert not digits.has_same_content(other)
    assert digits.fingerprint != other.fingerprint
