"""Each digit as a whole: how many there are, their mean picture, where they vary, and the grey of all pixels."""

import numpy as np
import pyqtgraph
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.tensors.digit_statistics import DigitStatistics
from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.panel import Panel
from mnist_lab.window.widgets.pictures.grey_image import grey_image, ink_colours
from mnist_lab.window.widgets.plots.plot_axes import CurveAxis
from mnist_lab.window.widgets.plots.zoomable_plot import ZoomablePlot
from mnist_lab.window.words import fill, spell_whole

_SMALLEST = 48
_HIGHEST = 420


class ClassPictures(QWidget):
    """Two rows of ten pictures, mean and standard deviation of each digit, with the counts below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.statistics: DigitStatistics | None = None
        self.setObjectName("classPictures")
        self.setAccessibleName(self.tr("Mean and standard deviation of each digit"))
        self.setToolTip(
            self.tr(
                "Above: every pixel's mean over a digit's images. Below: its standard deviation, dark where it varies."
            )
        )
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_palette(theme.current())

    def show_statistics(self, statistics: DigitStatistics | None) -> None:
        """Show these figures; None while they are worked out."""
        self.statistics = statistics
        if statistics is not None:
            counts = ", ".join(f"{digit}: {spell_whole(count)}" for digit, count in enumerate(statistics.counts))
            self.setAccessibleDescription(fill(self.tr("Images of each digit: {counts}"), counts=counts))
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        self._palette = palette
        self._colours = ink_colours(palette)
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for pictures in which one sees something."""
        return QSize(10 * 70, 2 * 70 + 50)

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(10 * _SMALLEST, 2 * _SMALLEST + 50)

    def heightForWidth(self, width: int) -> int:
        """Have two rows of squares and a line of counts."""
        return min(2 * ((width - 9 * theme.GAP) // 10 + theme.GAP) + self._line(), _HIGHEST)

    def _line(self) -> int:
        return round(QFontMetricsF(theme.fonts.font("small")).height()) + theme.SMALL_GAP

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ten columns."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font("small"))
        line = self._line()
        if self.statistics is None:
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.tr("Being counted…"))
            painter.end()
            return
        side = min((self.width() - 9 * theme.GAP) // 10, (self.height() - line - 2 * theme.GAP) // 2)
        step = (self.width() - side - 1) / 9
        for digit in range(10):
            left = digit * step
            for row, pictures in enumerate((self.statistics.means, self.statistics.deviations)):
                area = QRectF(left, row * (side + theme.GAP), side, side)
                self._paint(painter, pictures[digit], area)
            painter.setPen(QColor(self._palette.text))
            below = QRectF(left - theme.GAP, 2 * (side + theme.GAP), side + 2 * theme.GAP, line)
            painter.drawText(
                below, Qt.AlignmentFlag.AlignCenter, f"{digit}: {spell_whole(self.statistics.counts[digit])}"
            )
        painter.end()

    def _paint(self, painter: QPainter, picture: np.ndarray, area: QRectF) -> None:
        painter.drawImage(area, grey_image(picture / 255, self._colours))
        painter.setPen(QColor(self._palette.line))
        painter.drawRect(area)


class GreyHistogram(ZoomablePlot):
    """How many pixels have each grey level, on a logarithmic axis: four of five are paper."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._left, self._bottom = CurveAxis("left"), CurveAxis("bottom")
        self._left.setLogMode(x=False, y=True)
        super().__init__({"left": self._left, "bottom": self._bottom}, self.tr("All grey levels"), parent)
        self._bars = pyqtgraph.PlotCurveItem(np.arange(257) - 0.5, np.zeros(256), stepMode="center", fillLevel=0)
        self._view.addItem(self._bars)
        self._logarithms = np.zeros(256)
        self.setObjectName("greyHistogram")
        self.setAccessibleName(self.tr("Pixels of each grey level"))
        self.setToolTip(self.tr("From 0 (paper) to 255 (ink); the axis at the left counts pixels, logarithmically."))
        self.set_palette(theme.current())
        self.refresh()

    def show_histogram(self, histogram: np.ndarray) -> None:
        """Show (256,) counts."""
        self._logarithms = np.log10(np.maximum(histogram, 1))
        self.refresh()

    def refresh(self) -> None:
        """Draw the bars."""
        self.set_whole((-2.0, 258.0), (0.0, max(float(self._logarithms.max()) * 1.05, 1.0)))
        self._bars.setData(np.arange(257) - 0.5, self._logarithms, stepMode="center")

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over the colours."""
        if self.closed:
            return
        super().set_palette(palette)
        for axis in (self._left, self._bottom):
            axis.set_palette(palette)
        self._bars.setPen(pyqtgraph.mkPen(palette.training, width=1))
        self._bars.setBrush(pyqtgraph.mkBrush(palette.training_pale))


class DigitsTab(QWidget):
    """The pictures above, the histogram below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pictures = ClassPictures(self)
        self.histogram = GreyHistogram(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.GAP, 0, 0)
        layout.setSpacing(theme.GAP)
        self._shares = self._caption("greyShares")
        self._shares.setText(self.tr("Being counted…"))
        meaning = self._caption("classMeaning")
        meaning.setText(
            self.tr("Blurred where people write a digit differently; there the standard deviation is largest.")
        )
        means = self.tr("Mean picture of each digit, and below it the standard deviation")
        layout.addWidget(Panel(means, _above(self.pictures, meaning), parent=self))
        levels = self.tr("Pixels of each grey level, counted")
        layout.addWidget(Panel(levels, _above(self.histogram, self._shares), parent=self), 1)

    def _caption(self, name: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setWordWrap(True)
        theme.set_role(label, "caption")
        return label

    def show_statistics(self, statistics: DigitStatistics | None) -> None:
        """Show these figures; None while they are worked out."""
        self.pictures.show_statistics(statistics)
        if statistics is None:
            return
        self.histogram.show_histogram(statistics.histogram)
        total = max(int(statistics.histogram.sum()), 1)
        paper, strong = statistics.histogram[0] / total, statistics.histogram[250:].sum() / total
        words = self.tr(
            "{paper:.1f}\u00a0% of all pixels are 0, paper; {strong:.1f}\u00a0% are 250 and more, full ink."
            " The scale at the left is logarithmic."
        )
        self._shares.setText(fill(words, paper=100 * paper, strong=100 * strong))
        self.histogram.setAccessibleDescription(self._shares.text())


def _above(picture: QWidget, caption: QLabel) -> QWidget:
    content = QWidget()
    layout = QVBoxLayout(content)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme.SMALL_GAP)
    layout.addWidget(picture, 1)
    layout.addWidget(caption)
    return content
