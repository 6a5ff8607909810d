"""The curve that a cut through the surface shows, with the ball's own place in its middle."""

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.functions import Function
from mnist_lab.window import theme
from mnist_lab.window.descent_parts.bench_picture import BenchPicture, Range
from mnist_lab.window.descent_parts.rule_colours import rule_colour, rule_marker
from mnist_lab.window.widgets.number_text import spell
from mnist_lab.window.widgets.plot_header import LegendEntry

_POINTS = 400


class SectionPicture(BenchPicture):
    """Shows height against distance from the ball, and the slope there."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__("sectionPicture", "", ("", ""), parent)
        self._axes["bottom"].setLabel(self.tr("distance from the ball"))
        self._axes["left"].setLabel(self.tr("height"))
        self.setAccessibleName(self.tr("A cut through the surface"))
        self.setToolTip(self.tr("Wheel and drag look closer, a double click or 0 shows all."))
        self._curve, self._tangent = (pyqtgraph.PlotCurveItem(antialias=True) for _ in range(2))
        self._ball = pyqtgraph.ScatterPlotItem(size=13, pxMode=True)
        self._rule: str | None = None
        for depth, item in enumerate((self._curve, self._tangent, self._ball)):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self.set_palette(theme.current())

    def show_section(self, section: Function | None, rule: str, ranges: tuple[Range, Range]) -> None:
        """Show a cut through the ball of that rule; None shows none."""
        for item in (self._curve, self._tangent, self._ball):
            item.setVisible(section is not None)
        if section is None:
            self.set_readout("")
            return
        (left, right), _heights = ranges
        distances = np.linspace(left, right, _POINTS)
        height, slope = section.value_at(0.0), section.slope_at(0.0)
        self._curve.setData(distances, section.f(distances), connect="finite")
        self._tangent.setData([left, right], [height + slope * left, height + slope * right])
        self._ball.setData([0.0], [height], symbol=rule_marker(rule))
        self._rule = rule
        self._dress_ball(theme.current())
        words = self.tr("height {height}, slope along the cut {slope}")
        self.set_readout(words.format(height=spell(height, 4), slope=spell(slope, 4)))
        self.set_ranges(*ranges)

    def _dress_ball(self, palette: theme.Palette) -> None:
        if self._rule is not None:
            self._ball.setBrush(QColor(rule_colour(palette, self._rule)))
            self._ball.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.plotItem is None:  # closed: pyqtgraph has taken it apart
            return
        super().set_palette(palette)
        curve = pyqtgraph.mkPen(palette.training, width=1.5)
        tangent = pyqtgraph.mkPen(palette.accent, width=1.5, style=Qt.PenStyle.DashLine)
        self._curve.setPen(curve)
        self._tangent.setPen(tangent)
        self._dress_ball(palette)
        self.set_legend(
            (LegendEntry(self.tr("the cut"), curve), LegendEntry(self.tr("its slope at the ball"), tangent))
        )
