"""What “My hand” keeps outside its widgets: the digits that were written to learn from, and how later ones fared."""

from collections.abc import Sequence
from typing import Annotated

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, JsonValue, ValidationError
from PySide6.QtCore import QObject, Signal

from mnist_lab.data.hand_digit import HandDigit, written
from mnist_lab.data.own_digits import OwnDigits
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.views import View
from mnist_lab.window.words import fill

OF_EACH = 2
"""How many of each digit are asked for."""
KINDS = 10
MOST_POINTS = 2_000
"""Of one digit: a quarter of a minute of the pen. The whole hand is written whenever the session is."""

_KEPT = "hand"
_MOST_TESTED = 10_000
_TEST_ORDER = (3, 8, 1, 5, 9, 0, 7, 2, 6, 4)
"""Digits to compare on are asked for in this order, again and again: no one that was just written, first."""

_Label = Annotated[int, Field(ge=0, le=9, strict=True)]
_Answer = Annotated[int, Field(ge=-1, le=9, strict=True)]
_Coordinate = Annotated[float, Field(allow_inf_nan=False)]


class _Written(BaseModel):
    """One digit of the hand: strokes in shares of the pad's side."""

    model_config = ConfigDict(extra="forbid")

    label: _Label
    strokes: Annotated[list[list[tuple[_Coordinate, _Coordinate]]], Field(max_length=MOST_POINTS)]


