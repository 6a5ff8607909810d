"""Disturbed digits are still digits, strength 0 leaves them alone, and the curves are those of plain counting."""

import numpy as np
import pytest
import scipy.ndimage  # noqa: F401 - before hypothesis looks at the clock
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_lab.inspection import robustness
from mnist_lab.inspection.forward import probabilities, scaled
from mnist_lab.inspection.robustness import (
    DISTURBANCES,
    Disturbance,
    accuracy_under,
    moved,
    noise_only,
    noisy,
    rotated,
)
from mnist_lab.inspection.weights import NetworkWeights
from tests.inspection.networks import diverged, network

Pictures = NDArray[np.float32]

every_disturbance = pytest.mark.parametrize("disturbance", DISTURBANCES, ids=lambda one: one.identifier)


def lines(count: int = 12) -> Pictures:
    """Pictures of a slanted line, three pixels wide, each a little different."""
    images = np.zeros((count, 28, 28), np.float32)
    for number in range(count):
        for row in range(8, 20):
            column = 10 + (row - 8) // 2 + number % 3
            images[number, row, column : column + 3] = 0.5, 1, 0.8
    return images


def named(identifier: str) -> Disturbance:
    return next(disturbance for disturbance in DISTURBANCES if disturbance.identifier == identifier)


def disturbed(identifier: str, strength: float, images: Pictures | None = None, seed: int = 0) -> Pictures:
    images = lines() if images is None else images
    return named(identifier).apply(images, strength, np.random.default_rng(seed))


def never() -> bool:
    return False


def ignore(_index: int, _accuracy: float) -> None:
    pass


def by_class(images: NDArray[np.uint8], weights: NetworkWeights) -> NDArray[np.uint8]:
    """Labels of which about half are what the network answers."""
    answers: NDArray[np.intp] = probabilities(weights, scaled(images)).argmax(axis=1)
    return np.where(np.arange(len(images)) % 2, answers, (answers + 1) % 10).astype(np.uint8)


def test_what_the_page_needs_is_there() -> None:
    identifiers = [disturbance.identifier for disturbance in DISTURBANCES]
    assert identifiers == ["shift", "rotation", "noise", "thickness", "inversion"]


@every_disturbance
def test_every_entry_is_complete(disturbance: Disturbance) -> None:
    assert disturbance.label
    assert disturbance.unit
    assert 0 in disturbance.strengths
    assert list(disturbance.strengths) == sorted(set(disturbance.strengths))


@every_disturbance
def test_every_strength_gives_pictures_of_the_same_kind(disturbance: Disturbance) -> None:
    images = lines()
    for strength in disturbance.strengths:
        result = disturbance.apply(images, strength, np.random.default_rng(1))
        assert result.shape == images.shape
        assert result.dtype == np.float32
        assert 0 <= result.min() <= result.max() <= 1
        assert np.array_equal(images, lines())  # never in place
        assert np.array_equal(result, images) == (strength == 0)
        again = disturbance.apply(images, strength, np.random.default_rng(1))
        assert np.array_equal(result, again)


@every_disturbance
def test_no_and_one_picture(disturbance: Disturbance) -> None:
    for count in (0, 1):
        for strength in disturbance.strengths:
            assert disturbance.apply(lines(count), strength, np.random.default_rng(1)).shape == (count, 28, 28)


def test_shift_goes_each_of_four_ways() -> None:
    images = np.repeat(lines(1), 200, axis=0)
    result = disturbed("shift", 2, images)
    ways = [np.roll(images[0], by, axis=axis) for axis in (0, 1) for by in (2, -2)]
    found = [[np.array_equal(one, way) for way in ways].index(True) for one in result]
    assert np.bincount(found, minlength=4).min() > 20


