"""A person's hand: some digits of their own, and the training set on which a network learns to read it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.hand_digit import HandDigit, images_of, labels_of
from mnist_lab.data.moved import moved
from mnist_lab.words import QT_TRANSLATE_NOOP

COPIES = 40
"""Moved copies of each digit of a hand, unless another number is asked for."""
MOST_COPIES = 1_000
MOST_IMAGES = 100_000
"""Of a hand, copies included."""
OTHERS = 10_000
"""So many training images at most stay beside a hand: they keep the network from forgetting how others write.

Measured over thirty writers, with a calm end as in `runs.hand_forking`: beside 10,000 images 98.4 % of their other
digits are recognised, beside 20,000 97.6 %; on the test set it is 98.2 % both times.
"""
SHARE = 4
"""Of an epoch's images, one in so many is the hand's: each of those is there more than once, `MOST_TIMES` at most.

Measured like the above: 98.9 % instead of 98.4 %, the test set 98.1 %.
"""
MOST_TIMES = 4

_TURN, _SHEAR, _SCALE, _SHIFT = 12.0, 0.2, 0.1, 1.5  # degrees, shares, shares, pixels
CHOICE = 6  # stream of randomness, beside those of network.batches


@dataclass(frozen=True, eq=False)
class Hand:
    """What beside a training set makes the training set of a hand.

    Attributes:
        digits: in the order they were written.
        copies: moved copies of each.
        seed: decides how they are moved, and which images of others stay.
        base_fingerprint: see `Digits.fingerprint`, of the digits without the hand.
        base_images: how many training images those have.
        others: how many of them stay.
        times: how often the digits and their copies follow one another.
    """

    digits: tuple[HandDigit, ...]
    copies: int
    seed: int
    base_fingerprint: str
    base_images: int
    others: int
    times: int


@dataclass(frozen=True, eq=False)
class HandDigits(Digits):
    """Digits to learn a hand from: some of others', then the person's own, then moved copies of those.

    `kind` and `origin` tell where the digits of others are from.

    Attributes:
        hand: whose.
    """

    hand: Hand = field(kw_only=True)


def hand_digits(
    base: Digits,
    digits: Sequence[HandDigit],
    copies: int = COPIES,
    seed: int = 0,
    others: int | None = None,
    times: int | None = None,
) -> HandDigits:
    """At most 10,000 training images of `base`, the hand's own, and moved copies of each; the test set of `base`.

    The hand's own and their copies follow one another up to four times, until they are about a quarter of all.

    The same base, hand, number and seed give the same digits, bit for bit. Asks for the base's fingerprint, which takes
    about 0.1 s, once.

    Args:
        base: digits of others.
        digits: the hand's, one at least.
        copies: of each, 0 to 1,000.
        seed: 0 or more.
        others: how many images of others stay at most; None for 10,000.
        times: how often the hand comes; None for what makes it a quarter. A run keeps both: they may be others once.

    Raises:
        DataError: there is no digit, or there would be too many copies.
    """
    check_hand(len(digits), copies)
    own, labels = images_of(digits), labels_of(digits)
    some = _some(len(base.train_images), OTHERS if others is None else others, seed)
    copied = moved(own, copies, seed, turn=_TURN, shear=_SHEAR, scale=_SCALE, shift=_SHIFT)
    if times is None:
        times = min(max(round(len(some) / ((SHARE - 1) * (len(own) + len(copied)))), 1), MOST_TIMES)
    return HandDigits(
        np.concatenate([base.train_images[some], *[own, copied] * times]),
        np.concatenate([base.train_labels[some], *[labels, np.repeat(labels, copies)] * times]),
        base.test_images,
        base.test_labels,
        base.kind,
        base.origin,
        base.was_binary,
        hand=Hand(tuple(digits), copies, seed, base.fingerprint, len(base.train_images), len(some), times),
    )


def check_hand(count: int, copies: int) -> None:
    """See that so many digits can be learned from, with so many copies of each.

    Raises:
        DataError: there is none, or there would be too many copies.
    """
    if not count:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "There is no digit to learn from: give two of each digit, written by one hand.")
        )
    if not 0 <= copies <= MOST_COPIES:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "There can be 0 to {most:,} moved copies of each digit of a hand, not {copies:,}."
            ),
            most=MOST_COPIES,
            copies=copies,
        )
    if count * (1 + copies) > MOST_IMAGES:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "{count:,} digits with {copies:,} moved copies of each are {images:,} images, {most:,} is the most: "
                "give fewer digits, or make fewer copies.",
            ),
            count=count,
            copies=copies,
            images=count * (1 + copies),
            most=MOST_IMAGES,
        )


def _some(count: int, most: int, seed: int) -> NDArray[np.intp]:
    """Which images of others stay, in their order; all where they are few."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng([seed, CHOICE]).permutation(count)[:most])
