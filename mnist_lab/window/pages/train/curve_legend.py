"""The legend of a curve: what its lines and marks mean."""

from PySide6.QtCore import QObject

from mnist_lab.window import theme
from mnist_lab.window.pages.train.curve_layers import CurveLayers
from mnist_lab.window.widgets.plots.plot_header import LegendEntry
from mnist_lab.window.words import fill


class CurveLegend(QObject):
    """Words beside samples of the pens."""

    def entries(self, palette: theme.Palette, measured: str, *, is_smoothing: bool) -> tuple[LegendEntry, ...]:
        """Return the entries, in the order in which the lines lie on each other; `measured` names the validations."""
        batch_pen = CurveLayers.batch_pen(palette, is_smoothing=is_smoothing)
        batches = LegendEntry(self.tr("every batch"), batch_pen, short=self.tr("batches"))
        smooth = LegendEntry(self.tr("smoothed"), CurveLayers.smooth_pen(palette), short=self.tr("smooth"))
        validation = LegendEntry(
            fill(self.tr("{measured}, each epoch"), measured=measured),
            CurveLayers.validation_pen(palette),
            has_marks=True,
            short=measured,
        )
        return (batches, smooth, validation) if is_smoothing else (batches, validation)
