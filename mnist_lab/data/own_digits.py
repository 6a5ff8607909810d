"""“My digits”: what a person drew and labelled, to evaluate a network on, and to add to a next run's training set."""

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import DataError, Digits, Images, Labels
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_DIGITS = 10_000
MOST_POINTS = 20_000
"""How many points the strokes of one digit may have; a digit drawn in a hurry has about a hundred."""

LONGEST_IDENTIFIER = 100

_SIDE = 28

Stroke = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class OwnDigit:
    """One digit of a person's own.

    Attributes:
        image: (28, 28) uint8, 0 (background) to 255 (ink), read-only: as prepared when it was saved.
        label: what the person meant, 0 to 9.
        strokes: each (k, 2) float64, read-only, x and y in shares of the pad's side, y pointing down; None for a digit
            that came as a picture.
        identifier: tells it from all others, also those removed.
    """

    image: NDArray[np.uint8]
    label: int
    strokes: tuple[Stroke, ...] | None
    identifier: str

    def __post_init__(self) -> None:
        if self.image.shape != (_SIDE, _SIDE) or self.image.dtype != np.uint8:
            raise ValueError(f"an own digit is (28, 28) uint8, not {self.image.shape} {self.image.dtype}")
        if not 0 <= self.label <= 9:
            raise ValueError(f"a label is a digit from 0 to 9, not {self.label}")
        if not 1 <= len(self.identifier) <= LONGEST_IDENTIFIER:
            raise ValueError("an own digit needs an identifier")
        self.image.flags.writeable = False
        for stroke in self.strokes or ():
            stroke.flags.writeable = False


def new_digit(image: NDArray[np.uint8], label: int, strokes: Sequence[NDArray[np.floating]] | None = None) -> OwnDigit:
    """Make a digit with an identifier of its own from copies.

    Args:
        image: (28, 28) uint8, for instance `PreparedImage.centred`.
        label: 0 to 9.
        strokes: each (k, 2), in shares of the pad's side; None: there are none.

    Raises:
        ValueError: one of them is no such thing.
        DataError: there are more than `MOST_POINTS` points.
    """
    copies = None if strokes is None else tuple(np.array(stroke, np.float64) for stroke in strokes)
    for stroke in copies or ():
        if stroke.ndim != 2 or stroke.shape[1] != 2 or not np.isfinite(stroke).all():
            raise ValueError("strokes must be (k, 2) arrays of finite numbers")
    points = sum(len(stroke) for stroke in copies or ())
    if points > MOST_POINTS:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "This drawing has {points:,} points: a digit to keep may have {most:,} at most; draw it anew."
            ),
            points=points,
            most=MOST_POINTS,
        )
    return OwnDigit(np.array(image), label, copies, uuid.uuid4().hex)


@dataclass(frozen=True, eq=False)
class OwnDigits:
    """All own digits in the order they were saved; each change makes another collection.

    Attributes:
        digits: with identifiers that differ.
        images: (n, 28, 28) uint8, read-only; worked out once.
        labels: (n,) uint8, 0 to 9, read-only; worked out once.
    """

    digits: tuple[OwnDigit, ...] = ()

    def __post_init__(self) -> None:
        if len({digit.identifier for digit in self.digits}) != len(self.digits):
            raise ValueError("two own digits have the same identifier")

    @cached_property
    def images(self) -> Images:  # made when first asked for: each digit that is saved makes another collection
        """The pictures, in order."""
        images = np.array([digit.image for digit in self.digits], np.uint8).reshape(-1, _SIDE, _SIDE)
        images.flags.writeable = False
        return images

    @cached_property
    def labels(self) -> Labels:
        """What each is meant to be, in order."""
        labels = np.array([digit.label for digit in self.digits], np.uint8)
        labels.flags.writeable = False
        return labels

    def __len__(self) -> int:
        return len(self.digits)

    def __iter__(self) -> Iterator[OwnDigit]:
        return iter(self.digits)

    def has(self, identifier: str) -> bool:
        """Whether there is a digit with this identifier."""
        return any(digit.identifier == identifier for digit in self.digits)

    def find(self, identifier: str) -> OwnDigit:
        """The digit with this identifier.

        Raises:
            KeyError: there is none.
        """
        for digit in self.digits:
            if digit.identifier == identifier:
                return digit
        raise KeyError(identifier)

    def added(self, digit: OwnDigit) -> "OwnDigits":
        """These and, last, one more.

        Raises:
            DataError: there are `MOST_DIGITS` already.
            ValueError: its identifier is there already.
        """
        if len(self) >= MOST_DIGITS:
            raise DataError(
                QT_TRANSLATE_NOOP(
                    "errors", "There are {most:,} digits of your own already: remove some to add others."
                ),
                most=MOST_DIGITS,
            )
        return OwnDigits((*self.digits, digit))

    def joined(self, more: "OwnDigits") -> "OwnDigits":
        """These, then those of `more` that are not among them.

        Raises:
            DataError: that is more than `MOST_DIGITS`.
        """
        known = {digit.identifier for digit in self.digits}
        joined = OwnDigits((*self.digits, *(digit for digit in more if digit.identifier not in known)))
        if len(joined) > MOST_DIGITS:
            raise DataError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "There would be {count:,} digits of your own, {most:,} is the most: remove some to add others.",
                ),
                count=len(joined),
                most=MOST_DIGITS,
            )
        return joined

    def without(self, identifier: str) -> "OwnDigits":
        """All but one.

        Raises:
            KeyError: there is no such digit.
        """
        gone = self.find(identifier)
        return OwnDigits(tuple(digit for digit in self.digits if digit is not gone))


def with_own(digits: Digits, own: OwnDigits) -> Digits:
    """The same set with the own digits at the end of its training images; the test set stays as it is.

    `kind` and `origin` stay, too: they tell where the others are from.
    """
    if not len(own):
        return digits
    return replace(
        digits,
        train_images=np.concatenate([digits.train_images, own.images]),
        train_labels=np.concatenate([digits.train_labels, own.labels]),
    )
