"""A drawing becomes the network's input: strokes, pictures, and strokes over pictures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from mnist_lab.data.digits import DataError
from mnist_lab.data.preprocess import ALL_STEPS, Steps, prepare
from mnist_lab.data.sources import load_starter
from mnist_lab.window.pages.draw.pad_content import (
    PadContent,
    change_of,
    changed,
    picture_of_levels,
    prepare_pad,
    taken,
)
from mnist_lab.window.pages.draw.pad_picture import Change, PadPicture, laid_on_pad

LINE = np.array([[100.0, 60.0], [120.0, 220.0]])
SIDE, PEN = 280.0, 16 / 280


def digit(number: int = 3) -> NDArray[np.uint8]:
    return np.asarray(load_starter().test_images[number])


def of_set(number: int = 3) -> PadContent:
    return PadContent((), SIDE, PEN, picture_of_levels(digit(number), 7, "Test digit"))


def test_strokes_are_prepared_as_ever() -> None:
    prepared = prepare_pad(PadContent((LINE,), SIDE, PEN), ALL_STEPS)
    np.testing.assert_array_equal(prepared.image, prepare((LINE,)).image)


@pytest.mark.parametrize("number", range(5))
def test_a_digit_of_the_set_goes_in_as_it_is(number: int) -> None:
    prepared = prepare_pad(of_set(number), ALL_STEPS)
    np.testing.assert_array_equal(prepared.centred, digit(number))
    np.testing.assert_array_equal(prepared.image, digit(number) / np.float32(255))
    anew = prepare_pad(of_set(number), ALL_STEPS, is_anew=True)
    assert (anew.centred != digit(number)).any()


def test_without_the_scale_the_network_receives_grey_levels() -> None:
    prepared = prepare_pad(of_set(), Steps(scale=False))
    np.testing.assert_array_equal(prepared.image, digit().astype(np.float32))


def test_a_stroke_over_a_picture_adds_its_ink_and_takes_none() -> None:
    content = of_set()
    over = PadContent((LINE,), SIDE, PEN, content.picture)
    before, after = (prepare_pad(each, ALL_STEPS).image for each in (content, over))
    assert (after >= before - 1e-6).all()
    assert after.sum() > before.sum() + 5
    assert content.label == 7
    assert over.label is None
    assert over.shares() is None
    shares = PadContent((LINE,), SIDE, PEN).shares()
    assert shares is not None
    np.testing.assert_allclose(shares[0], LINE / SIDE)


def test_moving_by_whole_pixels_moves_what_the_network_receives() -> None:
    content = of_set()
    picture = changed(content, Change(rows=2, columns=-3), digit(), "")
    moved = prepare_pad(PadContent((), SIDE, PEN, picture), ALL_STEPS).centred
    np.testing.assert_array_equal(moved[2:, :-3], digit()[:-2, 3:])
    assert picture.label == 7
    assert picture.change == Change(rows=2, columns=-3)


@given(st.integers(-5, 5), st.integers(-5, 5), st.integers(-180, 180), st.floats(0, 1), st.integers(0, 20))
def test_changes_are_counted_from_the_picture_before_any(
    rows: int, columns: int, degrees: int, noise: float, number: int
) -> None:
    content = of_set(number)
    wanted = Change(rows, columns, degrees, noise)
    once = changed(content, wanted, digit(number), "")
    assert once.ink.min() >= 0
    assert once.ink.max() <= 1
    again = changed(PadContent((), SIDE, PEN, once), Change(), digit(number), "")
    np.testing.assert_array_equal(again.ink, content.picture.ink)


def test_a_changed_drawing_is_what_the_network_received_of_it() -> None:
    content = PadContent((LINE,), SIDE, PEN)
    received = prepare_pad(content, ALL_STEPS).centred
    picture = changed(content, Change(columns=1), received, "Your drawing")
    assert picture.is_prepared
    assert picture.origin == "Your drawing"
    np.testing.assert_array_equal(np.rint(picture.ink[:, 1:] * 255), received[:, :-1])
    assert change_of(PadContent((), SIDE, PEN, picture)) == Change(columns=1)
    assert change_of(PadContent((LINE,), SIDE, PEN, picture)) == Change()


def test_an_imported_picture_is_cut_out_and_laid_on_the_middle() -> None:
    pixels = np.full((60, 90), 0.1, np.float32)
    pixels[20:50, 40:46] = 0.9
    cut = taken(pixels, False, True, "scan")
    assert cut.ink.shape[0] == cut.ink.shape[1] == 42
    assert cut.ink[cut.ink > 0].min() > 0.9
    whole = taken(pixels, False, False, "scan")
    assert whole.ink.shape == (90, 90)
    assert (whole.imported.is_inverted, whole.imported.is_cropped) == (False, False)
    turned = taken(1 - pixels, True, True, "board")
    np.testing.assert_allclose(turned.ink, cut.ink, atol=1e-5)
    prepared = prepare_pad(PadContent((), SIDE, PEN, cut), ALL_STEPS)
    assert prepared.image.max() == 1


def test_blank_paper_has_nothing_to_cut_out() -> None:
    with pytest.raises(DataError, match="stands out"):
        taken(np.full((30, 30), 0.1, np.float32), False, True, "scan")


def test_a_picture_on_the_pad_is_square_and_read_only() -> None:
    with pytest.raises(ValueError, match="square"):
        PadPicture(np.zeros((3, 4), np.float32))
    picture = PadPicture(laid_on_pad(np.ones((3, 4), np.float32), is_whole=True))
    assert picture.ink.shape == (4, 4)
    with pytest.raises(ValueError, match="read-only"):
        picture.ink[0, 0] = 0