def test_rotation_goes_both_ways() -> None:
    images = np.repeat(lines(1), 200, axis=0)
    result = disturbed("rotation", 90, images)
    is_left = np.array([np.allclose(one, np.rot90(images[0]), atol=1e-5) for one in result])
    is_right = np.array([np.allclose(one, np.rot90(images[0], -1), atol=1e-5) for one in result])
    assert (is_left | is_right).all()
    assert 50 < is_left.sum() < 150


def test_noise_is_as_strong_as_it_says_and_each_picture_s_own() -> None:
    grey = np.full((200, 28, 28), 0.5, np.float32)
    result = disturbed("noise", 0.1, grey)
    assert result.std() == pytest.approx(0.1, rel=0.01)
    assert result.mean() == pytest.approx(0.5, abs=0.002)
    assert np.abs(np.corrcoef(result.reshape(200, -1)[:50]) - np.eye(50)).max() < 0.2


def test_thickness_widens_the_line_by_a_pixel_on_either_side() -> None:
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 5:23, 12:15] = 1
    widths = [disturbed("thickness", strength, image)[0, 14].sum() for strength in (-1, -0.5, 0, 0.5, 1, 2, 2.5)]
    assert widths == pytest.approx([1, 2, 3, 4, 5, 7, 8])


def test_thickness_is_nearly_round() -> None:
    image = np.zeros((1, 28, 28), np.float32)
    image[0, 14, 14] = 1
    result = disturbed("thickness", 3, image)[0]
    assert result[14].sum() == result[:, 14].sum() == 7
    assert np.pi * 3.5**2 * 0.9 < result.sum() < 49


def test_inversion_goes_over_grey_to_the_negative() -> None:
    assert disturbed("inversion", 1) == pytest.approx(1 - lines())
    assert disturbed("inversion", 0.5) == pytest.approx(0.5)
    assert disturbed("inversion", 0.25) == pytest.approx(0.75 * lines() + 0.25 * (1 - lines()))


@given(st.integers(-30, 30), st.integers(-30, 30))
def test_whole_pixels_move_exactly(rows: int, columns: int) -> None:
    picture = np.random.default_rng(0).random((28, 28), np.float32)
    expected = np.zeros((88, 88), np.float32)
    expected[30 + rows : 58 + rows, 30 + columns : 58 + columns] = picture
    assert np.array_equal(moved(picture, rows, columns), expected[30:58, 30:58])


@given(st.floats(-4, 4), st.floats(-4, 4))
def test_parts_of_a_pixel_keep_the_ink(rows: float, columns: float) -> None:
    picture = lines(1)[0]
    result = moved(picture, rows, columns)
    middles = np.arange(28) + 0.5
    assert result.dtype == np.float32
    assert result.sum() == pytest.approx(picture.sum(), rel=1e-4)
    for axis, distance in ((1, rows), (0, columns)):
        before, after = (image.sum(axis=axis) @ middles / image.sum() for image in (picture, result))
        assert after - before == pytest.approx(distance, abs=1e-3)


@pytest.mark.parametrize("quarters", [-2, -1, 1, 2, 3])
def test_a_picture_turns_anticlockwise(quarters: int) -> None:
    picture = np.random.default_rng(0).random((28, 28), np.float32)
    result = rotated(picture, 90.0 * quarters)
    assert result.dtype == np.float32
    assert result == pytest.approx(np.rot90(picture, quarters), abs=1e-5)


@given(st.floats(-360, 360))
def test_turning_keeps_the_ink_and_the_distance_from_the_middle(degrees: float) -> None:
    picture = lines(1)[0]
    result = rotated(picture, degrees)
    assert result.sum() == pytest.approx(picture.sum(), rel=0.06)
    middles = np.arange(28) - 13.5
    expected = []
    for image in (picture, result):
        right, up = image.sum(axis=0) @ middles / image.sum(), -image.sum(axis=1) @ middles / image.sum()
        expected.append(complex(right, up))
    assert expected[1] == pytest.approx(expected[0] * np.exp(1j * np.radians(degrees)), abs=0.15)


