"""How large the gap is for every ε, both by powers of ten: a smooth curve's falls with slope 2."""

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.local_line import ErrorCurve, LocalLine
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill, rounded, spell

_EMPTY = (-8.0, 0.0)


class ErrorPicture(BenchPicture):
    """The inset: |error| against |ε|, the guide of slope 2, and where ε is now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("errorPicture", "", ("|ε|", "|error|"), parent, is_log=(True, True))
        self.setAccessibleName(self.tr("The gap against ε, both by powers of ten"))
        self.setToolTip(self.tr("Ctrl + wheel and drag look closer, a double click shows all."))
        self._guide, self._curve = (pyqtgraph.PlotCurveItem(antialias=True) for _ in range(2))
        self._now = pyqtgraph.ScatterPlotItem(size=12, symbol="d", pxMode=True)
        for depth, item in enumerate((self._curve, self._guide, self._now)):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self.set_palette(theme.current())

    def show_curve(self, curve: ErrorCurve, line: LocalLine) -> None:
        """Show the gaps of that curve, and mark the one of `line`."""
        epsilon, error, guide = np.log10(curve.epsilon), np.log10(curve.error), np.log10(curve.guide)
        self._curve.setData(epsilon, error, connect="finite")
        self._guide.setData(epsilon, guide, connect="finite")
        has_now = bool(line.epsilon) and bool(np.isfinite(line.error)) and line.error != 0
        if has_now:
            self._now.setData([np.log10(abs(line.epsilon))], [np.log10(abs(line.error))])
        else:
            self._now.clear()
        self._say(line, has_gap=bool(np.isfinite(error).any()), is_curved=bool(np.isfinite(guide).any()))
        self.set_ranges((float(epsilon[0]), float(epsilon[-1])), _extent(np.concatenate([error, guide])))

    def _say(self, line: LocalLine, *, has_gap: bool, is_curved: bool) -> None:
        if not line.has_slope:
            self.set_readout(self.tr("No slope here, so there is no line and no gap."))
        elif not has_gap:
            self.set_readout(self.tr("The gap is exactly 0: the curve is straight here."))
        else:
            size = spell(rounded(abs(line.error), 4))
            short = fill(self.tr("Now |error| = {}"), size)
            long = fill(
                self.tr("For small ε, a tenth of it leaves about a hundredth of the gap. Now |error| = {}"), size
            )
            self.set_readout(long if is_curved else short, short)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        curve = pyqtgraph.mkPen(palette.validation, width=1.5)
        guide = pyqtgraph.mkPen(palette.text, width=1.5, style=Qt.PenStyle.DashLine)
        self._curve.setPen(in_device_pixels(curve, self))
        self._guide.setPen(in_device_pixels(guide, self))
        self._now.setBrush(QColor(palette.validation))
        self._now.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))
        self.set_legend(
            (
                LegendEntry(self.tr("the gap"), curve, has_marks=True),
                LegendEntry(self.tr("guide of slope 2: ½·|f″|·ε²"), guide, short=self.tr("slope 2")),
            )
        )

    def sizeHint(self) -> QSize:
        """Leave the height to the curve."""
        return QSize(320, 150)


def _extent(values: NDArray[np.float64]) -> tuple[float, float]:
    """Whole powers of ten around all finite values."""
    known = values[np.isfinite(values)]
    if not len(known):
        return _EMPTY
    return float(np.floor(known.min())), float(np.ceil(known.max() + 1e-9))
