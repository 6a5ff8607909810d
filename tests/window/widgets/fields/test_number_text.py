"""What people type for a number is read as they mean it, and numbers are shown shortly."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.widgets.fields.number_text import (
    read_real,
    read_whole,
    say_real,
    say_whole,
    show_real,
    show_whole,
    spell,
    step_one_two_five,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [("512", 512), (" 12 ", 12), ("16,384", 16384), ("16 384", 16384), ("1e3", 1000), ("12.0", 12), ("-3", -3)]
    + [
        (bad, None)
        for bad in ("", "abc", "12.5", "1,5", "nan", "inf", "1e999", "--1", "5 units", "12,34,5", "12 34", "1_5", "1'5")
    ],
)
def test_whole_numbers(text: str, number: int | None) -> None:
    assert read_whole(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("0.001", 0.001), ("1e-3", 0.001), ("0,001", 0.001), ("1,000", 1000.0), ("1,000.5", 1000.5), ("−2", -2.0)]
    + [(bad, None) for bad in ("", "abc", "1.2.3", "nan", "inf", "0x10", "e-3", "1,2,3", "1.000,5", "1,0.5", "1 5")],
)
def test_real_numbers(text: str, number: float | None) -> None:
    assert read_real(text) == number


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.001, "0.001"), (1e-5, "0.00001"), (2.5e-7, "2.5e-7"), (0.0, "0"), (1000.0, "1000"), (0.1 + 0.2, "0.3")],
)
def test_numbers_are_shown_shortly(value: float, text: str) -> None:
    assert show_real(value) == text


@given(st.floats(min_value=1e-15, max_value=1000))
def test_a_shown_number_reads_back(value: float) -> None:
    read = read_real(show_real(value))
    assert read is not None
    assert math.isclose(read, value, rel_tol=1e-11)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_shown_whole_number_reads_back(value: int) -> None:
    assert read_whole(show_whole(value)) == value


def test_steps_go_along_one_two_five() -> None:
    assert [step_one_two_five(0.001, steps) for steps in (1, 2, 3, -1, -2, -3)] == [
        0.002,
        0.005,
        0.01,
        5e-4,
        2e-4,
        1e-4,
    ]
    assert step_one_two_five(0.003, 1) == 0.005
    assert step_one_two_five(0.003, -1) == 0.002
    assert step_one_two_five(0.0, 1) == 1e-6
    assert step_one_two_five(1e-6, -1) == 0.0
    assert step_one_two_five(0.0, -5) == 0.0


@given(st.floats(min_value=1e-6, max_value=1000))
def test_a_step_up_is_larger_and_a_step_down_smaller(value: float) -> None:
    assert step_one_two_five(value, 1) > value
    assert step_one_two_five(value, -1) < value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.31, "0.31"),
        (0.0001, "0.0001"),
        (-0.25, "−0.25"),
        (99_999.0, "99,999"),
        (0.00009, "9.0 × 10⁻⁵"),
        (100_000.0, "1.0 × 10⁵"),
        (-4.6e19, "−4.6 × 10¹⁹"),
        (math.inf, "inf"),
    ],
)
def test_one_notation_for_every_picture(value: float, text: str) -> None:
    assert spell(value) == text


def test_decimals_of_a_notation() -> None:
    assert spell(0.18, 3) == "0.180"
    assert spell(12_345.6, 0) == "12,346"
    assert [spell(value, mantissa=None) for value in (1e-5, -1e-5, 2.5e-5)] == ["10⁻⁵", "−10⁻⁵", "2.5 × 10⁻⁵"]


def test_sentences_have_a_true_minus() -> None:
    assert (say_real(-1.5), say_real(1e-7), say_whole(-1000)) == ("−1.5", "1e-7", "−1,000")
