"""The compiled training step: many gradient updates in one call, with every batch's own loss and accuracy.

One call of a program runs `count` updates inside TensorFlow, on images that are resident, and gives the thread
that called it nothing to do meanwhile, so that the window keeps Python for itself. `count` is an argument, not
part of the program: a chunk of any length runs the very same code, and thereby gives the same bits.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Images, Labels
from mnist_lab.experiment import CLASSES, PIXELS
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.masks import DropoutMasks
from mnist_lab.network.twin import Twin
from mnist_lab.network.variables import assign_values, copied_values

MOST_UPDATES = 512
"""The longest chunk: how many losses and accuracies a program has room for."""
_EVALUATION_IMAGES = 1_000
"""Images of one evaluation call: short enough that Stop is obeyed in between."""

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ResidentDigits:
    """Images and labels to train on as tensors, once for a whole run.

    Attributes:
        images: (n, 784), or (n, k) of chosen pixels, uint8; scaled to 0 to 1 batch by batch, a quarter of the
            memory of float32.
        labels: (n,) int32.
    """

    images: Any
    labels: Any

    @classmethod
    def of(cls, images: Images, labels: Labels, pixels: NDArray[np.int32] | None = None) -> "ResidentDigits":
        """From (n, 28, 28) uint8 images and (n,) uint8 labels; `pixels` chooses some of the 784."""
        _, tensorflow = keras_and_tensorflow()
        flat = images.reshape(len(images), PIXELS)
        chosen = flat if pixels is None or len(pixels) == PIXELS else flat[:, pixels]
        return cls(tensorflow.constant(chosen), tensorflow.constant(labels.astype(np.int32)))


@dataclass(frozen=True)
class MeasuredDigits:
    """Images and labels to measure on as tensors, once for a whole run.

    Attributes:
        count: how many.
        parts: images and labels of each evaluation call, at most a thousand: (k, 784) uint8 and (k,) int32. Cut before
            they become tensors: TensorFlow would copy what it cuts, and cutting takes as long as half an evaluation.
    """

    count: int
    parts: tuple[tuple[Any, Any], ...]

    @classmethod
    def of(cls, images: Images, labels: Labels) -> "MeasuredDigits":
        """From (n, 28, 28) uint8 images and (n,) uint8 labels."""
        starts = range(0, len(images), _EVALUATION_IMAGES)
        pieces = [slice(start, start + _EVALUATION_IMAGES) for start in starts]
        parts = [ResidentDigits.of(images[piece], labels[piece]) for piece in pieces]
        return cls(len(images), tuple((part.images, part.labels) for part in parts))


RECIPROCAL = (float.fromhex("0x1.01p-8"), float.fromhex("0x1.010102p-24"))
"""1/255 as the sum of two float32. The first has so few bits that its product with a pixel is exact."""


def scaled(tensorflow: Any, images: Any, reciprocal: Any) -> Any:
    """`images / 255` to the last bit, in less time than a division takes.

    Args:
        tensorflow: the module.
        images: uint8 of any shape.
        reciprocal: (2,) float32, `RECIPROCAL`. It is an argument of each program: of constants XLA might make another
            sum. All 256 values are right whether or not the processor rounds between product and sum.

    Returns:
        float32, 0 to 1, of the same shape.
    """
    pixels = tensorflow.cast(images, tensorflow.float32)
    return pixels * reciprocal[0] + pixels * reciprocal[1]


class TrainingProgram:
    """A compiled function of one network and one size of batches: some gradient updates in one call."""

    def __init__(self, model: Any, batch_size: int, *, xla: bool) -> None:
        _, self._tf = keras_and_tensorflow()
        self._model = model
        self._batch_size = batch_size
        self._masks = DropoutMasks(model, batch_size, MOST_UPDATES)
        self.compiled = self._tf.function(self._updates, jit_compile=xla, autograph=False)
        self._reciprocal = self._tf.constant(RECIPROCAL)

    @property
    def most_updates(self) -> int:
        """How many updates one call can do."""
        return self._masks.room

    def __call__(self, digits: ResidentDigits, order: Any, start: int, count: int) -> tuple[Any, Any]:
        """Do `count` updates on the images of `order[start:]`.

        Returns:
            (MOST_UPDATES,) float32 losses and accuracies, of which the first `count` are meant.
        """
        constant = self._tf.constant
        numbers = constant(start), constant(count), self._reciprocal
        return self.compiled(digits.images, digits.labels, order, *numbers, self._masks.draw(count))  # type: ignore[no-any-return]

    def _updates(
        self, images: Any, labels: Any, order: Any, start: Any, count: Any, reciprocal: Any, masks: tuple[Any, ...]
    ) -> tuple[Any, Any]:
        tf = self._tf

        def body(done: Any, losses: Any, accuracies: Any) -> tuple[Any, Any, Any]:
            self._masks.use(masks, done)
            # A gather, not a slice: XLA wants a slice's start at compile time and would compile anew each call.
            indices = tf.gather(order, start + done * self._batch_size + tf.range(self._batch_size))
            x = scaled(tf, tf.gather(images, indices), reciprocal)
            loss, accuracy = self._update(x, tf.gather(labels, indices))
            losses = tf.tensor_scatter_nd_update(losses, [[done]], [loss])
            accuracies = tf.tensor_scatter_nd_update(accuracies, [[done]], [accuracy])
            return done + 1, losses, accuracies

        room = tf.zeros([MOST_UPDATES], tf.float32)
        _, losses, accuracies = tf.while_loop(
            lambda done, *_: done < count, body, [tf.constant(0), room, room], parallel_iterations=1
        )
        self._masks.forget()
        return losses, accuracies

    def _update(self, x: Any, y: Any) -> tuple[Any, Any]:
        """One gradient update on a batch: its loss and its accuracy before it."""
        tf, model = self._tf, self._model
        weights = model.trainable_variables
        with tf.GradientTape() as tape:
            predicted = model(x, training=True)
            loss = model.compute_loss(x=x, y=tf.one_hot(y, CLASSES), y_pred=predicted, training=True)
        gradients = tape.gradient(loss, weights)
        model.optimizer.apply_gradients(zip(gradients, weights, strict=True))
        right = tf.equal(tf.argmax(predicted, axis=1, output_type=tf.int32), y)
        return loss, tf.reduce_mean(tf.cast(right, tf.float32))


class CompiledTraining:
    """The programs of one network: one for whole batches, one for the short batch that ends an epoch.

    Attributes:
        uses_xla: whether whole batches run through XLA; it is not there on every machine.
    """

    def __init__(self, model: Any, samples: int, batch_size: int, *, xla: bool, twin: Twin | None = None) -> None:
        """Compile for `samples` images; with a `twin` that one is trained, and `settle` brings `model` along."""
        _, self._tf = keras_and_tensorflow()
        self._twin = twin
        self._samples = samples
        self._batch_size = min(batch_size, samples)
        self._whole_batches, self._rest = divmod(samples, self._batch_size)
        self.uses_xla = xla
        trained = model if twin is None else twin.model
        untouched = copied_values(trained)
        self._whole = self._compiled(trained, self._batch_size, xla)
        # Once an epoch: not worth XLA's compile time.
        self._short = self._compiled(trained, self._rest, False) if self._rest else None
        assign_values(trained, untouched)

    @property
    def updates_per_epoch(self) -> int:
        """Whole batches and the short one."""
        return self._whole_batches + bool(self._rest)

    def _compiled(self, model: Any, batch_size: int, xla: bool) -> TrainingProgram:
        """A program that is compiled now, by running it for one update on black images.

        That changes the model. The first update takes many times as long as any other: it belongs to preparing.
        """
        program = TrainingProgram(model, batch_size, xla=xla)
        numbers = self._tf.zeros([self._samples], self._tf.int32)
        nothing = ResidentDigits(self._tf.zeros([self._samples, model.input_shape[1]], self._tf.uint8), numbers)
        try:
            program(nothing, numbers, 0, 1)
        except self._tf.errors.OpError as error:
            if not xla:
                raise
            _logger.info("XLA does not work here (%s); training goes on without it.", error)
            self.uses_xla = False
            return self._compiled(model, batch_size, False)
        return program

    def order(self, indices: NDArray[np.int32]) -> Any:
        """An epoch's order, (samples,) int32 indices of images, as `run` takes it."""
        return self._tf.constant(indices)

    def longest(self, position: int) -> int:
        """How many updates `run` can do at most from update `position` of an epoch on."""
        return min(max(self._whole_batches - position, 1), self._whole.most_updates)

    def run(
        self, digits: ResidentDigits, order: Any, position: int, count: int
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Do `count` gradient updates of an epoch, from its update `position` on.

        Returns:
            (count,) losses and (count,) accuracies, each of its batch alone and before its update.
        """
        if self._twin is not None:
            self._twin.go_ahead()
        is_short = position >= self._whole_batches
        program = self._short if is_short and self._short is not None else self._whole
        losses, accuracies = program(digits, order, position * self._batch_size, count)
        return losses.numpy()[:count].copy(), accuracies.numpy()[:count].copy()

    def settle(self) -> None:
        """See that the model itself has all updates: to be called before anything reads or sets its variables."""
        if self._twin is not None:
            self._twin.settle()


class CompiledEvaluation:
    """Loss and accuracy of a model on images, without touching it.

    Whole parts go through XLA where training does; the rest, of any length, through a program without it.
    """

    def __init__(self, model: Any, *, xla: bool) -> None:
        _, self._tf = keras_and_tensorflow()
        self._reciprocal = self._tf.constant(RECIPROCAL)
        self._whole = self._program(model, _EVALUATION_IMAGES, xla)
        self._rest = self._program(model, None, False)
        self._compiled: set[Callable[..., tuple[Any, Any]]] = set()

    def prepare(self, digits: MeasuredDigits) -> None:
        """Compile what measuring on these takes, unless it is compiled.

        The first call takes a fifth of a second and more, most of it with Python's lock held: it belongs to preparing.
        """
        for size in {int(images.shape[0]) for images, _ in digits.parts}:
            program = self._program_for(size)
            if program not in self._compiled:
                numbers = self._tf.zeros([size], self._tf.int32)
                program(self._tf.zeros([size, PIXELS], self._tf.uint8), numbers, self._reciprocal)
                self._compiled.add(program)

    def _program_for(self, size: int) -> Callable[..., tuple[Any, Any]]:
        return self._whole if size == _EVALUATION_IMAGES else self._rest

    def _program(self, model: Any, size: int | None, xla: bool) -> Callable[..., tuple[Any, Any]]:
        """A program of (size, 784) uint8 images and (size,) int32 labels: mean loss and number of right answers."""
        tf = self._tf

        @tf.function(  # type: ignore[untyped-decorator]
            jit_compile=xla,
            autograph=False,
            input_signature=[
                tf.TensorSpec([size, PIXELS], tf.uint8),
                tf.TensorSpec([size], tf.int32),
                tf.TensorSpec([2], tf.float32),
            ],
        )
        def program(images: Any, labels: Any, reciprocal: Any) -> tuple[Any, Any]:
            predicted = model(scaled(tf, images, reciprocal), training=False)
            loss = model.compute_loss(y=tf.one_hot(labels, CLASSES), y_pred=predicted, training=False)
            right = tf.equal(tf.argmax(predicted, axis=1, output_type=tf.int32), labels)
            return loss, tf.reduce_sum(tf.cast(right, tf.int32))

        return program  # type: ignore[no-any-return]

    def measure(self, digits: MeasuredDigits, between: Callable[[], None]) -> tuple[float, float]:
        """Mean loss (penalties included, as in training) and accuracy from 0 to 1.

        `between` is called before each part; what it raises ends the measuring.
        """
        loss_sum, right_sum = 0.0, 0
        for images, labels in digits.parts:
            between()
            size = int(images.shape[0])
            loss, right = self._program_for(size)(images, labels, self._reciprocal)
            loss_sum += float(loss) * size
            right_sum += int(right)
        return loss_sum / digits.count, right_sum / digits.count
