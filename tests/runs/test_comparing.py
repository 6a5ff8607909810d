"""What differs between runs, and which is better than chance explains."""

import dataclasses

import pytest

from mnist_lab.inspection.share import Share
from mnist_lab.runs.comparing import (
    best_epoch,
    differing,
    gap_of,
    is_chance,
    judged,
    settings_of,
    settings_of_run,
    standing,
)
from mnist_lab.runs.facts import KeptRun
from tests.runs.made_runs import OTHER, STARTER, kept_network, kept_run


def differences(*runs: KeptRun) -> list[str]:
    return differing([settings_of_run(run) for run in runs])


def test_only_what_differs_is_told() -> None:
    assert differences() == differences(kept_run(1)) == differences(kept_run(1), kept_run(2, 0.5)) == []
    narrow = kept_run(2, learning_rate=0.01, hidden_units=(8, 8), data=OTHER, rates=((3, 0.1),))
    assert differences(kept_run(1), narrow) == ["hidden_units", "learning_rate", "rate_changes", "data"]
    assert differences(kept_run(1), kept_run(2), kept_run(3, seed=1)) == ["seed"]


def test_the_same_digits_from_elsewhere_do_not_differ() -> None:
    moved = dataclasses.replace(STARTER, origin="elsewhere.npz")
    assert differences(kept_run(1), kept_run(2, data=moved)) == []


def test_settings_without_meaning_do_not_differ() -> None:
    """A share that is held out where nothing is, how copies move where there are none, a default that was typed."""
    assert differences(kept_run(1), kept_run(2, moved_turn=3)) == []
    assert differences(kept_run(1), kept_run(2, moved_copies=3, moved_turn=3)) == ["moved_copies"]
    assert differences(kept_run(1, moved_copies=3), kept_run(2, moved_copies=3, moved_turn=3)) == ["moved_turn"]
    assert differences(kept_run(1), kept_run(2, held_out_share=0.3)) == []
    assert differences(kept_run(1), kept_run(2, validation="held_out", held_out_share=0.3)) == ["validation"]
    assert differences(kept_run(1), kept_run(2, optimizer_settings={"rho": 0.9})) == []
    assert differences(kept_run(1), kept_run(2, optimizer="adam")) == ["optimizer"]
    other = kept_run(2, optimizer_settings={"rho": 0.8})
    assert differences(kept_run(1), other) == ["optimizer_settings"]
    assert settings_of_run(other)["optimizer_settings"] == {"rho": 0.8}


def test_a_network_from_elsewhere_has_no_settings() -> None:
    assert settings_of(None, None) == {}
    assert differences(kept_run(1), kept_network(2), kept_run(3, epochs=3)) == ["epochs"]


def test_a_run_is_judged_on_test_digits_wherever_it_was() -> None:
    finished, stopped = judged(kept_run(1, 0.93)), judged(kept_run(2, 0.93, end="stopped"))
    assert finished is not None
    assert stopped is not None
    assert finished.share == stopped.share == Share(930, 1000)
    assert finished.images == stopped.images
    assert (finished.epoch, stopped.epoch) == (None, 2)
    assert judged(kept_run(1, 0.93, validation="held_out")).share.count == 1000


def test_a_stopped_run_with_held_out_digits_is_judged_on_those() -> None:
    held = judged(kept_run(1, 0.9, end="stopped", validation="held_out"))
    assert held is not None
    assert not held.is_test
    assert held.share == Share(360, 400)
    others = kept_run(2, 0.9, end="stopped", validation="held_out", seed=1)
    assert judged(others).images != held.images


@pytest.mark.parametrize("run", [kept_network(1), kept_run(1, data=None), kept_run(1, float("nan"), best=0.5)])
def test_what_was_not_measured_is_not_judged(run: KeptRun) -> None:
    assert judged(run) is None
    assert gap_of(run) is None
    assert standing([run]) is None


def test_the_best_epoch_is_the_first_of_equals() -> None:
    assert best_epoch(kept_run(1, 0.9, best=0.95, epochs=4)).epoch == 1
    assert best_epoch(kept_run(1, 0.9, best=0.9, epochs=3)).epoch == 1
    assert best_epoch(kept_run(1, 0.9, epochs=3)).epoch == 3
    assert best_epoch(kept_run(1, float("nan"), best=0.5)).epoch == 1
    assert best_epoch(kept_network(1)) is None


def test_the_gap_is_that_of_the_last_epoch() -> None:
    gap = gap_of(kept_run(1, 0.9, best=0.2))
    assert (gap.trained, gap.new) == (Share(950, 1000), Share(900, 1000))
    assert gap.grade == "overfitting"


def test_chance_can_be_either_way() -> None:
    few, more, most = Share(900, 1000), Share(905, 1000), Share(950, 1000)
    assert is_chance(few, more)
    assert is_chance(more, few)
    assert not is_chance(few, most)
    assert not is_chance(most, few)


def test_the_best_stands_against_every_other() -> None:
    runs = [kept_run(1, 0.90), kept_run(2, 0.95), kept_run(3, 0.945), kept_run(4, 0.5), kept_network(5)]
    elsewhere = kept_run(6, 0.99, data=OTHER)
    found = standing([*runs, elsewhere])
    assert found is not None
    assert found.best is runs[1]
    assert found.judged.share == Share(950, 1000)
    assert found.equals == (runs[2],)
    assert found.worse == (runs[0], runs[3])
    assert found.elsewhere == (elsewhere,)
    assert found.unmeasured == (runs[4],)
