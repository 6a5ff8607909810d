"""Picks digits of the test set for the pad: by number, at random, or the next one that the network mistakes."""

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.window.state.lab import Lab


class DigitPicker(QObject):
    """Has the network examined only while somebody asks for its mistakes.

    Attributes:
        number: of the digit that was picked last; −1 at first.
        is_asked: whether a mistake is being looked for.

    Signals:
        picked(int): the number of a test digit; `digits` has it.
        asked_changed(): `is_asked` is other now.
        nothing_found(): there is no mistake.
    """

    picked = Signal(int)
    asked_changed = Signal()
    nothing_found = Signal()

    def __init__(self, lab: Lab, parent: QObject) -> None:
        super().__init__(parent)
        self.number = -1
        self.is_asked = False
        self._lab = lab
        lab.inspections.evaluation.changed.connect(self._on_evaluated)

    @property
    def digits(self) -> Digits | None:
        """The digits of the run, or of the next; None before there are any."""
        return self._lab.digits if self._lab.run is None else self._lab.run.digits

    @Slot(int)
    def pick(self, number: int) -> None:
        """Pick the digit of that number, if there is one."""
        digits = self.digits
        if digits is not None and 0 <= number < len(digits.test_images):
            self.number = number
            self.picked.emit(number)

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

    @Slot()
    def ask_no_more(self) -> None:
        """Wait for no mistake any more."""
        if self.is_asked:
            self._set_asked(False)

    def _set_asked(self, is_asked: bool) -> None:
        self.is_asked = is_asked
        self._lab.inspections.evaluation.watch(is_asked)
        self.asked_changed.emit()

    @Slot()
    def _on_evaluated(self) -> None:
        evaluation = self._lab.inspections.evaluation.value
        if not self.is_asked or evaluation is None:
            return
        self.ask_no_more()
        mistakes = np.flatnonzero(~evaluation.right)
        if not len(mistakes):
            self.nothing_found.emit()
            return
        later = mistakes[mistakes > self.number]
        self.pick(int(later[0] if len(later) else mistakes[0]))
