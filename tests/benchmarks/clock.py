"""How long each of several calls takes."""

import time
from collections.abc import Callable, Iterable


def milliseconds_each(actions: Iterable[Callable[[], object]]) -> list[float]:
    """Call them one after the other; milliseconds of each."""
    taken = []
    for action in actions:
        begin = time.perf_counter()
        action()
        taken.append(1000 * (time.perf_counter() - begin))
    return taken


def milliseconds(action: Callable[[], object], times: int) -> list[float]:
    """Call it once for nothing and then so many times; milliseconds of each."""
    action()
    return milliseconds_each([action] * times)
