"""From scans and photographs the digit comes out alone, however dark the paper, and where there is none, it is said."""

from typing import Any

import numpy as np
import pytest
import scipy.ndimage  # noqa: F401 - before hypothesis looks at the clock
from hypothesis import example, given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from numpy.typing import NDArray

from mnist_lab.data import pictures
from mnist_lab.data.digits import DataError
from mnist_lab.data.pictures import cropped, ink_of, looks_inverted
from mnist_lab.data.preprocess import prepare_picture
from mnist_lab.data.starter import load_starter

Pixels = NDArray[np.uint8]


def photograph(
    digit: Pixels, *, noise: float = 0.0, shadow: float = 0.0, paper: float = 0.0, line: float = 1.0, seed: int = 0
) -> Pixels:
    """A digit on a large page, dark on light; all in shares of black."""
    page = np.zeros((500, 700))
    page[60:396, 200:536] = np.kron(digit / 255, np.ones((12, 12)))
    rows, columns = np.mgrid[:500, :700]
    dark: NDArray[np.float64] = paper + line * page + shadow * (columns / 700 + rows / 500) / 2
    dark += np.random.default_rng(seed).normal(0, noise, page.shape)
    return np.clip(255 * (1 - dark), 0, 255).astype(np.uint8)


def each_digit_once(count: int, kinds: list[tuple[float, ...]]) -> list[Any]:
    """Each of the first digits with one kind of photograph, in turn; with all of them under `--acceptance`."""
    return [
        pytest.param(*kind, number, marks=() if number % len(kinds) == place else pytest.mark.acceptance)
        for place, kind in enumerate(kinds)
        for number in range(count)
    ]


def received(ink: NDArray[np.float32]) -> NDArray[np.float32]:
    prepared = prepare_picture(ink)
    assert prepared is not None
    return prepared.image


@given(arrays(np.uint8, st.tuples(st.integers(1, 6), st.integers(1, 6), st.sampled_from([3, 4]))))
def test_ink_is_how_dark_it_looks_on_white_paper(pixels: Pixels) -> None:
    pixels[0, 0] = [0, 0, 0, 255][: pixels.shape[2]]  # something dark
    ink = ink_of(pixels)
    assert ink.dtype == np.float32
    assert ink.shape == pixels.shape[:2]
    alpha = pixels[:, :, 3] / 255 if pixels.shape[2] == 4 else 1.0
    assert (ink <= (1 - pixels[:, :, :3].min(axis=2) / 255) * alpha + 1e-5).all()
    assert (ink >= (1 - pixels[:, :, :3].max(axis=2) / 255) * alpha - 1e-5).all()


@pytest.mark.parametrize(
    ("pixel", "expected"),
    [
        ([255, 255, 255], 0),
        ([0, 0, 0], 1),
        ([128, 128, 128], 127 / 255),
        ([255, 0, 0], 1 - 0.2126),
        ([0, 255, 0], 1 - 0.7152),
        ([0, 0, 255], 1 - 0.0722),
        ([0, 0, 0, 0], 0),
        ([0, 0, 0, 51], 0.2),
        ([255, 255, 255, 51], 0.8),  # white on nothing: as on a blackboard
        ([200, 200, 200, 255], 55 / 255),
    ],
)
def test_ink_of_known_colours(pixel: list[int], expected: float) -> None:
    assert ink_of(np.array([[pixel]], np.uint8))[0, 0] == pytest.approx(expected, abs=1e-6)


def test_grey_and_colour_agree_in_tall_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "_ROWS_AT_ONCE", 3)
    grey = np.arange(256, dtype=np.uint8).reshape(32, 8)
    assert ink_of(grey) == pytest.approx(1 - grey / 255, abs=1e-6)
    assert ink_of(np.stack([grey] * 3, axis=2)) == pytest.approx(ink_of(grey), abs=1e-6)


@pytest.mark.parametrize("level", [255, 230, 180])
def test_light_on_nothing_is_taken_as_dark_on_nothing_is(level: int) -> None:
    alpha = np.zeros((60, 60), np.uint8)
    alpha[10:50, 25:32] = 255
    alpha[10:50, 32] = 120  # a soft edge
    light, dark = (ink_of(np.dstack([np.full((60, 60, 3), grey, np.uint8), alpha])) for grey in (level, 0))
    assert looks_inverted(light)
    assert not looks_inverted(dark)
    np.testing.assert_allclose(received(cropped(1 - light)), received(cropped(dark)), atol=1e-5)
    paper = np.full((60, 60, 4), 255, np.uint8)
    paper[:, :, 3][:5] = 0
    paper[20:40, 25:32, :3] = 0
    assert not looks_inverted(ink_of(paper)), "dark on white paper stays so, whatever is cut away around it"


