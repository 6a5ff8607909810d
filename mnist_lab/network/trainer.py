"""Training as a plain function: `train(experiment, digits, publish, control)`, in whatever thread calls it.

It knows no window: it publishes events and reads `Control` between two chunks of updates. A chunk lasts about
30 ms, so the learner's Pause, Stop and Step are obeyed at once, and Python is free for the window meanwhile.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.backend import as_array, keras_and_tensorflow
from mnist_lab.network.batches import batch_order, check_held_out, split_held_out
from mnist_lab.network.checkpoint import Checkpoints, weights_are_finite
from mnist_lab.network.compiled import ResidentDigits
from mnist_lab.network.control import KERAS_LOCK, Control
from mnist_lab.network.events import (
    Begun,
    Diverged,
    EpochEnd,
    Event,
    Failed,
    Finished,
    ObservedUpdate,
    Paused,
    Prepared,
    Preparing,
    Resumed,
    Stopped,
    Updates,
)
from mnist_lab.network.memory import check_memory
from mnist_lab.network.model import build_model, copy_weights
from mnist_lab.network.pace import Pace
from mnist_lab.network.twin import ALL_PIXELS, inked_pixels
from mnist_lab.network.workbench import Workbench, kept_workbench, new_workbench

Publish = Callable[[Event], None]

_LOCK_SECONDS = 0.05
"""How long a run that waits for Keras may overlook that it was stopped."""


@dataclass(frozen=True)
class Engine:
    """How the updates are computed; it never changes which.

    Attributes:
        xla: compile whole batches with XLA where it works; without it the bits are those of `train_on_batch`.
        chunk: updates of one compiled call; None follows the measured speed.
    """

    xla: bool = True
    chunk: int | None = None


def train(
    experiment: Experiment, digits: Digits, publish: Publish, control: Control, engine: Engine = Engine()
) -> None:
    """Train the experiment's network on `digits`.

    Publishes `Preparing`, `Prepared`, then `Updates` and `EpochEnd` (with `Paused`, `Resumed` as asked), and as
    the last event exactly one of `Finished`, `Stopped`, `Diverged`, `Failed`. The weights at the end, and at each
    pause, lie in the control's mailbox before the event is published. An experiment that cannot be run fails
    before anything is imported; while another job uses Keras, the run waits for it and can be stopped.
    """
    try:
        last: Event = _Run(experiment, digits, publish, control, engine).outcome()
    except Exception as error:  # noqa: BLE001 - whatever it is, the learner is told, by whoever reads the events
        last = Failed(error)
    publish(last)


class _Stop(Exception):  # noqa: N818 - not an error: the learner's wish, from deep inside the loop
    """The run was asked to end."""


class _Divergence(Exception):  # noqa: N818 - not an error: an outcome of training
    """A loss was not finite."""

    def __init__(self, update: int, loss: float) -> None:
        super().__init__(update, loss)
        self.update = update
        self.loss = loss


@contextmanager
def _keras_to_itself(control: Control) -> Iterator[None]:
    """Hold `KERAS_LOCK`; raises `_Stop` when the run is stopped while it waits for another job."""
    while not KERAS_LOCK.acquire(timeout=_LOCK_SECONDS):
        if control.is_stopped:
            raise _Stop
    try:
        yield
    finally:
        KERAS_LOCK.release()


class _Run:
    """One run from preparing to its outcome."""

    def __init__(
        self, experiment: Experiment, digits: Digits, publish: Publish, control: Control, engine: Engine
    ) -> None:
        self._experiment = experiment
        self._digits = digits
        self._publish = publish
        self._control = control
        self._engine = engine
        self._pace = Pace(engine.chunk)
        self._updates = 0
        self._training_seconds = 0.0
        self._chunk = (0.0, 0)  # when the newest one began, and its updates
        self._is_waiting = False
        self._bench: Workbench | None = None
        self._trained: NDArray[np.intp] | None = None

    def outcome(self) -> Finished | Stopped | Diverged:
        """Check, wait until Keras is free, and train to the end, whichever it is."""
        check_memory(self._experiment)
        check_held_out(self._experiment, self._digits)
        try:
            self._stage("importing")
            with _keras_to_itself(self._control):
                return self._outcome_with_keras()
        except _Stop:
            return Stopped(self._updates)

    def _outcome_with_keras(self) -> Finished | Stopped | Diverged:
        """Train to the end and leave the weights in the mailbox."""
        try:
            self._prepare()
            self._start()
            last = self._train_epochs()
            test_loss, test_accuracy = self._test_result(last)
        except _Stop:
            self._offer_weights()
            return Stopped(self._updates)
        except _Divergence as divergence:
            self._go_back_to_finite_weights(divergence.update)
            self._offer_weights()
            return Diverged(divergence.update, divergence.loss, self._updates)
        self._offer_weights()
        return Finished(test_loss, test_accuracy, last.train_accuracy, self._updates, self._training_seconds)

    # Preparing

    def _prepare(self) -> None:
        keras_and_tensorflow()
        self._stage("building")
        images = self._digits.train_images
        self._samples = self._experiment.samples(len(images))
        model = build_model(self._experiment)
        self._stage("compiling")
        begin = time.perf_counter()
        pixels = inked_pixels(self._experiment, images) if self._engine.xla else ALL_PIXELS
        shape = (self._experiment, model, self._samples, pixels)
        bench = kept_workbench(*shape, xla=self._engine.xla) or new_workbench(*shape, xla=self._engine.xla)
        self._bench, self._training, self._evaluation = bench, bench.training, bench.evaluation
        self._place_digits(bench.pixels)
        self._compile_seconds = time.perf_counter() - begin

    @property
    def _model(self) -> Any:
        """The network as it is now."""
        assert self._bench is not None
        return self._bench.settled

    def _stage(self, stage: Any) -> None:
        if self._control.is_stopped:
            raise _Stop
        self._publish(Preparing(stage))

    def _place_digits(self, pixels: NDArray[np.int32]) -> None:
        digits = self._digits
        test = ResidentDigits.of(digits.test_images, digits.test_labels)
        self._test_digits = self._validation_digits = test
        if self._experiment.validation == "test":
            self._train_digits = ResidentDigits.of(digits.train_images, digits.train_labels, pixels)
            return
        trained, held_out = split_held_out(self._experiment, digits)
        self._trained = trained
        images, labels = digits.train_images[trained], digits.train_labels[trained]
        self._train_digits = ResidentDigits.of(images, labels, pixels)
        self._validation_digits = ResidentDigits.of(digits.train_images[held_out], digits.train_labels[held_out])

    def _start(self) -> None:
        self._per_epoch = self._training.updates_per_epoch
        self._orders: dict[int, Any] = {}
        bench = self._bench
        assert bench is not None
        self._checkpoints = Checkpoints(lambda: bench.settled)  # not of `self`: a cycle would keep the digits in memory
        self._publish(Begun(copy_weights(self._model, 0)))
        self._publish(
            Prepared(
                parameters=self._experiment.parameters(),
                samples=self._samples,
                updates_per_epoch=self._per_epoch,
                total_updates=self._experiment.epochs * self._per_epoch,
                compile_seconds=self._compile_seconds,
            )
        )

    # Training

    def _train_epochs(self) -> EpochEnd:
        for epoch in range(self._experiment.epochs):
            last = self._train_epoch(epoch)
        return last

    def _train_epoch(self, epoch: int) -> EpochEnd:
        losses = np.empty(self._per_epoch, np.float32)
        accuracies = np.empty(self._per_epoch, np.float32)
        position = 0
        while position < self._per_epoch:
            count = self._await_turn(position)
            chunk = slice(position, position + count)
            losses[chunk], accuracies[chunk] = self._run_chunk(epoch, position, count)
            position += count
        return self._end_epoch(epoch, losses, accuracies)

    def _await_turn(self, position: int) -> int:
        """Wait while paused, do what was asked for meanwhile, and say how many updates come next."""
        if self._control.weights_wanted:
            self._offer_weights()
        self._keep_slow()
        while (turn := self._control.take_turn()) == "wait":
            self._offer_weights()
            self._publish(Paused(self._updates))
            self._is_waiting = True
            self._control.wait_while_paused()
        if turn == "stop":
            raise _Stop
        self._apply_learning_rate()
        if turn == "step" or self._control.update_wanted:
            return 1
        if self._is_waiting:
            self._is_waiting = False
            self._publish(Resumed(self._updates))
        return self._pace.next_count(self._training.longest(position), self._control.slow_motion)

    def _keep_slow(self) -> None:
        """In slow motion the time that one watches counts as training: the speed is the one that is seen."""
        begin = time.perf_counter()
        self._control.keep_slow(*self._chunk)
        self._training_seconds += time.perf_counter() - begin

    def _is_observed(self, epoch: int, position: int, count: int) -> bool:
        """Whether the next chunk is one update that is looked at closely: asked for, a step, the first, the last."""
        is_last = epoch + 1 == self._experiment.epochs and position + 1 == self._per_epoch
        wanted = self._control.update_wanted or self._control.is_paused or is_last or not self._updates
        return count == 1 and wanted

    def _apply_learning_rate(self) -> None:
        learning_rate = self._control.take_learning_rate()
        if learning_rate is not None:
            self._model.optimizer.learning_rate = learning_rate
            self._checkpoints.take(self._updates)  # repeated updates must have one and the same rate

    def _run_chunk(self, epoch: int, position: int, count: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        before = copy_weights(self._model, self._updates) if self._is_observed(epoch, position, count) else None
        begin = time.perf_counter()
        losses, accuracies = self._training.run(self._train_digits, self._order(epoch), position, count)
        seconds = time.perf_counter() - begin
        self._chunk = begin, count
        if before is not None:
            self._offer_update(before, self._batch(epoch, position), float(losses[0]), float(accuracies[0]))
        self._pace.learn(count, seconds)
        self._training_seconds += seconds
        self._report(losses, accuracies)
        self._updates += count
        self._checkpoints.take_if_due(self._updates)
        return losses, accuracies

    def _report(self, losses: NDArray[np.float32], accuracies: NDArray[np.float32]) -> None:
        """Publish the updates up to the first whose loss is not finite, which ends the run."""
        bad = np.flatnonzero(~np.isfinite(losses))
        good = int(bad[0]) if bad.size else len(losses)
        if good:
            self._publish(Updates(self._updates, losses[:good], accuracies[:good], self._training_seconds))
        if bad.size:
            raise _Divergence(self._updates + good, float(losses[good]))

    def _order(self, epoch: int) -> Any:
        if epoch not in self._orders:
            if len(self._orders) > 1:  # this epoch and the last are all that a checkpoint can ask for
                del self._orders[min(self._orders)]
            self._orders[epoch] = self._training.order(batch_order(self._experiment, self._samples, epoch))
        return self._orders[epoch]

    # Measuring

    def _end_epoch(self, epoch: int, losses: NDArray[np.float32], accuracies: NDArray[np.float32]) -> EpochEnd:
        sizes = np.full(self._per_epoch, self._experiment.batch_size, np.float64)
        sizes[-1] = self._samples - sizes[:-1].sum()
        validation_loss, validation_accuracy = self._measure(self._validation_digits)
        end = EpochEnd(
            epoch=epoch + 1,
            updates=self._updates,
            train_loss=float(np.average(losses, weights=sizes)),
            train_accuracy=float(np.average(accuracies, weights=sizes)),
            validation_loss=validation_loss,
            validation_accuracy=validation_accuracy,
        )
        self._publish(end)
        return end

    def _test_result(self, last: EpochEnd) -> tuple[float, float]:
        if self._validation_digits is self._test_digits:
            return last.validation_loss, last.validation_accuracy
        return self._measure(self._test_digits)

    def _measure(self, digits: ResidentDigits) -> tuple[float, float]:
        self._training.settle()
        result = self._evaluation.measure(digits, lambda: self._control.is_stopped)
        if result is None:
            raise _Stop
        if not np.isfinite(result[0]):
            raise _Divergence(self._updates, result[0])
        return result

    # Copies

    def _offer_weights(self) -> None:
        if self._bench is not None:
            self._control.offer_weights(copy_weights(self._model, self._updates))

    def _batch(self, epoch: int, position: int) -> NDArray[np.int32]:
        """(b,) indices into the training images, of the batch of one update."""
        start = position * self._experiment.batch_size
        indices = batch_order(self._experiment, self._samples, epoch)[start : start + self._experiment.batch_size]
        return indices if self._trained is None else self._trained[indices].astype(np.int32)

    def _offer_update(self, before: NetworkWeights, indices: NDArray[np.int32], loss: float, accuracy: float) -> None:
        rate = float(as_array(self._model.optimizer.learning_rate))
        after = copy_weights(self._model, before.updates + 1)
        self._control.offer_update(ObservedUpdate(before, after, indices, rate, loss, accuracy))

    def _go_back_to_finite_weights(self, update: int) -> None:
        """Repeat the updates since the last checkpoint, which gives the same bits, up to the last finite ones."""
        checkpoint = self._checkpoints.newest
        for kept in range(update, checkpoint.updates - 1, -1):
            checkpoint.restore(self._model)
            self._updates = checkpoint.updates
            while self._updates < kept:
                epoch, position = divmod(self._updates, self._per_epoch)
                count = min(self._training.longest(position), kept - self._updates)
                self._training.run(self._train_digits, self._order(epoch), position, count)
                self._updates += count
            if weights_are_finite(self._model):
                return
