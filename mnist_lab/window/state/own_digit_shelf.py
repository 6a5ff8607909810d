"""“My digits” in the window: kept in the lab's home, written at every change, on wish trained on in the next run.

Each change is made to what the file holds then: another window of the lab may have kept digits in it meanwhile.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data import own_digits_file
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.own_digits import OwnDigit, OwnDigits, new_digit, with_own
from mnist_lab.window import translation


class OwnDigitShelf(QObject):
    """The digits a person drew and labelled.

    Attributes:
        own: all of them.
        is_used: whether the next run trains on them, too.

    Signals:
        changed(): there are others now, or they are used otherwise.
        problem(str): a sentence for the learner; what was there before stays.
    """

    changed = Signal()
    problem = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.own = OwnDigits()
        self.is_used = False
        self._path = own_digits_file.usual_path()
        self._stamp: own_digits_file.Stamp | None = None  # of the file while it holds `own`
        self._extended: tuple[Digits, OwnDigits, Digits] | None = None

    def load(self) -> None:
        """Read what was kept."""
        try:
            stamp = own_digits_file.stamp(self._path)
            self.own = own_digits_file.read(self._path)
            self._stamp = stamp
        except DataError as error:
            self.problem.emit(translation.sentence(error))
        if len(self.own):
            self.changed.emit()

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

    def _keep(self, change: Callable[[OwnDigits], OwnDigits]) -> bool:
        """Write first: what cannot be kept is not shown as kept."""
        try:
            own = change(self._in_file())
            own_digits_file.write(self._path, own, self._stamp)
        except DataError as error:
            self.problem.emit(translation.sentence(error))
            return False
        self.own = own
        self._stamp = own_digits_file.stamp(self._path)
        self.changed.emit()
        return True

    def _in_file(self) -> OwnDigits:
        """What the file holds now; where it is gone or cannot be read, what this window knows."""
        stamp = own_digits_file.stamp(self._path)
        if stamp is None or stamp == self._stamp:  # reading ten thousand takes seconds
            return self.own
        try:
            return own_digits_file.read(self._path)
        except DataError:  # set aside by `read` or, next, by `write`: nothing is lost
            return self.own
