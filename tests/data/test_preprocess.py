"""Strokes become the picture that MNIST would have made of them, wherever and however large they were drawn."""

import gzip
import itertools
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_lab.data.preprocess import prepare
from mnist_lab.data.sources import load_path
from mnist_lab.data.starter import load_starter
from mnist_lab.network.backend import keras_and_tensorflow

PEN_STROKES = Path(__file__).resolve().parents[2] / "../shared/data/pen_strokes.json.gz"

Strokes = list[NDArray[np.float64]]

SEVEN = [np.array([[20.0, 30], [90, 28], [60, 140]]), np.array([[40.0, 85], [85, 85]])]

coordinates = st.floats(0, 280, width=32)
strokes = st.lists(
    st.lists(st.tuples(coordinates, coordinates), min_size=1, max_size=30).map(np.array), min_size=1, max_size=4
)


def picture(strokes: Sequence[NDArray[np.float64]]) -> NDArray[np.float32]:
    prepared = prepare(strokes)
    assert prepared is not None
    return prepared.image


def side(strokes: Strokes) -> float:
    return float(np.ptp(np.concatenate(strokes), axis=0).max())


def assert_same_within_a_level(one: NDArray[np.float32], other: NDArray[np.float32]) -> None:
    assert (np.abs(one - other) <= 1.001 / 255).mean() >= 0.99


def test_an_empty_pad_has_no_picture() -> None:
    assert prepare([]) is None
    assert prepare([np.empty((0, 2))]) is None


def test_the_stages_fit_together() -> None:
    prepared = prepare(SEVEN)
    assert prepared is not None
    assert prepared.image.shape == prepared.centred.shape == (28, 28)
    assert prepared.image.dtype == prepared.boxed.dtype == prepared.drawn.dtype == np.float32
    assert prepared.centred.dtype == np.uint8
    assert np.array_equal(prepared.image, prepared.centred.astype(np.float32) / 255)
    assert prepared.boxed.shape == (19, 19)
    fine = prepared.drawn.shape[0] // 19
    averaged = prepared.drawn.reshape(19, fine, 19, fine).mean(axis=(1, 3))
    assert np.allclose(prepared.boxed, averaged, atol=1e-6)
    assert prepared.image.sum() == pytest.approx(prepared.boxed.sum(), rel=0.01)
    for stage in (prepared.drawn, prepared.boxed, prepared.centred, prepared.image):
        assert not stage.flags.writeable


def test_ink_is_bright_and_the_background_black() -> None:
    image = picture(SEVEN)
    assert image.max() == 1
    assert image[[0, -1]].max() == 0
    assert np.median(image) == 0


def test_the_digit_fills_the_box_and_keeps_its_proportions() -> None:
    rows, columns = np.nonzero(picture([np.array([[0.0, 0], [40, 0], [40, 100], [0, 100], [0, 0]])]))
    assert np.ptp(rows) + 1 in {19, 20}  # 19 pixels that may begin within one
    pen = 0.12 / 1.12 * 19
    width = 0.4 / 1.12 * 19 + pen
    assert np.ptp(columns) + 1 in {int(np.ceil(width)), int(np.ceil(width)) + 1}


def test_the_line_is_as_wide_as_belongs_to_the_digit() -> None:
    image = picture([np.array([[50.0, 10], [50, 200]])])
    assert image[9:20].sum(axis=1) == pytest.approx(0.12 / 1.12 * 19, abs=0.03)


@given(strokes)
def test_the_centre_of_mass_is_mnist_s_or_the_digit_stands_at_the_edge(strokes: Strokes) -> None:
    assume(side(strokes) > 1)
    image = picture(strokes)
    middles = np.arange(28) + 0.5
    for ink in (image.sum(axis=1), image.sum(axis=0)):
        at_the_edge = ink[0] > 0 or ink[-1] > 0
        assert at_the_edge or ink @ middles / image.sum() == pytest.approx(14.5, abs=0.05)


@given(strokes)
def test_no_ink_is_lost(strokes: Strokes) -> None:
    """All that was drawn reaches the network, also a far dot of a lopsided drawing."""
    prepared = prepare(strokes)
    assert prepared.image.sum() == pytest.approx(prepared.boxed.sum(), rel=0.01, abs=0.5)


@given(strokes, st.floats(0.02, 50), st.floats(-1e4, 1e4), st.floats(-1e4, 1e4))
def test_neither_size_nor_place_matters(strokes: Strokes, scale: float, right: float, down: float) -> None:
    assume(side(strokes) == 0 or side(strokes) > 1)
    moved = [stroke * scale + (right, down) for stroke in strokes]
    assume(side(strokes) == 0 or side(moved) > 0)
    assert_same_within_a_level(picture(strokes), picture(moved))


@given(st.sampled_from([(0, 0), (140, 0), (0, 140), (140, 140), (70, 70)]))
def test_half_the_size_in_any_corner_is_the_same_picture(corner: tuple[int, int]) -> None:
    assert_same_within_a_level(picture(SEVEN), picture([stroke / 2 + corner for stroke in SEVEN]))


@given(strokes)
def test_repeated_points_and_extra_ones_on_the_line_change_nothing(strokes: Strokes) -> None:
    assume(side(strokes) == 0 or side(strokes) > 1)
    repeated = [np.repeat(stroke, 3, axis=0) for stroke in strokes]
    assert_same_within_a_level(picture(strokes), picture(repeated))
    halved = []
    for stroke in strokes:
        finer = np.empty((2 * len(stroke) - 1, 2))
        finer[::2] = stroke
        finer[1::2] = (stroke[:-1] + stroke[1:]) / 2
        halved.append(finer)
    assert_same_within_a_level(picture(strokes), picture(halved))


