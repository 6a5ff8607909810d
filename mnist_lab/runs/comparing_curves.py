"""The curves of kept runs, laid over one axis; no Qt."""

from dataclasses import dataclass
from typing import Literal
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.comparing import best_epoch
from mnist_lab.runs.facts import KeptRun
from mnist_lab.studies.smoothing import RunningAverage, smoothing_span

Quantity = Literal["loss", "accuracy"]
Source = Literal["batches", "means", "validation"]
"""Every batch, smoothed; each epoch's mean while it learned; the validation after each epoch."""
Along = Literal["updates", "epochs", "seconds"]
"""What the axis counts: gradient updates, epochs, or seconds of training."""

Reals = NDArray[np.float64]

_known: WeakKeyDictionary[KeptRun, dict[int, NDArray[np.float32]]] = WeakKeyDictionary()
"""The smoothed lines of each run by the array, which the run holds, as long as there is the run."""


@dataclass(frozen=True, eq=False)
class RunCurve:
    """One run's curve.

    Attributes:
        run: whose.
        places: (n,) float64, rising: where each value stands on the axis.
        values: (n,) float32; NaN or infinite where the run diverged.
        epoch_places: (e,) float64, rising: where each epoch ends on the axis.
        best: place and value at the epoch with the highest validation accuracy; None where there is none.
    """

    run: KeptRun
    places: Reals
    values: NDArray[np.float32]
    epoch_places: Reals
    best: tuple[float, float] | None

    @property
    def last(self) -> float:
        """Its last value; NaN if it has none."""
        return float(self.values[-1]) if len(self.values) else float("nan")

    def near(self, place: float) -> int | None:
        """The index of the value nearest to a place; None where the curve has not begun yet or has ended."""
        if not len(self.places):
            return None
        reach = self._reach()
        if not self.places[0] - reach <= place <= self.places[-1] + reach:
            return None
        after = min(int(np.searchsorted(self.places, place)), len(self.places) - 1)
        before = max(after - 1, 0)
        return before if place - self.places[before] <= self.places[after] - place else after

    def _reach(self) -> float:
        """Half of what lies between two values: so far beyond its ends a curve is still read."""
        ends = self.places if len(self.places) > 1 else np.array([0.0, *self.places])
        return float(ends[-1] - ends[0]) / max(len(ends) - 1, 1) / 2


def curve_of(run: KeptRun, quantity: Quantity, source: Source, along: Along) -> RunCurve:
    """The curve of a run; each value of `batches` stands where it was measured, that of an epoch in its middle."""
    ends = _updates_of(run.epochs)
    if source == "batches":
        updates, values = _batches(run, quantity)
    elif source == "means":
        updates = (np.concatenate([[0.0], ends])[: len(ends)] + ends) / 2
        values = _values([getattr(end, f"train_{quantity}") for end in run.epochs])
    else:
        updates, values = ends, _values([getattr(end, f"validation_{quantity}") for end in run.epochs])
    best = _best(run, source, ends, values)
    return RunCurve(
        run,
        _placed(run, updates, along),
        values,
        _placed(run, ends, along),
        None if best is None else (float(_placed(run, updates[best : best + 1], along)[0]), float(values[best])),
    )


def updates_per_epoch(run: KeptRun) -> int:
    """Gradient updates of one epoch; 0 where nothing tells."""
    if run.experiment is not None and run.facts.data is not None:
        return run.experiment.updates_per_epoch(run.facts.data.train_images)
    return run.epochs[0].updates if run.epochs else 0


def smoothed_over(run: KeptRun) -> int:
    """How many batches the smoothed line averages over: as many as on the Train page."""
    return smoothing_span(run.total_updates or run.updates)


def prepare_curves(run: KeptRun) -> None:
    """Smooth what will be shown: off the window's thread, a run of 100 epochs takes some milliseconds."""
    for values in (run.losses, run.accuracies):
        _smoothed(run, values)


def _batches(run: KeptRun, quantity: Quantity) -> tuple[Reals, NDArray[np.float32]]:
    smooth = _smoothed(run, run.losses if quantity == "loss" else run.accuracies)
    return np.arange(len(smooth), dtype=np.float64), smooth


def _smoothed(run: KeptRun, values: NDArray[np.float32]) -> NDArray[np.float32]:
    """The smoothed line of a run's own losses or accuracies, computed once."""
    known = _known.setdefault(run, {})
    if id(values) not in known:
        known[id(values)] = RunningAverage(smoothed_over(run)).update(values)
    return known[id(values)]


def _updates_of(epochs: tuple[EpochEnd, ...]) -> Reals:
    return np.array([end.updates for end in epochs], np.float64)


def _values(values: list[float]) -> NDArray[np.float32]:
    return np.array(values, np.float32)


def _best(run: KeptRun, source: Source, ends: Reals, values: NDArray[np.float32]) -> int | None:
    """The index of the value that stands for the best epoch; None if that has none."""
    end = best_epoch(run)
    if end is None or not len(values):
        return None
    # Of batches it is the one that was learned last before the measurement.
    index = min(end.updates, len(values)) - 1 if source == "batches" else int(np.searchsorted(ends, end.updates))
    return index if index >= 0 and np.isfinite(values[index]) else None


def _placed(run: KeptRun, updates: Reals, along: Along) -> Reals:
    """Where so many gradient updates stand on the axis."""
    if along == "updates":
        return updates
    if along == "epochs":
        return updates / max(updates_per_epoch(run), 1)
    known = np.asarray(run.seconds_at, np.float64).reshape(-1, 2)
    if not len(known):
        return updates * (run.training_seconds / max(len(run.losses), 1))
    seconds = np.interp(updates, np.concatenate([[0.0], known[:, 0]]), np.concatenate([[0.0], known[:, 1]]))
    return np.maximum.accumulate(seconds) if len(seconds) else seconds
