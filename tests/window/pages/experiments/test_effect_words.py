"""What a sweep says of its settings: in sentences, honest where chance may explain it, and to the course."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_plan import grid_plan
from mnist_lab.studies.main_effects import main_effects
from mnist_lab.window.pages.experiments.effect_words import EffectWords
from mnist_lab.window.pages.experiments.sweep_facts import SweepFacts
from mnist_lab.window.state.live_sweep import LiveSweep
from tests.window.state.sweeps import FakeDriver

GRID: dict[str, list[object]] = {"learning_rate": [0.001, 0.01], "seed": [0, 1]}


def said(grid: dict[str, list[object]], *accuracies: float | None) -> str:
    plan = grid_plan(Experiment(), grid, "auto")
    return (
        EffectWords(QObject()).summary(main_effects(plan.experiments, accuracies, plan.varied)).replace("\u00a0", " ")
    )


@pytest.mark.parametrize(
    ("grid", "accuracies", "words"),
    [
        (
            GRID,
            (0.9, 0.902, 0.97, 0.972),
            "Learning rate mattered most: from 90.1 % on average with 0.001 to 97.1 % with 0.01. "
            "No clear difference by seed.",
        ),
        (
            GRID,
            (0.8, 0.97, 0.9, 0.98),
            "Seed differed most, from 85.0 % on average with 0 to 97.5 % with 1, but no clear difference: the 95 % "
            "intervals overlap. No clear difference by learning rate.",
        ),
        (
            {"learning_rate": [0.001, 0.01]},
            (0.9, 0.95),
            "Learning rate differed most, from 90.0 % with 0.001 to 95.0 % with 0.01. One run for a value has no "
            "interval: nothing says how much is chance. Vary the seed, too, to see it.",
        ),
        (
            {"optimizer": ["sgd", "adam"]},
            (0.9, 0.9),
            "Optimizer made no difference to the mean accuracy.",
        ),
        ({"optimizer": ["sgd", "adam"]}, (0.9, None), "Only one value of optimizer has runs to compare yet."),
        ({"optimizer": ["sgd", "adam"]}, (None, None), "No run has come to its end yet."),
    ],
)
def test_it_says_what_mattered_and_how_sure_that_is(
    qtbot: QtBot, grid: dict[str, list[object]], accuracies: tuple[float | None, ...], words: str
) -> None:
    assert said(grid, *accuracies).startswith(words)


def test_a_row_in_words(qtbot: QtBot) -> None:
    plan = grid_plan(Experiment(), GRID, "auto")
    rate, seed = EffectWords(QObject()).panels(main_effects(plan.experiments, (0.9, 0.92, 0.97, None), plan.varied))
    assert (rate.title, seed.title) == ("Learning rate", "Seed")
    assert rate.verdict.startswith("6.0 points; rank correlation")
    first, second = rate.rows
    assert (first.words, first.number.replace("\u00a0", " ")) == ("0.001", "91.0 %")
    assert first.spoken.endswith("95\u00a0% interval 78.3\u00a0% – 103.7\u00a0%")
    assert second.spoken.endswith("; without accuracy: 1")
    assert second.half_width is None


def test_a_setting_of_which_one_value_has_runs_so_far_is_not_judged(qtbot: QtBot) -> None:
    effects = main_effects(
        [Experiment(learning_rate=0.01, seed=seed) for seed in (0, 1, 0, 1)],
        (0.9, 0.95, 0.91, 0.96),
        ["seed", "learning_rate"],
    )
    words = EffectWords(QObject())
    assert "Learning rate" not in words.summary(effects)
    assert "learning rate" not in words.summary(effects)
    assert words.panels(effects)[1].verdict == "nothing to compare yet"


def test_drawn_numbers_are_told_by_thirds_in_few_figures(qtbot: QtBot) -> None:
    experiments = [Experiment(learning_rate=0.00123456 * (place + 1)) for place in range(9)]
    effects = main_effects(experiments, [0.5 + 0.01 * place for place in range(9)], ["learning_rate"])
    panel = EffectWords(QObject()).panels(effects)[0]
    assert [row.words for row in panel.rows] == ["0.0012 – 0.0037", "0.0049 – 0.0074", "0.0086 – 0.011"]
    assert panel.verdict == "6.0 points, a clear difference; rank correlation +1"


def test_the_course_is_told_once_it_is_over(qtbot: QtBot, starter: Digits) -> None:
    owner = QObject()
    sweep = LiveSweep(RunStore(), owner, FakeDriver([0.9, 0.92, 0.97, 0.98], may_end=9))
    facts = SweepFacts(sweep)
    assert (facts.order(), facts.means(), facts.best(), facts.runs()) == (None, None, None, None)
    with qtbot.waitSignal(sweep.ended):
        sweep.start(grid_plan(Experiment(epochs=1), GRID, "auto"), starter, 0, 1)
        assert facts.order() is None
    assert facts.order() == ("learning_rate", "seed")
    assert facts.spreads() == pytest.approx((0.065, 0.015))
    assert facts.means() == pytest.approx((0.91, 0.975))
    assert (facts.best(), facts.runs()) == (0.98, 4)