def test_noise_on_a_picture_is_the_seed_s() -> None:
    picture = np.full((28, 28), 0.5, np.float32)
    weak, strong = noisy(picture, 0.05, 3) - picture, noisy(picture, 0.1, 3) - picture
    assert strong == pytest.approx(2 * weak, abs=1e-5)  # too weak to be cut off
    assert not np.array_equal(noisy(picture, 0.1, 3), noisy(picture, 0.1, 4))
    assert noisy(picture, 10, 3).min() == 0
    assert noisy(picture, 10, 3).max() == 1


@pytest.mark.parametrize("change", [lambda p: moved(p, 0, 0), lambda p: rotated(p, 0), lambda p: noisy(p, 0, 1)])
def test_nothing_asked_nothing_changed(change: object) -> None:
    picture = lines(1)[0]
    assert np.array_equal(change(picture), picture)  # type: ignore[operator]


def test_noise_only_is_any_grey() -> None:
    pictures = noise_only(50, 1)
    assert pictures.shape == (50, 28, 28)
    assert pictures.dtype == np.float32
    assert np.histogram(pictures, bins=4, range=(0, 1))[0] / pictures.size == pytest.approx([0.25] * 4, abs=0.01)
    assert np.array_equal(pictures, noise_only(50, 1))
    assert not np.array_equal(pictures, noise_only(50, 2))


@every_disturbance
def test_accuracies_are_those_of_plain_counting(disturbance: Disturbance) -> None:
    weights = network(784, 8, 10)
    images = (lines(40) * 255).astype(np.uint8) + np.random.default_rng(0).integers(0, 20, (40, 28, 28), np.uint8)
    labels = by_class(images, weights)
    reported: list[tuple[int, float]] = []
    result = accuracy_under(weights, images, labels, disturbance, never, lambda *pair: reported.append(pair))
    assert result is not None
    assert result.dtype == np.float64
    assert reported == list(enumerate(result))
    assert result[disturbance.strengths.index(0)] == 0.5
    for strength, accuracy in zip(disturbance.strengths, result, strict=True):
        pictures = disturbance.apply(images.astype(np.float32) / 255, strength, np.random.default_rng(0))
        answers = np.array([probabilities(weights, one.reshape(1, 784)).argmax() for one in pictures])
        assert accuracy == pytest.approx((answers == labels).mean(), abs=0.026)  # one near tie may go either way
    again = accuracy_under(weights, images, labels, disturbance, never, ignore)
    assert again is not None
    assert np.array_equal(result, again)


def test_at_most_so_many_digits_evenly_spread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(robustness, "MOST_DIGITS", 5)
    weights = network(784, 8, 10)
    images = np.random.default_rng(0).integers(0, 256, (81, 28, 28), np.uint8)
    labels = np.full(81, 255, np.uint8)
    labels[[0, 20, 40, 60, 80]] = by_class(images[[0, 20, 40, 60, 80]], weights)
    result = accuracy_under(weights, images, labels, named("noise"), never, ignore)
    assert result is not None
    assert result[0] == 0.4


def test_cancelling_ends_it_before_the_next_strength() -> None:
    told: list[int] = []
    weights = network(784, 8, 10)
    images = np.zeros((4, 28, 28), np.uint8)
    result = accuracy_under(
        weights,
        images,
        np.zeros(4, np.uint8),
        named("noise"),
        lambda: len(told) == 3,
        lambda index, _: told.append(index),
    )
    assert result is None
    assert told == [0, 1, 2]


def test_answers_that_are_no_numbers_are_wrong() -> None:
    images = np.full((4, 28, 28), 255, np.uint8)
    weights = diverged(network(784, 8, 10))
    result = accuracy_under(weights, images, np.zeros(4, np.uint8), named("shift"), never, ignore)
    assert result is not None
    assert result[0] == 0
