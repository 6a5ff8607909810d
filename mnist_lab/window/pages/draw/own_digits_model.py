"""What “My digits” keeps outside its widgets: the network's answers, which digit is selected, which were removed."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from mnist_lab.data.own_digits import OwnDigit, OwnDigits
from mnist_lab.inspection.forward import answers
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.work import JobHandle

_REST_MILLISECONDS = 200


@dataclass(frozen=True, eq=False)
class _Judged:
    """Which network judges which digits."""

    weights: NetworkWeights
    own: OwnDigits


class OwnDigitsModel(QObject):
    """Judges the learner's own digits while somebody watches.

    Attributes:
        look: which digit is selected, and how far one has scrolled.
        removed: digits that were removed and can be put back, newest last.

    Signals:
        judged(): the answers are other now.
    """

    judged = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.look = GridLook()
        self.removed: list[OwnDigit] = []
        self._input: _Judged | None = None
        self._answers: Derived[_Judged, NDArray[np.intp]] = Derived(lab, _judge, rest_milliseconds=_REST_MILLISECONDS)
        self._answers.changed.connect(self.judged)

    @property
    def predicted(self) -> NDArray[np.intp] | None:
        """(n,) what the network answers to each digit, −1 for no answer; None while that is not known."""
        judged = self._answers.input
        return self._answers.value if judged is not None and judged.own is self._lab.own_digits.own else None

    def watch(self, watch: bool) -> None:
        """One watcher more, or one less."""
        self._answers.watch(watch)

    def update(self) -> None:
        """Take over the digits and the network as they are now."""
        weights, own = self._lab.weights, self._lab.own_digits.own
        if weights is None or not len(own):
            self._input = None
        elif self._input is None or self._input.weights is not weights or self._input.own is not own:
            self._input = _Judged(weights, own)
        self._answers.set_input(self._input, own)


def _judge(judged: _Judged, _handle: JobHandle) -> NDArray[np.intp]:
    return answers(judged.weights, judged.own.images)
