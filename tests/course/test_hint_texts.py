"""Every hint has its words, with places for its own numbers and no others."""

import numpy as np
import pytest

from mnist_lab.course.contents import PARTS
from mnist_lab.course.hint_steps import HINTS_OF_STEPS
from mnist_lab.course.hint_texts import hint_texts, numbers_of
from mnist_lab.course.hints import RULES, Hints, unscaled_input
from mnist_lab.course.numbers import PLACE
from tests.course.labelled_runs import recorded


def test_each_hint_has_its_words_and_each_place_its_number() -> None:
    texts, seen = hint_texts("de"), set()
    assert texts.keys() == {*RULES, "unscaled_input"}
    for _name, _expected, numbers in recorded():
        hints = Hints()
        hints.look(numbers)
        for hint in hints.raised:
            text = texts[hint.id]
            assert text.title
            assert text.why
            assert set(PLACE.findall(text.says)) <= numbers_of(hint).keys(), hint.id
            seen.add(hint.id)
    assert seen == RULES.keys()


def test_hints_are_about_steps_that_there_are() -> None:
    assert HINTS_OF_STEPS.keys() <= {step.id for part in PARTS for step in part.steps}
    assert frozenset().union(*HINTS_OF_STEPS.values()) <= RULES.keys()


def test_numbers_that_are_not_scaled_have_their_hint() -> None:
    image = np.zeros((28, 28), np.float32)
    assert unscaled_input(image) is None
    image[9, 9] = 1
    assert unscaled_input(image) is None
    found = unscaled_input(image * 255)
    assert found is not None
    text = hint_texts()[found.id]
    assert set(PLACE.findall(text.says)) <= numbers_of(found).keys() == {"largest"}
    assert numbers_of(found)["largest"].value == 255


@pytest.mark.parametrize(("hint_id", "kind"), [("rate_too_high", "setting"), ("batch_too_large", "whole")])
def test_a_better_value_is_written_as_its_field_writes_it(hint_id: str, kind: str) -> None:
    for _name, expected, numbers in recorded():
        if expected == (hint_id,):
            hints = Hints()
            hints.look(numbers)
            assert numbers_of(hints.raised[0])["better"].kind == kind
