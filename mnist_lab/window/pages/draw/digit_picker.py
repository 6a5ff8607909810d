"""Picks digits of the test set for the pad: by number, at random, or the next one that the network mistakes."""

import numpy as np
from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.window.pages.draw.drawing_pad import DrawingPad
from mnist_lab.window.pages.draw.pad_content import picture_of_levels
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.words import fill, spell_whole


class DigitPicker(QObject):
    """Has the network examined only while somebody asks for its mistakes.

    Attributes:
        number: of the test digit that is on the pad, or was last; −1 at first.
        is_asked: whether a mistake is being looked for.

    Signals:
        picked(int): the number of another test digit that is on the pad now.
        asked_changed(): `is_asked` is other now.
    """

    picked = Signal(int)
    asked_changed = Signal()

    def __init__(self, lab: Lab, pad: DrawingPad) -> None:
        super().__init__(lab)
        self.number = -1
        self.is_asked = False
        self._lab = lab
        self._pad = pad
        self._is_left = False
        lab.inspections.evaluation.changed.connect(self._on_evaluated)
        pad.replaced.connect(self._on_replaced)

    @property
    def digits(self) -> Digits | None:
        """The digits of the run, or of the next; None before there are any."""
        return self._lab.digits if self._lab.run is None else self._lab.run.digits

    @Slot(int)
    def pick(self, number: int) -> None:
        """Put the digit of that number on the pad, if there is one, unless it is what lies there."""
        digits = self.digits
        if digits is not None and 0 <= number < len(digits.test_images) and not self._lies_there(number, digits):
            origin = fill(self.tr("Test digit {number}"), number=spell_whole(number))
            label = int(digits.test_labels[number])
            self._pad.set_picture(picture_of_levels(digits.test_images[number], label, origin, number))

    def _lies_there(self, number: int, digits: Digits) -> bool:
        """Whether that digit is on the pad, unchanged, so that one Enter is one step back by undo."""
        picture = self._pad.drawing.picture
        is_it = picture is not None and picture.number == number and not self._pad.drawing.count
        if picture is None or not is_it:
            return False
        return np.array_equal(picture.ink, picture_of_levels(digits.test_images[number], None, "").ink)

    @Slot()
    def _on_replaced(self) -> None:
        """Follow the pad, by undo and redo, too: the next mistake is looked for behind what is seen there."""
        picture = self._pad.drawing.picture
        if picture is not None and picture.number not in (None, self.number):
            self.number = picture.number
            self.picked.emit(self.number)

    @Slot()
    def pick_any(self) -> None:
        """Pick one at random; no run's chance is touched by it."""
        digits = self.digits
        if digits is not None:
            self.pick(int(np.random.default_rng().integers(len(digits.test_images))))

    @Slot()
    def pick_mistake(self) -> None:
        """Pick the next digit that the network takes for another, as soon as that is known."""
        if not self.is_asked:
            self._set_asked(True)
        if self._lab.inspections.evaluation.is_current:
            self._on_evaluated()

    def leave(self) -> None:
        """Wait for no mistake any more, unless somebody comes back within this turn of the event loop: another page."""
        self._is_left = True
        QTimer.singleShot(0, self, self._forget)

    def come_back(self) -> None:
        """Take a `leave` of this turn of the event loop back."""
        self._is_left = False

    @Slot()
    def _forget(self) -> None:
        if self._is_left and self.is_asked:
            self._set_asked(False)

    def _set_asked(self, is_asked: bool) -> None:
        self.is_asked = is_asked
        self._lab.inspections.evaluation.watch(is_asked)
        self.asked_changed.emit()

    @Slot()
    def _on_evaluated(self) -> None:
        evaluation = self._lab.inspections.evaluation.value
        if not self.is_asked or self._is_left or evaluation is None:
            return
        self._set_asked(False)
        mistakes = np.flatnonzero(~evaluation.right)
        if not len(mistakes):
            words = self.tr("This network makes no mistake with the test digits: there is none to show.")
            self._lab.problem.emit(words)
            return
        later = mistakes[mistakes > self.number]
        self.pick(int(later[0] if len(later) else mistakes[0]))
