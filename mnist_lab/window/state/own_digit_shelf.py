"""“My digits” in the window: kept in the lab's home, written at every change, on wish trained on in the next run.

Each change is made to what the file holds then: another window of the lab may have kept digits in it meanwhile.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data import own_digits_file
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.own_digits import OwnDigit, OwnDigits, new_digit, with_own
from mnist_lab.data.own_digits_file import Kept
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle


class OwnDigitShelf(QObject):
    """The digits a person drew and labelled.

    Attributes:
        is_used: whether the next run trains on them, too.

    Signals:
        changed(): there are others now, or they are used otherwise.
        problem(str): a sentence for the learner; what was there before stays.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_used = False
        self._path = own_digits_file.usual_path()
        self._kept = Kept()
        self._extended: tuple[Digits, OwnDigits, Digits] | None = None

    @property
    def own(self) -> OwnDigits:
        """All of them."""
        return self._kept.own

    def load(self) -> None:
        """Read in the background what was kept, and take over what earlier versions kept."""
        before = self._kept
        Job(self, self._read, lambda read: self._receive(before, *read)).start()

    def add(self, image: NDArray[np.uint8], label: int, strokes: Sequence[NDArray[np.floating]] | None) -> bool:
        """Keep one more: a (28, 28) picture, its digit, and strokes in shares of the pad. Returns whether it is."""
        try:
            digit = new_digit(image, label, strokes)
        except DataError as error:
            self.problem.emit(translation.sentence(error))
            return False
        return self.put_back(digit)

    def put_back(self, digit: OwnDigit) -> bool:
        """Keep one again that was removed. Returns whether it is."""
        return self._keep(lambda own: own if own.has(digit.identifier) else own.added(digit))

    def remove(self, identifier: str) -> bool:
        """Keep one no more. Returns whether it is gone."""
        return self._keep(lambda own: own.without(identifier) if own.has(identifier) else own)

    def set_aside(self, success: Callable[[Callable[[], None]], None]) -> None:
        """Begin a new collection, with the file of the old one beside; then call `success` with how to have it back."""

        def take(done: tuple[Kept, OwnDigits, Path]) -> None:
            self._kept, before, copy = done
            self.changed.emit()
            success(lambda: self._restore(before, copy))

        Job(self, lambda _handle: own_digits_file.set_aside(self._path), take).start()

    @Slot(bool)
    def set_used(self, on: bool) -> None:
        """Train on them in the next run, or not."""
        if on != self.is_used:
            self.is_used = on
            self.changed.emit()

    def extend(self, digits: Digits) -> Digits:
        """The digits of the next run: `digits`, with one's own in the training set if they are used."""
        if not self.is_used or not len(self.own):
            return digits
        if self._extended is None or self._extended[0] is not digits or self._extended[1] is not self.own:
            self._extended = digits, self.own, with_own(digits, self.own)
        return self._extended[2]

    def _read(self, _handle: JobHandle) -> tuple[Kept, list[DataError]]:
        """What is kept, and what cannot be had of it (in a thread of its own)."""
        try:
            kept = own_digits_file.read(self._path)
        except DataError as error:
            return Kept(), [error]  # earlier ones are taken over where these can be read: next time
        try:
            if own_digits_file.take_over(own_digits_file.former_path(), self._path):
                kept = own_digits_file.read(self._path)
        except DataError as error:
            return kept, [error]
        return kept, []

    def _receive(self, before: Kept, kept: Kept, problems: list[DataError]) -> None:
        for error in problems:
            self.problem.emit(translation.sentence(error))
        if self._kept is not before:  # one was kept meanwhile, perhaps before those of an earlier version came
            self.load()
            return
        self._kept = kept
        if len(kept.own):
            self.changed.emit()

    def _keep(self, change: Callable[[OwnDigits], OwnDigits]) -> bool:
        """Write first: what cannot be kept is not shown as kept."""
        try:
            self._kept = own_digits_file.change(self._path, self._kept, change)
        except DataError as error:
            self.problem.emit(translation.sentence(error))
            return False
        self.changed.emit()
        return True

    def _restore(self, digits: OwnDigits, copy: Path) -> None:
        """Bring back what was set aside, in the background."""
        before = self._kept

        def work(_handle: JobHandle) -> tuple[Kept, list[DataError]]:
            kept = own_digits_file.change(self._path, before, lambda own: own.joined(digits))
            copy.unlink(missing_ok=True)  # each of its digits is back
            return kept, []

        Job(self, work, lambda done: self._receive(before, *done)).start()
