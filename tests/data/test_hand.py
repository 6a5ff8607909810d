"""The digits that a hand is learned from: some of others', the person's own, moved copies; the same ones every time."""

import numpy as np
import pytest

from mnist_lab.data import hand
from mnist_lab.data.digits import DataError
from mnist_lab.data.hand import hand_digits
from mnist_lab.data.hand_digit import HandDigit, images_of, written
from mnist_lab.data.moved import moved
from tests.network.runs import made_up_digits

BASE = made_up_digits(30, 5)


def some_digits() -> tuple[HandDigit, ...]:
    """A one and a seven."""
    strokes = {1: [np.array([[5.0, 0.0], [5.0, 9.0]])], 7: [np.array([[0.0, 0.0], [6.0, 0.0], [2.0, 9.0]])]}
    made = tuple(written(label, lines) for label, lines in strokes.items())
    return tuple(digit for digit in made if digit is not None)


def test_nothing_drawn_is_no_digit() -> None:
    assert written(3, []) is None
    assert len(some_digits()) == 2


def test_others_come_first_then_the_hand_then_its_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hand, "OTHERS", 20)
    own = some_digits()
    made = hand_digits(BASE, own, copies=3, seed=4)
    assert made.train_images.shape == (20 + 2 + 6, 28, 28)
    assert made.train_labels[20:].tolist() == [1, 7, 1, 1, 1, 7, 7, 7]
    np.testing.assert_array_equal(made.train_images[20:22], images_of(own))
    np.testing.assert_array_equal(made.train_images[22:], moved(images_of(own), 3, 4, 12, 0.2, 0.1, 1.5))
    numbers = {image.tobytes(): number for number, image in enumerate(BASE.train_images)}
    kept = [numbers[image.tobytes()] for image in made.train_images[:20]]
    assert kept == sorted(set(kept)), "others, each once, in their order"
    assert made.train_labels[:20].tolist() == BASE.train_labels[kept].tolist()
    assert made.test_images is BASE.test_images
    assert (made.kind, made.origin) == (BASE.kind, BASE.origin)
    assert (made.hand.copies, made.hand.seed, made.hand.base_images) == (3, 4, 30)
    assert made.hand.base_fingerprint == BASE.fingerprint
    assert made.fingerprint == hand_digits(made_up_digits(30, 5), own, 3, 4).fingerprint
    assert len({hand_digits(BASE, own, 3, seed).fingerprint for seed in range(3)}) == 3


@pytest.mark.parametrize(("copies", "times"), [(3, 1), (1, 2), (0, 4)])
def test_a_hand_comes_again_until_it_is_a_quarter(copies: int, times: int) -> None:
    own = some_digits()
    made = hand_digits(BASE, own, copies)
    hand_of_one_time = np.concatenate([images_of(own), moved(images_of(own), copies, 0, 12, 0.2, 0.1, 1.5)])
    np.testing.assert_array_equal(made.train_images[30:], np.concatenate([hand_of_one_time] * times))
    assert made.train_labels[30:].tolist() == ([1, 7] + [1] * copies + [7] * copies) * times


def test_all_of_a_small_set_stay_and_there_may_be_no_copies() -> None:
    made = hand_digits(BASE, some_digits(), copies=0)
    np.testing.assert_array_equal(made.train_images[:30], BASE.train_images)
    np.testing.assert_array_equal(made.train_images[30:32], images_of(some_digits()))


def test_a_hand_of_nothing_or_of_too_much_is_refused() -> None:
    one, seven = some_digits()
    for digits, copies, says in (
        ((), 40, "There is no digit to learn from"),
        ((one,), -1, "There can be 0 to 1,000 moved copies of each digit of a hand, not -1."),
        ((one,), 1001, "0 to 1,000 moved copies"),
        ((one, seven) * 50, 1000, "100 digits with 1,000 moved copies of each are 100,100 images, 100,000 is the most"),
    ):
        with pytest.raises(DataError, match=says):
            hand_digits(BASE, digits, copies)
