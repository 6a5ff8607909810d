"""The learner's own digits that a run trained on, as its file keeps them: so that its digits can be made again."""

from dataclasses import dataclass, replace
from typing import Annotated

import numpy as np
from pydantic import Field

from mnist_lab.data.digits import DataError, Digits
from mnist_lab.words import QT_TRANSLATE_NOOP

_SIDE = 28


@dataclass(frozen=True)
class OwnFacts:
    """The images that stand at the end of a run's training set, without arrays.

    Attributes:
        base_fingerprint: see `Digits.fingerprint`, of the digits without them.
        labels: what each is meant to be, a character from 0 to 9 each.
        images: their bytes, 784 each, row by row, in hexadecimal digits.
    """

    base_fingerprint: str
    labels: Annotated[str, Field(pattern=r"^[0-9]*$")]
    images: Annotated[str, Field(pattern=r"^([0-9a-f]{2})*$")]

    @classmethod
    def of(cls, digits: Digits, count: int) -> "OwnFacts":
        """The last `count` training images of `digits`; takes about 0.1 s: ask off the window's thread."""
        images, labels = digits.train_images, digits.train_labels
        base = replace(digits, train_images=images[:-count], train_labels=labels[:-count])
        return cls(base.fingerprint, "".join(map(str, labels[-count:])), images[-count:].tobytes().hex())

    def made_again(self, base: Digits) -> Digits:
        """The digits of the run, out of those that they were added to.

        Raises:
            DataError: there are more images than labels, or fewer.
        """
        pixels, labels = bytes.fromhex(self.images), np.array([int(label) for label in self.labels], np.uint8)
        if len(pixels) != len(labels) * _SIDE * _SIDE:
            raise DataError(
                QT_TRANSLATE_NOOP("errors", "The own digits of this run are damaged: it is shown without them.")
            )
        images = np.frombuffer(pixels, np.uint8).reshape(-1, _SIDE, _SIDE)
        return replace(
            base,
            train_images=np.concatenate([base.train_images, images]),
            train_labels=np.concatenate([base.train_labels, labels]),
        )
