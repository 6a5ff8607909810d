"""Numbers, shares and times as the language of the texts writes them, whatever the system's is."""

import ast
import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication

from mnist_lab.window import translation, words
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox
from mnist_lab.window.widgets.fields.typed_numbers import read_real, read_whole
from mnist_lab.window.words import (
    ENGLISH,
    fill,
    rounded,
    set_language,
    spell,
    spell_bytes,
    spell_duration,
    spell_fixed,
    spell_measured,
    spell_percent,
    spell_setting,
    spell_signed,
    spell_whole,
    typed_number,
)
from tests.conftest import REPOSITORY

WINDOW = REPOSITORY / "mnist_lab" / "window"


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    set_language(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    yield
    set_language(ENGLISH)


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


def test_signs() -> None:
    assert [spell_signed(value) for value in (0.0831, -0.0831, 0.0, 1.2345e-5)] == [
        "+0.0831",
        "−0.0831",
        "0",
        "+1.2 × 10⁻⁵",
    ]
    assert (spell_setting(-1.5), spell_setting(1e-7), spell_whole(-1000)) == ("−1.5", "1e-7", "−1,000")
    assert spell_fixed(-1234.56, 1) == "−1,234.6"


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.001, "0.001"), (1e-5, "0.00001"), (2.5e-7, "2.5e-7"), (0.0, "0"), (1000.0, "1000"), (0.1 + 0.2, "0.3")],
)
def test_a_field_shows_numbers_shortly(value: float, text: str) -> None:
    assert typed_number(value) == text


@given(st.floats(min_value=1e-15, max_value=1000), st.sampled_from(["en_US", "de_DE", "fr_FR"]))
def test_what_a_field_shows_reads_back(value: float, language: str) -> None:
    set_language(QLocale(language))
    try:
        read = read_real(typed_number(value), words.decimal_point())
    finally:
        set_language(ENGLISH)
    assert read is not None
    assert math.isclose(read, value, rel_tol=1e-11)


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_a_whole_number_reads_back(value: int) -> None:
    assert read_whole(spell_whole(value)) == value


@given(st.floats(allow_nan=False, allow_infinity=False), st.sampled_from([",", ".3f", ",.1f", ".4g", "", "e"]))
def test_english_is_as_python_writes_it(value: float, how: str) -> None:
    template = f"{{value:{how}}} of {{count:,}}"
    assert fill(template, value=value, count=12_345) == template.format(value=value, count=12_345)


def test_shares() -> None:
    assert (spell_percent(0.98167), spell_percent(0.98167, 2), spell_percent(0.000314, figures=2)) == (
        "98.2\u00a0%",
        "98.17\u00a0%",
        "0.031\u00a0%",
    )
    assert spell_percent(math.nan) == "–"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.01, "less than 0.1 s"),
        (0.05, "0.1 s"),
        (0.44, "0.4 s"),
        (59.4, "59.4 s"),
        (59.96, "1 min 0 s"),
        (61, "1 min 1 s"),
        (754.2, "12 min 34 s"),
        (3_599.6, "1 h 0 min"),
        (7_265, "2 h 1 min"),
        (4e6, "1,111 h 7 min"),
    ],
)
def test_times_that_one_waits(seconds: float, text: str) -> None:
    assert spell_duration(seconds) == text


def test_a_time_without_tenths() -> None:
    assert [spell_duration(seconds, tenths=False) for seconds in (0.2, 4.4, 59.6)] == ["0 s", "4 s", "1 min 0 s"]


@pytest.mark.parametrize(
    ("seconds", "text"), [(2.5, "2.5 s"), (0.0456, "45.6 ms"), (1.234e-6, "1.23 µs"), (3e-8, "0.03 µs")]
)
def test_times_that_were_measured(seconds: float, text: str) -> None:
    assert spell_measured(seconds) == text


def test_memory() -> None:
    assert [spell_bytes(size) for size in (0, 999, 3_140, 188_160_000, 2_500_000_000)] == [
        "0 bytes",
        "999 bytes",
        "3.1 kB",
        "188.2 MB",
        "2.5 GB",
    ]


def test_figures() -> None:
    assert (rounded(0.0012345, 3), rounded(98_765.0, 2)) == (0.00123, 99_000.0)


def test_another_language_has_its_own_signs_everywhere(german: None) -> None:
    assert fill("{share:.1f} %, of 5 %b", share=98.25) == "98,2\u00a0%, of 5 %b", "no line breaks before the sign"
    assert fill("{count:,} of {share:.1f}\u00a0%, “{name}”", count=12_345, share=98.25, name="a,b.c") == (
        "12.345 of 98,2\u00a0%, “a,b.c”"
    )
    assert (spell(-0.25), spell(1e-7), spell_whole(51_264)) == ("−0,25", "1,0 × 10⁻⁷", "51.264")
    assert (typed_number(0.001), spell_percent(0.982), spell_duration(1.94)) == ("0,001", "98,2\u00a0%", "1,9 s")


def test_fields_show_and_read_the_language_of_the_texts(german: None) -> None:
    real, whole = RealNumberBox(), WholeNumberBox()
    real.setValue(1.234)
    whole.setValue(5_000)
    assert (real.text(), whole.text()) == ("1,234", "5.000")
    assert real.valueFromText("1,234") == 1.234


def test_the_systems_language_changes_no_number(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale("de_DE"))
    translation.install(qapp)  # there is no German text
    assert spell_whole(51_264) == "51,264"
    assert QLocale().decimalPoint() == "."


CODE = {"preparation_tab.py", "stylesheet.py", "picture_strokes.py", "picture_svg.py"}
"""What they write is no sentence: NumPy's numbers, a style sheet, SVG."""


@pytest.mark.parametrize("path", sorted(WINDOW.rglob("*.py")), ids=lambda path: str(path.relative_to(WINDOW)))
def test_no_part_of_the_window_formats_numbers_by_itself(path: Path) -> None:
    if path == WINDOW / "words.py" or path.name in CODE:
        return
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    called = [node.func for node in nodes if isinstance(node, ast.Call)]
    calls = [one.lineno for one in called if isinstance(one, ast.Attribute) and one.attr == "format"]
    assert not calls, "fill() puts values into a text"
    specs = [node.lineno for node in nodes if isinstance(node, ast.FormattedValue) and node.format_spec is not None]
    assert not specs, "words.py spells numbers"
