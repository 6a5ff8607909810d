"""A run that can be left at any gradient update and entered again, beside others, with the same bits.

    session = TrainingSession(experiment, digits)
    losses, accuracies = session.advance(100)
    kept = session.snapshot()          # to_bytes() takes it into another process
    session.advance(50)
    session.restore(kept)              # the same fifty again, bit for bit, in chunks of any length
    session.close()

A session knows no events and no wishes of a learner: `network.trainer` loops over one. Sessions take turns in one
thread, or in several that hold `control.KERAS_LOCK`: TensorFlow's models are not safe for two threads at once.
"""

import time
import weakref
from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits, Images, Labels
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.backend import as_array, keras_and_tensorflow, runtime
from mnist_lab.network.batches import as_trained, batch_order, check_held_out, images_trained_on, split_held_out
from mnist_lab.network.compiled import MeasuredDigits, ResidentDigits
from mnist_lab.network.events import Stage
from mnist_lab.network.memory import check_memory
from mnist_lab.network.model import copy_weights
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.network.trained_sample import spread_sample
from mnist_lab.network.twin import ALL_PIXELS, inked_pixels
from mnist_lab.network.variables import named_variables
from mnist_lab.network.workbench import POOL, Workbench, WorkbenchPool

MeasuredOn = Literal["validation", "test", "trained"]
_SELDOM_SECONDS = 0.05
"""Between two calls of `on_stage` while copies are made: how long a wish to stop may be overlooked there."""


class BatchNumbers(NamedTuple):
    """What consecutive gradient updates met.

    Attributes:
        losses: (n,) float32, each batch's own loss before its update, penalties included.
        accuracies: (n,) float32 from 0 to 1, share of the batch's images classified right before its update.
    """

    losses: NDArray[np.float32]
    accuracies: NDArray[np.float32]


class LossAndAccuracy(NamedTuple):
    """Mean loss, penalties included, and accuracy from 0 to 1 on a set of images, without dropout."""

    loss: float
    accuracy: float


def _nothing(*_: object) -> None:
    pass


class _Seldom:
    """Passes calls on, but not more than some in a second."""

    def __init__(self, call: Callable[[], None]) -> None:
        self._call = call
        self._next = 0.0

    def __call__(self) -> None:
        now = time.perf_counter()
        if now >= self._next:
            self._next = now + _SELDOM_SECONDS
            self._call()


