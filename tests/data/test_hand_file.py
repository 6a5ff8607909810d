"""A file of digits as pen strokes is read as the pad would have prepared them, or refused in one sentence."""

import json
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data import hand_file
from mnist_lab.data.digits import DataError
from mnist_lab.data.hand_file import read_hand
from mnist_lab.data.preprocess import prepare

SEVEN = [[[0.1, 0.1], [0.8, 0.1], [0.3, 0.9]]]
ONE = [[[300, 20], [310, 400]], [[295, 30.5], [300, 20]]]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "hand.json"


def refusal(path: Path) -> str:
    with pytest.raises(DataError) as caught:
        read_hand(path)
    sentence = str(caught.value)
    assert sentence.startswith(f"“{path}”")
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_digits_are_prepared_as_drawings_on_the_pad_are_in_any_unit(path: Path) -> None:
    path.write_text(json.dumps([{"label": 7, "strokes": SEVEN, "writer": "a"}, {"strokes": [*ONE, []], "label": 1}]))
    seven, one = read_hand(path)
    assert (seven.label, one.label) == (7, 1)
    assert [stroke.tolist() for stroke in one.strokes] == ONE
    for digit, strokes in ((seven, SEVEN), (one, ONE)):
        prepared = prepare([np.array(stroke, float) for stroke in strokes])
        assert prepared is not None
        np.testing.assert_array_equal(digit.image, prepared.centred)
        assert not digit.image.flags.writeable


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("", "is no JSON ("),
        ("[" * 100_000, "is no JSON ("),
        ('[{"label": 7, "strokes": [[[NaN, 1]]]}]', "is no JSON ("),
        ("[]", "holds no digits: it must be a list of digits, each with “label” and “strokes”."),
        ('{"label": 7}', "holds no digits"),
        ("[7]", "digit 1 of it must be an object with “label” and “strokes”."),
        ('[{"label": 10, "strokes": [[[1, 2]]]}]', "digit 1 of it needs a “label”, a whole number from 0 to 9."),
        ('[{"label": true, "strokes": [[[1, 2]]]}]', "needs a “label”"),
        ('[{"label": 7.0, "strokes": [[[1, 2]]]}]', "needs a “label”"),
        ('[{"strokes": [[[1, 2]]]}]', "needs a “label”"),
        ('[{"label": 7}]', "digit 1 of it needs “strokes”, a list of lists of points [x, y]."),
        ('[{"label": 7, "strokes": [7]}]', "needs “strokes”"),
        ('[{"label": 7, "strokes": [[[1, 2]]]}, {"label": 7, "strokes": [[]]}]', "digit 2 of it has no points"),
        ('[{"label": 7, "strokes": []}]', "has no points: nothing is drawn."),
        ('[{"label": 7, "strokes": [[[1, 2, 3]]]}]', "each is [x, y], two finite numbers."),
        ('[{"label": 7, "strokes": [[["1", "2"]]]}]', "each is [x, y]"),
        ('[{"label": 7, "strokes": [[[1, false]]]}]', "each is [x, y]"),
        ('[{"label": 7, "strokes": [[[1, 1e999]]]}]', "each is [x, y]"),
        (f'[{{"label": 7, "strokes": [[[1, 1{"0" * 400}]]]}}]', "each is [x, y]"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(path: Path, content: str, says: str) -> None:
    path.write_text(content)
    assert says in refusal(path)


def test_a_file_that_is_not_there_or_is_none_is_told(tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory): name a JSON file" in refusal(tmp_path / "none.json")
    assert "is no ordinary file" in refusal(tmp_path)
    assert "cannot be read" in refusal(tmp_path / "with a null \0 character")


def test_no_more_is_read_than_digits_need(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = json.dumps([{"label": 7, "strokes": SEVEN}] * 3)
    path.write_text(content)
    for limit, least, says in (
        ("MOST_DIGITS", 3, "has 3 digits, 2 is the most: leave some out."),
        ("MOST_POINTS", 3, "digit 1 of it may have 2 points at most."),
        ("MOST_BYTES", len(content), "is too large for digits as strokes"),
        ("MOST_VALUES", sum(map(content.count, "[{,")), "is too large for digits as strokes"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(hand_file, limit, least)
            assert len(read_hand(path)) == 3
            patched.setattr(hand_file, limit, least - 1)
            assert says in refusal(path)
