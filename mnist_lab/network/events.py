"""What a training run tells while it runs: small immutable events, in order, for window, terminal and tests."""

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.weights import NetworkWeights

Stage = Literal["importing", "building", "moving", "compiling"]


@dataclass(frozen=True, eq=False)
class RunEvent:
    """What all events have in common.

    Attributes:
        run_id: the run that tells it; "" where the caller of `train` gave it none.
    """

    run_id: str = field(default="", kw_only=True)


@dataclass(frozen=True)
class Preparing(RunEvent):
    """The run is getting ready; nothing is trained yet."""

    stage: Stage


@dataclass(frozen=True)
class Prepared(RunEvent):
    """The network stands and its compiled step is ready."""

    parameters: int
    samples: int
    updates_per_epoch: int
    total_updates: int
    compile_seconds: float


@dataclass(frozen=True, eq=False)
class Begun(RunEvent):
    """The network stands and nothing is trained yet: these are its initial weights, for comparing later."""

    weights: NetworkWeights


@dataclass(frozen=True, eq=False)
class ObservedUpdate:
    """One gradient update, looked at closely: everything to compute it again. It comes by `Control`, not as an event.

    Attributes:
        before: the weights that met the batch; `before.updates` is the update's index in the run.
        after: the weights it led to.
        indices: (b,) int32, the batch's images, as indices into the training images of the run's `Digits`.
        learning_rate: the one in force.
        loss: the batch's own loss before the update, penalties included.
        accuracy: the batch's own accuracy before the update, from 0 to 1.
    """

    before: NetworkWeights
    after: NetworkWeights
    indices: NDArray[np.int32]
    learning_rate: float
    loss: float
    accuracy: float


@dataclass(frozen=True, eq=False)
class Updates(RunEvent):
    """The numbers of consecutive gradient updates.

    Attributes:
        first: index of the first of them in the run, from 0.
        losses: (n,) float32, each batch's own loss before its update, penalties included.
        accuracies: (n,) float32 from 0 to 1, share of the batch's images classified right before its update.
        training_seconds: time spent training so far, slow motion included, without preparing, validating and pauses.
    """

    first: int
    losses: NDArray[np.float32]
    accuracies: NDArray[np.float32]
    training_seconds: float


@dataclass(frozen=True)
class RateChanged(RunEvent):
    """The learner has changed the learning rate.

    Attributes:
        update: index (from 0) of the first update that is made with it.
        learning_rate: the new one.
    """

    update: int
    learning_rate: float


@dataclass(frozen=True)
class EpochEnd(RunEvent):
    """An epoch is over and was measured, on the validation images and on images that are trained on.

    Attributes:
        epoch: which one, from 1.
        updates: gradient updates of the run so far.
        train_loss: mean over the epoch's images, each measured before its own update, while learning (as Keras's
            `fit` reports): of weights that changed meanwhile, with dropout where there is any.
        train_accuracy: the same for accuracy, from 0 to 1.
        validation_loss: on the validation images with the weights at the epoch's end.
        validation_accuracy: the same for accuracy, from 0 to 1.
        train_loss_after: on a sample of the images that are trained on, with the weights at the epoch's end and without
            dropout, as on the validation images.
        train_accuracy_after: the same for accuracy, from 0 to 1.
        train_sample: how many images that sample has.
        weights_sha256: of the weights at the epoch's end, see `NetworkWeights.sha256`; "" where an earlier version of
            the lab kept it.
    """

    epoch: int
    updates: int
    train_loss: float
    train_accuracy: float
    validation_loss: float
    validation_accuracy: float
    train_loss_after: float
    train_accuracy_after: float
    train_sample: int
    weights_sha256: str = ""


@dataclass(frozen=True)
class Paused(RunEvent):
    """The run waits after `updates` gradient updates."""

    updates: int


@dataclass(frozen=True)
class Resumed(RunEvent):
    """The run goes on after `updates` gradient updates."""

    updates: int


@dataclass(frozen=True)
class Stopped(RunEvent):
    """The learner ended the run after `updates` gradient updates; its weights are kept."""

    updates: int


@dataclass(frozen=True)
class Finished(RunEvent):
    """Every epoch was trained.

    Attributes:
        test_loss: on all test images.
        test_accuracy: on all test images, from 0 to 1.
        train_accuracy: the last epoch's `EpochEnd.train_accuracy`.
        updates: gradient updates of the run.
        training_seconds: time spent in gradient updates alone, slow motion included.
        train_loss_after: the last epoch's `EpochEnd.train_loss_after`.
        train_accuracy_after: the last epoch's `EpochEnd.train_accuracy_after`.
    """

    test_loss: float
    test_accuracy: float
    train_accuracy: float
    updates: int
    training_seconds: float
    train_loss_after: float
    train_accuracy_after: float


@dataclass(frozen=True)
class Diverged(RunEvent):
    """The loss of update `update` (from 0) was no finite number; the last finite weights are kept.

    Attributes:
        update: index of the update whose batch had the loss `loss`.
        loss: that loss, NaN or infinity.
        kept_updates: how many updates the kept weights have behind them.
    """

    update: int
    loss: float
    kept_updates: int


@dataclass(frozen=True)
class Failed(RunEvent):
    """The run could not go on; `error` is a LabError where the learner can do something about it."""

    error: Exception


Event = (
    Preparing
    | Begun
    | Prepared
    | Updates
    | RateChanged
    | EpochEnd
    | Paused
    | Resumed
    | Stopped
    | Finished
    | Diverged
    | Failed
)
Outcome = Finished | Stopped | Diverged
LastEvent = (Stopped, Finished, Diverged, Failed)
