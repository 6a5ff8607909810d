"""Each verdict is met by a descent that deserves it, with the numbers that it rests on."""

from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.descent.functions import FUNCTIONS, Function, function_of
from mnist_lab.descent.noise import SAMPLES, Batches
from mnist_lab.descent.path import Descent
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rule import UpdateRule
from mnist_lab.descent.update_rules import RULES, rule_of
from mnist_lab.descent.verdict import Kind, Verdict
from mnist_lab.descent.verdicts import is_over, judge, steps_to
from mnist_lab.optimizers import OPTIMIZERS


def verdict_on(
    function: str | Function,
    rate: float,
    steps: int,
    rule: str = "sgd",
    start: float | None = None,
    batches: Batches | None = None,
) -> Verdict:
    curve = function_of(function) if isinstance(function, str) else function
    descent = Descent(curve, rule_of(rule), curve.start if start is None else start, rate, batches=batches)
    descent.step(steps)
    return judge(descent)


@pytest.mark.parametrize(
    ("function", "rate", "steps", "rule", "start", "kind", "parts"),
    [
        ("bowl", 0.1, 0, "sgd", None, Kind.NOT_STARTED, ["x = 2.5", "slope is 5"]),
        ("bowl", 0.1, 5, "sgd", None, Kind.MOVING, ["at step 5 x is", "lowered"]),
        ("bowl", 0.98, 1, "sgd_momentum", None, Kind.MOVING, ["at step 1 x is", "lowered"]),
        ("bowl", 0.1, 5, "sgd_momentum", None, Kind.MOVING, ["raised"]),
        ("bowl", 0.5, 5, "sgd", None, Kind.CONVERGED, ["at step 1:", "x = 0", "both sides"]),
        ("bowl", 0.1, 200, "sgd", None, Kind.CONVERGED, ["at step 49:"]),
        ("bowl", 0.5, 1, "sgd", None, Kind.CONVERGED, ["at step 1:", "x = 0", "both sides"]),
        ("bowl", 1.0, 1, "sgd", None, Kind.MOVING, ["left the loss as it was, 6.25"]),
        (
            "bowl",
            1.001,
            20,
            "sgd",
            None,
            Kind.MOVES_AWAY,
            ["the last by 0.2\u00a0%", "is 1.001, and the minimum at x = 0"],
        ),
        ("bowl", 1.001, 1200, "sgd", None, Kind.MOVES_AWAY, ["to 27.38", "stable only below 1."]),
        (
            "bowl",
            0.9999,
            50,
            "sgd",
            None,
            Kind.OSCILLATES,
            ["20 steps", "only 0.4\u00a0% narrower", "smaller learning rate"],
        ),
        ("bowl", 1.0, 5, "sgd", None, Kind.OSCILLATES, ["between x = −2.5 and 2.5"]),
        ("bowl", 1.1, 200, "sgd", None, Kind.DIVERGED, ["rate is 1.1", "minimum at x = 0 is stable only below 1."]),
        ("bowl", 1e-4, 60, "sgd", None, Kind.CRAWLS, ["each gradient is multiplied by only 0.0001"]),
        ("bowl", 0.05, 0, "sgd", 0.0, Kind.CONVERGED, ["at step 0:"]),
        ("double_well", 0.1, 40, "sgd", None, Kind.CONVERGED, ["x = 2.157", "−1.841"]),
        ("double_well", 0.5, 100, "sgd", None, Kind.OSCILLATES, ["between x = −2.582 and −1.871"]),
        ("double_well", 1.0, 100, "sgd", None, Kind.DIVERGED, ["is stable only below 0.5582"]),
        ("double_well", 0.1, 0, "sgd", 0.15069, Kind.NOT_A_MINIMUM, ["on neither side"]),
        ("steep_walls", 0.1, 1000, "sgd", None, Kind.CRAWLS, ["slope at x = −0.03523"]),
        ("steep_walls", 0.1, 200, "rmsprop", None, Kind.CONVERGED, ["both sides"]),
        ("steep_walls", 0.5, 50, "sgd", None, Kind.DIVERGED, ["overshoots", "smaller learning rate"]),
        ("plateau", 0.1, 100, "sgd", None, Kind.CRAWLS, ["slope at x = 4.8", "momentum helps"]),
        ("plateau", 0.1, 20, "sgd", 7.99, Kind.CRAWLS, ["slope"]),
        ("absolute_value", 0.1, 30, "sgd", None, Kind.OSCILLATES, ["between x = −0.07 and 0.03"]),
        ("absolute_value", 0.5, 30, "sgd", 1.0, Kind.NO_SLOPE, ["x = 0", "abrupt angle"]),
        ("absolute_value", 0.1, 200, "adam", None, Kind.OSCILLATES, ["every 8 steps"]),
        (
            "absolute_value",
            0.1,
            200,
            "sgd_momentum",
            None,
            Kind.OSCILLATES,
            ["last 20 steps", "between x = −0.403 and 0.263", "did not settle"],
        ),
        ("inflection", 0.1, 1000, "sgd", None, Kind.NOT_A_MINIMUM, ["to the left", "no higher"]),
        ("inflection", 0.1, 0, "sgd", 0.0, Kind.NOT_A_MINIMUM, ["to the left"]),
        ("inflection", 0.5, 50, "sgd", None, Kind.DIVERGED, ["still falls", "no minimum"]),
    ],
)
def test_every_verdict_is_met(
    function: str, rate: float, steps: int, rule: str, start: float | None, kind: Kind, parts: list[str]
) -> None:
    verdict = verdict_on(function, rate, steps, rule, start)
    sentence = verdict.sentence.text()
    assert verdict.kind is kind, sentence
    assert sentence.endswith(".")
    for part in parts:
        assert part in sentence


