"""The arithmetic adds up and is written as everywhere else."""

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.window.pages.train.arithmetic import Arithmetic


@pytest.fixture
def arithmetic(qtbot) -> Arithmetic:
    arithmetic = Arithmetic()
    qtbot.addWidget(arithmetic)
    return arithmetic


def test_thousands_are_set_apart_in_every_number(arithmetic: Arithmetic) -> None:
    arithmetic.set_experiment(Experiment(hidden_units=(5126,)), 60_000)
    said = arithmetic.accessibleDescription()
    assert said.startswith("784×5,126 + 5,126 = 4,023,910; 5,126×10 + 10 = 51,270; parameters (16.3 MB) 4,075,180; ")
    assert said.endswith("an epoch: 60,000 ÷ 128, rounded up = 469; updates in all: 5 × 469 = 2,345")


def test_one_batch_is_one_update_an_epoch(arithmetic: Arithmetic) -> None:
    arithmetic.set_experiment(Experiment(one_batch=True, epochs=200), 60_000)
    said = arithmetic.accessibleDescription()
    assert said.endswith("an epoch: one batch of 128 = 1; updates in all: 200 × 1 = 200")
    arithmetic.set_experiment(Experiment(one_batch=True, batch_size=1_000), 300)
    assert "one batch of 300 = 1" in arithmetic.accessibleDescription()


def test_moved_copies_are_counted(arithmetic: Arithmetic) -> None:
    copied = Experiment(moved_copies=3)
    arithmetic.set_experiment(copied, 60_000)
    said = arithmetic.accessibleDescription()
    assert said.endswith(
        "images: 60,000 + 3 × 60,000 = 240,000; an epoch: 240,000 ÷ 128 = 1,875; updates in all: 5 × 1,875 = 9,375"
    )
    arithmetic.set_experiment(copied.changed(validation="held_out"), 60_000)
    assert (
        "images: 54,000 + 3 × 54,000 = 216,000; an epoch: 216,000 ÷ 128, rounded up"
        in arithmetic.accessibleDescription()
    )
    arithmetic.set_experiment(copied.changed(one_batch=True), 60_000)
    assert "images:" not in arithmetic.accessibleDescription()


@pytest.mark.parametrize(("units", "size"), [(1, "3.2 kB"), (32, "101.8 kB"), (314, "998.6 kB"), (512, "1.6 MB")])
def test_a_networks_size_is_told_in_three_or_four_figures(arithmetic: Arithmetic, units: int, size: str) -> None:
    arithmetic.set_experiment(Experiment(hidden_units=(units,)), None)
    assert f"parameters ({size})" in arithmetic.accessibleDescription()


def test_in_a_narrow_column_rounding_up_has_a_line_of_its_own(arithmetic: Arithmetic) -> None:
    arithmetic.set_experiment(Experiment(), 4_000)
    arithmetic.resize(600, 200)
    arithmetic.show()
    assert "128, rounded up =" in arithmetic.text()
    arithmetic.resize(230, 200)
    assert "4,000 ÷ 128 =" in arithmetic.text()
    assert "31.25" in arithmetic.text()
    assert "rounded up =" in arithmetic.text()
    assert ", rounded up" in arithmetic.accessibleDescription()
