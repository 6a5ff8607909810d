"""Labelled 28×28 images, checked once and read-only from then on."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from mnist_lab.words import LabError

Kind = Literal["full", "starter", "own"]
Images = NDArray[np.uint8]
Labels = NDArray[np.uint8]


class DataError(LabError):
    """Data that cannot be used, with the reason in one sentence."""


@dataclass(frozen=True, eq=False)
class Digits:
    """A training and a test set.

    Attributes:
        train_images: (n, 28, 28) uint8, 0 (background) to 255 (ink), read-only.
        train_labels: (n,) uint8, 0 to 9, read-only.
        test_images: (m, 28, 28) uint8, read-only.
        test_labels: (m,) uint8, read-only.
        kind: "full" for all of MNIST, "starter" for the digits that come with the lab, "own" for opened data.
        origin: where they were read from, for a person to read: a path, or "" for the starter set.
        was_binary: whether the pixels were 0 and 1 there, and are 0 and 255 here.
    """

    train_images: Images
    train_labels: Labels
    test_images: Images
    test_labels: Labels
    kind: Kind
    origin: str
    was_binary: bool = False

    def __post_init__(self) -> None:
        for array in self._arrays():
            array.flags.writeable = False

    def _arrays(self) -> tuple[Images | Labels, ...]:
        return self.train_images, self.train_labels, self.test_images, self.test_labels

    def has_same_content(self, other: "Digits | None") -> bool:
        """Whether these are the very digits of `other`, also where both were read anew."""
        if other is None or other is self:
            return other is self
        shapes = [array.shape for array in self._arrays()] == [array.shape for array in other._arrays()]
        return shapes and self.fingerprint == other.fingerprint

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over shapes and bytes of the four arrays: the same for the same digits, wherever they were read from.

        All of MNIST takes about 0.1 s, once: ask for it off the window's thread.
        """
        digest = hashlib.sha256()
        for array in self._arrays():
            digest.update(f"{array.shape}".encode())
            digest.update(np.ascontiguousarray(array).data)
        return digest.hexdigest()
