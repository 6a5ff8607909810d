"""The lab as the course sees it: what goals, numbers and hints read. The window fills it; nothing here changes it."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Literal

from mnist_lab.experiment import Experiment

Value = bool | int | float | str | tuple[float, ...] | tuple[str, ...] | None
"""What one fact of a page is. Names are identifiers, never words of the window's language."""

_NOT_COMPARED = ("facts", "told", "revisions")

RunState = Literal["preparing", "training", "paused", "stopped", "finished", "diverged", "failed"]


@dataclass(frozen=True)
class DigitFacts:
    """The digits in use.

    Attributes:
        kind: "full" for all of MNIST, "starter" for the digits that come with the lab, "own" for opened data.
        train_images: how many there are to train on.
        test_images: how many there are to test on.
    """

    kind: Literal["full", "starter", "own"]
    train_images: int
    test_images: int


@dataclass(frozen=True)
class EpochFacts:
    """What was measured at an epoch's end; accuracies from 0 to 1.

    Attributes:
        updates: gradient updates until then.
        train_loss: mean over the epoch, while learning.
        train_accuracy: the same for accuracy.
        train_accuracy_after: of training digits, with the weights at the epoch's end and without dropout.
        test_loss: of the validation digits, with the same weights.
        test_accuracy: the same for accuracy.
    """

    updates: int
    train_loss: float
    train_accuracy: float
    train_accuracy_after: float
    test_loss: float
    test_accuracy: float


@dataclass(frozen=True)
class RunSeen:
    """A run.

    Attributes:
        id: its own.
        number: which one of the kept runs it is; None before it is kept.
        state: where it stands.
        experiment: its settings.
        digits: what it trains on.
        updates: gradient updates so far.
        total_updates: of the whole run.
        updates_per_epoch: of one epoch.
        first_loss: of the first batch, before anything was learned; None before it.
        last_loss: of the newest batch; None before the first, and where it is no finite number.
        epochs: those that are over.
        training_seconds: spent in gradient updates.
    """

    id: str
    number: int | None
    state: RunState
    experiment: Experiment
    digits: DigitFacts
    updates: int
    total_updates: int
    updates_per_epoch: int
    first_loss: float | None = None
    last_loss: float | None = None
    epochs: tuple[EpochFacts, ...] = ()
    training_seconds: float = 0.0

    @property
    def is_live(self) -> bool:
        """Whether it has not ended."""
        return self.state in ("preparing", "training", "paused")

    @property
    def test_accuracy(self) -> float | None:
        """After the last epoch that is over, from 0 to 1; None before the first."""
        return self.epochs[-1].test_accuracy if self.epochs else None

    @property
    def train_accuracy(self) -> float | None:
        """Of training digits after the last epoch, without dropout, from 0 to 1; None before the first."""
        return self.epochs[-1].train_accuracy_after if self.epochs else None


@dataclass(frozen=True)
class KeptFacts:
    """A kept run, as the list on the page Runs has it.

    Attributes:
        id: its own.
        number: which one it is.
        state: where it stands, "interrupted" among the words of a store.
        experiment: its settings; None where they are not known.
        test_accuracy: after its last epoch, from 0 to 1; None before the first.
    """

    id: str
    number: int
    state: str
    experiment: Experiment | None
    test_accuracy: float | None


@dataclass(frozen=True)
class DrawingFacts:
    """What lies on the pad.

    Attributes:
        label: the digit it is known to be; None for what was drawn by hand.
        answer: the digit that the network takes it for; None without a network.
        certainty: the probability of that answer, from 0 to 1; None without a network.
    """

    label: int | None
    answer: int | None
    certainty: float | None


@dataclass(frozen=True)
class LabState:
    """The lab at one moment.

    Attributes:
        page: objectName of the page in view.
        digits: those of the next run; None before any are loaded.
        experiment: the settings of the next run.
        run: the run that is looked at; None before any.
        is_training: whether a run is live, looked at or not; one that was stopped is, until all of it is written.
        kept: the kept runs, newest first.
        drawing: what lies on the pad; None while it is empty.
        own_digits: how many drawings are kept with a label.
        watched_update: which gradient update was looked at closely, from 1; None before any.
        facts: what pages tell of themselves, as "descentPage.function"; controls that were touched stand here by their
            objectName, as "descentPage.descentRate".
        told: names of those facts that a page tells as soon as it is made, touched or not.
        revisions: how often each attribute and each fact has changed since the window opened, and each setting of the
            next run, as "experiment.batch_size"; those that never did are not in it.
    """

    page: str = ""
    digits: DigitFacts | None = None
    experiment: Experiment = field(default_factory=Experiment)
    run: RunSeen | None = None
    is_training: bool = False
    kept: tuple[KeptFacts, ...] = ()
    drawing: DrawingFacts | None = None
    own_digits: int = 0
    watched_update: int | None = None
    facts: Mapping[str, Value] = field(default_factory=dict)
    told: frozenset[str] = frozenset()
    revisions: Mapping[str, int] = field(default_factory=dict)

    def after(self, before: "LabState") -> "LabState":
        """The same state, with the revisions it has as the one that follows `before`.

        That a page is made, and begins to tell, is no change of what it tells.
        """
        revisions, now, then = dict(before.revisions), self._values(), before._values()
        for name in (now.keys() | then.keys()) - (self.told - before.told):
            if now.get(name) != then.get(name):
                revisions[name] = revisions.get(name, 0) + 1
        return replace(self, revisions=revisions)

    def is_newer(self, name: str, entry: "LabState") -> bool:
        """Whether an attribute or a fact has changed since `entry`, though it may be what it was then."""
        return self.revisions.get(name, 0) > entry.revisions.get(name, 0)

    def fact(self, name: str) -> Value:
        """What a page tells under that name; None where it tells nothing yet."""
        return self.facts.get(name)

    def number(self, name: str) -> float | None:
        """A fact that is a number; None where it is none."""
        value = self.facts.get(name)
        return float(value) if isinstance(value, int | float) else None

    def _values(self) -> dict[str, object]:
        own = {one.name: getattr(self, one.name) for one in fields(self) if one.name not in _NOT_COMPARED}
        settings = {f"experiment.{name}": value for name, value in self.experiment}
        return own | settings | dict(self.facts)
