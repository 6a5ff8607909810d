"""What a race will take, told before it begins."""

from collections.abc import Sequence
from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.sweep_estimate import COMPILE_SECONDS, training_seconds


@dataclass(frozen=True)
class RaceEstimate:
    """What it will take, about.

    Attributes:
        updates: gradient updates of all racers together.
        seconds: from its start to its end, once Keras is there; None where nothing is known of this computer's speed.
    """

    updates: int
    seconds: float | None


def estimate_race(experiments: Sequence[Experiment], digits: Digits, rows: Sequence[RunRow]) -> RaceEstimate:
    """Estimate it, by how long updates took in kept runs (`rows`); quick, and nothing is read or trained."""
    updates = sum(one.total_updates(len(digits.train_images)) for one in experiments)
    seconds = training_seconds(experiments, digits, rows)
    return RaceEstimate(updates, None if seconds is None else seconds + COMPILE_SECONDS * len(experiments))
