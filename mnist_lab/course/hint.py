"""What one hint is, and what its rules are: each says how strongly its case holds."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from mnist_lab.course.hint_numbers import RunNumbers
from mnist_lab.experiment import CLASSES

EXPECTED_LOSS = math.log(CLASSES)
"""Of a network that holds all ten answers for equally likely."""

GOOD = 0.85
"""Test accuracy from which on nothing is said of slowness: what one layer of a few units reaches in no time."""

HintId = Literal[
    "overfitting",
    "rate_moves_nothing",
    "rate_too_high",
    "rate_too_low",
    "range_test",
    "dead_units",
    "plateau",
    "class_confusion",
    "wrong_start",
    "batch_too_large",
    "unscaled_input",
]


@dataclass(frozen=True)
class Hint:
    """One thing worth saying.

    Attributes:
        id: which rule raised it; all but "unscaled_input" are about a run.
        values: the learner's own numbers, for the words of the hint; shares are of 1, a gap is in percentage points.
        changes: settings of the next run that would help; empty where settings are not what helps.
    """

    id: HintId
    values: Mapping[str, float] = field(default_factory=dict)
    changes: Mapping[str, object] = field(default_factory=dict)


Rule = Callable[[RunNumbers], tuple[float, Hint]]
