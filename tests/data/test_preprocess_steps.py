"""Each step of preparing a picture can be skipped, and pictures are prepared as strokes are."""

import gzip
import itertools
import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_lab.data.preprocess import ALL_STEPS, PAD_PEN, PreparedImage, Steps, prepare, prepare_picture
from mnist_lab.data.starter import load_starter

PEN_STROKES = Path(__file__).resolve().parents[2] / "../shared/data/pen_strokes.json.gz"

Strokes = list[NDArray[np.float64]]

PAD = 280
SEVEN = [np.array([[20.0, 30], [90, 28], [60, 140]]), np.array([[40.0, 85], [85, 85]])]
EVERY_CHOICE = [Steps(*choice) for choice in itertools.product([True, False], repeat=4)]

whole = st.integers(0, PAD)
whole_strokes = st.lists(
    st.lists(st.tuples(whole, whole), min_size=1, max_size=30).map(lambda points: np.array(points, float)),
    min_size=1,
    max_size=4,
)


def prepared(strokes: Strokes, steps: Steps = ALL_STEPS) -> PreparedImage:
    result = prepare(strokes, steps=steps, pad=PAD)
    assert result is not None
    return result


def share_within_a_level(one: PreparedImage, other: PreparedImage) -> float:
    return float((np.abs(one.centred.astype(int) - other.centred.astype(int)) <= 1).mean())


def on_pad(width: float, fine: int = 4) -> NDArray[np.float64]:
    """The seven's ink on the whole pad, in the plainest way."""
    grid = (np.arange(PAD * fine) + 0.5) / fine
    x, y = np.meshgrid(grid, grid)
    inked = np.zeros(x.shape, bool)
    for stroke in SEVEN:
        for (ax, ay), (bx, by) in itertools.pairwise(stroke):
            length = (bx - ax) ** 2 + (by - ay) ** 2
            share = np.clip(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length, 0, 1)
            inked |= np.hypot(x - ax - share * (bx - ax), y - ay - share * (by - ay)) <= width / 2
    shares: NDArray[np.float64] = inked.reshape(28, 10 * fine, 28, 10 * fine).mean(axis=(1, 3))
    return shares


@given(whole_strokes, st.sampled_from(EVERY_CHOICE))
def test_every_choice_of_steps_has_a_picture_a_step(strokes: Strokes, steps: Steps) -> None:
    result = prepared(strokes, steps)
    frame = 19 if steps.box else 28
    assert result.steps == steps
    assert result.boxed.shape == (frame, frame)
    assert result.drawn.shape[0] == result.drawn.shape[1]
    assert 0 <= result.drawn.min() <= result.drawn.max() <= 1
    assert result.centred.max() > 0
    assert np.array_equal(result.image, result.centred / np.float32(255 if steps.scale else 1))
    for stage in (result.drawn, result.boxed, result.centred, result.image):
        assert not stage.flags.writeable
    ink = (
        result.drawn.sum(dtype=float) * (frame / len(result.drawn)) ** 2,
        result.boxed.sum(),
        result.centred.sum() / 255,
    )
    assert ink == pytest.approx([ink[0]] * 3, rel=0.02, abs=0.5)  # no step loses ink


def test_without_the_pen_step_the_line_is_as_wide_as_the_pad_drew_it() -> None:
    for length in (60, 120, 240):
        result = prepared([np.array([[140.0, 20], [140, 20 + length]])], Steps(pen=False))
        scale = 19 / (length + PAD_PEN * PAD)
        assert result.boxed[9].sum() == pytest.approx(PAD_PEN * PAD * scale, abs=0.03)
    proportional = prepared(SEVEN, Steps(pen=False))
    assert share_within_a_level(proportional, prepared([stroke / 2 for stroke in SEVEN], Steps(pen=False))) < 0.95


@pytest.mark.parametrize("pen", [True, False])
def test_without_the_box_step_the_whole_pad_is_averaged(pen: bool) -> None:
    result = prepared(SEVEN, Steps(pen=pen, box=False, centre=False))
    expected = on_pad(0.12 * 112 if pen else PAD_PEN * PAD)
    assert np.abs(result.boxed - expected).max() < 0.05
    assert np.abs(result.centred / 255 - result.boxed).max() <= 0.5001 / 255


def test_the_whole_pad_can_be_centred_by_mass() -> None:
    result = prepared(SEVEN, Steps(box=False))
    middles = np.arange(28) + 0.5
    for axis in (0, 1):
        ink = result.centred.sum(axis=axis)
        assert ink @ middles / ink.sum() == pytest.approx(14.5, abs=0.05)


def test_without_the_centre_step_the_box_is_in_the_middle() -> None:
    result = prepared(SEVEN, Steps(centre=False))
    rows = np.flatnonzero(result.centred.any(axis=1))
    assert (rows[0], rows[-1]) == (4, 23)  # 4.5 to 23.5
    mirrored = prepared([PAD - stroke for stroke in SEVEN], Steps(centre=False))
    assert np.abs(result.centred[::-1, ::-1].astype(int) - mirrored.centred).max() <= 1
    assert share_within_a_level(result, prepared(SEVEN)) < 0.9


def test_points_beyond_the_pad_count_as_on_its_edge() -> None:
    outside = [np.array([[-1e300, 140], [1e300, 140]])]
    inside = [np.array([[0.0, 140], [PAD, 140]])]
    for steps in EVERY_CHOICE:
        if not steps.box:
            assert np.array_equal(prepared(outside, steps).centred, prepared(inside, steps).centred)


@pytest.mark.parametrize("steps", EVERY_CHOICE)
def test_a_click_is_a_dot_with_any_steps(steps: Steps) -> None:
    image = prepared([np.array([[140.0, 140]])], steps).centred
    rows, columns = np.nonzero(image)
    assert image.sum() > 255
    assert np.ptp(rows) == np.ptp(columns)


