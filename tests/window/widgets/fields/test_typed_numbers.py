"""What people type for a number is read as they mean it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.widgets.fields.typed_numbers import read_real, read_whole, step_one_two_five


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


def test_where_the_language_has_a_decimal_comma_every_comma_is_one() -> None:
    assert read_real("1,234", ",") == 1.234
    assert read_real("0,5", ",") == 0.5
    assert read_real("0.5", ",") == 0.5
    assert read_real("1,2,3", ",") is None


@pytest.mark.parametrize(
    ("text", "with_point", "with_comma"),
    [
        ("1.000", 1, 1_000),
        ("1,000", 1_000, 1),
        ("16.384", 16.384, 16_384),
        ("16,384", 16_384, 16.384),
        ("1,000,000", 1_000_000, None),
        ("1.000.000", None, 1_000_000),
        ("1.000,5", None, 1_000.5),
        ("1,000.5", 1_000.5, None),
        ("0.001", 0.001, 0.001),
        ("0,001", 0.001, 0.001),
        ("1,5", 1.5, 1.5),
        ("1.5", 1.5, 1.5),
        ("1,000e3", 1_000_000, 1_000),
        ("1 000", 1_000, 1_000),
        ("−1’000", -1_000, -1_000),
        ("1.", 1, 1),
        ("1,,5", None, None),
        ("1..5", None, None),
    ],
)
def test_one_rule_for_every_field(text: str, with_point: float | None, with_comma: float | None) -> None:
    for point, number in ((".", with_point), (",", with_comma)):
        assert read_real(text, point) == number
        assert read_whole(text, point) == (number if number is not None and number == int(number) else None)


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
