"""Loss, x and steepness of every descent against its steps."""

import math
from collections.abc import Mapping

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.descent.path import Path
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import theme
from mnist_lab.window.descent_parts.bench_picture import BenchPicture, Range
from mnist_lab.window.descent_parts.rule_colours import rule_pen
from mnist_lab.window.widgets.number_text import spell

_FEWEST_STEPS = 10
_SMALLEST = 1e-12
"""What a logarithmic axis shows 0 as."""


class StepPlot(BenchPicture):
    """One value of all descents."""

    def __init__(self, name: str, title: str, *, is_log: bool, parent: QWidget | None = None) -> None:
        self._is_log = is_log
        self._title = title
        self._curves: dict[str, pyqtgraph.PlotCurveItem] = {}
        super().__init__(name, title, (self.tr("step"), ""), parent, is_log=(False, is_log))
        self.setToolTip(
            self.tr("{} against steps. Wheel and drag look closer, a double click shows all.").format(title)
        )
        for rule in RULES:
            self._curves[rule.identifier] = pyqtgraph.PlotCurveItem(antialias=True)
            self._view.addItem(self._curves[rule.identifier], ignoreBounds=True)
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        super().set_palette(palette)
        for name, curve in self._curves.items():
            curve.setPen(rule_pen(palette, name))

    def show_values(self, values: Mapping[str, NDArray[np.float64]], looked_at: str) -> None:
        """Show (n + 1,) values for each rule, by its identifier."""
        drawn: list[NDArray[np.float64]] = []
        most = _FEWEST_STEPS
        for name, curve in self._curves.items():
            heights = self._heights(values.get(name, np.empty(0)))
            curve.setData(np.arange(len(heights), dtype=np.float64), heights, connect="finite")
            drawn.append(heights)
            most = max(most, len(heights) - 1)
        one = values.get(looked_at, np.empty(0))
        number = spell(float(f"{one[-1]:.4g}"), mantissa=3) if len(one) and np.isfinite(one[-1]) else ""
        self.set_readout(f"{self._title} {number}".strip())
        self.set_ranges((0.0, float(most)), _range(np.concatenate(drawn)))

    def _heights(self, values: NDArray[np.float64]) -> NDArray[np.float64]:
        if not self._is_log:
            return values
        # A loss below zero has no logarithm: a gap.
        return np.log10(np.where(values >= 0, np.maximum(values, _SMALLEST), np.nan))


class StepPlots(QWidget):
    """The three beside each other."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loss = StepPlot("descentLossPlot", self.tr("Loss above its floor"), is_log=True, parent=self)
        self._x = StepPlot("descentXPlot", self.tr("x"), is_log=False, parent=self)
        self._slope = StepPlot("descentSlopePlot", self.tr("|slope|"), is_log=True, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for plot in (self._loss, self._x, self._slope):
            layout.addWidget(plot, 1)

    def show_paths(self, paths: Mapping[str, Path], looked_at: str, floor: float) -> None:
        """Show these descents, by the rule's identifier; a logarithm needs the loss above its `floor`."""
        self._loss.show_values({name: path.loss - floor for name, path in paths.items()}, looked_at)
        self._x.show_values({name: path.x for name, path in paths.items()}, looked_at)
        self._slope.show_values({name: np.abs(path.slope) for name, path in paths.items()}, looked_at)


def _range(values: NDArray[np.float64]) -> Range:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    room = 0.08 * (high - low)
    if math.isclose(low, high):
        room = 0.5
    return low - room, high + room
