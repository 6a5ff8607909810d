"""The update that was last looked at closely, its numbers, and which part of them is shown."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.batches import images_trained_on
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.studies.update_numbers import UpdateNumbers, compute_update
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.pictures.grid_look import GridLook
from mnist_lab.work import JobHandle

_REST_MILLISECONDS = 100


@dataclass(frozen=True, eq=False)
class _Observed:
    """An update and what of its run is needed to compute it again."""

    update: ObservedUpdate
    experiment: Experiment
    digits: Digits


class WatchedUpdate(QObject):
    """Computes the numbers while somebody watches.

    Attributes:
        layer: which layer is shown, from 0.
        unit: which unit of it.
        batch: how the batch's images are looked at.

    Signals:
        changed(): `numbers` are others, and perhaps `layer` and `unit`.
    """

    changed = Signal()

    def __init__(self, lab: Lab) -> None:
        super().__init__(lab)
        self.layer = self.unit = 0
        self.batch = GridLook()
        self._lab = lab
        self._update: ObservedUpdate | None = None
        self._shapes: list[tuple[int, ...]] = []
        self._numbers: Derived[_Observed, UpdateNumbers] = Derived(lab, _compute, rest_milliseconds=_REST_MILLISECONDS)
        self._numbers.changed.connect(self._on_numbers)

    @property
    def numbers(self) -> UpdateNumbers | None:
        """The newest numbers; None before there are any of this run."""
        return self._numbers.value

    @property
    def fact(self) -> tuple[float, ...] | None:
        """For the course: which update it was, images of its batch, their loss, and how many weights it moved."""
        numbers = self.numbers
        if numbers is None:
            return None
        return numbers.update.after.updates, len(numbers.labels), numbers.loss, numbers.weights

    def watch(self, watch: bool) -> None:
        """One watcher more, or one less."""
        self._numbers.watch(watch)

    def follow(self) -> None:
        """Take over the update that was last looked at closely."""
        update, run = self._lab.look.update, self._lab.run
        if update is self._update:
            return
        self._update = update
        observed = None
        if update is not None and run is not None:
            observed = _Observed(update, run.experiment_of(update.before.updates), run.trained_digits)
        self._numbers.set_input(observed, run)

    def choose_layer(self, layer: int) -> None:
        """Show another layer, and its unit with the steepest slopes: something is to be seen there."""
        if self.numbers is not None:
            self.layer, self.unit = layer, steepest_unit(self.numbers, layer)

    @Slot()
    def _on_numbers(self) -> None:
        numbers = self.numbers
        shapes = [] if numbers is None else [layer.before.kernel.shape for layer in numbers.layers]
        if shapes != self._shapes:
            self.choose_layer(0)
        self._shapes = shapes
        self.changed.emit()


def steepest_unit(numbers: UpdateNumbers, layer: int) -> int:
    """The unit whose weights have the steepest slopes."""
    sizes = np.abs(numbers.layers[layer].gradient.kernel).max(axis=0)
    return int(np.nan_to_num(sizes).argmax())


def _compute(observed: _Observed, _handle: JobHandle) -> UpdateNumbers:
    update, experiment, digits = observed.update, observed.experiment, observed.digits
    images, labels = images_trained_on(experiment, digits, update.indices)
    return compute_update(update, experiment, images, labels, len(digits.train_images))