@pytest.mark.parametrize("steps", [Steps(pen=False), Steps(box=False)])
def test_without_pen_or_box_the_pad_is_needed(steps: Steps) -> None:
    with pytest.raises(ValueError, match="side of the pad"):
        prepare(SEVEN, steps=steps)


@given(whole_strokes, whole, whole)
def test_a_mouse_s_digit_is_the_same_at_half_the_size_in_any_place(strokes: Strokes, right: int, down: int) -> None:
    twice = [2 * stroke for stroke in strokes]
    assert (
        share_within_a_level(prepared([stroke + np.array([right, down]) for stroke in strokes]), prepared(twice))
        >= 0.99
    )


@pytest.mark.skipif(not PEN_STROKES.is_file(), reason="needs the pen strokes in ../shared/data")
def test_real_digits_are_the_same_at_half_the_size_in_any_corner() -> None:
    """With a real pen's coordinates, and with the whole pixels that a mouse gives."""
    with gzip.open(PEN_STROKES) as file:
        drawn = json.load(file)
    for number, digit in enumerate(drawn[::15]):
        corner = np.array([[0, 0], [140, 0], [0, 140], [140, 140]])[number % 4]
        reals = [np.array(stroke, float) for stroke in digit["strokes"]]
        pixels = [np.rint(stroke * 130) for stroke in reals]
        for strokes, factor in ((reals, 260), (pixels, 2)):
            large = prepared([stroke * factor + (10, 10) for stroke in strokes])
            small = prepared([stroke * factor / 2 + corner for stroke in strokes])
            assert share_within_a_level(large, small) >= 0.99
        # Rounded to pixels at each size for itself, the two are no longer quite the same drawing.
        rounded = prepared([np.rint(stroke * 260) for stroke in reals])
        difference = np.abs(rounded.image - prepared([np.rint(stroke * 130) for stroke in reals]).image)
        assert difference.mean() < 0.01


def test_a_picture_of_28_by_28_can_come_out_as_it_went_in() -> None:
    for digit in load_starter().test_images[:50]:
        result = prepare_picture(digit / 255, Steps(box=False, centre=False))
        assert result is not None
        assert np.array_equal(result.centred, digit)


@pytest.mark.parametrize("steps", [steps for steps in EVERY_CHOICE if not steps.box])
def test_strokes_and_a_picture_of_them_are_prepared_alike(steps: Steps) -> None:
    of_strokes = prepared(SEVEN, steps)
    of_picture = prepare_picture(of_strokes.drawn, steps)
    assert of_picture is not None
    assert share_within_a_level(of_strokes, of_picture) == 1
    assert of_picture.steps == steps


def test_a_picture_is_fitted_into_the_box_as_strokes_are() -> None:
    of_strokes = prepared(SEVEN)
    whole_pad = prepared(SEVEN, Steps(box=False, centre=False)).drawn
    for picture in (whole_pad, of_strokes.drawn, whole_pad.repeat(3, axis=0).repeat(3, axis=1)):
        of_picture = prepare_picture(picture)
        assert of_picture is not None
        assert np.abs(of_picture.image - of_strokes.image).mean() < 0.02


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 3))
def test_neither_place_nor_scale_of_a_picture_matters(right: int, down: int, factor: int) -> None:
    ink = np.zeros((60, 60))
    ink[down : down + 20, right : right + 12] = np.linspace(0.1, 1, 240).reshape(20, 12)
    alone = prepare_picture(ink[down : down + 20, right : right + 12])
    moved = prepare_picture(ink.repeat(factor, axis=0).repeat(factor, axis=1))
    assert alone is not None
    assert moved is not None
    assert share_within_a_level(alone, moved) == 1


def test_a_wide_picture_keeps_its_proportions() -> None:
    result = prepare_picture(np.ones((10, 40)), Steps(box=False))
    assert result is not None
    assert result.boxed.sum() == pytest.approx(28 * 7)
    assert result.boxed[11:17].mean() == pytest.approx(1)
    assert result.boxed[[10, 17]].mean() == pytest.approx(0.5)  # 7 rows from 10.5 on


@pytest.mark.parametrize("ink", [np.zeros((28, 28)), np.full((5, 9), 0.001), np.zeros((0, 0)), np.zeros((3, 0))])
def test_a_blank_picture_has_nothing_to_prepare(ink: NDArray[np.float64]) -> None:
    for steps in EVERY_CHOICE:
        assert prepare_picture(ink, steps) is None


def test_a_speck_too_faint_for_28_by_28_is_nothing() -> None:
    ink = np.zeros((2000, 2000))
    ink[900, 900] = 1
    assert prepare_picture(ink, Steps(box=False)) is None


@pytest.mark.parametrize(
    "ink", [np.ones(28), np.ones((2, 2, 2)), np.full((2, 2), np.nan), np.full((2, 2), 1.1), -np.ones((2, 2))]
)
def test_what_is_no_ink_is_refused(ink: NDArray[np.float64]) -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        prepare_picture(ink)


@pytest.mark.parametrize("pen", [0.004, 0.02, 0.12, 0.5])
def test_the_line_s_ink_is_its_area_however_thin(pen: float) -> None:
    result = prepare([np.array([[50.0, 10], [50, 200]])], pen=pen)
    assert result is not None
    width = 19 * pen / (1 + pen)
    assert result.boxed[9].sum() == pytest.approx(width, rel=0.03)


def test_a_line_too_thin_to_be_seen_is_nothing() -> None:
    assert prepare(SEVEN, pen=1e-9) is None
