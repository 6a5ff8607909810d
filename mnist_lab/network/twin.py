"""The network's twin: it is trained in the network's place, with the same numbers in less time.

Four things are different inside it. First, pixels that are black in every training image are left out. The network's
input is 0 there in every batch, so a weight on such a pixel adds nothing to a sum, and its gradient is exactly 0. No
optimizer here moves a weight whose gradient was always 0, unless it lets weights decay. MNIST's training images have 67
such pixels of 784; without them an update takes 5 % less time (measured).

Second, the output layer keeps its kernel transposed, one row for each class. Its gradient is then a product of matrices
with 10 long rows instead of 512 short ones, for which XLA calls much better code: 13 µs instead of 89 (784-512-10,
batches of 128), and a whole update takes 18 % less time (measured).

Third, Dropout's masks are drawn outside the compiled program: see `network.masks`. Fourth, an L2 penalty is added up in
another order: see `network.layers`.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import Images
from mnist_lab.experiment import CLASSES, PIXELS, Experiment
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.layers import dropout_by_mask, output_by_class, penalty_by_rows
from mnist_lab.network.model import Parts, build_model
from mnist_lab.network.variables import model_variables
from mnist_lab.optimizers import optimizer_spec

MOST_PARAMETERS = 5_000_000
"""A larger network has no twin: the time it would save does not pay for the memory."""

ALL_PIXELS = np.arange(PIXELS, dtype=np.int32)
ALL_PIXELS.flags.writeable = False


def has_twin(experiment: Experiment) -> bool:
    """Whether the experiment's network is small enough to be held twice."""
    return experiment.parameters() <= MOST_PARAMETERS


def inked_pixels(experiment: Experiment, images: Images) -> NDArray[np.int32]:
    """The pixels whose weights have to be trained: those with ink in some image.

    A pixel that is 0 in every image has a gradient of 0, so no optimizer of the lab moves its weights, unless an L2
    penalty or weight decay does.

    Args:
        experiment: an L2 penalty, weight decay, or a network too large for a twin needs all pixels.
        images: (n, 28, 28) uint8, those that are trained on.

    Returns:
        (k,) int32, indices into the 784 pixels of a flattened image, ascending, read-only if it is all of them
        (`ALL_PIXELS`); k is 784 if there is no ink at all, too.
    """
    settings = optimizer_spec(experiment.optimizer).resolved(experiment.optimizer_settings)
    decays = experiment.l2 > 0 or settings.get("weight_decay", 0) > 0
    inked = np.flatnonzero(images.reshape(len(images), PIXELS).any(axis=0))
    if decays or not inked.size or not has_twin(experiment):
        return ALL_PIXELS
    return inked.astype(np.int32)


class Twin:
    """A network and its twin. One of the two is ahead; the other is brought along.

    Attributes:
        model: the twin, to be trained.
    """

    def __init__(self, experiment: Experiment, whole: Any, pixels: NDArray[np.int32]) -> None:
        """Build the twin of `whole`, the experiment's network, for (k,) of the 784 pixels."""
        _, self._tf = keras_and_tensorflow()
        is_square = experiment.hidden_units[-1] == CLASSES  # nothing to gain, and shapes would not tell what is which
        output = None if is_square else output_by_class()
        self.model = build_model(experiment, len(pixels), Parts(output, dropout_by_mask(), penalty_by_rows()))
        self._is_ahead = False
        self._pixels = self._tf.constant(pixels)
        pairs = list(zip(model_variables(whole), model_variables(self.model), strict=True))
        self._to_twin = self._tf.function(lambda: self._copy_to_twin(pairs), autograph=False)
        self._to_whole = self._tf.function(lambda: self._copy_to_whole(pairs), autograph=False)
        self._to_twin()  # both are traced now, while nobody trains; the network stays as it is
        self._to_whole()

    def go_ahead(self) -> None:
        """Give the twin the network's variables, unless it is ahead already."""
        if not self._is_ahead:
            self._to_twin()
            self._is_ahead = True

    def settle(self) -> None:
        """Give the network the twin's variables, if the twin is ahead; from now on the network counts."""
        if self._is_ahead:
            self._to_whole()
            self._is_ahead = False

    # Weights and the optimizer's state alike: what has one number for each weight has the weights' shape.

    def _copy_to_twin(self, pairs: list[tuple[Any, Any]]) -> None:
        for whole, twin in pairs:
            if whole.shape == twin.shape:
                twin.assign(whole.value)
            elif whole.shape == twin.shape[::-1]:
                twin.assign(self._tf.transpose(whole.value))
            else:
                twin.assign(self._tf.gather(whole.value, self._pixels))

    def _copy_to_whole(self, pairs: list[tuple[Any, Any]]) -> None:
        for whole, twin in pairs:
            if whole.shape == twin.shape:
                whole.assign(twin.value)
            elif whole.shape == twin.shape[::-1]:
                whole.assign(self._tf.transpose(twin.value))
            else:
                whole.value.scatter_update(self._tf.IndexedSlices(twin.value, self._pixels))
