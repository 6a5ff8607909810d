"""One setting of many runs against their accuracy."""

import math

import pytest

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.scatter import SCATTER_SETTINGS, scatter
from tests.runs.made_runs import kept_network, kept_run, row_of

BY_NAME = {setting.name: setting for setting in SCATTER_SETTINGS}


def rows() -> list[RunRow]:
    runs = (
        kept_run(1, 0.9, learning_rate=0.01),
        kept_run(2, 0.95, learning_rate=0.001, optimizer="adam"),
        kept_run(3, 0.1, learning_rate=0),
        kept_run(4, 0.8, learning_rate=0.001, end="stopped", best=0.97),
        kept_network(5),
    )
    return [row_of(run) for run in runs]


def test_a_rate_stands_at_its_power_of_ten_and_zero_below_all_others() -> None:
    found = scatter(rows(), BY_NAME["learning_rate"], "test")
    assert [point.row.number for point in found.points] == [3, 4, 2, 1]
    assert [point.place for point in found.points] == pytest.approx([-4, -3, -3, -2])
    assert found.zero_place == pytest.approx(-4)
    assert (found.left_out, found.networks) == (0, 1)
    assert found.best.row.number == 2
    assert found.worst.row.number == 3


def test_the_best_validation_accuracy_also_tells_stopped_runs() -> None:
    found = scatter(rows(), BY_NAME["learning_rate"], "best")
    assert len(found.points) == 4
    assert found.best.row.number == 4
    assert found.best.accuracy == 0.97


def test_names_have_a_place_each() -> None:
    found = scatter(rows(), BY_NAME["optimizer"], "test")
    assert found.names == ("adam", "rmsprop")
    assert [(point.row.number, point.place) for point in found.points] == [(2, 0), (3, 1), (4, 1), (1, 1)]
    assert found.zero_place is None


def test_all_runs_of_the_list_are_there_with_the_accuracy_that_it_gives_them() -> None:
    """A stopped run as well; not one whose accuracy was measured on digits kept aside."""
    aside = row_of(kept_run(6, 0.7, end="stopped", validation="held_out"))
    listed = [*rows(), aside]
    found = scatter(listed, BY_NAME["learning_rate"], "test")
    shown = {point.row.number: point.accuracy for point in found.points}
    assert shown == {row.number: row.last_accuracy for row in listed if row.kind == "run" and row is not aside}
    assert (found.left_out, found.networks) == (1, 1)
    assert len(found.points) + found.left_out + found.networks == len(listed)


@pytest.mark.parametrize("setting", SCATTER_SETTINGS, ids=lambda setting: setting.name)
def test_every_setting_can_be_laid_out(setting) -> None:
    found = scatter(rows(), setting, "best")
    assert len(found.points) == 4
    assert all(math.isfinite(point.place) for point in found.points)
    assert scatter([], setting, "test").points == ()
