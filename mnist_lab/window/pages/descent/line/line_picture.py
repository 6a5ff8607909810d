"""The curve and, by what card is looked at, its bands, or the straight line with triangle and gap."""

import numpy as np
import pyqtgraph
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QColor, QKeyEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.descent.local_line import LocalLine, bend
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.descent.bench_picture import BenchPicture
from mnist_lab.window.pages.descent.line.card import Card
from mnist_lab.window.pages.descent.line.line_overlay import Overlay, Shown, band_pen, gap_pen
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.widgets.plots.zoom_bounds import AROUND, CLOSEST
from mnist_lab.window.widgets.plots.zoomable_plot import in_device_pixels
from mnist_lab.window.words import fill, rounded, spell

POINT, EPSILON = "point", "epsilon"
_CURVE_POINTS = 500


class LinePicture(BenchPicture):
    """Shows both with two handles: the point and, ε away from it, the curve's own value.

    Signals:
        nudged(str, int): an arrow key asks to move the handle "point" or (with Shift) "epsilon" by that many places.
        zoom_asked(int): + (1) or − (−1) asks for the microscope.
    """

    KEYS = page_keys.LINE

    nudged = Signal(str, int)
    zoom_asked = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__("linePicture", "", ("x", "f(x)"), parent)
        self.setAccessibleName(self.tr("The curve and its straight line at one point"))
        self.setToolTip(
            self.tr(
                "Drag the round point along the curve and the diamond away from it. Left and Right move the point,"
                " with Shift they change ε, + and − turn the microscope."
            )
        )
        self._shown: Shown | None = None
        self._view.shares = (CLOSEST, AROUND)
        self._curve = pyqtgraph.PlotCurveItem(antialias=True)
        self._straight = pyqtgraph.PlotCurveItem(antialias=True)
        self._overlay = Overlay()
        self._point = pyqtgraph.ScatterPlotItem(size=14, symbol="o", pxMode=True)
        self._end = pyqtgraph.ScatterPlotItem(size=15, symbol="d", pxMode=True)
        for depth, item in enumerate((self._curve, self._straight, self._overlay, self._end, self._point)):
            item.setZValue(depth)
            self._view.addItem(item, ignoreBounds=True)
        self._view.sigRangeChanged.connect(self._draw_curves)
        self.set_palette(theme.current())

    def show_line(self, shown: Shown) -> None:
        """Show another state."""
        self._shown = shown
        line = shown.line
        self.set_handle(POINT, line.x, line.y)
        end = line.true if np.isfinite(line.true) else line.y
        self.set_handle(EPSILON, line.x + line.epsilon, end)
        self._point.setData([line.x], [line.y])
        self._end.setData([line.x + line.epsilon], [end])
        self._overlay.show_line(shown)
        self._name(theme.current())
        self._say(shown)
        self.set_ranges(*shown.ranges)
        self._draw_curves()

    def _say(self, shown: Shown) -> None:
        line = shown.line
        words = {
            Card.CONTINUITY: self.tr("ε = {epsilon} changes y by Δy = {change}."),
            Card.SMOOTHNESS: self.tr(
                "In this view the curve strays from a straight line by {bend}\u00a0% of the height."
            ),
            Card.LINE: self.tr("f(x + ε) is {true}, the line says {predicted}: the gap is {gap}."),
            Card.SIGN: self._sign_words(line),
            Card.STEP: self.tr(
                "The step goes to x = {end}: the line promises a change of {promised}, f gives {change}."
            ),
        }
        words[Card.ALL] = words[Card.LINE]
        if shown.card.has_line and not line.has_slope:
            self.set_readout(self.tr("There is no slope here, so there is no straight line."))
            return
        values = {
            "epsilon": line.epsilon,
            "end": line.x + line.epsilon,
            "true": line.true,
            "predicted": line.predicted,
            "gap": line.error,
            "promised": line.promised_change,
            "change": line.true - line.y,
        }
        texts = {name: spell(rounded(value, 4), mantissa=None) for name, value in values.items()}
        share = 100 * bend(shown.function, shown.ranges[0], shown.ranges[1])
        texts["bend"] = spell(rounded(share, 2), mantissa=None)
        self.set_readout(fill(words[shown.card], **texts), fill(self._short_words(shown.card), **texts))

    def _short_words(self, card: Card) -> str:
        """The same where the picture is narrow; "": it has room everywhere."""
        if card in (Card.LINE, Card.ALL):
            words: str = self.tr("f is {true}, the line {predicted}: gap {gap}.")
        elif card is Card.SIGN:
            words = self.tr("a·ε is {promised}; f changes by {change}.")
        elif card is Card.STEP:
            words = self.tr("The line promises {promised}, f gives {change}.")
        else:
            words = ""
        return words

    def _sign_words(self, line: LocalLine) -> str:
        if line.promised_change < 0:
            words: str = self.tr("a·ε is {promised}: this ε goes down the line, and f changes by {change}.")
        elif line.promised_change > 0:
            words = self.tr("a·ε is {promised}: this ε goes up the line, and f changes by {change}.")
        else:
            words = self.tr("a·ε is 0: the line is level, and f changes by {change}.")
        return words

    @Slot()
    def _draw_curves(self) -> None:
        if self._shown is None:
            return
        low, high = self._view.viewRange()[0]
        x = np.linspace(low, high, _CURVE_POINTS)
        line = self._shown.line
        if self._shown.function.kinks:  # the tip itself, however closely one looks
            x = np.union1d(x, self._shown.function.kinks)
        with np.errstate(all="ignore"):
            self._curve.setData(x, self._shown.function.f(x), connect="finite")
        is_smoothness = self._shown.card is Card.SMOOTHNESS
        self._straight.setVisible(self._shown.has_line or is_smoothness)
        if self._shown.has_line:
            ends = np.array([low, high])
            self._straight.setData(ends, line.y + line.slope * (ends - line.x))
        elif is_smoothness:
            ends = np.array(self._shown.ranges[0])
            with np.errstate(all="ignore"):
                self._straight.setData(ends, self._shown.function.f(ends), connect="finite")

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        curve = pyqtgraph.mkPen(palette.training, width=1.5)
        straight = pyqtgraph.mkPen(palette.accent, width=1.5, style=Qt.PenStyle.DashLine)
        self._curve.setPen(in_device_pixels(curve, self))
        self._straight.setPen(in_device_pixels(straight, self))
        for item, colour in ((self._point, palette.training), (self._end, palette.validation)):
            item.setBrush(QColor(colour))
            item.setPen(pyqtgraph.mkPen(palette.panel, width=1.5))
        self._name(palette)
        self._overlay.update()

    def _name(self, palette: theme.Palette) -> None:
        """The legend of what the card shows."""
        curve = pyqtgraph.mkPen(palette.training, width=1.5)
        straight = pyqtgraph.mkPen(palette.accent, width=1.5, style=Qt.PenStyle.DashLine)
        card = Card.ALL if self._shown is None else self._shown.card
        entries = [LegendEntry("f(x)", curve)]
        if card is Card.SMOOTHNESS:
            entries.append(LegendEntry(self.tr("straight line between the ends of the view"), straight))
        elif card is Card.CONTINUITY:
            bands = ((palette.training, self.tr("band of ε")), (palette.validation, self.tr("band of Δy")))
            entries += [LegendEntry(words, band_pen(colour)) for colour, words in bands]
        else:
            entries.append(LegendEntry(self.tr("straight line: y + a·ε"), straight, short="y + a·ε"))
            entries.append(LegendEntry(self.tr("the gap"), gap_pen(palette)))
        self.set_legend(tuple(entries))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the point or ε, turn the microscope, show all."""
        key = Qt.Key(event.key())
        handle = EPSILON if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else POINT
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.nudged.emit(handle, 1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.zoom_asked.emit(1 if key == Qt.Key.Key_Plus else -1)
        elif key == Qt.Key.Key_0:
            self.show_whole()
        else:
            event.ignore()