class Tested(BaseModel):
    """How a digit that was written after learning fared.

    Attributes:
        label: what was asked for.
        before: what the network answered that had not learned the hand; −1 for nothing.
        after: the same of the one that has.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    label: _Label
    before: _Answer
    after: _Answer


class _Kept(BaseModel):
    """The hand as the session keeps it."""

    model_config = ConfigDict(extra="forbid")

    digits: Annotated[list[_Written], Field(max_length=OF_EACH * KINDS)]
    tested_run: Annotated[str, Field(max_length=100)]
    tested: Annotated[list[Tested], Field(max_length=_MOST_TESTED)]
    is_open: bool = False
    is_writing: bool = False


class HandModel(QObject):
    """A hand is one person's; another person begins a new one.

    Attributes:
        digits: written so far, in order; at most two of each.
        is_open: whether the hand is seen, in place of the gallery of one's own digits.
        is_writing: whether it is written, also while a run is looked at that has learned one.
        tested_run: the id of the run that `tested` was drawn for; "" for none.
        tested: in order.

    Signals:
        changed(): any of these is other now.
    """

    changed = Signal()

    def __init__(self, lab: Lab, view: View) -> None:
        """Begin with the hand of the last session, which `view` has, if there was one."""
        super().__init__(lab)
        self._lab = lab
        self.digits: tuple[HandDigit, ...] = ()
        self.is_open = self.is_writing = False
        self.tested_run = ""
        self.tested: tuple[Tested, ...] = ()
        self._usable: tuple[OwnDigits, tuple[HandDigit, ...], tuple[HandDigit, ...]] | None = None
        self._restore(view.kept(_KEPT))
        view.keep(_KEPT, self._to_keep)

    # To learn from

    @property
    def counts(self) -> tuple[int, ...]:
        """How many of each digit, 0 to 9, were written."""
        labels = [digit.label for digit in self.digits]
        return tuple(labels.count(label) for label in range(KINDS))

    @property
    def asked(self) -> int | None:
        """The digit to be written next; None where all are there."""
        counts = self.counts
        label = counts.index(min(counts))
        return None if counts[label] >= OF_EACH else label

    def write(self, strokes: Sequence[NDArray[np.floating]]) -> bool:
        """Keep strokes, (k, 2) each in shares of the pad's side, as the digit that is asked for. Returns whether."""
        label = self.asked
        if label is None:
            return False
        points = sum(map(len, strokes))
        if points > MOST_POINTS:
            words = self.tr("This drawing has {points:,} points, {most:,} is the most for a digit: draw it anew.")
            self._lab.problem.emit(fill(words, points=points, most=MOST_POINTS))
            return False
        digit = written(label, strokes)
        if digit is None:
            return False
        self.digits += (digit,)
        self.changed.emit()
        return True

    def take_back(self, index: int = -1) -> HandDigit | None:
        """Keep one no more, the last if no other is named, and give it; None where there is none."""
        if not self.digits:
            return None
        others = list(self.digits)
        taken = others.pop(index)
        self.digits = tuple(others)
        self.changed.emit()
        return taken

    def usable(self, own: OwnDigits) -> tuple[HandDigit, ...]:
        """Those of a person's own digits that would fill gaps, the newest first; worked out once."""
        if self._usable is None or self._usable[0] is not own or self._usable[1] is not self.digits:
            self._usable = own, self.digits, self._found(own)
        return self._usable[2]

    def _found(self, own: OwnDigits) -> tuple[HandDigit, ...]:
        missing = [OF_EACH - count for count in self.counts]
        known = {digit.image.tobytes() for digit in self.digits}
        found: list[HandDigit] = []
        for digit in reversed(own.digits):
            if not digit.strokes or missing[digit.label] <= 0 or sum(map(len, digit.strokes)) > MOST_POINTS:
                continue
            made = written(digit.label, digit.strokes)
            if made is not None and made.image.tobytes() not in known:
                known.add(made.image.tobytes())
                missing[digit.label] -= 1
                found.append(made)
        return tuple(found)

    def add(self, digits: Sequence[HandDigit]) -> None:
        """Keep these, too: as `usable` gave them."""
        if digits:
            self.digits += tuple(digits)
            self.changed.emit()

    def begin_anew(self) -> tuple[HandDigit, ...]:
        """Let the hand be another person's, of which nothing is written yet; give the digits of the one before."""
        before, self.digits = self.digits, ()
        self.changed.emit()
        return before

    def bring_back(self, digits: tuple[HandDigit, ...]) -> None:
        """Let the hand be again what `begin_anew` gave."""
        self.digits = digits
        self.changed.emit()

    # To compare on

    @property
    def asked_now(self) -> int:
        """The digit to be written next for comparing."""
        return _TEST_ORDER[len(self.tested) % KINDS]

    def turn_to(self, run_id: str) -> None:
        """Compare for this run from now on; what was drawn for another one counts no more."""
        if run_id != self.tested_run:
            self.tested_run, self.tested = run_id, ()

    def count(self, before: int, after: int) -> None:
        """Note what both networks answered to the digit that was asked for."""
        self.tested = (*self.tested, Tested(label=self.asked_now, before=before, after=after))[-_MOST_TESTED:]
        self.changed.emit()

    def forget_last(self) -> None:
        """Let the last one that was counted count no more."""
        self.tested = self.tested[:-1]
        self.changed.emit()

    # From one session to the next

    def _to_keep(self) -> JsonValue:
        if not self.digits and not self.tested and not self.is_open:
            return None
        return {
            "digits": [
                {"label": digit.label, "strokes": [stroke.tolist() for stroke in digit.strokes]}
                for digit in self.digits
            ],
            "tested_run": self.tested_run,
            "tested": [tested.model_dump() for tested in self.tested],
            "is_open": self.is_open,
            "is_writing": self.is_writing,
        }

    def _restore(self, kept: JsonValue) -> None:
        if kept is None:
            return
        try:
            hand = _Kept.model_validate(kept)
        except ValidationError:
            self._lab.problem.emit(self.tr("Your hand was not kept as it should be: write its digits again."))
            return
        made = (written(one.label, [np.array(stroke, np.float64) for stroke in one.strokes]) for one in hand.digits)
        digits = tuple(digit for digit in made if digit is not None)
        self.digits = digits
        self.tested_run, self.tested = hand.tested_run, tuple(hand.tested)
        self.is_open, self.is_writing = hand.is_open, hand.is_writing
