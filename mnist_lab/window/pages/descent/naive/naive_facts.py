"""What the course reads of the naive way: of the chapter's card, of one weight, of many weights."""

from collections.abc import Callable
from functools import partial
from math import isfinite

import numpy as np

from mnist_lab.course.state import Value
from mnist_lab.descent.perturbation import CARD
from mnist_lab.studies.along import PASSES, Along
from mnist_lab.studies.sweeping import SweepReport
from mnist_lab.window.pages.descent.naive.card_probes import CardProbes
from mnist_lab.window.pages.descent.naive.one_weight import OneWeight
from mnist_lab.window.pages.descent.naive.stoppable_work import StoppableWork, WorkState
from mnist_lab.window.state.views import View

_MIDDLE = PASSES // 2


def tell_card(view: View, card: CardProbes) -> None:
    """Tell the course where the card's weight was tried, and what that says."""
    view.tell("cardTried", lambda: tuple(probe.weight for probe in card.probes[1:]))
    view.tell("cardMove", lambda: card.move)
    view.tell("cardBest", lambda: CARD[0].weight + card.move)


def tell_weight(view: View, model: OneWeight) -> None:
    """Tell the course which weight was chosen, and what the loss along it is like, as soon as it is known."""
    view.tell("weightPicks", lambda: model.picks or None)
    facts: dict[str, Callable[[Along], Value]] = {
        "weightValue": lambda along: float(along.values[_MIDDLE]),
        "weightLeast": lambda along: float(along.losses.min()),
        "weightMost": lambda along: float(along.losses.max()),
        "weightSlope": lambda along: along.slope,
        "weightNudged": lambda along: along.nudged,
        "weightIsBlack": lambda along: along.is_black,
    }
    for name, read in facts.items():
        view.tell(name, partial(_of_along, model, read))


def _of_along(model: OneWeight, read: Callable[[Along], Value]) -> Value:
    along = model.along.value
    is_whole = along is not None and model.along.is_current and bool(np.isfinite(along.losses).all())
    return read(along) if along is not None and is_whole else None


def tell_sweep(view: View, work: StoppableWork) -> None:
    """Tell the course what the newest sweep came to, once it has ended."""
    facts: dict[str, Callable[[SweepReport], Value]] = {
        "sweepDone": lambda report: report.done,
        "sweepPasses": lambda report: report.forward_passes,
        "sweepSeconds": lambda report: report.elapsed_seconds,
        "sweepBackwardSeconds": lambda report: _finite(report.backward_seconds),
        "sweepTimes": lambda report: _finite(report.times_as_long),
    }
    for name, read in facts.items():
        view.tell(name, partial(_of_sweep, work, read))


def _of_sweep(work: StoppableWork, read: Callable[[SweepReport], Value]) -> Value:
    return read(work.result.content) if work.state is WorkState.DONE and work.result is not None else None


def _finite(number: float) -> float | None:
    """None for what is no number: it would differ from itself."""
    return number if isfinite(number) else None
