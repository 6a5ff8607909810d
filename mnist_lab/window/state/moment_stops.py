"""Where one can stop on the way through a run of which only some networks can be had."""

from collections.abc import Sequence


def nearest_stop(stops: Sequence[int], updates: int) -> int:
    """The one that is nearest to so many updates; of two the earlier.

    Args:
        stops: numbers of updates, rising; at least one.
        updates: where one would be.
    """
    return min(stops, key=lambda stop: (abs(stop - updates), stop))


def next_stop(stops: Sequence[int], place: int, updates: int) -> int:
    """The nearest one, or the next on the way there: a small step from `place` leads on, too.

    Args:
        stops: as in `nearest_stop`.
        place: where one is.
        updates: where one would be.
    """
    nearest = nearest_stop(stops, updates)
    if nearest != place or updates == place:
        return nearest
    ahead = [stop for stop in stops if stop > place] if updates > place else [stop for stop in stops if stop < place]
    return nearest if not ahead else ahead[0] if updates > place else ahead[-1]
