"""The hand that a run has learned, as its file keeps it: so that its digits can be made again."""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
from pydantic import Field

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import HandDigits, hand_digits
from mnist_lab.data.hand_digit import HandDigit

_SIDE = 28
_MOST_TIMES = 10
"""More than any lab makes: a file is nobody's word, and each time takes memory."""
_Count = Annotated[int, Field(ge=0, le=2**53)]
_Coordinate = Annotated[float, Field(allow_inf_nan=False)]
_Stroke = tuple[tuple[_Coordinate, _Coordinate], ...]


@dataclass(frozen=True)
class WrittenFacts:
    """One digit of a hand.

    Attributes:
        label: see `HandDigit`.
        image: its 784 bytes, row by row, in hexadecimal digits.
        strokes: see `HandDigit`: x and y of each point.
    """

    label: Annotated[int, Field(ge=0, le=9)]
    image: Annotated[str, Field(pattern=r"^[0-9a-f]{1568}$")]
    strokes: tuple[_Stroke, ...]


@dataclass(frozen=True)
class HandFacts:
    """A hand without arrays.

    Attributes:
        base_fingerprint: see `Hand`.
        base_images: see `Hand`.
        copies: see `Hand`.
        seed: see `Hand`.
        count: how many digits it has.
        others: see `Hand`.
        times: see `Hand`.
        digits: these; in a list of runs they are left out.
    """

    base_fingerprint: str
    base_images: _Count
    copies: _Count
    seed: _Count
    count: _Count
    others: _Count = 10_000
    times: Annotated[int, Field(ge=1, le=_MOST_TIMES)] = 1
    digits: tuple[WrittenFacts, ...] = ()

    @classmethod
    def of(cls, digits: Digits) -> "HandFacts | None":
        """The hand in `digits`; None where there is none."""
        if not isinstance(digits, HandDigits):
            return None
        hand = digits.hand
        told = tuple(_told(digit) for digit in hand.digits)
        parts = (hand.base_fingerprint, hand.base_images, hand.copies, hand.seed)
        return cls(*parts, len(told), hand.others, hand.times, told)

    def written(self) -> tuple[HandDigit, ...]:
        """The digits of the hand, in order."""
        return tuple(_written(told) for told in self.digits)

    def made_again(self, base: Digits) -> HandDigits:
        """The digits of the run, out of those that they were made of.

        Raises:
            DataError: what is kept is no hand that can be learned.
        """
        return hand_digits(base, self.written(), self.copies, self.seed, self.others, self.times)


def _told(digit: HandDigit) -> WrittenFacts:
    strokes = tuple(tuple((x, y) for x, y in stroke.tolist()) for stroke in digit.strokes)
    return WrittenFacts(digit.label, digit.image.tobytes().hex(), strokes)


def _written(told: WrittenFacts) -> HandDigit:
    image = np.frombuffer(bytes.fromhex(told.image), np.uint8).reshape(_SIDE, _SIDE)
    strokes = tuple(np.array(stroke, np.float64).reshape(-1, 2) for stroke in told.strokes)
    return HandDigit(told.label, strokes, image)
