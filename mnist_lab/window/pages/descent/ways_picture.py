"""How far from the minimum each of several ways is after every step, by powers of ten."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPen
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.functions import Reals
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.zoomed_ranges import Range
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill, rounded, spell


@dataclass(frozen=True)
class WayLook:
    """One way: its words for legend and readout, and its pen in a palette."""

    words: str
    pen: Callable[[theme.Palette], QPen]


class ReadSteps:
    """Which step is read in each picture, by the picture's objectName: kept outside the pictures."""

    def __init__(self) -> None:
        self._steps: dict[str, int] = {}

    def of(self, name: str) -> int | None:
        """The step that is read; None: none."""
        return self._steps.get(name)

    def read(self, name: str, step: int | None) -> None:
        """Read another step, or none."""
        if step is None:
            self._steps.pop(name, None)
        else:
            self._steps[name] = step


class WaysPicture(BenchPicture):
    """Shows |w| against steps; Left and Right read the values at one step."""

    KEYS = page_keys.WAYS

    def __init__(
        self, name: str, title: str, looks: Sequence[WayLook], read: ReadSteps, parent: QWidget | None
    ) -> None:
        """`read` keeps the step that is read."""
        super().__init__(name, title, ("", "|w|"), parent, is_log=(False, True))
        self._axes["bottom"].setLabel(self.tr("step"))
        self.setToolTip(self.tr("Left and Right read step by step; Ctrl + wheel and drag look closer, 0 shows all."))
        self._looks = tuple(looks)
        self._ways: tuple[Reals, ...] = ()
        self._read_steps = read
        self._curves = [pyqtgraph.PlotCurveItem(antialias=True) for _look in looks]
        self._cursor = pyqtgraph.InfiniteLine(angle=90, movable=False)
        self._cursor.hide()
        for depth, item in enumerate((*self._curves, self._cursor)):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self.set_palette(theme.current())

    def show_ways(self, ways: Sequence[Reals], heights: Range) -> None:
        """Show these, (steps + 1,) each, between two powers of ten; what leaves them is cut off."""
        self._ways = tuple(ways)
        for curve, way in zip(self._curves, ways, strict=True):
            size = np.abs(way)
            curve.setData(np.arange(len(way)), np.log10(np.where(size > 0, size, np.nan)), connect="finite")
        self.set_ranges((0.0, float(len(ways[0]) - 1)), heights)
        self._read()

    @property
    def _read_at(self) -> int | None:
        return self._read_steps.of(self.objectName())

    def _read(self) -> None:
        self._cursor.setVisible(self._read_at is not None)
        if not self._ways:
            return
        words, step = self.tr("after the last step: {values}"), -1
        if self._read_at is not None:
            words, step = self.tr("after step {step}: {values}"), self._read_at
            self._cursor.setPos(step)
        values = [spell(rounded(way[step], 3)) for way in self._ways]
        named = [f"{look.words} {value}" for look, value in zip(self._looks, values, strict=True)]
        self.set_readout(*(fill(words, step=step, values=" · ".join(texts)) for texts in (named, values)))

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        pens = [look.pen(palette) for look in self._looks]
        for curve, pen in zip(self._curves, pens, strict=True):
            curve.setPen(in_device_pixels(pen, self))
        self._cursor.setPen(pyqtgraph.mkPen(palette.muted, width=1, style=Qt.PenStyle.DotLine))
        self.set_legend(tuple(LegendEntry(look.words, pen) for look, pen in zip(self._looks, pens, strict=True)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Read step by step, show all."""
        key, last = Qt.Key(event.key()), len(self._ways[0]) - 1 if self._ways else 0
        now = last // 2 if self._read_at is None else self._read_at
        steps = {Qt.Key.Key_Left: now - 1, Qt.Key.Key_Right: now + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if key in steps:
            self._read_steps.read(self.objectName(), min(max(steps[key], 0), last))
        elif key == Qt.Key.Key_Escape and self._read_at is not None:
            self._read_steps.read(self.objectName(), None)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()
        self._read()
