"""The curve of a run's loss or accuracy, live: every batch, a smoothed line, validation, and a crosshair to read it."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QWidget

from mnist_lab.experiment import Validation
from mnist_lab.window import theme
from mnist_lab.window.pages.train.crosshair import Crosshair
from mnist_lab.window.pages.train.curve_layers import CurveLayers
from mnist_lab.window.pages.train.curve_legend import CurveLegend
from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.curve_scale import CurveScale
from mnist_lab.window.pages.train.curve_words import CurveData, CurveWords
from mnist_lab.window.pages.train.smoothing import RunningAverage
from mnist_lab.window.widgets.plots.place_reader import PlaceReader
from mnist_lab.window.widgets.plots.plot_axes import EpochAxis, Quantity, UpdateAxis, ValueAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.plot_header import PlotHeader
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot

SMOOTHING = 50
"""Batches that the smoothed line averages over, unless another number is set."""


class CurvePlot(PlaceReader, ZoomablePlot):
    """Shows one quantity of a run over its gradient updates. View options never touch the data.

    A value stands at its index: update i was measured with i updates behind the weights, as a validation is.
    Wheel and drag look closer, then nothing moves by itself until double click, key 0 or "Whole run".
    Left and Right read batch by batch, Page keys epoch by epoch, Home and End the ends, + and − look closer; the view
    moves along with what is read.

    The lower axis shows the whole run before it begins. With the first batches it ends at 10, 20, 50 … batches and at
    1, 2, 5 … epochs, the next one above what was trained, so that single steps of a long run can be seen; from 2 % of
    the run on (20 % where it has more than ten epochs) it shows the whole run, and stands still. A run that ended
    early fills the axis to its last epoch, or its last batches.

    Attributes:
        quantity: "loss" or "accuracy".
        is_zoomed: whether the person looks at a part and automatic ranges are paused.

    Signals:
        crosshair_moved(object): the update (int) that is looked at, or None; not sent by `set_crosshair`.
    """

    crosshair_moved = Signal(object)

    def __init__(self, quantity: Quantity, parent: QWidget | None = None, look: CurveLook | None = None) -> None:
        """Show no run yet, in the way that `look` says; None: in the usual way."""
        self._value_axis, self._update_axis, self._epoch_axis = ValueAxis(quantity), UpdateAxis(), EpochAxis()
        axes = {"left": self._value_axis, "bottom": self._update_axis, "top": self._epoch_axis}
        super().__init__(axes, self.tr("Whole run"), parent)
        self.quantity: Quantity = quantity
        self._data, self._look = CurveData(quantity), look or CurveLook()
        self._scale = CurveScale(self._data)
        self._scale.is_log, self._scale.is_close = self._look.is_log, self._look.is_close
        self._words, self._legend = CurveWords(self._data, self), CurveLegend(self)
        self._average: RunningAverage | None = RunningAverage(SMOOTHING)
        self._smoothed = self._data.values
        self._is_fitting = False
        self._described_updates = -1
        self._build()
        self.set_palette(theme.current())
        self._value_axis.take_room(self._look.left_room)
        self.refresh()

    @property
    def is_log(self) -> bool:
        """Whether heights are logarithms."""
        return self._scale.is_log

    @property
    def readout(self) -> str:
        """The words at the crosshair, or on the newest batch."""
        return self._header.readout

    # Data

    def set_total(self, total_updates: int | None, updates_per_epoch: int | None) -> None:
        """Say how long the run will be; None where it is unknown."""
        self._data.total_updates, self._data.updates_per_epoch = total_updates, updates_per_epoch
        self._epoch_axis.set_updates_per_epoch(updates_per_epoch)
        self._grid.forget_lines()
        self.refresh()

    def set_series(self, values: NDArray[np.float32]) -> None:
        """Show the value of every batch so far: (n,) float32, NaN and infinity as they come; not copied."""
        self._data.values = values
        self._smoothed = self._average.update(values) if self._average else values[:0]
        self._keep_crosshair()
        self.refresh()

    def set_validation(self, updates: NDArray[np.generic], values: NDArray[np.generic]) -> None:
        """Show validations: (e,) gradient updates behind each, (e,) values."""
        self._data.validation_updates = np.asarray(updates, np.float64)
        self._data.validation_values = np.asarray(values, np.float64)
        self._described_updates = -1
        self.refresh()

    def set_measured_on(self, images: Validation) -> None:
        """Say which images the validations are of."""
        if images != self._data.measured_on:
            self._data.measured_on = images
            self._colour_lines()
            self._described_updates = -1
            self.refresh()

    def set_divergence(self, update: int | None) -> None:
        """Mark where numbers ended: index of the first update whose value is not finite."""
        self._data.divergence = update
        self._described_updates = -1
        self.refresh()

    def clear(self) -> None:
        """Show no run; the view options stay."""
        nothing = np.empty(0)
        self._data.validation_updates, self._data.validation_values = nothing, nothing
        self._data.divergence = None
        self._value_axis.forget_room()
        self._described_updates = -1
        self._look.crosshair = None
        self.set_series(np.empty(0, np.float32))
        self.show_whole()

    # View options

    @Slot(bool)
    def set_log(self, on: bool) -> None:
        """Show heights as logarithms; zeros then stand on the lower edge and are counted beside the readout."""
        if on != self.is_log:
            self._look.is_log = self._scale.is_log = on
            self._value_axis.setLogMode(x=False, y=on)
            self._value_axis.forget_room()
            self.show_whole()

    @Slot(bool)
    def set_close(self, on: bool) -> None:
        """Show an accuracy's newest values close up, instead of everything since the start."""
        if on != self._scale.is_close:
            self._look.is_close = self._scale.is_close = on
            self.show_whole()

    @Slot(int)
    def set_smoothing(self, batches: int) -> None:
        """Average the smoothed line over about `batches` batches; 0 or 1 shows no such line."""
        self._average = RunningAverage(batches) if batches > 1 else None
        self._colour_lines()
        self.set_series(self._data.values)

    def set_live(self, on: bool) -> None:
        """Draw fast while the run goes on, finely at rest; at rest the axis ends where the run did."""
        self._scale.is_live = on
        self._described_updates = -1
        self._layers.set_antialiased(not on)
        self.refresh()

    def set_crosshair(self, update: int | None) -> None:
        """Look at one update (index), as when another plot's crosshair moved; None looks at none."""
        if update is not None:
            update = min(max(update, 0), len(self._data.values) - 1)
            update = update if update >= 0 else None
        height = np.nan if update is None else float(self._scale.heights(self._data.values[update : update + 1])[0])
        self._look.crosshair = update
        self._crosshair.place(update, height)
        self._show_texts()

    def _keep_crosshair(self) -> None:
        """Stay at the update that one looks at, also in a plot that was just built; let go of what is no more."""
        update, count = self._look.crosshair, len(self._data.values)
        if not count:
            self._crosshair.place(None, np.nan)
        elif update is not None and update >= count:
            self.set_crosshair(None)
        elif update != self._crosshair.update:
            self.set_crosshair(update)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for part in (self._value_axis, self._update_axis, self._epoch_axis, self._grid, self._header, self._crosshair):
            part.set_palette(palette)
        self._colour_lines()

    def _colour_lines(self) -> None:
        is_smoothing = self._average is not None
        self._layers.set_palette(self._palette, is_smoothing=is_smoothing)
        self._header.set_entries(self._legend.entries(self._palette, self._words.measured(), is_smoothing=is_smoothing))

    def sizeHint(self) -> QSize:
        """Ask for a wide picture."""
        return QSize(440, 280)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(260, 190)

    # Building

    def _build(self) -> None:
        view, layout = self._view, self.frame.layout
        self._header = PlotHeader()
        layout.addItem(self._header, 0, 0, 1, 3)
        layout.setContentsMargins(4, 6, 22, 4)
        layout.setRowSpacing(0, 0)
        self._value_axis.setLogMode(x=False, y=self.is_log)
        self._grid = PlotGrid(self._value_axis, self._epoch_axis)
        self._grid.setZValue(-1)
        view.addItem(self._grid, ignoreBounds=True)
        self._layers = CurveLayers(view)
        self._layers.set_antialiased(True)
        self._crosshair = Crosshair(view)
        view.sigRangeChanged.connect(self._on_view_changed)
        view.sigResized.connect(self._on_view_changed)
        self.setAccessibleName(self._words.title())
        self.setToolTip(
            self.tr(
                "Wheel and drag look closer, a double click or 0 shows the whole run. Arrow keys read batch by batch, "
                "Page keys epoch by epoch."
            )
        )

    # Drawing

    def refresh(self) -> None:
        """Set the ranges, unless the person looks at a part, and draw."""
        self._fit()
        self._draw()
        self._show_texts()
        self._describe()

    def _fit(self) -> None:
        """Set the ranges to the whole run, unless the person looks at a part of it."""
        self._is_fitting = True
        self.set_whole(self._scale.update_range(), self._scale.height_range())
        self._is_fitting = False

    def _draw(self) -> None:
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        self._look.left_room = self._value_axis.room
        data = self._data
        self._layers.draw_batches(heights := self._scale.heights(data.values))
        self._layers.draw_smooth(self._scale.heights(self._smoothed))
        self._layers.draw_validation(data.validation_updates, self._scale.heights(data.validation_values))
        self._layers.draw_end(data.divergence, heights, self._words.end())

    def _show_texts(self) -> None:
        self._header.set_texts(self._words.readouts(self._crosshair.update), self._words.note(self._scale.zeros()))

    def _describe(self) -> None:
        """Renew the sentence for screen readers: always at rest, live only now and then."""
        count = len(self._data.values)
        patience = max(self._data.updates_per_epoch or 0, 100) if self._scale.is_live else 0
        if self._described_updates < 0 or abs(count - self._described_updates) >= patience:
            self._described_updates = count
            self.setAccessibleDescription(self._words.description())

    @Slot()
    def _on_view_changed(self) -> None:
        if not self._is_fitting:
            self._draw()

    # Reading

    def keep_corner(self, width: float) -> None:
        """Let the legend leave room for the button."""
        self._header.keep_corner(width)

    @property
    def place_read(self) -> float | None:
        """The update that is looked at."""
        return self._crosshair.update

    def read_near(self, x: float | None) -> None:
        """Look at the update nearest to x, and say so; None: at none."""
        before = self._crosshair.update
        self.set_crosshair(None if x is None else round(x))
        if self._crosshair.update != before:
            self.crosshair_moved.emit(self._crosshair.update)

    def key_places(self) -> dict[Qt.Key, float | None]:
        """Batch by batch, epoch by epoch, to both ends, and away."""
        return self._crosshair.key_places(len(self._data.values), self._data.updates_per_epoch)

    def follow_reading(self) -> None:
        """Keep the update that is looked at in view."""
        if self._crosshair.update is not None:
            self.follow(self._crosshair.update, self._crosshair.height)

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the tool tip over the legend only: over the curve it would hide what one reads."""
        if isinstance(event, QHelpEvent) and event.pos().y() > self._header.size().height():
            return True
        return bool(super().viewportEvent(event))
