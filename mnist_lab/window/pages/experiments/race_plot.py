"""The curves of all racers over each other, each smoothed, in the racer's own colour and dash."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.network.pace import Fairness
from mnist_lab.runs.race_rules import MOST_RACERS
from mnist_lab.studies.smoothing import RunningAverage, smoothing_span
from mnist_lab.window import theme
from mnist_lab.window.state.live_race import Lane
from mnist_lab.window.theme.run_colours import run_look, run_pen
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import spell_percent

_MOST_PLACES = 250
"""Of a curve: more cannot be told apart, and take time at each redraw."""


_WIDTH = 1.5


@dataclass(frozen=True)
class _RacerSeries(Series):
    """A curve with the dash by which its racer is known, too: not all see its colour.

    Attributes:
        place: of the racer, from 1.
    """

    place: int = 1

    def pen(self, palette: theme.Palette) -> QPen:
        """As the list of racers and the leader board show it."""
        return run_pen(self.place, palette, _WIDTH)


def _series(place: int) -> Series:
    """Its name is in the list and on the leader board, too: better none in the legend than all cut short."""
    return _RacerSeries(str(place), "", lambda palette: run_look(place, palette).colour, yields=True, place=place)


class RacePlot(XyPlot):
    """One number of every racer against its gradient updates, or against its seconds of training."""

    def __init__(self, name: str, title: str, quantity: Literal["loss", "accuracy"], parent: QWidget) -> None:
        self._quantity = quantity
        self._averages: list[RunningAverage] = []
        self._fairness: Fairness = "updates"
        series = tuple(_series(place) for place in range(1, MOST_RACERS + 1))
        words = parent.tr("loss, smoothed") if quantity == "loss" else parent.tr("accuracy, smoothed")
        super().__init__(name, title, parent.tr("gradient update"), words, series, parent, is_log=quantity == "loss")
        loss_words = self.tr("Once a race begins, the loss of each racer is drawn here.")
        accuracy_words = self.tr("Once a race begins, the accuracy of each racer is drawn here.")
        self.set_empty_words(loss_words if quantity == "loss" else accuracy_words)
        self._axes["left"].is_percent = quantity == "accuracy"

    def minimumSizeHint(self) -> QSize:
        """Two stand beside each other."""
        return QSize(theme.fonts.scaled(228), super().minimumSizeHint().height())

    def begin(self, names: Sequence[str], spans: Sequence[int], fairness: Fairness) -> None:
        """Show racers with these names, whose runs have so many updates, against what all get the same of."""
        self._fairness = fairness
        self.name_places(self.tr("seconds of training") if fairness == "seconds" else self.tr("gradient update"))
        self._averages = [RunningAverage(smoothing_span(span)) for span in spans]
        for place in range(1, MOST_RACERS + 1):
            words = names[place - 1] if place <= len(names) else ""
            drawn = self._drawn[str(place)]
            drawn.series = replace(drawn.series, words=words)
            self.set_series(str(place), (), ())
        self.set_palette(theme.current())

    def show_lanes(self, lanes: Sequence[Lane]) -> None:
        """Draw what they have told."""
        for place, (lane, average) in enumerate(zip(lanes, self._averages, strict=True), start=1):
            history = lane.run.history
            values = (history.losses if self._quantity == "loss" else history.accuracies).values
            smoothed = average.update(values)
            chosen = _spread(len(smoothed))
            self.set_series(str(place), self._places_of(lane, chosen + 1), smoothed[chosen])
        self.refresh()

    def spell_value(self, value: float) -> str:
        """Accuracy per cent, as everywhere."""
        return spell_percent(value) if self._quantity == "accuracy" else super().spell_value(value)

    def _places_of(self, lane: Lane, updates: NDArray[np.intp]) -> NDArray[np.float64]:
        """Where a racer's updates stand on the lower axis; between the ends of chunks seconds are shared out evenly."""
        if self._fairness == "updates":
            return updates.astype(np.float64)
        done, seconds = zip(*lane.clock, strict=True)
        places: NDArray[np.float64] = np.interp(updates, done, seconds)
        return places


def _spread(count: int) -> NDArray[np.intp]:
    """Indices of at most `_MOST_PLACES` of `count` values, the first and the last among them."""
    return np.unique(np.linspace(0, count - 1, min(count, _MOST_PLACES)).astype(np.intp))
