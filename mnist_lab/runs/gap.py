"""How much better a network knows the images it is trained on than new ones, and whether that is worth a word."""

from dataclasses import dataclass
from typing import Literal

from mnist_lab.inspection.share import Share
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.run import Run

Grade = Literal["none", "small", "overfitting", "reversed"]

_LEAST_GAP, _CLEAR_GAP = 0.005, 0.01
"""Of accuracy: half a point and one point. With all of MNIST smaller gaps are certain, too, and still of no weight."""


@dataclass(frozen=True)
class Gap:
    """Two accuracies of the same weights, without dropout.

    Attributes:
        trained: on a sample of the images that the run trains on.
        new: on the images that it validates on.
    """

    trained: Share
    new: Share

    @classmethod
    def after(cls, run: Run, end: EpochEnd) -> "Gap":
        """What `end`, an epoch of `run`, was measured at."""
        if run.experiment.validation == "test":
            new = len(run.digits.test_images)
        else:
            new = run.experiment.held_out_samples(len(run.digits.train_images))
        return cls(_share(end.train_accuracy_after, end.train_sample), _share(end.validation_accuracy, new))

    @property
    def is_chance(self) -> bool:
        """Whether chance explains it: the 95 % interval of the difference, whichever is higher, contains 0."""
        return not (self.trained.is_above(self.new) or self.new.is_above(self.trained))

    @property
    def is_worth_a_word(self) -> bool:
        """Whether it is half a point or more."""
        return abs(self.trained.value - self.new.value) >= _LEAST_GAP

    @property
    def grade(self) -> Grade:
        """What the gap is called.

        "none": the 95 % interval of the difference contains 0, or it is less than half a point.
        "overfitting": the two 95 % intervals lie apart, and it is one point or more.
        "small": what lies between. "reversed": new images are known better, by as much as is not "none".
        """
        difference = self.trained.value - self.new.value
        if self.is_chance or not self.is_worth_a_word:
            return "none"
        if difference < 0:
            return "reversed"
        is_clear = difference >= _CLEAR_GAP and self.trained.is_apart_above(self.new)
        return "overfitting" if is_clear else "small"


def does_harm(run: Run) -> bool:
    """Whether the newest epoch has made the network worse on the very images that it trains on, by more than chance."""
    if len(run.history.epochs) < 2 or run.updates_per_epoch == 1:  # one update may swing
        return False
    before, now = (_share(end.train_accuracy_after, end.train_sample) for end in run.history.epochs[-2:])
    return before.is_apart_above(now)


def _share(accuracy: float, count: int) -> Share:
    return Share(round(accuracy * count), count)
