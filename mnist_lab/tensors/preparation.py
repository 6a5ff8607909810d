"""The chapter's preparation as steps: each with its line of code, what goes in, what comes out, and real numbers.

What comes out of all images is only described; numbers are worked out for the one image that is looked at.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.tensors.arrays import Description, describe
from mnist_lab.tensors.errors import AxisNames, Shape, TensorError
from mnist_lab.words import QT_TRANSLATE_NOOP

Array = NDArray[Any]
DIGITS = 10
GREYEST = 255


@dataclass(frozen=True)
class ArrayStage:
    """What an array is between two steps, whatever the number of samples.

    Attributes:
        sample_shape: of one sample.
        axis_names: the samples' axis first.
        dtype: NumPy's name.
        lowest: the smallest value there can be.
        highest: the largest.
    """

    sample_shape: Shape
    axis_names: AxisNames
    dtype: str
    lowest: int
    highest: int

    def describe(self, samples: int) -> Description:
        """The array of so many samples, without making it."""
        shape = (samples, *self.sample_shape)
        return describe(np.broadcast_to(np.zeros((), self.dtype), shape), self.axis_names)


@dataclass(frozen=True)
class PreparationStep:
    """One step.

    Attributes:
        identifier: stays the same in every language.
        label: words for the list; context "tensors".
        array: "images" or "labels".
        code: with places {name}, the array's name such as train_images, and {samples}.
        explanation: why it is done, one sentence; context "tensors".
        before: what goes in.
        after: what comes out.
        run: does it, for any number of samples along the first axis; may return a view.
    """

    identifier: str
    label: str
    array: str
    code: str
    explanation: str
    before: ArrayStage
    after: ArrayStage
    run: Callable[[Array], Array]

    def line(self, name: str, samples: int) -> str:
        """The line of code for the array called `name`."""
        return self.code.format(name=name, samples=samples)


def one_hot(labels: Array) -> NDArray[np.float64]:
    """(n,) labels from 0 to 9 → (n, 10): 1 at the place of the label; float64, as Keras's to_categorical makes it.

    Raises:
        TensorError: a label is another number.
    """
    if labels.size and (labels.min() < 0 or labels.max() >= DIGITS):
        wrong = labels[(labels < 0) | (labels >= DIGITS)]
        raise TensorError(
            QT_TRANSLATE_NOOP("errors", "A label is {label}: labels are whole numbers from 0 to {last}."),
            label=wrong[0],
            last=DIGITS - 1,
        )
    rows: NDArray[np.float64] = (labels[:, None] == np.arange(DIGITS)).astype(np.float64)
    return rows


_PICTURES = ArrayStage((28, 28), ("samples", "height", "width"), "uint8", 0, GREYEST)
_ROWS = ArrayStage((28 * 28,), ("samples", "pixels"), "uint8", 0, GREYEST)
_FLOATS = ArrayStage((28 * 28,), ("samples", "pixels"), "float32", 0, GREYEST)
_SCALED = ArrayStage((28 * 28,), ("samples", "pixels"), "float32", 0, 1)
_LABELS = ArrayStage((), ("samples",), "uint8", 0, DIGITS - 1)
_ONE_HOT = ArrayStage((DIGITS,), ("samples", "digits"), "float64", 0, 1)

PREPARATION_STEPS: tuple[PreparationStep, ...] = (
    PreparationStep(
        "reshape",
        QT_TRANSLATE_NOOP("tensors", "Lay each image out in a row"),
        "images",
        "{name} = {name}.reshape(({samples}, 28 * 28))",
        QT_TRANSLATE_NOOP(
            "tensors", "A Dense layer takes vectors: the 28 rows of an image are put one after the other."
        ),
        _PICTURES,
        _ROWS,
        lambda images: images.reshape(len(images), math.prod(images.shape[1:])),
    ),
    PreparationStep(
        "float",
        QT_TRANSLATE_NOOP("tensors", "Make the numbers floating-point"),
        "images",
        "{name} = {name}.astype('float32')",
        QT_TRANSLATE_NOOP(
            "tensors", "Whole numbers of one byte cannot hold fractions: each number now takes four bytes."
        ),
        _ROWS,
        _FLOATS,
        lambda images: images.astype(np.float32),
    ),
    PreparationStep(
        "scale",
        QT_TRANSLATE_NOOP("tensors", "Scale to between 0 and 1"),
        "images",
        "{name} = {name} / 255",
        QT_TRANSLATE_NOOP(
            "tensors", "The network's first weights are small, and learning goes best with inputs between 0 and 1."
        ),
        _FLOATS,
        _SCALED,
        lambda images: images / np.float32(GREYEST),
    ),
    PreparationStep(
        "one_hot",
        QT_TRANSLATE_NOOP("tensors", "Turn labels into rows of ten"),
        "labels",
        "{name} = to_categorical({name})",
        QT_TRANSLATE_NOOP(
            "tensors", "The network answers with ten probabilities: the right answer is 1 at the digit's place, else 0."
        ),
        _LABELS,
        _ONE_HOT,
        one_hot,
    ),
)
"""In the order of the chapter, sections 2.4 and 2.5."""


def prepare(array: str, values: Array, steps: int | None = None) -> Array:
    """Some samples after the first steps for them.

    Args:
        array: "images" or "labels".
        values: (n, 28, 28) uint8 or (n,) uint8, a few samples: memory is taken for these alone.
        steps: how many steps of this array; None: all.

    Returns:
        (n, 784) float32, 0 to 1, or (n, 10) float64; or what stands in between. It may be a view: do not write to it.
    """
    for step in steps_of(array)[:steps]:
        values = step.run(values)
    return values


def steps_of(array: str) -> tuple[PreparationStep, ...]:
    """The steps for "images" or those for "labels"; KeyError for anything else."""
    steps: Mapping[str, tuple[PreparationStep, ...]] = {
        name: tuple(step for step in PREPARATION_STEPS if step.array == name) for name in ("images", "labels")
    }
    return steps[array]
