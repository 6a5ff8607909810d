"""Each of the named settings does what it says, on the starter set and on all of MNIST."""

from functools import cache

import numpy as np
import pytest

from mnist_lab.course.hint_numbers import RunNumbers
from mnist_lab.course.hints import Hints
from mnist_lab.course.state import DigitFacts, EpochFacts
from mnist_lab.data import sources
from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.presets import PRESETS, PresetError, preset
from tests.conftest import REPOSITORY
from tests.course.labelled_runs import record

FULL = REPOSITORY.parent / "shared" / "data" / "mnist.npz"


@cache
def digits_of(name: str) -> Digits:
    return sources.load(str(FULL)) if name == "full" else sources.load_starter()


def trained(identifier: str, name: str) -> RunNumbers:
    """What a run with these settings shows."""
    digits, experiment = digits_of(name), preset(identifier).experiment
    kept = record(experiment, digits)
    return RunNumbers(
        experiment=experiment,
        digits=DigitFacts("full" if name == "full" else "starter", len(digits.train_images), len(digits.test_images)),
        updates_per_epoch=experiment.updates_per_epoch(len(digits.train_images)),
        state=kept["state"],
        losses=np.array(kept["losses"], np.float32),
        epochs=tuple(EpochFacts(int(one[0]), *one[1:]) for one in kept["epochs"]),
        movement=kept["movement"],
        quiet_shares=tuple(kept["quiet_shares"]),
        confusion=np.array(kept["confusion"]),
    )


def hints_of(numbers: RunNumbers) -> set[str]:
    hints = Hints()
    hints.look(numbers)
    return {hint.id for hint in hints.raised}


on_both = pytest.mark.parametrize(
    "name", ["starter", pytest.param("full", marks=pytest.mark.skipif(not FULL.exists(), reason="no full set here"))]
)


def test_there_are_five_and_the_first_is_the_chapters() -> None:
    assert [one.identifier for one in PRESETS] == ["chapter", "too-small", "overfits", "diverges", "slow-and-steady"]
    assert PRESETS[0].experiment == Experiment()
    assert len({one.experiment.model_dump_json() for one in PRESETS}) == len(PRESETS)
    with pytest.raises(PresetError, match="choose one of: chapter, too-small, "):
        preset("tiny")


def test_diverges_does_so_at_once() -> None:
    kept = record(preset("diverges").experiment, digits_of("starter"))
    assert kept["state"] == "diverged"
    assert len(kept["losses"]) < 32  # within the first epoch


@on_both
@pytest.mark.acceptance
def test_diverges_raises_its_hint(name: str) -> None:
    numbers = trained("diverges", name)
    assert numbers.state == "diverged"
    assert hints_of(numbers) == {"rate_too_high"}


@on_both
@pytest.mark.acceptance
def test_too_small_learns_neither_its_own_digits_nor_new_ones(name: str) -> None:
    last = trained("too-small", name).epochs[-1]
    assert last.train_accuracy_after < 0.82
    assert abs(last.train_accuracy_after - last.test_accuracy) < 0.01


@on_both
@pytest.mark.acceptance
def test_overfits_raises_its_hint(name: str) -> None:
    numbers = trained("overfits", name)
    assert "overfitting" in hints_of(numbers)
    assert numbers.epochs[-1].train_accuracy_after > 0.999
    test_losses = [epoch.test_loss for epoch in numbers.epochs]
    assert 5 <= test_losses.index(min(test_losses)) + 1 <= 20


@on_both
@pytest.mark.acceptance
def test_slow_and_steady_falls_in_every_epoch(name: str) -> None:
    numbers = trained("slow-and-steady", name)
    for losses in ([one.train_loss for one in numbers.epochs], [one.test_loss for one in numbers.epochs]):
        assert losses == sorted(losses, reverse=True)
    assert all(abs(epoch.train_accuracy_after - epoch.test_accuracy) < 0.04 for epoch in numbers.epochs)
    assert numbers.epochs[-1].test_accuracy > 0.87
    assert not hints_of(numbers)
