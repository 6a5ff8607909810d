"""Loss, x and steepness of every descent against its steps."""

import math
from collections.abc import Mapping

import numpy as np
import pyqtgraph
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Slot
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mnist_lab.descent.path import Path
from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.marked_step import MarkedStep, StepMark
from mnist_lab.window.pages.descent.rule_colours import rule_pen
from mnist_lab.window.pages.descent.surface.pixel_map import PixelMap
from mnist_lab.window.pages.descent.trail_painter import paint_ring
from mnist_lab.window.pages.descent.zoomed_ranges import Range, ZoomedRanges
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill, rounded, spell

_FEWEST_STEPS = 10
_SMALLEST = 1e-12
"""What a logarithmic axis shows 0 as."""
_LEAST = QSize(160, 122)
"""In logical pixels at the usual text size."""
_FEW_STEPS = 10
"""How far the Page keys read along."""

Reals = NDArray[np.float64]


class StepPlot(BenchPicture):
    """One value of all descents; the step under the pointer is marked.

    Left and Right mark step by step, Page keys ten at once, Home and End the ends; Up and Down turn to another rule.
    """

    KEYS = page_keys.STEPS

    def __init__(
        self, name: str, title: str, marked: MarkedStep, *, is_log: bool, parent: QWidget | None = None
    ) -> None:
        self._is_log, self._title, self._marked = is_log, title, marked
        self._curves: dict[str, pyqtgraph.PlotCurveItem] = {}
        self._values: dict[str, Reals] = {}
        self._looked_at = ""
        super().__init__(name, title, (self.tr("step"), ""), parent, is_log=(False, is_log))
        self._header.leave_out_legend()
        self.setToolTip(
            fill(
                self.tr(
                    "{} against steps. Ctrl + wheel and drag look closer, a double click or 0 shows all. Left and "
                    "Right mark step by step, Up and Down another optimizer; Escape takes the mark away."
                ),
                title,
            )
        )
        for rule in RULES:
            self._curves[rule.identifier] = pyqtgraph.PlotCurveItem(antialias=True)
            self._view.addItem(self._curves[rule.identifier], ignoreBounds=True)
        marked.changed.connect(self._on_marked)
        self.set_palette(theme.current())

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        super().set_palette(palette)
        for name, curve in self._curves.items():
            curve.setPen(in_device_pixels(rule_pen(palette, name), self))

    def show_values(self, values: Mapping[str, Reals], looked_at: str) -> None:
        """Show (n + 1,) values for each rule, by its identifier."""
        drawn: list[Reals] = []
        most = _FEWEST_STEPS
        self._values, self._looked_at = dict(values), looked_at
        for name, curve in self._curves.items():
            heights = self._heights(values.get(name, np.empty(0)))
            curve.setData(np.arange(len(heights), dtype=np.float64), heights, connect="finite")
            drawn.append(heights)
            most = max(most, len(heights) - 1)
        self.set_ranges((0.0, float(most)), _range(np.concatenate(drawn)))
        self._on_marked()

    def _heights(self, values: Reals) -> Reals:
        if not self._is_log:
            return values
        # A loss below zero has no logarithm: a gap.
        return np.log10(np.where(values >= 0, np.maximum(values, _SMALLEST), np.nan))

    def minimumSizeHint(self) -> QSize:
        """Be read beside two others."""
        return QSize(theme.fonts.scaled(_LEAST.width()), theme.fonts.scaled(_LEAST.height()))

    # The mark

    @Slot()
    def _on_marked(self) -> None:
        """Say the value at the mark, or the last one of the rule that is looked at."""
        rule, step = self._place()
        values = self._values.get(rule, np.empty(0))[: step + 1]
        number = spell(rounded(values[-1], 4), mantissa=3) if len(values) and np.isfinite(values[-1]) else ""
        self.set_readout(f"{self._title} {number}".strip())
        self.viewport().update()

    def _place(self) -> tuple[str, int]:
        """The rule and step that is marked, or else the last one of the rule that is looked at."""
        mark = self._marked.mark
        if mark is not None and mark.step < len(self._values.get(mark.rule, ())):
            return mark.rule, mark.step
        return self._looked_at, len(self._values.get(self._looked_at, ())) - 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plot, and above it a line at the marked step and a ring on each curve."""
        super().paintEvent(event)
        mark = self._marked.mark
        if mark is None:
            return
        places, painter = PixelMap(self._view), QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(places.room.adjusted(-12, -12, 12, 12))
        above = places.point(mark.step, 0.0).x()
        if places.room.left() - 1 <= above <= places.room.right() + 1:
            painter.setPen(QPen(QColor(self._palette.muted), 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(above, places.room.top()), QPointF(above, places.room.bottom()))
            for rule in sorted(self._rules_at(mark.step), key=lambda rule: rule == mark.rule):
                point = places.point(mark.step, self.height_at(rule, mark.step))
                paint_ring(painter, rule, point, self._palette, is_strong=rule == mark.rule)
        painter.end()

    def _rules_at(self, step: int) -> list[str]:
        """The rules that have a value at that step which can be shown."""
        return [
            name
            for name, values in self._values.items()
            if step < len(values) and np.isfinite(self.height_at(name, step))
        ]

    def height_at(self, rule: str, step: int) -> float:
        """Where the value of a rule at a step stands along the y axis."""
        return float(self._heights(self._values[rule][step : step + 1])[0])

    # Pointer and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the step under the pointer, of the curve that is nearest."""
        super().mouseMoveEvent(event)
        place = self.mapToScene(event.position().toPoint())
        if event.buttons() == Qt.MouseButton.NoButton:
            is_inside = self._view.sceneBoundingRect().contains(place)
            self._marked.point(self._mark_near(self._here(event)) if is_inside else None)

    def _mark_near(self, here: QPointF) -> StepMark | None:
        last = max((len(values) for values in self._values.values()), default=0) - 1
        step = min(max(round(here.x()), 0), last)
        rules = self._rules_at(step) if last >= 0 else []
        if not rules:
            return None
        return StepMark(min(rules, key=lambda rule: abs(self.height_at(rule, step) - here.y())), step)

    def leaveEvent(self, event: QEvent) -> None:
        """Mark nothing any more."""
        super().leaveEvent(event)
        self._marked.point(None)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """What keys have marked stays only as long as they are here, or in another window for a while."""
        super().focusOutEvent(event)
        is_for_a_while = event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if self.isVisible() and not is_for_a_while:  # a plot that goes with its page leaves the mark to the next one
            self._marked.keep(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Mark another step or another optimizer's, look closer, show all."""
        key = Qt.Key(event.key())
        rule, step = self._place()
        last = len(self._values.get(rule, ())) - 1
        steps = {
            Qt.Key.Key_Left: step - 1,
            Qt.Key.Key_Right: step + 1,
            Qt.Key.Key_PageUp: step + _FEW_STEPS,
            Qt.Key.Key_PageDown: step - _FEW_STEPS,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if key in steps and last >= 0:
            self._keep(StepMark(rule, min(max(steps[key], 0), last)))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and last >= 0:
            rules = self._rules_at(step) or [rule]
            place = rules.index(rule) if rule in rules else 0
            self._keep(StepMark(rules[(place + (1 if key == Qt.Key.Key_Down else -1)) % len(rules)], step))
        elif key == Qt.Key.Key_Escape and self._marked.mark is not None:
            self._marked.clear()
        elif key == Qt.Key.Key_0:
            self.show_whole()
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.look_closer(0.5 if key == Qt.Key.Key_Plus else 2.0, None if self._marked.mark is None else step)
        else:
            event.ignore()

    def _keep(self, mark: StepMark) -> None:
        self._marked.keep(mark)
        height = self.height_at(mark.rule, mark.step)
        if math.isfinite(height):
            self.follow(mark.step, height)


class StepPlots(QWidget):
    """The three beside each other."""

    def __init__(self, marked: MarkedStep, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loss = StepPlot("descentLossPlot", self.tr("Loss − its lowest"), marked, is_log=True, parent=self)
        self._x = StepPlot("descentXPlot", self.tr("x"), marked, is_log=False, parent=self)
        self._slope = StepPlot("descentSlopePlot", self.tr("|slope|"), marked, is_log=True, parent=self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        for plot in (self._loss, self._x, self._slope):
            layout.addWidget(plot, 1)

    def keep_zoom(self, zoomed: ZoomedRanges) -> None:
        """Look at the parts that are noted there, and note them there from now on."""
        for plot in (self._loss, self._x, self._slope):
            plot.keep_zoom(zoomed)

    def show_paths(self, paths: Mapping[str, Path], looked_at: str, floor: float) -> None:
        """Show these descents, by the rule's identifier; a logarithm needs the loss above its `floor`."""
        self._loss.show_values({name: path.loss - floor for name, path in paths.items()}, looked_at)
        self._x.show_values({name: path.x for name, path in paths.items()}, looked_at)
        self._slope.show_values({name: np.abs(path.slope) for name, path in paths.items()}, looked_at)


def _range(values: Reals) -> Range:
    finite = values[np.isfinite(values)]
    if not len(finite):
        return 0.0, 1.0
    low, high = float(finite.min()), float(finite.max())
    room = 0.08 * (high - low)
    if math.isclose(low, high):
        room = 0.5
    return low - room, high + room
