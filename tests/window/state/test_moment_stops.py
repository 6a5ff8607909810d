"""Where one stops in a run of which only some networks can be had: at the nearest, and every small step leads on."""

from hypothesis import given
from hypothesis import strategies as st

from mnist_lab.window.state.moment_stops import nearest_stop, next_stop

STOPS = (0, 300, 640)


def test_the_nearest_is_the_earlier_one_of_two() -> None:
    assert [nearest_stop(STOPS, updates) for updates in (-5, 0, 149, 150, 151, 470, 471, 9_000)] == [
        *(0, 0, 0, 0, 300, 300, 640, 640)
    ]


def test_a_small_step_leads_to_the_next_one() -> None:
    assert next_stop(STOPS, 300, 301) == 640
    assert next_stop(STOPS, 300, 299) == 0
    assert next_stop(STOPS, 300, 300) == 300
    assert next_stop(STOPS, 640, 641) == 640, "there is none beyond"
    assert next_stop(STOPS, 0, 200) == 300


@given(st.sets(st.integers(0, 9_999), min_size=1).map(sorted), st.integers(0, 9_999))
def test_single_steps_reach_every_stop(stops: list[int], start: int) -> None:
    place = nearest_stop(stops, start)
    reached = {place}
    for step in (-1, 1):
        while (further := next_stop(stops, place, place + step)) != place:
            place = further
            reached.add(place)
    assert reached == {*stops}