def test_a_level_place_that_falls_to_the_right() -> None:
    cube = function_of("inflection")
    mirrored = replace(cube, f=lambda x: -x * x * x, derivative=lambda x: -3 * x * x)
    verdict = verdict_on(mirrored, 0.1, 0, start=0.0)
    assert verdict.kind is Kind.NOT_A_MINIMUM
    assert "to the right" in verdict.sentence.text()


def test_a_slope_that_is_no_number_is_no_angle() -> None:
    root = replace(
        function_of("absolute_value"),
        f=lambda x: np.sqrt(abs(x)),
        derivative=lambda x: np.where(x == 0, np.inf, np.sign(x) / (2 * np.sqrt(abs(x) + (x == 0)))),
        kinks=(),
    )
    verdict = verdict_on(root, 2.0, 1, start=1.0)
    assert verdict.kind is Kind.NO_SLOPE
    assert "at x = 0 the slope is no finite number" in verdict.sentence.text()


def test_where_the_function_ends_the_ball_is_lost() -> None:
    hole = replace(function_of("bowl"), f=lambda x: np.where(x < 0.5, np.nan, x * x))
    verdict = verdict_on(hole, 0.25, 10, start=2.0)
    assert verdict.kind is Kind.DIVERGED
    assert "x = 0.25" in verdict.sentence.text()
    assert "no value" in verdict.sentence.text()


@pytest.mark.parametrize("function", ["bowl", "line_fit"])
def test_with_batches_it_jitters_around_the_minimum(function: str) -> None:
    verdict = verdict_on(function, 0.2, 300, batches=Batches(1))
    assert verdict.kind is Kind.JITTERS
    assert verdict.sentence.values["low"] < verdict.sentence.values["high"]
    assert verdict_on(function, 0.2, 300, batches=Batches(40)).kind is Kind.CONVERGED


@pytest.mark.parametrize("rule", ["sgd", "sgd_nesterov", "rmsprop"])
def test_what_is_said_to_calm_the_jitter_does(rule: str) -> None:
    spreads = []
    for rate, size in ((0.1, 1), (0.02, 1), (0.1, 10)):
        descent = Descent(function_of("bowl"), rule_of(rule), 0.1, rate, batches=Batches(size))
        descent.step(200)
        spreads.append(np.ptp(descent.path.x[-100:]))
        assert rate != 0.1 or judge(descent).kind is Kind.JITTERS
    assert max(spreads[1:]) < 0.7 * spreads[0]


def test_a_shrinking_swing_is_no_oscillation() -> None:
    assert verdict_on("bowl", 0.99, 30).kind is Kind.MOVING
    assert verdict_on("bowl", 0.1, 60, "sgd_momentum").kind is Kind.MOVING


def test_steps_until_the_slope_is_small_for_good() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd"), 2.0, 0.25)
    descent.step(40)
    assert steps_to(descent.path, 1e-3) == 12  # 4 / 2¹² is the first below
    assert steps_to(descent.path, 1e-30) == 40
    assert steps_to(descent.path, 5.0) == 0


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.identifier)
@pytest.mark.parametrize("function", FUNCTIONS, ids=lambda function: function.identifier)
def test_there_is_a_verdict_at_every_step(rule: UpdateRule, function: Function) -> None:
    descent = Descent(function, rule, function.start, rule.default_rate)
    for _ in range(60):
        verdict = judge(descent)
        assert "nan" not in verdict.sentence.text()
        if not descent.step():
            break


