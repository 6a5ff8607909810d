"""What stands around a curve: its axes and their grid, the legend, the readout."""

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots.plot_axes import EpochAxis, Quantity, UpdateAxis, ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.plot_header import PlotHeader
from mnist_lab.window.widgets.plots.still_plot import StillPlot

_MARGINS = (4, 6, 22, 4)
"""At the left, top, right and bottom, in logical pixels."""
_LEAST = QSize(180, 132)
_LOWEST = 84
"""Of the curve itself in a low window, in logical pixels at the usual size of text: five heights are still named."""
"""Width of the plot and height of its view, in logical pixels at the usual text size."""


class CurveFrame(StillPlot):
    """An empty plot of one quantity over the gradient updates of a run, for `CurvePlot` to draw in.

    Attributes:
        quantity: "loss" or "accuracy".
    """

    def __init__(self, quantity: Quantity, parent: QWidget | None = None) -> None:
        self._value_axis, self._update_axis, self._epoch_axis = ValueAxis(quantity), UpdateAxis(), EpochAxis()
        axes = {"left": self._value_axis, "bottom": self._update_axis, "top": self._epoch_axis}
        super().__init__(axes, self.tr("Whole run"), parent)
        self.quantity: Quantity = quantity
        self._lower = 0
        view, layout = self._view, self.frame.layout
        self._header = PlotHeader()
        self.put_above(self._header)
        self._header.legend_changed.connect(self.updateGeometry)  # it may have a line more now
        layout.setContentsMargins(*_MARGINS)
        layout.setRowSpacing(0, 0)
        self._grid = PlotGrid(self._value_axis, self._epoch_axis)
        self._grid.setZValue(-1)
        view.addItem(self._grid, ignoreBounds=True)
        marks = self.tr(
            "Round marks: accuracy on training digits, measured after each epoch with its weights, without dropout. "
        )
        self.setToolTip(
            (marks if quantity == "accuracy" else "")
            + self.tr(
                "Ctrl + wheel and drag look closer, a double click or 0 shows the whole run. Arrow keys read batch by "
                "batch, Page keys epoch by epoch. A click shows the network of that update on all pages."
            )
        )

    @property
    def readout(self) -> str:
        """The words at the crosshair, or on the newest batch."""
        return self._header.readout

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        super().set_palette(palette)
        for part in (self._value_axis, self._update_axis, self._epoch_axis, self._grid, self._header):
            part.set_palette(palette)

    def _show_heights(self, *, is_known: bool) -> None:
        """Show numbers beside the upright axis, and lines at them; none before anybody knows what will be there."""
        if self._value_axis.is_blank == is_known:
            self._value_axis.set_blank(not is_known)
            self._grid.forget_lines()

    def sizeHint(self) -> QSize:
        """Ask for a wide picture."""
        return QSize(440, 280)

    def yield_height(self, pixels: int) -> None:
        """Be content with so many logical pixels less than is usual, down to what can just be read; 0: with none."""
        lower = min(pixels, theme.fonts.scaled(_LEAST.height()) - theme.fonts.scaled(_LOWEST))
        if lower != self._lower:
            self._lower = lower
            self.updateGeometry()

    def usual_height(self) -> int:
        """The least height where nothing is to be yielded, in logical pixels."""
        return self.minimumSizeHint().height() + self._lower

    def minimumSizeHint(self) -> QSize:
        """Stay readable: the curve itself keeps its height, whatever type stands around it."""
        around = sum(part.minimumHeight() for part in (self._header, self._update_axis, self._epoch_axis))
        around += _MARGINS[1] + _MARGINS[3] + 2 * self.frameWidth()
        height = round(around) + theme.fonts.scaled(_LEAST.height()) - self._lower
        return QSize(theme.fonts.scaled(_LEAST.width()), height)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tool tip over the legend only: over the curve it would hide what one reads."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:  # What's This is another
            return event.pos().y() > self._header.size().height() or bool(super().viewportEvent(event))
        return bool(super().viewportEvent(event))