@pytest.mark.parametrize("shape", [(0, 0), (0, 5), (5, 0, 3)])
def test_a_picture_without_pixels(shape: tuple[int, ...]) -> None:
    with pytest.raises(DataError, match="no pixels: choose"):
        ink_of(np.zeros(shape, np.uint8))


def test_a_huge_picture_is_refused_before_it_takes_memory() -> None:
    huge = np.broadcast_to(np.uint8(0), (20_000, 30_000))
    with pytest.raises(DataError, match=r"30,000 × 20,000 pixels: it may have 100 million"):
        ink_of(huge)


@pytest.mark.parametrize("pixels", [np.zeros((2, 2)), np.zeros((2, 2, 2), np.uint8), np.zeros(4, np.uint8)])
def test_what_are_no_pixels(pixels: NDArray[np.uint8]) -> None:
    with pytest.raises(ValueError, match="uint8"):
        ink_of(pixels)


@pytest.mark.parametrize(
    ("paper", "line", "shadow", "number"), each_digit_once(10, [(0, 1, 0), (0.6, 0.3, 0), (0.1, 0.6, 0.2)])
)
def test_light_on_dark_is_told_from_dark_on_light(paper: float, line: float, shadow: float, number: int) -> None:
    digit = load_starter().test_images[number]
    ink = ink_of(photograph(digit, noise=0.03, paper=paper, line=line, shadow=shadow))
    assert not looks_inverted(ink)
    assert looks_inverted(1 - ink)
    assert not looks_inverted((digit / 255).astype(np.float32))


def test_an_even_picture_is_not_inverted() -> None:
    assert not looks_inverted(np.ones((4, 4), np.float32))
    assert not looks_inverted(np.zeros((1, 1), np.float32))


@pytest.mark.parametrize("number", range(10))
def test_a_clean_picture_is_cut_and_hardly_changed(number: int) -> None:
    ink = (load_starter().test_images[number] / 255).astype(np.float32)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    result = cropped(ink)
    expected = ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    assert result.shape == expected.shape
    assert result.dtype == np.float32
    assert np.abs(result - expected).mean() < 0.02


@pytest.mark.parametrize(
    ("noise", "shadow", "paper", "line", "number"),
    each_digit_once(20, [(0, 0, 0, 1), (0.03, 0, 0.3, 0.5), (0.02, 0.4, 0.1, 0.5), (0.03, 0, 0, 0.3)]),
)
def test_a_photograph_gives_what_the_clean_digit_gives(
    noise: float, shadow: float, paper: float, line: float, number: int
) -> None:
    digit = load_starter().test_images[number]
    photographed = photograph(digit, noise=noise, shadow=shadow, paper=paper, line=line, seed=number)
    difference = received(cropped(ink_of(photographed))) - received((digit / 255).astype(np.float32))
    assert np.abs(difference).mean() < 0.04


def test_specks_do_not_count_but_parts_do() -> None:
    ink = np.zeros((200, 200), np.float32)
    ink[50:150, 90:110] = 1
    ink[50:60, 120:150] = 1  # a bar that does not touch
    ink[195, 3] = 1  # a speck far away
    assert np.array_equal(cropped(ink), ink[50:150, 90:150])


def test_a_large_picture_is_averaged_down() -> None:
    ink = np.zeros((3001, 1501), np.float32)
    ink[600:2400, 600:900] = 1
    result = cropped(ink)
    assert result.shape == (300, 50)
    assert result.mean() == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("level", [0.0, 0.4, 1.0])
def test_a_blank_picture_says_so(level: float) -> None:
    with pytest.raises(DataError, match="Nothing stands out from the paper"):
        cropped(np.full((60, 60), level, np.float32))


@given(st.integers(0, 2**32 - 1), st.floats(0.001, 0.2), st.floats(0, 0.5))
def test_noise_and_shadows_alone_are_blank(seed: int, noise: float, shadow: float) -> None:
    generator = np.random.default_rng(seed)
    ink = 0.2 + generator.normal(0, noise, (80, 100)) + np.linspace(0, shadow, 100)
    with pytest.raises(DataError, match="Nothing stands out"):
        cropped(np.clip(ink, 0, 1).astype(np.float32))


@given(arrays(np.float32, st.tuples(st.integers(1, 40), st.integers(1, 40)), elements=st.floats(0, 1, width=32)))
@example(np.array([[0, 1e-45, 0]], np.float32))
def test_any_picture_is_a_digit_or_blank(ink: NDArray[np.float32]) -> None:
    looks_inverted(ink)
    try:
        result = cropped(ink)
    except DataError:
        return
    assert 0 <= result.min() <= result.max() <= 1
    assert prepare_picture(result) is not None
