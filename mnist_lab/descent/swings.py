"""Whether a ball goes to and fro, and comes closer, stays as far away or moves away with every swing."""

from dataclasses import dataclass

import numpy as np

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.descent.path import Descent, Path
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.stability import passed_limit
from mnist_lab.descent.verdict import STILL, WINDOW, Kind, Verdict
from mnist_lab.words import QT_TRANSLATE_NOOP

_LONGEST_PERIOD = 8
_SWINGS = 8
"""So many of the last swings have to agree on getting wider, or narrower."""

_SAME = 1e-7
"""A swing that differs from the one before by less than this share is as wide."""

_STEADY = 0.999
"""Swings change steadily as long as the last change is at least this share of the first; else it fades."""

_RETURNS = 1e-5
"""Places closer together than this share of a swing are the same."""

_SLOW = 0.1
"""A swing wider by more than this share of the one before is no slow parting any more."""

_HARDLY = 0.98
"""Steps that are on average no shorter than this share of those before hardly get shorter."""


@dataclass(frozen=True)
class _Swings:
    """The last swings, from turning point to turning point: widths (`_SWINGS`,), and the ends of the last one."""

    widths: Reals
    low: float
    high: float

    @property
    def get_wider(self) -> bool:
        """Whether each is wider than the one before, and by no less than that was: it leads to no steady swing."""
        return self._changes_steadily(np.diff(self.widths))

    @property
    def get_narrower(self) -> bool:
        """Whether each is narrower than the one before."""
        return bool((np.diff(self.widths) < 0).all())

    @property
    def stays_as_wide(self) -> bool:
        """Whether they do not get steadily wider or narrower."""
        growth = np.diff(self.widths)
        return not (self._changes_steadily(growth) or self._changes_steadily(-growth))

    def _changes_steadily(self, changes: Reals) -> bool:
        return bool((changes > _SAME * self.widths[:-1]).all() and changes[-1] >= _STEADY * changes[0])


def _swings(path: Path) -> _Swings | None:
    """None if there were not so many, or if the last one was long ago."""
    turns = np.flatnonzero(np.diff(np.sign(path.moves)) != 0) + 1
    if len(turns) <= _SWINGS:
        return None
    turns = turns[-_SWINGS - 1 :]
    if path.steps - turns[-1] > 2 * np.diff(turns).max():
        return None
    places = path.x[turns]
    return _Swings(abs(np.diff(places)), float(places[-2:].min()), float(places[-2:].max()))


def jitters(function: Function, path: Path) -> Verdict | None:
    """With batches: it fluctuates within a small range, without progress."""
    if path.steps < 2 * WINDOW or (path.used_slope == path.slope[:-1])[-2 * WINDOW :].any():
        return None
    recent = path.x[-2 * WINDOW :]
    first, second = recent[:WINDOW], recent[WINDOW:]
    spread = float(np.ptp(recent))
    turns = int((np.diff(np.sign(np.diff(recent))) != 0).sum())
    if turns < WINDOW // 2 or abs(first.mean() - second.mean()) > 0.5 * spread or spread > 0.5 * function.width:
        return None
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Jitters between x = {low:.4g} and {high:.4g}: each batch gives another slope; a smaller learning "
        "rate or a larger batch calms it.",
    )
    return Verdict(Kind.JITTERS, Sentence(text, {"low": float(recent.min()), "high": float(recent.max())}))


def moves_away(descent: Descent) -> Verdict | None:
    """It swings wider and wider around a minimum that is not stable at this learning rate, though slowly."""
    path, swings = descent.path, _swings(descent.path)
    if swings is None or not swings.get_wider:
        return None
    growth, middle = float(swings.widths[-1] / swings.widths[-2]) - 1, (swings.low + swings.high) / 2
    limit = passed_limit(descent.function, descent.rule, descent.settings, float(path.rate[-1]), middle)
    if growth > _SLOW or limit is None or not swings.low < limit["minimum"] < swings.high:
        return None
    text = QT_TRANSLATE_NOOP(
        "descent",
        "Moves away, slowly: each swing is wider than the one before, the last by {percent:.2g}\u00a0%; it went from "
        "x = {low:.4g} to {high:.4g}. The learning rate is {rate:.4g}, and the minimum at x = {minimum:.4g} is stable "
        "only below {limit:.4g}.",
    )
    values = {"percent": 100 * growth, "low": swings.low, "high": swings.high}
    return Verdict(Kind.MOVES_AWAY, Sentence(text, values | limit))


def oscillates(descent: Descent) -> Verdict | None:
    """It swings, always as wide or hardly narrower."""
    function, path = descent.function, descent.path
    swings, period = _swings(path), _period(function, path)
    if period and (swings is None or swings.stays_as_wide):
        return Verdict(Kind.OSCILLATES, _comes_back(path, period))
    share = _shorter_by(function, path)
    if share is None:
        return None
    recent = path.x[-WINDOW - 1 :]
    values: dict[str, float] = {"low": float(recent.min()), "high": float(recent.max()), "steps": WINDOW}
    if swings is None or not swings.get_narrower or share <= 0:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Oscillates: in the last {steps} steps it jumped about between x = {low:.4g} and {high:.4g} and did not "
            "settle; a smaller learning rate helps.",
        )
    elif (np.diff(np.sign(path.moves[-WINDOW:])) == 0).any() and "momentum" in descent.settings:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Oscillates: it swings between x = {low:.4g} and {high:.4g}, and {steps} steps make the swings only "
            "{percent:.2g}\u00a0% narrower; less momentum helps.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Oscillates: it swings between x = {low:.4g} and {high:.4g}, and {steps} steps make the swings only "
            "{percent:.2g}\u00a0% narrower; a smaller learning rate helps.",
        )
    return Verdict(Kind.OSCILLATES, Sentence(text, values | {"percent": 100 * share}))


def _comes_back(path: Path, period: int) -> Sentence:
    recent = path.x[-period:]
    values = {"period": period, "low": float(recent.min()), "high": float(recent.max())}
    if period == 2:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Oscillates: it jumps between x = {low:.4g} and {high:.4g} for ever; a smaller learning rate helps.",
        )
    else:
        text = QT_TRANSLATE_NOOP(
            "descent",
            "Oscillates: every {period} steps it comes back to the same places between x = {low:.4g} and "
            "{high:.4g}; a smaller learning rate helps.",
        )
    return Sentence(text, values)


def _period(function: Function, path: Path) -> int:
    """After how many steps the last places come again, 2 to 8; 0 if they do not."""
    for period in range(2, _LONGEST_PERIOD + 1):
        if len(path.x) < 3 * period:
            return 0
        recent = path.x[-3 * period :]
        spread = float(np.ptp(recent[-period:]))
        returns = abs(recent[period:] - recent[:-period]).max() < _RETURNS * spread
        if returns and spread > 1e-6 * function.width:
            return period
    return 0


def _shorter_by(function: Function, path: Path) -> float | None:
    """By which share the last steps were shorter than those before; None if that is a lot, or if it does not swing."""
    if path.steps < 2 * WINDOW:
        return None
    moves = path.moves[-2 * WINDOW :]
    before, now = float(abs(moves[:WINDOW]).mean()), float(abs(moves[WINDOW:]).mean())
    turns = int((np.diff(np.sign(moves[WINDOW:])) != 0).sum())
    swings = turns >= WINDOW // 5 and now > _HARDLY * before and now > STILL * function.width
    return 1 - now / before if swings else None
