"""The curve that a cut through the surface shows, with the ball's own place in its middle."""

import numpy as np
import pyqtgraph
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.functions import Function, Reals
from mnist_lab.studies.curve_shapes import one_two_five_ceiling
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.rule_colours import rule_colour, rule_marker
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill, rounded, spell

_POINTS = 400


class SectionPicture(BenchPicture):
    """Shows height against distance from the ball, and the slope there."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("sectionPicture", "", ("", ""), parent)
        self._axes["bottom"].setLabel(self.tr("distance from the ball"))
        self._axes["left"].setLabel(self.tr("height"))
        self.setAccessibleName(self.tr("A cut through the surface"))
        self.setToolTip(self.tr("Ctrl + wheel and drag look closer, a double click or 0 shows all."))
        self._curve, self._tangent = (pyqtgraph.PlotCurveItem(antialias=True) for _ in range(2))
        self._ball = pyqtgraph.ScatterPlotItem(size=13, pxMode=True)
        self._rule: str | None = None
        for depth, item in enumerate((self._curve, self._tangent, self._ball)):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self.set_palette(theme.current())

    def show_section(self, section: Function, rule: str, reach: float) -> None:
        """Show a cut through the ball of that rule, as far as `reach` on either side."""
        distances = np.linspace(-reach, reach, _POINTS)
        heights = section.f(distances)
        height, slope = section.value_at(0.0), section.slope_at(0.0)
        self._curve.setData(distances, heights, connect="finite")
        self._tangent.setData([-reach, reach], [height - slope * reach, height + slope * reach])
        self._ball.setData([0.0], [height], symbol=rule_marker(rule))
        self._rule = rule
        self._dress_ball(theme.current())
        words = self.tr("height {height}, slope along the cut {slope}")
        self.set_readout(fill(words, height=_short(height), slope=_short(slope)))
        self.set_ranges((-reach, reach), _steady(heights))

    def sizeHint(self) -> QSize:
        """Leave the height to the surface."""
        return QSize(320, 150)

    def _dress_ball(self, palette: theme.Palette) -> None:
        if self._rule is not None:
            self._ball.setBrush(QColor(rule_colour(palette, self._rule)))
            self._ball.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        curve = pyqtgraph.mkPen(palette.training, width=1.5)
        tangent = pyqtgraph.mkPen(palette.accent, width=1.5, style=Qt.PenStyle.DashLine)
        self._curve.setPen(in_device_pixels(curve, self))
        self._tangent.setPen(in_device_pixels(tangent, self))
        self._dress_ball(palette)
        self.set_legend(
            (LegendEntry(self.tr("the cut"), curve), LegendEntry(self.tr("its slope at the ball"), tangent))
        )


def _short(value: float) -> str:
    return spell(rounded(value, 4))


def _steady(heights: Reals) -> tuple[float, float]:
    """A range with round ends: it stays the same while the cut changes little."""
    low, high = float(heights.min()), float(heights.max())
    span = one_two_five_ceiling(max(high - low, 1e-6))
    quarter = span / 4
    bottom = (np.floor(low / quarter) - 0.5) * quarter
    top = (np.ceil(high / quarter) + 0.5) * quarter
    return float(bottom), float(top)