class TrainingSession:
    """One run's network, its programs and its place among the batches.

    Attributes:
        experiment: what is trained.
        digits: on what, with the labels that are trained on.
        updates: gradient updates so far; it may go on beyond the experiment's epochs.
        samples: images that an epoch trains on.
        updates_per_epoch: whole batches and the short one.
        compile_seconds: how long compiling took, or finding what was compiled before.
    """

    def __init__(
        self,
        experiment: Experiment,
        digits: Digits,
        start: Snapshot | None = None,
        *,
        xla: bool = True,
        measures: bool = True,
        on_stage: Callable[[Stage], None] = _nothing,
        pool: WorkbenchPool = POOL,
    ) -> None:
        """Build and compile, at the experiment's start or at the snapshot `start`.

        Args:
            experiment: what to train.
            digits: on what.
            start: an earlier session's snapshot; None for initial weights from the experiment's seed.
            xla: train whole batches with XLA where it works; without it the bits are those of Keras's own `fit`.
            measures: whether it is going to measure, which takes up to a second to prepare.
            on_stage: told what comes next; what it raises ends the making.
            pool: where its compiled programs come from and go to.

        Raises:
            NetworkError: the network does not fit into memory, or nothing is left to train on.
            SnapshotError: `start` is of another network.
        """
        check_memory(experiment, len(digits.train_images))
        check_held_out(experiment, digits)
        keras_and_tensorflow()
        on_stage("building")
        self.experiment = experiment
        self.digits = as_trained(experiment, digits)
        self.samples = experiment.samples(len(digits.train_images))
        images, labels = self._images_and_labels(on_stage)
        on_stage("compiling")
        begin = time.perf_counter()
        inked = images if experiment.moved_copies else digits.train_images
        pixels = inked_pixels(experiment, inked) if xla else ALL_PIXELS
        self._bench = pool.lease(experiment, self.samples, pixels, xla=xla)
        self._give_back = weakref.finalize(self, pool.give_back, self._bench)
        self._give_back.atexit = False
        self.updates_per_epoch = self._bench.training.updates_per_epoch
        self.updates = 0
        self._orders: dict[int, Any] = {}
        self._place_digits(images, labels)
        for measured in (self._validation, self._test, self._sample) if measures else ():
            self._bench.evaluation.prepare(measured)
        self.compile_seconds = time.perf_counter() - begin
        if start is not None:
            self.restore(start)

    def close(self) -> None:
        """Give the workbench back to the next session; also done when this one is dropped. It cannot be used again."""
        self._give_back()

    def _images_and_labels(self, on_stage: Callable[[Stage], None]) -> tuple[Images, Labels]:
        """Those that are trained on, moved copies and all; `on_stage` is told, and asked, while they are made."""
        experiment, digits = self.experiment, self.digits
        self._trained, self._held_out = split_held_out(experiment, digits)
        if not (len(self._held_out) or experiment.moved_copies or experiment.one_batch):
            return digits.train_images, digits.train_labels  # all of them, in their order
        if experiment.moved_copies:
            on_stage("moving")
        return images_trained_on(experiment, digits, self._trained, _Seldom(lambda: on_stage("moving")))

    def _place_digits(self, images: Images, labels: Labels) -> None:
        digits = self.digits
        self._test = self._validation = MeasuredDigits.of(digits.test_images, digits.test_labels)
        if len(self._held_out):
            held_out = self._held_out
            self._validation = MeasuredDigits.of(digits.train_images[held_out], digits.train_labels[held_out])
        self._train = ResidentDigits.of(images, labels, self._bench.pixels)
        sample = spread_sample(len(images), len(digits.test_images))
        self._sample = MeasuredDigits.of(images[sample], labels[sample])

    @property
    def _workbench(self) -> Workbench:
        if not self._give_back.alive:
            raise RuntimeError("this session is closed")
        return self._bench

    # Where it is

    @property
    def uses_xla(self) -> bool:
        """Whether whole batches run through XLA; it is not there on every machine."""
        return self._bench.training.uses_xla

    @property
    def total_updates(self) -> int:
        """Gradient updates of the whole experiment."""
        return self.experiment.epochs * self.updates_per_epoch

    @property
    def position(self) -> tuple[int, int]:
        """Epoch (from 0) and index within it of the next update."""
        return divmod(self.updates, self.updates_per_epoch)

    @property
    def longest_chunk(self) -> int:
        """How many updates one compiled call can do from here."""
        return self._bench.training.longest(self.position[1])

    @property
    def learning_rate(self) -> float:
        """The one in force; set it between two updates."""
        return float(as_array(self._workbench.model.optimizer.learning_rate))

    @learning_rate.setter
    def learning_rate(self, learning_rate: float) -> None:
        self._workbench.settled.optimizer.learning_rate = learning_rate

    # Training

    def advance(self, count: int) -> BatchNumbers:
        """Do the next `count` gradient updates, over as many epochs as they reach into."""
        parts = [BatchNumbers(np.empty(0, np.float32), np.empty(0, np.float32))]
        while count:
            done = min(count, self.longest_chunk)
            parts.append(self._advance_chunk(done))
            count -= done
        return BatchNumbers(*(np.concatenate(arrays) for arrays in zip(*parts, strict=True)))

    def _advance_chunk(self, count: int) -> BatchNumbers:
        epoch, position = self.position
        numbers = self._workbench.training.run(self._train, self._order(epoch), position, count)
        self.updates += count
        return BatchNumbers(*numbers)

    def _order(self, epoch: int) -> Any:
        if epoch not in self._orders:
            if len(self._orders) > 1:  # who goes back goes to this epoch or the last, most often
                del self._orders[min(self._orders)]
            self._orders[epoch] = self._bench.training.order(batch_order(self.experiment, self.samples, epoch))
        return self._orders[epoch]

    def next_batch(self) -> NDArray[np.int32]:
        """(b,) indices of the next update's batch, for `images_trained_on`: of training images and moved copies."""
        epoch, position = self.position
        start = position * self.experiment.batch_size
        indices = batch_order(self.experiment, self.samples, epoch)[start : start + self.experiment.batch_size]
        return self._trained[indices].astype(np.int32)

    # Looking

    def measure(self, images: MeasuredOn = "validation", between: Callable[[], None] = _nothing) -> LossAndAccuracy:
        """Loss and accuracy with the weights of now, without dropout.

        On the experiment's validation images, on all test images, or on a fixed sample of the images that are trained
        on: as many as there are test images, or all of them if they are fewer.

        `between` is called before each thousand images; what it raises ends the measuring.
        """
        self._workbench.training.settle()
        digits = {"validation": self._validation, "test": self._test, "trained": self._sample}[images]
        return LossAndAccuracy(*self._bench.evaluation.measure(digits, between))

    @property
    def sample_size(self) -> int:
        """How many of the images that are trained on `measure("trained")` takes."""
        return self._sample.count

    @property
    def validates_on_test(self) -> bool:
        """Whether the validation images are the test images."""
        return self._validation is self._test

    def weights(self) -> NetworkWeights:
        """A copy of kernels and biases."""
        return copy_weights(self._workbench.settled, self.updates)

    # Leaving and entering again

    def snapshot(self) -> Snapshot:
        """A copy of all that an update changes."""
        variables = named_variables(self._workbench.settled)
        return Snapshot(
            self.updates,
            self.experiment.optimizer,
            {name: as_array(variable) for name, variable in variables.items()},
            runtime(xla=self.uses_xla),
        )

    def restore(self, snapshot: Snapshot) -> None:
        """Go to where `snapshot` was taken, by whichever session of this experiment and these digits.

        Raises:
            SnapshotError: it is of another network; nothing has changed.
        """
        variables = named_variables(self._workbench.settled)
        kinds = {name: (tuple(variable.shape), str(variable.dtype)) for name, variable in variables.items()}
        snapshot.check_fits(self.experiment.optimizer, kinds)
        for name, variable in variables.items():
            variable.assign(snapshot.variables[name])
        self.updates = snapshot.updates
