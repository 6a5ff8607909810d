"""One weight of the network that is looked at, and the loss along it."""

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from mnist_lab.studies.along import Along, Choice, look_along, slopes_along
from mnist_lab.studies.frozen_loss import Vector
from mnist_lab.studies.looked import Looked
from mnist_lab.window.state.background import Job, failure_of
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab

_SIDE = 28
_MIDDLE = (14, 14)
_REACH = 1.0
_REST_MILLISECONDS = 200
"""While it trains the weights change several times a second, and each curve takes some of the machine."""


@dataclass(frozen=True, eq=False)
class TakenCurve:
    """The loss along one weight with its slopes, on its way to the Descent tab.

    Attributes:
        choice: which weight of which network.
        along: the loss along it.
        slopes: (21,) the slope at each of its values.
    """

    choice: Choice
    along: Along
    slopes: Vector


class OneWeight(QObject):
    """The choice of a weight and what was computed for it.

    Attributes:
        looked: the network; None before the first.
        cell: row and column of the pixel that the weight belongs to.
        picks: how often a pixel was chosen.
        unit: of the first hidden layer, from 0.
        reach: how far the weight is turned to either side.
        along: the loss along it; watch it to have it computed.

    Signals:
        changed(): `along` has another value, or `is_taking` is other now.
        taken(): there is a curve for `take_curves`.
    """

    changed = Signal()
    taken = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self._lab = lab
        self.looked: Looked | None = None
        self.cell = _MIDDLE
        self.picks = 0
        self.unit = 0
        self.reach = _REACH
        self.along: Derived[Choice, Along] = Derived(lab, look_along, rest_milliseconds=_REST_MILLISECONDS)
        self.along.changed.connect(self.changed)
        self._choice: Choice | None = None
        self._taking: Job | None = None
        self._curves: list[TakenCurve] = []
        self._viewer: object = None

    @property
    def units(self) -> int:
        """Units of the first hidden layer; 0 before there is a network."""
        return 0 if self.looked is None else int(self.looked.weights.layers[0].kernel.shape[1])

    @property
    def is_taking(self) -> bool:
        """Whether a curve is being made ready for the Descent tab."""
        return self._taking is not None

    def look_at(self, looked: Looked) -> None:
        """Go on with this network."""
        self.looked = looked
        self.unit = min(self.unit, self.units - 1)
        self._update()

    def choose(self, cell: tuple[int, int] | None = None, unit: int | None = None, reach: float | None = None) -> None:
        """Choose another weight, or look further; None: as before."""
        self.picks += cell is not None
        self.cell = self.cell if cell is None else cell
        self.unit = self.unit if unit is None else unit
        self.reach = self.reach if reach is None else reach
        self._update()

    def take(self) -> None:
        """Make the curve ready for the Descent tab: it needs the slope at every value."""
        choice, along = self.along.input, self.along.value
        if choice is None or along is None:
            return
        self._taking = Job(
            self._lab,
            lambda handle: TakenCurve(choice, along, slopes_along(choice, along, handle)),
            self._on_taken,
            self._on_failed,
        )
        self._taking.start()
        self.changed.emit()

    def new_viewer(self) -> object:
        """A key to `take_curves`; those given before fit no more, for they belong to pages that were replaced."""
        self._viewer = object()
        return self._viewer

    def take_curves(self, viewer: object) -> list[TakenCurve]:
        """The curves that were not taken yet; none with an old key."""
        if viewer is not self._viewer:
            return []
        curves, self._curves = self._curves, []
        return curves

    def _update(self) -> None:
        """Have the curve computed, unless it is the one that was asked for last."""
        if self.looked is None:
            return
        row, column = self.cell
        wanted, choice = (self.looked, row * _SIDE + column, self.unit, self.reach), self._choice
        if choice is None or wanted != (choice.trained, choice.pixel, choice.unit, choice.reach):
            self._choice = Choice(*wanted)
            self.along.set_input(self._choice, self.looked.source_id)

    def _on_taken(self, curve: TakenCurve) -> None:
        self._taking = None
        self._curves.append(curve)
        self.changed.emit()
        self.taken.emit()

    def _on_failed(self, error: Exception) -> None:
        self._taking = None
        failure_of(self._lab)(error)
        self.changed.emit()
