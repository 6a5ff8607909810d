"""A plot with numbers and a name along both axes, a grid, and a legend and a readout above."""

from collections.abc import Sequence

from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.plots import curve_ticks
from mnist_lab.window.widgets.plots.plot_axes import CurveAxis
from mnist_lab.window.widgets.plots.plot_grid import PlotGrid
from mnist_lab.window.widgets.plots.plot_header import PlotHeader
from mnist_lab.window.widgets.plots.still_plot import StillPlot
from mnist_lab.window.words import spell_percent

_UPRIGHT_LINES, _LYING_LINES = 1.8, 4.0
"""Room of a label along its axis, in lines of type."""


class NumberAxis(CurveAxis):
    """Numbers, plain, per cent or (with `setLogMode`) by powers of ten, and the name of what they count.

    Attributes:
        is_percent: whether its numbers are shares of 1, which are spelled per cent.
    """

    is_percent = False

    def tickValues(self, low: float, high: float, size: float) -> list[tuple[float, list[float]]]:
        """Choose the labels."""
        if not self.logMode:
            return self.plain_levels(low, high, size)
        lines = _UPRIGHT_LINES if self.orientation == "left" else _LYING_LINES
        room = lines * QFontMetricsF(theme.fonts.font("small")).height()
        return [(1.0, curve_ticks.log_ticks(low, high, size, room))]

    def tickStrings(self, values: Sequence[float], _scale: float, spacing: float) -> list[str]:
        """Spell the labels as everywhere."""
        if self.is_percent:
            return [spell_percent(value, figures=6) for value in values]
        return curve_ticks.log_labels(values) if self.logMode else curve_ticks.plain_labels(values, spacing)

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type, also of the axis's name."""
        super().set_palette(palette)
        self.label.setFont(theme.fonts.font("small"))
        self.label.setDefaultTextColor(palette.muted)
        self.labelStyle = {"color": palette.muted}


class LabelledPlot(StillPlot):
    """An empty plot; a subclass implements `refresh` and adds what is drawn to `_view`.

    Attributes:
        readout: the words above the picture.
    """

    def __init__(
        self,
        name: str,
        title: str,
        words: tuple[str, str],
        parent: QWidget | None,
        *,
        left_room: int,
        is_log: tuple[bool, bool] = (False, False),
    ) -> None:
        """Give it that objectName and accessible name; `words` and `is_log` are for x and y.

        Args:
            name: the objectName.
            title: the accessible name.
            words: what the axes are called.
            parent: as everywhere in Qt.
            left_room: for labels and name of the left axis, in logical pixels at the usual text size.
            is_log: which axes count powers of ten.
        """
        self._axes = {"bottom": NumberAxis("bottom"), "left": NumberAxis("left")}
        super().__init__(self._axes, self.tr("Show all"), parent)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._header = PlotHeader()
        layout = self.frame.layout
        self.put_above(self._header)
        layout.setContentsMargins(4, 6, theme.fonts.scaled(22), 4)
        layout.setRowSpacing(0, theme.SMALL_GAP)  # the topmost number of the left axis reaches above it
        for side, label, log in zip(("bottom", "left"), words, is_log, strict=True):
            self._axes[side].setLabel(label)
            self._axes[side].setLogMode(log)
        self._axes["left"].setWidth(theme.fonts.scaled(left_room))
        self._grid = PlotGrid(self._axes["left"], self._axes["bottom"])
        self._grid.setZValue(-1)
        self._view.addItem(self._grid, ignoreBounds=True)

    @property
    def readout(self) -> str:
        """The words above the picture."""
        return self._header.readout

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for axis in self._axes.values():
            axis.set_palette(palette)
        self._grid.set_palette(palette)
        self._header.set_palette(palette)
