"""The curve of a run's loss or accuracy, live: every batch, a smoothed line, validation, and a crosshair to read it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.experiment import Validation
from mnist_lab.studies.smoothing import RunningAverage
from mnist_lab.window import page_keys, theme
from mnist_lab.window.pages.train.crosshair import Crosshair
from mnist_lab.window.pages.train.curve_frame import CurveFrame
from mnist_lab.window.pages.train.curve_layers import CurveLayers
from mnist_lab.window.pages.train.curve_legend import CurveLegend
from mnist_lab.window.pages.train.curve_look import CurveLook
from mnist_lab.window.pages.train.curve_reading import CurveReading
from mnist_lab.window.pages.train.curve_scale import CurveScale
from mnist_lab.window.pages.train.curve_words import CurveData, CurveWords
from mnist_lab.window.pages.train.ghost_curve import GhostSeries
from mnist_lab.window.pages.train.scale_words import ScaleWords
from mnist_lab.window.widgets.plots.plot_axes import Quantity

SMOOTHING = 50
"""Batches that the smoothed line averages over, unless another number is set."""


class CurvePlot(CurveReading, CurveFrame):
    """Shows one quantity of a run over its gradient updates. View options never touch the data.

    A value stands at its index: update i was measured with i updates behind the weights, as a validation is.
    Ctrl + wheel and drag look closer, then nothing moves by itself until double click, key 0 or "Whole run".
    Left and Right read batch by batch, Page keys epoch by epoch, Home and End the ends, + and − look closer; the view
    moves along with what is read. A click, or Enter at what is read, asks for that moment of the run.

    What the axes hold is for `CurveScale` to say; where that is not everything, words in a corner tell it.

    Attributes:
        quantity: "loss" or "accuracy".
        is_zoomed: whether the person looks at a part and automatic ranges are paused.

    Signals:
        crosshair_moved(object): the update (int) that is looked at, or None; not sent by `set_crosshair`.
        moment_wanted(object): show the run after so many updates (int); None: as it is now.
    """

    KEYS = page_keys.TRAIN_PLOT

    crosshair_moved = Signal(object)
    moment_wanted = Signal(object)

    def __init__(self, quantity: Quantity, parent: QWidget | None = None, look: CurveLook | None = None) -> None:
        """Show no run yet, in the way that `look` says; None: in the usual way."""
        super().__init__(quantity, parent)
        self._data, self._look = CurveData(quantity), look or CurveLook()
        self._scale = CurveScale(self._data)
        self._scale.is_log, self._scale.is_close = self._look.is_log, self._look.is_close
        self._words, self._legend = CurveWords(self._data, self), CurveLegend(quantity, self)
        self._scale_words = ScaleWords(self._scale, quantity, self)
        self._average: RunningAverage | None = RunningAverage(SMOOTHING)
        self._smoothed = self._data.values
        self._ghost: GhostSeries | None = None
        self._is_fitting = self._is_held = False
        self._left_out = ""  # what no corner has room for
        self._described_updates = -1
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.refresh)
        self._build()
        self.set_palette(theme.current())
        self._value_axis.take_room(self._look.left_room)
        self.refresh()

    @property
    def is_log(self) -> bool:
        """Whether heights are logarithms."""
        return self._scale.is_log

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

    def set_validation(
        self, updates: NDArray[np.generic], values: NDArray[np.generic], trained: NDArray[np.generic] | None = None
    ) -> None:
        """Show validations: (e,) gradient updates behind each, (e,) values; `trained`: the same on training images."""
        self._data.validation_updates = np.asarray(updates, np.float64)
        self._data.validation_values = np.asarray(values, np.float64)
        self._data.trained_values = np.asarray([] if trained is None else trained, np.float64)
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

    def set_rates(self, rates: Sequence[tuple[int, float]]) -> None:
        """Mark where the learning rate was changed: each rate with the first update (index) that was made with it."""
        self._data.rates = tuple(rates)
        self.refresh()

    def set_ghost(self, ghost: GhostSeries | None) -> None:
        """Show another run pale behind this one; None shows none. It is drawn once, not with every batch."""
        if ghost is not self._ghost:
            self._ghost = ghost
            self._data.ghost = "" if ghost is None else ghost.name
            self._described_updates = -1
            self._colour_lines()
            self.refresh()

    def clear(self) -> None:
        """Show no run; the view options stay."""
        self._data.validation_updates, self._data.validation_values, self._data.trained_values = (np.empty(0),) * 3
        self._data.divergence, self._data.rates = None, ()
        self._value_axis.forget_room()
        self._described_updates = -1
        self._look.crosshair = None
        self.set_series(np.empty(0, np.float32))
        self.show_whole()

    def set_guess(self, value: float | None, words: str) -> None:
        """Show what somebody guessed; no other words stand over it."""
        super().set_guess(value, words)
        self._draw()

    def guess_height(self, value: float) -> float:
        """Where on the y axis a value stands."""
        return float(self._scale.heights(np.array([value]))[0])

    # View options

    @Slot(bool)
    def set_log(self, on: bool) -> None:
        """Show heights as logarithms; zeros then stand on the lower edge and are counted beside the readout."""
        if on != self.is_log:
            self._look.is_log = self._scale.is_log = on
            self._value_axis.setLogMode(x=False, y=on)
            self._value_axis.forget_room()
            self.show_whole()

    def set_close(self, on: bool, *, is_wish: bool = True) -> None:
        """Show the newest values close up, instead of everything since the start.

        If that is nobody's wish, a view that the person has looked closer at stays as it is.
        """
        if on != self._scale.is_close:
            self._look.is_close = self._scale.is_close = on
            if is_wish:
                self.show_whole()
            else:
                self.refresh()

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
        batch = -1 if update is None else update - (self._moment is not None)  # at a moment: that which led there
        height = float(self._scale.heights(self._data.values[batch : batch + 1])[0]) if batch >= 0 else np.nan
        self._look.crosshair = update
        self._crosshair.place(update, batch, height)
        self._show_texts()

    def _keep_crosshair(self) -> None:
        """Stay at the update that one looks at, also in a plot that was just built; let go of what is no more."""
        update, count = self._look.crosshair, len(self._data.values)
        if not count:
            self._crosshair.place(None, -1, np.nan)
        elif update is not None and update >= count:
            self.set_crosshair(None)
        elif update != self._crosshair.update:
            self.set_crosshair(update)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        self._crosshair.set_palette(palette)
        self._colour_lines()

    def _colour_lines(self) -> None:
        is_smoothing = self._average is not None
        self._layers.set_palette(self._palette, is_smoothing=is_smoothing)
        measured = self._words.measured()
        self._header.set_entries(self._legend.entries(self._palette, measured, self._ghost, is_smoothing=is_smoothing))

    # Building

    def _build(self) -> None:
        view = self._view
        self._value_axis.setLogMode(x=False, y=self.is_log)
        self._layers = CurveLayers(view)
        self._layers.set_antialiased(True)
        self._crosshair = Crosshair(view)
        view.sigRangeChanged.connect(self._on_view_changed)
        view.sigResized.connect(self._on_view_changed)
        self.zoom_changed.connect(self._on_view_changed)
        self.setAccessibleName(self._words.title())

    # Drawing

    def hold(self) -> None:
        """Draw nothing of what is set from now on."""
        self._is_held = True

    def release(self, *, soon: bool = False) -> None:
        """Draw once what was set since `hold`; `soon`: in the next turn of the event loop."""
        self._is_held = False
        self._soon.start() if soon else self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Set the ranges, unless the person looks at a part, and draw."""
        if self._is_held:
            return
        self._soon.stop()
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
        self._show_heights(is_known=self._scale.is_known or self._ghost is not None or self.has_guess)
        self._value_axis.make_room(self._view.viewRange()[1], self._view.height())
        self._look.left_room = self._value_axis.room
        data = self._data
        self._layers.draw_ghost(self._ghost, self._scale.heights, is_log=self.is_log)
        self._layers.draw_batches(heights := self._scale.heights(data.values))
        self._layers.draw_smooth(self._scale.heights(self._smoothed))
        measured, trained = (self._scale.heights(values) for values in (data.validation_values, data.trained_values))
        self._layers.draw_measured(data.validation_updates, measured, trained)
        self._layers.draw_rates(data.rates[1:], self._words.newest_rate())
        self._layers.draw_end(data.divergence, heights, self._words.end())
        corner, others = self._corner(), np.empty((0, 2)) if self._guess is None else self._guess.covered()
        self._left_out = "" if self._layers.show_corner(corner, self._scale.free_corner(), others) else corner

    def _corner(self) -> str:
        """What the axis leaves out; whoever looks at a part by hand knows that it is one."""
        return "" if self.is_zoomed else self._scale_words.left_out()

    def _show_texts(self) -> None:
        note = " · ".join(filter(None, (self._left_out, self._words.note(self._scale.zeros()))))
        self._header.set_texts(self._words.readouts(self._crosshair.update, is_moment=self._moment is not None), note)

    def _describe(self) -> None:
        """Renew the sentence for screen readers: always at rest, live only now and then."""
        count = len(self._data.values)
        patience = max(self._data.updates_per_epoch or 0, 100) if self._scale.is_live else 0
        if self._described_updates < 0 or abs(count - self._described_updates) >= patience:
            self._described_updates = count
            self.setAccessibleDescription(" ".join(filter(None, (self._words.description(), self._corner()))))

    @Slot()
    def _on_view_changed(self) -> None:
        if not self._is_fitting:
            self._draw()
            self._show_texts()