@pytest.mark.parametrize("rule", [spec.identifier for spec in OPTIMIZERS])
@pytest.mark.parametrize("rate", [0.01, 0.3, 1.02, 10.0])
def test_verdicts_hold_on_the_way_that_follows(rule: str, rate: float) -> None:
    """Converged: it stays. Moves away: it gets farther. For ever: it does. Diverged: it does not come back."""
    descent = Descent(function_of("bowl"), rule_of(rule), 2.5, rate)
    verdicts = []
    for _ in range(12):
        descent.step(10)
        verdicts.append((descent.path.steps, judge(descent)))
    descent.step(60)
    x, slope = descent.path.x, descent.path.slope
    for step, verdict in verdicts:
        low, high = (verdict.sentence.values.get(name, np.nan) for name in ("low", "high"))
        before, later = abs(x[max(step - 20, 0) : step + 1]).max(), abs(x[step:])
        if verdict.kind is Kind.CONVERGED:
            assert abs(slope[step:]).max() < 1e-4
        elif verdict.kind is Kind.MOVES_AWAY:
            assert later[-20:].max() > before
        elif verdict.kind is Kind.DIVERGED:
            assert later[-1] >= later[0]
        elif "for ever" in verdict.sentence.template:
            assert (x[step:].min(), x[step:].max()) == pytest.approx((low, high), rel=1e-3)


def test_a_ball_that_only_passes_the_minimum_has_not_converged() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd_momentum"), 2.5, 0.5)
    descent.step(1)
    assert (descent.x, descent.path.slope[-1]) == (0, 0)
    assert judge(descent).kind is Kind.MOVING
    assert not is_over(descent)


def test_far_away_on_a_swing_it_has_not_diverged() -> None:
    descent = Descent(function_of("bowl"), rule_of("rmsprop"), 2.5, 20.0)
    descent.step(1)
    assert descent.x == pytest.approx(-60.7, abs=0.1)
    assert judge(descent).kind is Kind.MOVING  # the next step brings it back
    descent.step(1)
    assert abs(descent.x) < 6


@pytest.mark.parametrize(
    ("function", "rule", "rate", "part"),
    [
        ("plateau", "adam", 1e-4, "the learning rate, 0.0001, sets how long a step is"),
        ("plateau", "rmsprop", 1e-4, "the learning rate, 0.0001, sets how long a step is"),
        ("bowl", "adagrad", 1e-3, "each gradient is multiplied by only 2.8e−05"),
        ("plateau", "sgd_momentum", 1e-3, "or more momentum helps"),
        ("plateau", "sgd", 1e-3, "or momentum helps"),
    ],
)
def test_why_it_crawls_fits_the_optimizer(function: str, rule: str, rate: float, part: str) -> None:
    verdict = verdict_on(function, rate, 50, rule)
    assert verdict.kind is Kind.CRAWLS
    assert part in verdict.sentence.text()


def test_a_slow_swing_of_momentum_is_cured_by_less_of_it() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd_momentum"), 2.5, 1.0, {"momentum": 0.9995})
    descent.step(120)
    assert "less momentum helps" in judge(descent).sentence.text()


def test_batches_are_blamed_only_for_steps_that_used_them() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd"), 2.5, 1.0, batches=Batches(SAMPLES))
    descent.step(60)
    assert judge(descent).kind is Kind.OSCILLATES  # all samples say the true slope
    descent = Descent(function_of("absolute_value"), rule_of("sgd"), 1.43, 0.1, batches=Batches(1))
    descent.step(60)
    assert judge(descent).kind is Kind.JITTERS
    descent.batches = None
    descent.step(60)
    assert judge(descent).kind is Kind.OSCILLATES


def test_what_is_known_of_the_steps_ahead_is_asked_anew_once_anything_is_set_otherwise() -> None:
    descent = Descent(function_of("bowl"), rule_of("sgd"), 4e-6, 0.1)
    assert judge(descent).kind is Kind.CONVERGED
    descent.rate = 3.0
    assert not descent.stays_level(1e-4)
    descent.step(1)
    descent.rate = 0.1
    assert descent.stays_level(1e-4)
    assert not descent.stays_level(1e-5)


def test_numbers_get_a_true_minus_and_words_keep_their_hyphens() -> None:
    sentence = Sentence("a well-known x = {x:.1e}", {"x": -0.001})
    assert sentence.text() == "a well-known x = −1.0e−03"
