"""A person's hand is learned: a new run goes on from the one that is looked at, on that hand's digits."""

from collections.abc import Callable, Sequence

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand_digit import HandDigit
from mnist_lab.network.recording import Moment
from mnist_lab.runs.forking import forked_run
from mnist_lab.runs.hand_forking import base_digits, plan_hand
from mnist_lab.runs.opening import ResumedRun
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.lab import Lab


def learn_hand(lab: Lab, run: Run, hand: Sequence[HandDigit]) -> None:
    """Let a new run learn this hand: from the moment of `run` that is looked at, else from its newest network.

    Where `run` itself has learned a hand, the new one begins before that: each run learns one hand.
    """
    moment = lab.look.moment
    at_hand = [digits for digits in (run.digits, lab.supply.digits) if digits is not None]
    lab.forks.queue(lambda is_wanted: _planned(lab.store, run.id, moment, at_hand, hand, is_wanted))
    if lab.live.is_queued:
        lab.live.control.set_slow_motion(None)  # slow motion is for curves: here one waits for the result


def _planned(
    store: RunStore,
    run_id: str,
    moment: Moment | None,
    at_hand: Sequence[Digits],
    hand: Sequence[HandDigit],
    is_wanted: Callable[[], bool],
) -> ResumedRun | None:
    """The run that learns the hand (in a thread of its own)."""
    parent = store.load(run_id)
    base = base_digits(parent, at_hand)
    has_hand = parent.facts.data is not None and parent.facts.data.hand is not None
    if moment is not None and not has_hand:
        snapshot = moment.snapshot
    else:
        snapshot = store.snapshot(run_id, 0 if has_hand else None)
    if not is_wanted():
        return None
    fork, digits = plan_hand(store, parent, snapshot.updates, snapshot, base, hand)
    return forked_run(fork, digits)
