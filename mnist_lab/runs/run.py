"""One run as its events tell it: state, numbers, outcome. No Qt: window, terminal and tests read the same record."""

import uuid
from collections import deque
from enum import Enum, auto
from functools import cached_property

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import HandDigits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.batches import as_trained
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    Paused,
    Prepared,
    Preparing,
    RateChanged,
    Resumed,
    Stopped,
    Updates,
)
from mnist_lab.network.recording import Past
from mnist_lab.runs.facts import KeptRun, KnownImages
from mnist_lab.runs.history import History
from mnist_lab.words import LabError

_SPEED_SECONDS = 2.0
"""Of training, over which a live run's speed is averaged: it may just have become slow motion."""


class State(Enum):
    """Where a run stands."""

    PREPARING = auto()
    TRAINING = auto()
    PAUSED = auto()
    STOPPED = auto()
    FINISHED = auto()
    DIVERGED = auto()
    FAILED = auto()


_ENDS: dict[type[Event], State] = {
    Finished: State.FINISHED,
    Stopped: State.STOPPED,
    Diverged: State.DIVERGED,
    Failed: State.FAILED,
}


class Run:
    """The record of one run.

    Attributes:
        id: tells this run from every other, on this computer and on others.
        number: which one it is of those that are kept in this home; None until it is.
        name: what the learner calls it; "" without a name.
        experiment: what was asked for; a run that goes on after its end gets an epoch more.
        digits: what it trains on.
        state: where it stands.
        stage: while preparing, what is being prepared.
        history: its numbers so far.
        total_updates: gradient updates of the whole run.
        updates_per_epoch: gradient updates of one epoch.
        start_weights: the network before its first update; None until it stands.
        learning_rate: the one in force; it can be changed while the run is live.
        rate_changes: each change of it, in order.
        past: see `RunFacts`.
        begins_trained: see `RunFacts`.
        may_know: see `RunFacts`.
        training_seconds: spent in gradient updates so far, slow motion included.
        taken_over: updates, and training seconds, that it has from the run that it goes on from; 0 and 0 without one.
        outcome: the last event, once the run has ended.
        was_interrupted: whether it was cut off, by a crash or a lost battery, instead of stopped.
    """

    def __init__(self, experiment: Experiment, digits: Digits) -> None:
        images = len(digits.train_images)
        self.id = uuid.uuid4().hex
        self.number: int | None = None
        self.name = ""
        self.experiment = experiment
        self.digits = digits
        self.state = State.PREPARING
        self.stage: str = "importing"
        self.history = History()
        self.total_updates = experiment.total_updates(images)
        self.updates_per_epoch = experiment.updates_per_epoch(images)
        self.start_weights: NetworkWeights | None = None
        self.learning_rate = experiment.learning_rate
        self.rate_changes: list[RateChanged] = []
        self.past: tuple[Past, ...] = ()
        self.begins_trained = False
        self.may_know: tuple[KnownImages, ...] = ()
        self.training_seconds = 0.0
        self.taken_over = (0, 0.0)
        self._newest = deque([(0, 0.0)])  # updates and training seconds, of the time that counts for the speed
        self.outcome: Finished | Stopped | Diverged | Failed | None = None
        self.was_interrupted = False

    @classmethod
    def restored(cls, kept: KeptRun, digits: Digits, start_weights: NetworkWeights | None) -> "Run":
        """The record of a run that was kept, as it was left; never live.

        Args:
            kept: what the store holds of it.
            digits: those that it trained on; where they are gone, others to look at it with.
            start_weights: the network before its first update, where it was kept.

        Raises:
            ValueError: it is a network without a run.
        """
        if kept.experiment is None:
            raise ValueError("a kept network was never run here")
        run = cls(kept.experiment, digits)
        data = kept.facts.data
        images = len(digits.train_images) if data is None else data.train_images
        run.id, run.number, run.name = kept.facts.id, kept.facts.number, kept.name
        run.total_updates = kept.experiment.total_updates(images)
        run.updates_per_epoch = kept.experiment.updates_per_epoch(images)
        run.start_weights = start_weights
        run.history.losses.append(kept.losses)
        run.history.accuracies.append(kept.accuracies)
        run.history.epochs = list(kept.epochs)
        run.rate_changes = list(kept.rate_changes)
        run.past, run.begins_trained = kept.facts.past, kept.facts.begins_trained
        run.may_know = kept.facts.may_know
        run.learning_rate = run.rates[-1][1]
        run.training_seconds = kept.training_seconds
        run.taken_over = kept.facts.forked_at, kept.seconds_until(kept.facts.forked_at)
        run.outcome = kept.outcome or Stopped(run.updates)
        if kept.failure:
            run.outcome = Failed(LabError("{reason}", reason=kept.failure))
        run.state, run.was_interrupted = _ENDS[type(run.outcome)], kept.state == "interrupted"
        return run

    @cached_property
    def trained_digits(self) -> Digits:
        """The digits with the training labels that the network is shown: others where they are shuffled.

        The images of an update, moved copies and all, are had from them by `network.batches.images_trained_on`.
        """
        return as_trained(self.experiment, self.digits)

    @property
    def is_live(self) -> bool:
        """Whether the run has not ended."""
        return self.outcome is None

    @property
    def updates(self) -> int:
        """Gradient updates so far."""
        return len(self.history.losses)

    @property
    def updates_per_second(self) -> float:
        """Speed of its own gradient updates alone: lately, or of all once it has ended; 0 before the first."""
        before, since = self._newest[0] if self.is_live else self.taken_over
        seconds = self.training_seconds - since
        return (self.updates - before) / seconds if seconds else 0.0

    @property
    def own_seconds(self) -> float:
        """Training seconds without those of the run that it goes on from."""
        return self.training_seconds - self.taken_over[1]

    @property
    def seconds_left(self) -> float | None:
        """Time the remaining updates need at this speed; None while it is unknown."""
        speed = self.updates_per_second
        return (self.total_updates - self.updates) / speed if speed else None

    @property
    def rates(self) -> list[tuple[int, float]]:
        """The learning rates, each with the index of the first update that was made with it."""
        changes = [(change.update, change.learning_rate) for change in self.rate_changes]
        return [(0, self.first_experiment.learning_rate), *changes]

    @property
    def is_of_its_settings(self) -> bool:
        """Whether all of its updates are what its settings lead to from initial weights on: a new run repeats them."""
        same = self.experiment.changed(epochs=1)
        return not self.begins_trained and all(past.experiment.changed(epochs=1) == same for past in self.past)

    @property
    def first_experiment(self) -> Experiment:
        """The settings with which its first update was made: another run's, where it counts that one's on."""
        return self.experiment_of(0)

    def experiment_of(self, update: int) -> Experiment:
        """The settings with which the update of that index is made: of a fork, its parent's up to where it was left."""
        return next((past.experiment for past in self.past if update < past.until), self.experiment)

    def rate_before(self, update: int) -> tuple[int, float]:
        """The one of `rates` that brought the network to where it met the batch of `update` (an index)."""
        return next(((first, rate) for first, rate in reversed(self.rates) if first < update), self.rates[0])

    def receive(self, event: Event) -> None:
        """Take in the next event.

        Raises:
            ValueError: it is another run's.
        """
        if event.run_id not in ("", self.id):
            raise ValueError(f"run {self.id} cannot take in an event of run {event.run_id}")
        match event:
            case Preparing(stage):
                self.stage = stage
            case Begun(weights):
                self.start_weights = weights
            case Prepared() | Resumed():
                self.state = State.TRAINING
            case Updates():
                self.history.losses.append(event.losses)
                self.history.accuracies.append(event.accuracies)
                self.training_seconds = event.training_seconds
                self._newest.append((self.updates, self.training_seconds))
                while self.training_seconds - self._newest[1][1] >= _SPEED_SECONDS:
                    self._newest.popleft()
            case RateChanged():
                self.rate_changes.append(event)
                self.learning_rate = event.learning_rate
            case EpochEnd():
                self.history.epochs.append(event)
            case Paused():
                self.state = State.PAUSED
            case Finished() | Stopped() | Diverged() | Failed():
                self.state, self.outcome = _ENDS[type(event)], event

    def go_on(self, updates: int, *, epochs: int = 1, may_grow: bool = True) -> None:
        """Be live again, after the first `updates` gradient updates; with so many `epochs` more if all were trained.

        Without `may_grow` there are no more epochs: a run that was cut off after its last update has its end before it.

        Raises:
            ExperimentError: no experiment has more epochs.
        """
        if updates >= self.total_updates and may_grow:
            self.experiment = self.experiment.changed(epochs=self.experiment.epochs + epochs)
            self.total_updates = self.experiment.total_updates(len(self.digits.train_images))
        self.history.cut(updates)
        self.rate_changes = [change for change in self.rate_changes if change.update <= updates]
        self.state, self.stage, self.outcome = State.PREPARING, "importing", None
        self.was_interrupted = False
        self._newest = deque([(updates, self.training_seconds)])


def is_of_digits(run: Run, digits: Digits) -> bool:
    """Whether a run trains on these, or on these and a hand that it learns beside them."""
    own = run.digits
    if not isinstance(own, HandDigits):
        return own.has_same_content(digits)
    is_like = len(digits.train_images) == own.hand.base_images and digits.test_images.shape == own.test_images.shape
    return own.has_same_content(digits) or (is_like and digits.fingerprint == own.hand.base_fingerprint)
