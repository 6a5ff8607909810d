"""The legend of a curve: what its lines and marks mean."""

from PySide6.QtCore import QObject

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_layers import CurveLayers
from mnist_lab.window.widgets.plots.plot_header import LegendEntry


class CurveLegend(QObject):
    """Words beside samples of the pens."""

    def entries(self, palette: theme.Palette, *, is_smoothing: bool) -> tuple[LegendEntry, ...]:
        """Return the entries, in the order in which the lines lie on each other."""
        batches = LegendEntry(self.tr("every batch"), CurveLayers.batch_pen(palette, is_smoothing=is_smoothing))
        smooth = LegendEntry(self.tr("smoothed"), CurveLayers.smooth_pen(palette))
        validation = LegendEntry(
            self.tr("validation, each epoch"),
            CurveLayers.validation_pen(palette),
            has_marks=True,
            short=self.tr("validation"),
        )
        return (batches, smooth, validation) if is_smoothing else (batches, validation)
