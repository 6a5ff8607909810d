"""Which setting mattered, against numbers computed by hand and from tables."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.experiment import Experiment
from mnist_lab.studies.main_effects import main_effects, t_quantile


@pytest.mark.parametrize(
    ("degrees", "table"),
    [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (5, 2.571), (9, 2.262), (10, 2.228), (30, 2.042), (120, 1.980)],
)
def test_quantiles_are_those_of_the_tables(degrees: int, table: float) -> None:
    assert t_quantile(degrees) == pytest.approx(table, abs=5e-4)


def test_many_degrees_come_to_the_normal_distribution() -> None:
    assert t_quantile(9_999) == pytest.approx(1.96020, abs=1e-5)
    assert t_quantile(10_000) == pytest.approx(1.96020, abs=1e-5)


def _grid() -> tuple[list[Experiment], list[float | None]]:
    experiments = [
        Experiment(optimizer=optimizer, learning_rate=rate)
        for optimizer in ("sgd", "adam")
        for rate in (0.1, 0.001, 0.01)
    ]
    return experiments, [0.80, 0.50, 0.71, 0.90, 0.60, 0.79]


def test_a_grid_by_hand() -> None:
    first, second = main_effects(*_grid(), ["optimizer", "learning_rate"])
    assert (first.field, second.field) == ("learning_rate", "optimizer")
    assert [level.lowest for level in first.levels] == [0.001, 0.01, 0.1]
    assert [level.mean for level in first.levels] == pytest.approx([0.55, 0.75, 0.85])
    # Two values x apart: s = x/√2, and the half-width is 12.706 · x / 2.
    assert [level.half_width for level in first.levels] == pytest.approx([0.6353, 0.5082, 0.6353], abs=1e-4)
    assert first.spread == pytest.approx(0.30)
    assert first.verdict == "unclear"
    assert [level.lowest for level in second.levels] == ["sgd", "adam"]
    assert [level.mean for level in second.levels] == pytest.approx([0.67, 0.763333], abs=1e-6)
    # s of 0.80, 0.50, 0.71 is √((0.13² + 0.17² + 0.04²) / 2) = 0.153948; · 4.3027 / √3.
    assert second.levels[0].half_width == pytest.approx(0.38243, abs=1e-4)
    assert second.rank_correlation is None


def test_rank_correlation_by_hand() -> None:
    effect = main_effects(*_grid(), ["learning_rate"])[0]
    # Ranks of the rates 5.5 1.5 3.5 5.5 1.5 3.5, of the accuracies 5 1 3 6 2 4: 16 / √(16 · 17.5).
    assert effect.rank_correlation == pytest.approx(16 / math.sqrt(16 * 17.5))


def test_a_clear_difference() -> None:
    experiments = [Experiment(learning_rate=rate, seed=seed) for rate in (0.001, 0.01) for seed in (0, 1, 2)]
    rate, seed = main_effects(experiments, [0.90, 0.91, 0.92, 0.97, 0.975, 0.98], ["seed", "learning_rate"])
    assert (rate.field, rate.verdict) == ("learning_rate", "clear")
    assert (seed.field, seed.verdict) == ("seed", "unclear")


def test_one_run_each_has_no_interval() -> None:
    experiments = [Experiment(learning_rate=rate) for rate in (0.001, 0.01)]
    effect = main_effects(experiments, [0.9, 0.95], ["learning_rate"])[0]
    assert [level.half_width for level in effect.levels] == [None, None]
    assert effect.verdict == "untold"
    assert effect.rank_correlation is None


def test_runs_without_an_accuracy_are_counted_and_left_out() -> None:
    experiments = [Experiment(learning_rate=rate, seed=seed) for rate in (0.1, 10.0) for seed in (0, 1)]
    effect = main_effects(experiments, [0.9, None, None, None], ["learning_rate"])[0]
    assert [(level.mean, level.missing) for level in effect.levels] == [(0.9, 1), (None, 2)]
    assert (effect.spread, effect.verdict) == (0.0, "untold")
    assert effect.best is effect.worst is effect.levels[0]


def test_nothing_came_out() -> None:
    effect = main_effects([Experiment()], [None], ["learning_rate"])[0]
    assert (effect.best, effect.worst, effect.spread, effect.verdict) == (None, None, 0.0, "untold")


def test_many_numbers_are_told_by_thirds() -> None:
    rates = [0.001 * (place + 1) for place in range(8)]
    effect = main_effects(
        [Experiment(learning_rate=rate) for rate in reversed(rates)],
        [0.1 * (place + 1) for place in reversed(range(8))],
        ["learning_rate"],
    )[0]
    assert [(level.lowest, level.highest) for level in effect.levels] == [
        (rates[0], rates[2]),
        (rates[3], rates[4]),
        (rates[5], rates[7]),
    ]
    assert [level.mean for level in effect.levels] == pytest.approx([0.2, 0.45, 0.7])
    assert effect.rank_correlation == pytest.approx(1.0)


def test_layers_are_numbers_where_each_network_has_one() -> None:
    def levels(*sizes: tuple[int, ...]) -> list[object]:
        experiments = [Experiment(hidden_units=size) for size in sizes]
        effect = main_effects(experiments, [0.5] * len(sizes), ["hidden_units"])[0]
        return [level.lowest for level in effect.levels]

    assert levels((128,), (16,)) == [16, 128]
    assert levels((128,), (64, 16), (16,)) == [128, (64, 16), 16]


def test_settings_of_optimizers_and_switches_have_levels_too() -> None:
    experiments = [Experiment(optimizer_settings={"rho": rho}, one_batch=rho > 0.9) for rho in (0.9, 0.99, 0.9)]
    own, switch = main_effects(experiments, [0.5, 0.6, 0.7], ["optimizer_settings", "one_batch"])
    assert [level.lowest for level in own.levels] == [{"rho": 0.9}, {"rho": 0.99}]
    assert [level.lowest for level in switch.levels] == [False, True]


@given(st.lists(st.tuples(st.floats(0, 1000), st.none() | st.floats(0, 1)), min_size=1, max_size=40))
def test_every_run_is_in_one_level(runs: list[tuple[float, float | None]]) -> None:
    experiments = [Experiment(learning_rate=rate) for rate, _ in runs]
    effect = main_effects(experiments, [accuracy for _, accuracy in runs], ["learning_rate"])[0]
    assert sum(len(level.accuracies) + level.missing for level in effect.levels) == len(runs)
    known = sorted(accuracy for _, accuracy in runs if accuracy is not None)
    assert sorted(one for level in effect.levels for one in level.accuracies) == known
    assert effect.rank_correlation is None or -1 - 1e-9 <= effect.rank_correlation <= 1 + 1e-9
