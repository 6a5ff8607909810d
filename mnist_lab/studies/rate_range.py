"""What the losses of a learning-rate range test say: a range of rates with its reason, or that there is none. No Qt."""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.descent.sentences import Sentence
from mnist_lab.network.range_test import MOMENTUM, RateLosses
from mnist_lab.words import QT_TRANSLATE_NOOP

CONTEXT = "rate_range"
"""Under which the sentences are translated."""
_FIRST = 30
"""Losses with the smallest rates, which hardly move the weights: what the network begins with, and how it varies."""
_LAG = round(MOMENTUM / (1 - MOMENTUM))
"""How many batches the running average is behind its values: their mean age in it."""
_BEGUN, _NEARLY = 0.1, 0.9
"""Of the whole fall: where it has begun, and where it is nearly over."""
_LEAST_FALL = 0.05
"""Of the loss at the start: a smaller fall is none."""
_LEAST_DEVIATIONS = 5.0
"""Standard deviations of the running average of losses that do not change: a smaller fall may be chance."""
_SLOPE_SPAN = 7
"""Rates on either side by which a slope is measured."""


@dataclass(frozen=True)
class RateRange:
    """The verdict on a range test.

    Attributes:
        lowest: the smallest rate of the range; None where none was found, as the others.
        highest: the largest.
        suggested: the rate in it at which the smoothed loss fell fastest against the logarithm of the rate.
        reasons: why, in one sentence or two, marked for translation under `CONTEXT`.
    """

    lowest: float | None
    highest: float | None
    suggested: float | None
    reasons: tuple[Sentence, ...]

    @property
    def is_found(self) -> bool:
        """Whether there is a range."""
        return self.suggested is not None


def rate_range(tested: RateLosses) -> RateRange:
    """Judge a range test.

    The range is where the smoothed loss goes from a tenth to nine tenths of its fall, from the level of the smallest
    rates to its lowest; each of these places is moved back by the lag of the average.
    """
    if len(tested.losses) <= _FIRST:
        return _none(_lost_at_once(tested))
    start = float(np.mean(tested.losses[:_FIRST], dtype=np.float64))
    lowest = _FIRST + int(np.argmin(tested.smoothed[_FIRST:]))
    fall = start - float(tested.smoothed[lowest])
    if fall < max(_LEAST_FALL * start, _LEAST_DEVIATIONS * _deviation(tested.losses[:_FIRST])):
        return _none(Sentence(_NOTHING_FELL, {"start": start, "lowest": start - fall, "rate": tested.rates[lowest]}))
    falling = tested.smoothed[: lowest + 1]
    begins = _last_above(falling, start - _BEGUN * fall) + 1
    ends = int(np.argmax(falling <= start - _NEARLY * fall))
    begins, ends = sorted((begins, ends))
    steepest = begins + int(np.argmin(_slopes(tested.smoothed)[begins : ends + 1]))
    from_rate, to_rate, rate = (float(tested.rates[max(place - _LAG, 0)]) for place in (begins, ends, steepest))
    values = {"start": start, "lowest": start - fall, "from_rate": from_rate, "to_rate": to_rate}
    return RateRange(from_rate, to_rate, _rounded(rate, from_rate, to_rate), (Sentence(_FELL, values), _beyond(tested)))


def placed(tested: RateLosses) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The average as it is judged: rates and smoothed losses, (n − lag,) float64, each moved back by its lag."""
    return tested.rates[:-_LAG], tested.smoothed[_LAG:]


def with_rates_as(spell_rate: Callable[[float], str], reason: Sentence) -> dict[str, float | str]:
    """What stands in the places of a reason, its learning rates spelled so."""
    return {name: spell_rate(value) if name.endswith("rate") else value for name, value in reason.values.items()}


_FELL = QT_TRANSLATE_NOOP(
    "rate_range",
    "From {from_rate} to {to_rate} the smoothed loss went from a tenth to nine tenths of its fall, which was "
    "from {start:.3f} to {lowest:.3f}.",
)
_NOTHING_FELL = QT_TRANSLATE_NOOP(
    "rate_range",
    "None found: with no rate did the loss fall clearly. It began at {start:.3f}, and its lowest average was "
    "{lowest:.3f}, at a rate of {rate}.",
)


def _none(reason: Sentence) -> RateRange:
    return RateRange(None, None, None, (reason,))


def _lost_at_once(tested: RateLosses) -> Sentence:
    return Sentence(
        QT_TRANSLATE_NOOP(
            "rate_range",
            "None found: at a rate of {rate} already, the loss was no finite number.",
        ),
        {"rate": tested.lost_rate or 0.0},
    )


def _beyond(tested: RateLosses) -> Sentence:
    """What came after the range."""
    if tested.lost_rate is None:
        return Sentence(
            QT_TRANSLATE_NOOP("rate_range", "Up to {rate}, the largest rate tried, the loss never ran away."),
            {"rate": float(tested.rates[-1])},
        )
    if tested.lost_loss is None or not math.isfinite(tested.lost_loss):
        template = QT_TRANSLATE_NOOP("rate_range", "At {rate} the loss left the finite numbers.")
        return Sentence(template, {"rate": tested.lost_rate})
    template = QT_TRANSLATE_NOOP("rate_range", "At {rate} it had grown to more than four times its lowest.")
    return Sentence(template, {"rate": float(placed(tested)[0][-1])})  # of the average, as all places in it


def _deviation(losses: NDArray[np.float32]) -> float:
    """Standard deviation of the running average, if these losses only vary by their batches."""
    return float(np.std(losses, dtype=np.float64)) * math.sqrt((1 - MOMENTUM) / (1 + MOMENTUM))


def _last_above(values: NDArray[np.float64], level: float) -> int:
    """The last place at which they are above `level`; −1 if they never are."""
    above = np.flatnonzero(values > level)
    return int(above[-1]) if above.size else -1


def _slopes(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """By how much they grow from one rate to the next, by least squares over the rates around each."""
    offsets = np.arange(-_SLOPE_SPAN, _SLOPE_SPAN + 1)
    padded = np.pad(values, _SLOPE_SPAN, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, len(offsets))
    slopes: NDArray[np.float64] = windows @ offsets / float(offsets @ offsets)
    return slopes


def _rounded(rate: float, least: float, most: float) -> float:
    """With two digits, as one would type it, unless that leaves the range."""
    return min(max(float(f"{rate:.1e}"), least), most)
