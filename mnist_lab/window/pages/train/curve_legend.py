"""The legend of a curve: what its lines and marks mean."""

from PySide6.QtCore import QObject

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_layers import CurveLayers
from mnist_lab.window.pages.train.ghost_curve import GhostCurve, GhostSeries
from mnist_lab.window.widgets.plots.plot_axes import Quantity
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.words import fill


class CurveLegend(QObject):
    """Words beside samples of the pens of the curve of one `quantity`."""

    def __init__(self, quantity: Quantity, parent: QObject) -> None:
        super().__init__(parent)
        self._quantity = quantity

    def entries(
        self, palette: theme.Palette, measured: str, ghost: GhostSeries | None, *, is_smoothing: bool
    ) -> tuple[LegendEntry, ...]:
        """Return the entries, in the order in which the lines lie on each other, but for the ghost behind them.

        `measured` names the validations.
        """
        entries = []
        pen = CurveLayers.batch_pen(palette, is_smoothing=is_smoothing)
        yields = self._quantity == "accuracy" and ghost is not None  # in a narrow plot: the loss beside it names them
        entries.append(LegendEntry(self.tr("every batch"), pen, short=self.tr("batch"), yields=yields))
        if is_smoothing:
            pen = CurveLayers.smooth_pen(palette)
            entries.append(LegendEntry(self.tr("smoothed"), pen, short=self.tr("smooth")))
        if self._quantity == "accuracy":
            words, short = self.tr("training, each epoch"), self.tr("train")
            pen = CurveLayers.trained_pen(palette)
            entries.append(LegendEntry(words, pen, has_marks=True, short=short, is_round=True))
        words = fill(self.tr("{measured}, each epoch"), measured=measured)
        entries.append(LegendEntry(words, CurveLayers.validation_pen(palette), has_marks=True, short=measured))
        if ghost is not None:
            entries.append(LegendEntry(ghost.name, GhostCurve.pen(palette), short=ghost.name))
        return tuple(entries)
