"""Sentences spell their numbers as the pictures do."""

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.descent.functions import FUNCTIONS, Function, function_of
from mnist_lab.descent.momentum_clinic import LISTINGS, describe, plain, simulate
from mnist_lab.descent.path import Descent
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rules import RULES, rule_of
from mnist_lab.descent.verdicts import judge
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.rule_colours import rule_colour, rule_marker, rule_pen


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (1.234e-7, "x = 1.2 × 10⁻⁷"),
        (-1e-5, "x = −10⁻⁵"),
        (0.0, "x = 0"),
        (-2.5, "x = −2.5"),
        (12_345.0, "x = 12,000"),
        (3.34e5, "x = 3.3 × 10⁵"),
    ],
)
def test_a_number_has_a_true_minus_and_a_power_of_ten(qtbot: QtBot, value: float, words: str) -> None:
    assert looks.words(Sentence("x = {x:.2g}", {"x": value})) == words


def test_numbers_are_spelled_after_the_template_has_rounded_them(qtbot: QtBot) -> None:
    sentence = Sentence("{steps} steps, x = {x:.2g}, momentum {m:.2f}", {"steps": 3, "x": -1.2345e-7, "m": 0.9})
    assert looks.words(sentence) == "3 steps, x = −1.2 × 10⁻⁷, momentum 0.90"


def test_a_listing_that_climbs_says_how_far(qtbot: QtBot) -> None:
    assert looks.words(describe(simulate(LISTINGS[0], 0.9), plain())) == (
        "Climbs: w began at 2, and by step 60 |w| reaches 3.3 × 10⁵."
    )


def test_at_rest_the_slope_is_a_power_of_ten(qtbot: QtBot) -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd"), 2.5, 0.1)
    descent.step(49)
    assert "the slope is 8.9 × 10⁻⁵" in looks.words(judge(descent).sentence)


@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_no_verdict_speaks_like_a_program(qtbot: QtBot, function: Function) -> None:
    descent = Descent(function, rule_of("sgd"), function.start, 0.1)
    for _ in range(80):
        words = looks.words(judge(descent).sentence)
        assert "e−" not in words
        assert "e+" not in words
        assert " 1 steps" not in words
        if not descent.step():
            break


def test_no_two_optimizers_look_the_same(qtbot: QtBot) -> None:
    """By colour and marker together, and by colour and dashes together."""
    names = [rule.identifier for rule in RULES]
    for look in (rule_marker, lambda name: tuple(rule_pen(theme.current(), name).dashPattern())):
        assert len({(rule_colour(theme.current(), name), look(name)) for name in names}) == len(names)
