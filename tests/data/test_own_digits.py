"""A person's own digits as values: each change is another collection, and only the training set takes them."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_lab.data import own_digits
from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits import OwnDigit, OwnDigits, new_digit, with_own
from mnist_lab.data.starter import load_starter


def image(level: int = 200) -> NDArray[np.uint8]:
    picture = np.zeros((28, 28), np.uint8)
    picture[5:20, 12:15] = level
    return picture


STROKE = np.array([[0.5, 0.2], [0.5, 0.8]])


def test_a_new_digit_copies_what_it_is_given() -> None:
    picture, stroke = image(), STROKE.copy()
    digit = new_digit(picture, 1, [stroke])
    picture[:] = 0
    stroke[:] = 0
    assert np.array_equal(digit.image, image())
    assert digit.strokes is not None
    assert np.array_equal(digit.strokes[0], STROKE)
    assert not digit.image.flags.writeable
    assert not digit.strokes[0].flags.writeable
    assert new_digit(image(), 1).identifier != new_digit(image(), 1).identifier
    assert new_digit(image(), 1).strokes is None


@pytest.mark.parametrize(
    ("picture", "label"),
    [(image(), 10), (image(), -1), (image()[:27], 1), (image().astype(np.float32), 1)],
)
def test_what_is_no_digit(picture: NDArray[np.uint8], label: int) -> None:
    with pytest.raises(ValueError, match="digit"):
        new_digit(picture, label)


@pytest.mark.parametrize("identifier", ["", "x" * 101])
def test_a_digit_needs_an_identifier(identifier: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        OwnDigit(image(), 1, None, identifier)


@pytest.mark.parametrize("stroke", [[[1, np.nan]], [1, 2], [[1, 2, 3]]])
def test_strokes_that_are_none(stroke: list[object]) -> None:
    with pytest.raises(ValueError, match="finite numbers"):
        new_digit(image(), 1, [np.array(stroke, float)])


def test_a_drawing_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_digits, "MOST_POINTS", 3)
    with pytest.raises(DataError, match=r"has 4 points.*3 at most"):
        new_digit(image(), 1, [STROKE, STROKE])


def test_each_change_is_another_collection() -> None:
    one, two = new_digit(image(100), 1), new_digit(image(200), 2)
    empty = OwnDigits()
    both = empty.added(one).added(two)
    assert (len(empty), len(both)) == (0, 2)
    assert list(both) == [one, two]
    assert both.find(two.identifier) is two
    assert both.labels.tolist() == [1, 2]
    assert both.images[:, 10, 13].tolist() == [100, 200]
    assert list(both.without(one.identifier)) == [two]
    assert both.labels.tolist() == [1, 2]


def test_no_digits_are_empty_arrays() -> None:
    assert OwnDigits().images.shape == (0, 28, 28)
    assert OwnDigits().images.dtype == OwnDigits().labels.dtype == np.uint8
    assert not OwnDigits().images.flags.writeable


def test_what_is_not_there_cannot_be_changed() -> None:
    own = OwnDigits().added(new_digit(image(), 1))
    for change in (own.without, own.find):
        with pytest.raises(KeyError):
            change("another")
    with pytest.raises(ValueError, match="same identifier"):
        own.added(own.digits[0])


def test_a_full_collection_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_digits, "MOST_DIGITS", 1)
    own = OwnDigits().added(new_digit(image(), 1))
    with pytest.raises(DataError, match="1 digits of your own already: remove some"):
        own.added(new_digit(image(), 2))


def test_own_digits_are_trained_on_but_never_tested_on() -> None:
    digits = load_starter()
    own = OwnDigits().added(new_digit(image(), 1)).added(new_digit(image(), 7))
    more = with_own(digits, own)
    assert len(more.train_images) == len(more.train_labels) == len(digits.train_images) + 2
    assert np.array_equal(more.train_images[:-2], digits.train_images)
    assert np.array_equal(more.train_images[-2:], own.images)
    assert more.train_labels[-2:].tolist() == [1, 7]
    assert more.train_images.dtype == more.train_labels.dtype == np.uint8
    assert more.test_images is digits.test_images
    assert more.test_labels is digits.test_labels
    assert not more.train_images.flags.writeable


def test_without_own_digits_the_set_is_the_same() -> None:
    digits = load_starter()
    assert with_own(digits, OwnDigits()) is digits
