"""The loss of each batch against its learning rate, by powers of ten, with the range that was found."""

import math

import numpy as np
import pyqtgraph
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from mnist_lab.network.range_test import HIGHEST_RATE, LOWEST_RATE, RateLosses
from mnist_lab.studies.rate_range import RateRange, placed
from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.xy_plot import Series, XyPlot
from mnist_lab.window.words import rounded, spell_setting

_PLACES = (math.log10(LOWEST_RATE), math.log10(HIGHEST_RATE))
_SHADE = 46
"""Opacity of the range, of 255."""
_HIGHEST = 2.0
"""Of the loss at the start: what runs away farther is cut off."""


class RangePlot(XyPlot):
    """Batch losses, their average where it is judged, the range shaded, and the suggested rate."""

    def __init__(self, parent: QWidget) -> None:
        series = (
            Series("batches", parent.tr("each batch"), lambda palette: palette.training_pale),
            Series("smoothed", parent.tr("average"), lambda palette: palette.training),
            Series("suggested", parent.tr("suggested"), lambda palette: palette.accent, has_marks=True),
        )
        title = parent.tr("Loss against learning rate")
        super().__init__("rangeTestPlot", title, parent.tr("learning rate"), parent.tr("loss"), series, parent)
        self._axes["bottom"].setLogMode(True)
        self.set_empty_words(self.tr("Once rates have been tested, the loss of each is drawn here."))
        self._range = pyqtgraph.LinearRegionItem(movable=False, pen=pyqtgraph.mkPen(None))
        self._range.setZValue(-2)
        self._range.hide()
        self._view.addItem(self._range, ignoreBounds=True)
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        super().set_palette(palette)
        if not self.closed and hasattr(self, "_range"):
            shade = QColor(palette.right)
            shade.setAlpha(_SHADE)
            self._range.setBrush(shade)

    def spell_place(self, place: float) -> str:
        """A place of the axis as the learning rate that it is."""
        return spell_setting(rounded(10**place, 3))

    def show_test(self, tested: RateLosses | None, found: RateRange | None) -> None:
        """Show a test and its verdict; None: nothing."""
        self._range.setVisible(found is not None and found.is_found)
        if tested is None or found is None:
            for name in ("batches", "smoothed", "suggested"):
                self.set_series(name, (), ())
            self.set_ranges(x=_PLACES)
            self.refresh()
            return
        rates, smoothed = placed(tested)
        places = np.log10(rates)
        self.set_series("batches", np.log10(tested.rates), tested.losses)
        self.set_series("smoothed", places, smoothed)
        if found.lowest is not None and found.highest is not None and found.suggested is not None:
            self._range.setRegion((np.log10(found.lowest), np.log10(found.highest)))
            at = np.log10(found.suggested)
            self.set_series("suggested", [at], [np.interp(at, places, smoothed)])
        else:
            self.set_series("suggested", (), ())
        self.set_ranges(y=(0.0, _HIGHEST * float(tested.smoothed[0])) if len(tested.smoothed) else None)
        self.refresh()
