"""Real runs for the tests of the engine: small digits, a recorder of events, and what they say taken together."""

import dataclasses
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import probabilities
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.batches import batch_order
from mnist_lab.network.control import Control
from mnist_lab.network.events import EpochEnd, Event, Updates
from mnist_lab.network.halt import Halt
from mnist_lab.network.model import build_model
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.network.trainer import Engine, train

PLAIN = Engine(xla=False)
"""The engine whose bits are those of `train_on_batch`, and which compiles in a fifth of a second."""
TRAINING_IMAGES, TEST_IMAGES = 620, 150
BATCH_SIZE = 32
UPDATES_PER_EPOCH = 20
"""Of 620 images in batches of 32: nineteen whole ones and one of twelve images."""
SMALL = Experiment(hidden_units=(12,), batch_size=BATCH_SIZE, epochs=2)
"""Forty updates. A program is compiled once for each shape of network in all of these tests, which takes a second or
two: where any dropout will do it is 0.3, with whatever optimizer."""
BLACK_ROWS = slice(25, 28)
"""Of every training image."""
PATIENCE_SECONDS = 60.0

E = TypeVar("E")


def made_up_digits(training: int = TRAINING_IMAGES, test: int = TEST_IMAGES) -> Digits:
    """Ten blurred patterns under noise: learnable, but not at once.

    As in MNIST, some pixels are black in all training images, and have ink in a test image.
    """
    generator = np.random.default_rng(7)
    patterns = generator.integers(0, 256, (10, 28, 28))

    def drawn(count: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        labels = generator.integers(0, 10, count).astype(np.uint8)
        noise = generator.integers(0, 256, (count, 28, 28))
        return (0.3 * patterns[labels] + 0.7 * noise).astype(np.uint8), labels

    train_images, train_labels = drawn(training)
    train_images[:, BLACK_ROWS] = 0
    test_images, test_labels = drawn(test)
    return Digits(train_images, train_labels, test_images, test_labels, "own", "made up for a test")


@dataclass
class Run:
    """What one call of `train` published, and the weights that it left.

    Attributes:
        events: in order.
        weights: taken from the mailbox at the end.
    """

    events: list[Event] = field(default_factory=list)
    weights: NetworkWeights | None = None

    @property
    def last(self) -> Event:
        return self.events[-1]

    @property
    def updates(self) -> list[Updates]:
        return self.of(Updates)

    @property
    def epochs(self) -> list[EpochEnd]:
        return self.of(EpochEnd)

    @property
    def losses(self) -> NDArray[np.float32]:
        return np.concatenate([event.losses for event in self.updates])

    @property
    def accuracies(self) -> NDArray[np.float32]:
        return np.concatenate([event.accuracies for event in self.updates])

    def of(self, kind: type[E]) -> list[E]:
        """All events of that kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def parameters(self) -> list[NDArray[np.float32]]:
        """Kernel and bias of every layer, as Keras's `get_weights` gives them."""
        assert self.weights is not None
        return [array for layer in self.weights.layers for array in (layer.kernel, layer.bias)]


Listener = Callable[[Event, Control], None]


def run(
    experiment: Experiment,
    digits: Digits,
    engine: Engine = PLAIN,
    control: Control | None = None,
    listener: Listener | None = None,
    halt: Halt | None = None,
) -> Run:
    """Train in this thread, or go on from `halt`; `listener` hears each event after it was recorded and may steer."""
    control = control or Control()
    result = Run()

    def publish(event: Event) -> None:
        result.events.append(event)
        if listener is not None:
            listener(event, control)

    train(experiment, digits, publish, control, engine, halt=halt)
    result.weights = control.take_weights()
    return result


def run_with_xla(experiment: Experiment, digits: Digits) -> Run:
    """Train in this thread as the lab does, with XLA."""
    return run(experiment, digits, Engine(xla=True))


class RunInThread:
    """A run in a thread of its own, as the window has it; use it in a `with` statement.

    Attributes:
        control: steers it.
        result: its events so far; the weights once it has ended.
    """

    def __init__(
        self, experiment: Experiment, digits: Digits, engine: Engine = PLAIN, control: Control | None = None
    ) -> None:
        self.control = control or Control()
        self.result = Run()
        self._published = threading.Condition()
        self._thread = threading.Thread(target=train, args=(experiment, digits, self._publish, self.control, engine))

    def _publish(self, event: Event) -> None:
        with self._published:
            self.result.events.append(event)
            self._published.notify_all()

    def __enter__(self) -> "RunInThread":
        self._thread.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.control.stop()
        self.join()

    def wait_for(self, kind: type[Event], count: int = 1) -> None:
        """Wait until `count` events of that kind were published."""
        with self._published:
            came = self._published.wait_for(lambda: len(self.result.of(kind)) >= count, PATIENCE_SECONDS)
        assert came, f"no {kind.__name__} among {self.result.events[-5:]}"

    def join(self) -> Run:
        """Wait for the end of the run."""
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), f"the run never ended; last events: {self.result.events[-3:]}"
        self.result.weights = self.result.weights or self.control.take_weights()
        return self.result


def changed_weights(snapshot: Snapshot, value: float) -> Snapshot:
    """The same snapshot with `value` for one weight of the output layer."""
    bias = snapshot.variables["output/bias"].copy()
    bias[3] = value
    return dataclasses.replace(snapshot, variables={**snapshot.variables, "output/bias": bias})


def same_bits(first: list[NDArray[np.float32]], second: list[NDArray[np.float32]]) -> bool:
    """Whether two lists of arrays hold the same bytes in the same shapes."""
    return len(first) == len(second) and all(
        one.shape == other.shape and one.dtype == other.dtype and one.tobytes() == other.tobytes()
        for one, other in zip(first, second, strict=True)
    )


def largest_difference(first: list[NDArray[np.float32]], second: list[NDArray[np.float32]]) -> float:
    """The largest absolute difference between two lists of arrays."""
    return max(float(np.abs(one - other).max()) for one, other in zip(first, second, strict=True))


def scaled(images: NDArray[np.uint8]) -> NDArray[np.float32]:
    """(n, 784) float32 from 0 to 1, by the chapter's own line."""
    return cast("NDArray[np.float32]", images.reshape((len(images), 28 * 28)).astype("float32") / 255)


def own_numbers(
    weights: NetworkWeights, images: NDArray[np.uint8], labels: NDArray[np.uint8], l2: float = 0.0
) -> tuple[float, float]:
    """Loss and accuracy on some images, computed in NumPy: cross-entropy, plus the L2 penalty on all kernels."""
    predicted = probabilities(weights, scaled(images)).astype(np.float64)
    chosen = np.clip(predicted[np.arange(len(labels)), labels], 1e-7, 1 - 1e-7)  # Keras clips alike
    penalty = l2 * sum(float((layer.kernel.astype(np.float64) ** 2).sum()) for layer in weights.layers)
    return float(-np.log(chosen).mean()) + penalty, float((predicted.argmax(axis=1) == labels).mean())


def train_on_batches(experiment: Experiment, digits: Digits) -> Any:
    """The same experiment by Keras's own `train_on_batch`, batch after batch."""
    model = build_model(experiment)
    images = scaled(digits.train_images)
    targets = np.eye(10, dtype="float32")[digits.train_labels]
    for epoch in range(experiment.epochs):
        order = batch_order(experiment, len(images), epoch)
        for start in range(0, len(images), experiment.batch_size):
            indices = order[start : start + experiment.batch_size]
            model.train_on_batch(images[indices], targets[indices])
    return model
