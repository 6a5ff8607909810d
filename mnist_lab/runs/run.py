"""One run as its events tell it: state, numbers, outcome. No Qt: window, terminal and tests read the same record."""

import uuid
from collections import deque
from enum import Enum, auto
from functools import cached_property

from mnist_lab.data.digits import Digits
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
from mnist_lab.runs.history import History

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


class Run:
    """The record of one run.

    Attributes:
        id: tells this run from every other, on this computer and on others.
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
        training_seconds: spent in gradient updates so far, slow motion included.
        outcome: the last event, once the run has ended.
    """

    def __init__(self, experiment: Experiment, digits: Digits) -> None:
        images = len(digits.train_images)
        self.id = uuid.uuid4().hex
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
        self.training_seconds = 0.0
        self._newest = deque([(0, 0.0)])  # updates and training seconds, of the time that counts for the speed
        self.outcome: Finished | Stopped | Diverged | Failed | None = None

    @cached_property
    def trained_digits(self) -> Digits:
        """The digits with the training labels that the network is shown: others where they are shuffled."""
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
        """Speed of the gradient updates alone: lately, or of the whole run once it has ended; 0 before the first."""
        before, since = self._newest[0] if self.is_live else (0, 0.0)
        seconds = self.training_seconds - since
        return (self.updates - before) / seconds if seconds else 0.0

    @property
    def seconds_left(self) -> float | None:
        """Time the remaining updates need at this speed; None while it is unknown."""
        speed = self.updates_per_second
        return (self.total_updates - self.updates) / speed if speed else None

    @property
    def rates(self) -> list[tuple[int, float]]:
        """The learning rates, each with the index of the first update that was made with it."""
        changes = [(change.update, change.learning_rate) for change in self.rate_changes]
        return [(0, self.experiment.learning_rate), *changes]

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
            case EpochEnd():
                self.history.epochs.append(event)
            case Paused():
                self.state = State.PAUSED
            case Finished():
                self._end(State.FINISHED, event)
            case Stopped():
                self._end(State.STOPPED, event)
            case Diverged():
                self._end(State.DIVERGED, event)
            case Failed():
                self._end(State.FAILED, event)

    def go_on(self, updates: int) -> None:
        """Be live again, after the first `updates` gradient updates; with one epoch more if all were trained.

        Raises:
            ExperimentError: no experiment has more epochs.
        """
        if updates >= self.total_updates:
            self.experiment = self.experiment.changed(epochs=self.experiment.epochs + 1)
            self.total_updates = self.experiment.total_updates(len(self.digits.train_images))
        self.history.cut(updates)
        self.rate_changes = [change for change in self.rate_changes if change.update <= updates]
        self.state, self.stage, self.outcome = State.PREPARING, "importing", None
        self._newest = deque([(updates, self.training_seconds)])

    def _end(self, state: State, event: Finished | Stopped | Diverged | Failed) -> None:
        self.state = state
        self.outcome = event
