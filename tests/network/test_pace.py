"""Chunks follow the machine's speed, without leaps."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.network.pace import CHUNK_SECONDS, Pace


def chunks(pace: Pace, seconds_an_update: float, number: int = 40) -> list[int]:
    counts = []
    for _ in range(number):
        counts.append(pace.next_count(1_000_000))
        pace.learn(counts[-1], counts[-1] * seconds_an_update)
    return counts


@pytest.mark.parametrize("seconds_an_update", [0.0001, 0.001, 0.0123, 0.3, 5.0])
def test_a_chunk_lasts_about_its_time_but_holds_one_update_at_least(seconds_an_update: float) -> None:
    counts = chunks(Pace(None), seconds_an_update)
    assert counts[0] == 1
    assert all(after <= 2 * before for before, after in itertools.pairwise(counts))
    assert counts[-1] == max(1, round(CHUNK_SECONDS / seconds_an_update))


def test_a_machine_that_gets_slow_is_followed_at_once() -> None:
    pace = Pace(None)
    chunks(pace, 0.001)
    usual = pace.next_count(1000)
    assert usual == round(CHUNK_SECONDS / 0.001)
    pace.learn(usual, 10 * CHUNK_SECONDS)
    assert pace.next_count(1000) == round(usual / 10)


def test_a_chunk_cut_short_by_an_epochs_end_changes_nothing_unless_it_is_slow() -> None:
    pace = Pace(None)
    chunks(pace, 0.001)
    usual = pace.next_count(1000)
    pace.learn(1, 0.003)
    assert pace.next_count(1000) == usual
    pace.learn(2, 1.0)
    assert pace.next_count(1000) == 1


@given(st.integers(1, 300), st.integers(1, 300), st.lists(st.floats(0, 100), max_size=10))
def test_a_fixed_length_stays_and_none_is_longer_than_allowed(fixed: int, longest: int, times: list[float]) -> None:
    pace, free = Pace(fixed), Pace(None)
    for seconds in times:
        for one in (pace, free):
            one.learn(one.next_count(longest), seconds)
    assert pace.next_count(longest) == min(fixed, longest)
    assert 1 <= free.next_count(longest) <= longest


@pytest.mark.parametrize(("slow_motion", "count"), [(1000.0, 66), (100.0, 7), (30.0, 2), (10.0, 1), (0.1, 1)])
def test_in_slow_motion_a_chunk_holds_what_is_due(slow_motion: float, count: int) -> None:
    pace = Pace(None)
    chunks(pace, 0.0001)
    assert pace.next_count(1_000_000, slow_motion) == count
    assert pace.next_count(1, slow_motion) == 1