@pytest.mark.parametrize("points", [[[140, 140]], [[3, 270]] * 9])
def test_a_click_is_a_round_dot_in_the_middle(points: list[list[float]]) -> None:
    image = picture([np.array(points, dtype=float)])
    radius = 0.12 / 1.12 * 19 / 2
    assert image.sum() == pytest.approx(np.pi * radius**2, rel=0.03)
    assert image[14, 14] == 1
    assert np.array_equal(image, image.T)
    assert not image[:13].any()
    assert not image[16:].any()


@pytest.mark.parametrize("scale", [1e-300, 1e-12, 1e12, 1e300, 1e306])
def test_tiny_and_huge_coordinates_are_coordinates(scale: float) -> None:
    assert_same_within_a_level(picture(SEVEN), picture([stroke * scale for stroke in SEVEN]))


def test_opposite_ends_of_the_number_range_do_not_overflow() -> None:
    limit = np.finfo(float).max
    assert_same_within_a_level(
        picture([np.array([[0.0, -1], [0, 1]])]), picture([np.array([[0.0, -limit], [0, limit]])])
    )


@pytest.mark.parametrize("pen", [0.02, 0.12, 1.0, 5.0])
@pytest.mark.parametrize("box", [1, 5, 20, 28])
def test_other_pens_and_boxes(pen: float, box: int) -> None:
    prepared = prepare(SEVEN, pen=pen, box=box)
    assert prepared is not None
    assert prepared.boxed.shape == (box, box)
    assert prepared.drawn.max() > 0


@pytest.mark.parametrize(
    "arguments",
    [
        {"pen": 0.0},
        {"pen": -1.0},
        {"pen": np.inf},
        {"pen": np.nan},
        {"box": 0},
        {"box": 29},
        {"pad_pen": 0.0},
        {"pad": -1.0},
    ],
)
def test_sizes_that_are_none(arguments: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be"):
        prepare(SEVEN, **arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize("stroke", [[[1, np.nan], [2, 3]], [[1, np.inf]], [[1, 2, 3]], [1, 2]])
def test_strokes_that_are_none(stroke: list[object]) -> None:
    with pytest.raises(ValueError, match="finite numbers"):
        prepare([np.array(stroke, dtype=float)])


def drawn_by_force(strokes: Strokes, fine: int = 24) -> NDArray[np.float64]:
    """The same picture in the plainest way: which of many points of each pixel lie under the pen."""
    points = np.concatenate(strokes)
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    pen = 0.12 * side(strokes)
    scale = 19 / (side(strokes) + pen)
    grid = (np.arange(19 * fine) + 0.5) / fine
    x, y = np.meshgrid(grid, grid)
    inked = np.zeros(x.shape, bool)
    for stroke in strokes:
        line = (stroke - middle) * scale + 9.5
        for (ax, ay), (bx, by) in itertools.pairwise(line):
            length = (bx - ax) ** 2 + (by - ay) ** 2
            share = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0, 1)
            inked |= np.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)) <= pen * scale / 2
    shift = [14.5 - place[inked].mean() for place in (y, x)]
    rows = np.floor(y[inked] + shift[0]).astype(int)
    columns = np.floor(x[inked] + shift[1]).astype(int)
    image = np.zeros((28, 28))
    np.add.at(image, (rows, columns), 1 / fine**2)
    return image


def test_it_is_what_drawing_by_force_gives() -> None:
    turn = np.linspace(0, 5.5, 80)
    spiral = np.stack([turn * np.cos(2 * turn), 1.4 * turn * np.sin(2 * turn)], axis=1)
    for drawing in (SEVEN, [spiral]):
        difference = np.abs(picture(drawing) - drawn_by_force(drawing))
        assert difference.max() < 0.05
        assert difference.mean() < 0.002


def pen_digits() -> tuple[NDArray[np.float32], NDArray[np.intp]]:
    """The pictures (n, 784) of real pen strokes and the digits (n,) that their writers meant."""
    with gzip.open(PEN_STROKES) as file:
        drawn = json.load(file)
    images = [picture([np.array(stroke) for stroke in digit["strokes"]]).ravel() for digit in drawn]
    return np.stack(images), np.array([digit["label"] for digit in drawn])


@pytest.mark.skipif(not PEN_STROKES.is_file(), reason="needs the pen strokes in ../shared/data")
def test_drawn_digits_look_like_mnist_s() -> None:
    """Each drawn digit is called what the most similar of the 4,000 starter digits is."""
    images, labels = pen_digits()
    digits = load_starter()
    known = digits.train_images.reshape(-1, 784).astype(np.float32) / 255
    images /= np.linalg.norm(images, axis=1, keepdims=True)
    known /= np.linalg.norm(known, axis=1, keepdims=True)
    nearest = digits.train_labels[(images @ known.T).argmax(axis=1)]
    assert (nearest == labels).mean() > 0.85


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.skipif(not PEN_STROKES.is_file(), reason="needs MNIST and the pen strokes in ../shared/data")
def test_the_chapter_s_network_recognises_drawn_digits() -> None:
    keras, _ = keras_and_tensorflow()
    full = load_path(PEN_STROKES.with_name("mnist.npz"))
    keras.utils.set_random_seed(0)
    network = keras.Sequential(
        [
            keras.layers.Input((784,)),
            keras.layers.Dense(512, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    network.compile(optimizer="rmsprop", loss="sparse_categorical_crossentropy")
    known = full.train_images.reshape(-1, 784).astype(np.float32) / 255
    network.fit(known, full.train_labels, batch_size=128, epochs=5, verbose=0)
    images, labels = pen_digits()
    assert (network.predict(images, verbose=0).argmax(axis=1) == labels).mean() > 0.91
