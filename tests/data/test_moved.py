"""Moved copies: what they are, that they are the same everywhere, and that each can be had alone."""

import hashlib
import tracemalloc

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_lab.data.moved import moved
from mnist_lab.data.sources import load_starter

STRENGTHS = (15, 0.3, 0.15, 2)
"""Turn, shear, scale, shift."""


@pytest.fixture(scope="module")
def images() -> NDArray[np.uint8]:
    """70 digits: more than are moved in one go."""
    return load_starter().train_images[:70]


def bar(*, row: int = 14, column: int = 14, rows: int = 1, columns: int = 1) -> NDArray[np.uint8]:
    """One image that is black but for a white rectangle."""
    image = np.zeros((1, 28, 28), np.uint8)
    image[0, row : row + rows, column : column + columns] = 255
    return image


def only(
    images: NDArray[np.uint8], copies: int, turn: float = 0, shear: float = 0, scale: float = 0, shift: float = 0
) -> NDArray[np.uint8]:
    """Copies that are moved in one way."""
    return moved(images, copies, 0, turn, shear, scale, shift)


def centres(images: NDArray[np.uint8]) -> NDArray[np.float64]:
    """(n, 2): the centre of mass of each, as row and column."""
    ink = images.astype(float)
    total = ink.sum(axis=(1, 2))
    rows, columns = np.arange(images.shape[1]), np.arange(28)
    return np.stack([ink.sum(axis=2) @ rows / total, ink.sum(axis=1) @ columns / total], axis=1)


def test_copies_stand_behind_each_other_image_by_image(images: NDArray[np.uint8]) -> None:
    copies = moved(images, 3, 0, 0, 0, 0, 0)
    assert copies.shape == (210, 28, 28)
    assert copies.dtype == np.uint8
    assert np.array_equal(copies, np.repeat(images, 3, axis=0))


def test_the_seed_decides_and_every_copy_is_another(images: NDArray[np.uint8]) -> None:
    copies = moved(images, 3, 5, *STRENGTHS)
    assert np.array_equal(copies, moved(images, 3, 5, *STRENGTHS))
    assert not np.array_equal(copies, moved(images, 3, 6, *STRENGTHS))
    assert not np.array_equal(copies, moved(images, 3, [5, 1], *STRENGTHS))
    assert len({copy.tobytes() for copy in copies}) == 210
    assert len({copy.tobytes() for copy in moved(bar(rows=5), 50, 5, *STRENGTHS)}) == 50


def test_the_bits_are_those_of_every_other_machine(images: NDArray[np.uint8]) -> None:
    """Only sums, products, quotients and roundings, each rounded by itself as IEEE 754 says: no library, no fusing."""
    digest = hashlib.sha256(moved(images, 3, 5, *STRENGTHS).tobytes())
    digest.update(moved(images[:5], 9, [1, 2], 180, 1, 0.5, 14).tobytes())
    assert digest.hexdigest() == "a1fd2c2f1c6228f9e1dd317ecf776a60a93ba8c14a0eeca89c4a71941008980a"


def test_some_of_the_copies_are_those_of_all(images: NDArray[np.uint8]) -> None:
    copies = moved(images, 3, 5, *STRENGTHS)
    which = np.array([209, 0, 4, 4, 100])
    assert np.array_equal(moved(images, 3, 5, *STRENGTHS, which=which), copies[which])
    assert moved(images, 3, 5, *STRENGTHS, which=which[:0]).shape == (0, 28, 28)
    assert moved(images, 0, 5, *STRENGTHS).shape == (0, 28, 28)


def test_it_is_asked_in_between(images: NDArray[np.uint8]) -> None:
    calls: list[int] = []
    moved(images, 3, 5, *STRENGTHS, between=lambda: calls.append(1))
    assert len(calls) == 4


def test_what_is_raised_in_between_ends_the_work(images: NDArray[np.uint8]) -> None:
    def stop() -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        moved(images, 3, 5, *STRENGTHS, between=stop)


def test_many_copies_take_little_more_memory_than_they_are(images: NDArray[np.uint8]) -> None:
    """Of 60,000 images, three copies each, that leaves it far below 600 MB."""
    tracemalloc.start()
    try:
        copies = moved(images, 60, 5, *STRENGTHS)
        assert tracemalloc.get_traced_memory()[1] < copies.nbytes + 10e6
    finally:
        tracemalloc.stop()


def test_a_shift_reaches_as_far_as_it_may_and_no_farther() -> None:
    places = centres(only(bar(), 400, shift=2)) - 14
    assert 1.9 < np.abs(places).max() <= 2 + 1 / 255
    assert np.abs(places.mean(axis=0)).max() < 0.2
    assert abs(np.corrcoef(*places.T)[0, 1]) < 0.2


def test_a_turn_moves_ink_on_a_circle() -> None:
    """A spot ten pixels to the right of the middle, turned by at most 15 degrees."""
    places = centres(only(bar(row=13, column=23, rows=2, columns=2), 400, turn=15)) - 13.5
    angles = np.degrees(np.arctan2(places[:, 0], places[:, 1]))
    assert 14.5 < angles.max() < 15.1
    assert -15.1 < angles.min() < -14.5
    assert np.hypot(*places.T) == pytest.approx(np.full(400, 10), abs=0.05)


def test_whole_turns_are_turns() -> None:
    places = centres(only(bar(row=13, column=23, rows=2, columns=2), 400, turn=180)) - 13.5
    assert np.hypot(*places.T) == pytest.approx(np.full(400, 10), abs=0.1)
    assert np.histogram(np.arctan2(*places.T), 4)[0].min() > 50


def test_a_shear_moves_the_top_and_the_foot_apart() -> None:
    line = bar(row=4, column=13, rows=20, columns=2)
    top = centres(only(line, 400, shear=0.3)[:, 4:6])[:, 1] - 13.5
    foot = centres(only(line, 400, shear=0.3)[:, 22:24])[:, 1] - 13.5
    assert 0.29 * 9 < np.abs(top).max() <= 0.3 * 9.1
    assert top == pytest.approx(-foot, abs=0.05)


def test_a_scale_changes_width_and_height_each_by_itself() -> None:
    square = bar(row=4, column=4, rows=20, columns=20)
    copies = only(square, 400, scale=0.15) / 255
    sides = np.stack([copies[:, :, 14].sum(axis=1), copies[:, 14].sum(axis=1)], axis=1) / 20
    assert sides.max() == pytest.approx(1.15, abs=0.01)
    assert sides.min() == pytest.approx(0.85, abs=0.01)
    assert abs(np.corrcoef(*sides.T)[0, 1]) < 0.2


def test_what_leaves_the_picture_is_gone_and_what_comes_in_is_black() -> None:
    copies = only(np.full((1, 28, 28), 255, np.uint8), 200, shift=14)
    inked = (copies > 0).sum(axis=(1, 2))
    assert inked.max() <= 784
    assert inked.min() < 300
