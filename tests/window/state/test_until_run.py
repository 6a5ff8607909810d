"""What is said of the next run holds until that begins, and no run that had begun, or waited to, ends it."""

from types import SimpleNamespace
from typing import Any, cast

from mnist_lab.window.state.until_run import UntilRun


def _live(run: object = None, *, is_queued: bool = False) -> Any:
    return SimpleNamespace(run=run, is_queued=is_queued, is_training=is_queued)


def test_it_ends_with_the_next_run() -> None:
    live = _live("first")
    holds = UntilRun(cast(Any, live))
    assert holds()
    live.run = "second"
    assert not holds()
    assert not holds(), "once and for all"


def test_a_run_that_waits_to_begin_does_not_end_it() -> None:
    live = _live(is_queued=True)
    holds = UntilRun(cast(Any, live))
    live.run, live.is_queued = "first", False
    assert holds()
    live.run = "second"
    assert not holds()


def test_a_run_that_waited_and_never_began_does_not_count() -> None:
    live = _live("first", is_queued=True)
    holds = UntilRun(cast(Any, live))
    live.is_queued = live.is_training = False
    assert holds()
    live.run = "second"
    assert not holds()
