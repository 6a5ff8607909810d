"""Estimates of the slope where the ball stands, by batches of one sample, of some and of all: right on average."""

import math

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from mnist_lab.descent.noise import SAMPLES, Cloud, has_real_samples, slope_clouds
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.rule_colours import rule_colour
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.plots import curve_ticks
from mnist_lab.window.words import fill, rounded, spell

_DOT, _SCATTER = 2.6, 0.618034
_MARGIN = 0.08
_TICKS = 6
_TALLEST_ROW = 56.0

Reals = NDArray[np.float64]


class CloudPicture(QWidget):
    """A row of dots for each size of batch, all over one axis of slopes, with their average and the true slope.

    Attributes:
        clouds: what is shown.
        size_used: the size that the steps use; its row stands out.
        next_draw: which of its dots the next step uses, None if none of them.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clouds: tuple[Cloud, ...] = ()
        self.size_used = 0
        self.next_draw: int | None = None
        self._rule = "sgd"
        self.setObjectName("descentCloud")
        self.setAccessibleName(self.tr("Slopes of many batches"))
        self.setToolTip(
            self.tr(
                "Each dot is what one batch says of the slope; the ringed one is the next step's. "
                "Diamond: their average. Line: the true slope."
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_palette(theme.current())

    def show_clouds(self, clouds: tuple[Cloud, ...], size_used: int, next_draw: int, rule: str) -> None:
        """Show these, in the colour of that rule; all of them have slopes."""
        self.clouds, self.size_used, self._rule = clouds, size_used, rule
        self.next_draw = next_draw if next_draw < len(clouds[0].slopes) else None
        self.setAccessibleDescription("; ".join(f"{self._name(one)}: {self._numbers(one)}" for one in clouds))
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Ask for room for three rows."""
        return QSize(480, round(6.5 * self._line()))

    def minimumSizeHint(self) -> QSize:
        """Keep the rows apart."""
        return QSize(300, round(5 * self._line()))

    def _line(self) -> float:
        return QFontMetricsF(theme.fonts.font("small")).height() + theme.SMALL_GAP

    def _name(self, cloud: Cloud) -> str:
        words = self.tr("all {}") if cloud.size >= SAMPLES else self.tr("batch of {}")
        return fill(words, cloud.size)

    def _numbers(self, cloud: Cloud) -> str:
        words: str = self.tr("average {average}, spread {spread}")
        return fill(words, average=_figures(cloud.average), spread=_figures(cloud.spread))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the rows, the true slope through all of them, and the axis."""
        if not self.clouds:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.fonts.font("small"))
        room, (low, high) = self._room(), self._span()
        scale = room.width() / (high - low)
        self._paint_axis(painter, room, low, high)
        height = room.height() / len(self.clouds)
        for place, cloud in enumerate(self.clouds):
            row = QRectF(room.left(), room.top() + place * height, room.width(), height)
            self._paint_words(painter, row, cloud)
            self._paint_dots(painter, row, cloud, room.left() + (cloud.slopes - low) * scale)
        true_at = room.left() + (self.clouds[0].true_slope - low) * scale
        painter.setPen(QPen(QColor(self._palette.text), 1.5, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(true_at, room.top()), QPointF(true_at, room.bottom()))
        words = fill(self.tr("true slope {}"), _figures(self.clouds[0].true_slope))
        painter.setPen(QColor(self._palette.text))
        painter.drawText(_around(painter, words, true_at, room.top() - self._line(), self), words)
        for place, cloud in enumerate(self.clouds):
            middle = room.top() + (place + 0.5) * height
            self._paint_average(painter, room.left() + (cloud.average - low) * scale, middle)
        painter.end()

    def _room(self) -> QRectF:
        """Between the names at the left and the numbers at the right, above the axis."""
        font, line = theme.fonts.font("small", bold=True), self._line()
        names = max(theme.fonts.widest(font, self._name(cloud)) for cloud in self.clouds) + theme.GAP
        longest = fill(self.tr("average {average}, spread {spread}"), average="−00.00", spread="00.000")
        told = (longest, *(self._numbers(cloud) for cloud in self.clouds))
        numbers = max(theme.fonts.widest(font, words) for words in told) + 2 * theme.GAP
        height = min(self.height() - 2.2 * line, _TALLEST_ROW * len(self.clouds))
        return QRectF(names + theme.GAP, line, self.width() - names - numbers - 2 * theme.GAP, height)

    def _span(self) -> tuple[float, float]:
        """From the lowest to the highest estimate, with a margin."""
        together = np.concatenate([cloud.slopes for cloud in self.clouds])
        low, high = float(together.min()), float(together.max())
        margin = _MARGIN * (high - low) or 0.5 * max(abs(high), 1.0)
        return low - margin, high + margin

    def _paint_axis(self, painter: QPainter, room: QRectF, low: float, high: float) -> None:
        places, spacing = _round_places(low, high)
        for place, words in zip(places, curve_ticks.plain_labels(places, spacing), strict=True):
            across = room.left() + (place - low) / (high - low) * room.width()
            painter.setPen(QPen(QColor(self._palette.line), 1))
            painter.drawLine(QPointF(across, room.top()), QPointF(across, room.bottom()))
            painter.setPen(QColor(self._palette.muted))
            painter.drawText(_around(painter, words, across, room.bottom() + 2, self), words)
        painter.setPen(QPen(QColor(self._palette.border), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        line = self._line()
        name = QRectF(0, room.bottom() + 2, room.left() - theme.GAP, line)
        painter.setPen(QColor(self._palette.muted))
        painter.drawText(name, Qt.AlignmentFlag.AlignRight, self.tr("slope"))

    def _paint_words(self, painter: QPainter, row: QRectF, cloud: Cloud) -> None:
        is_used = cloud.size == self.size_used
        painter.setFont(theme.fonts.font("small", bold=is_used))
        painter.setPen(QColor(self._palette.text if is_used else self._palette.muted))
        middle = Qt.AlignmentFlag.AlignVCenter
        left = QRectF(0, row.top(), row.left() - theme.GAP, row.height())
        right = QRectF(row.right() + theme.GAP, row.top(), self.width() - row.right() - theme.GAP, row.height())
        painter.drawText(left, Qt.AlignmentFlag.AlignRight | middle, self._name(cloud))
        painter.drawText(right, Qt.AlignmentFlag.AlignLeft | middle, self._numbers(cloud))
        painter.setFont(theme.fonts.font("small"))

    def _paint_dots(self, painter: QPainter, row: QRectF, cloud: Cloud, across: Reals) -> None:
        """Each at a height of its own, so that those of one slope do not hide each other."""
        is_used = cloud.size == self.size_used
        heights = row.center().y() + 0.7 * row.height() * ((np.arange(len(across)) * _SCATTER) % 1.0 - 0.5)
        colour = QColor(rule_colour(self._palette, self._rule) if is_used else self._palette.muted)
        colour.setAlphaF(0.7 if is_used else 0.4)
        pen = QPen(colour, 2 * _DOT, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        points = [QPointF(*place) for place in np.stack([across, heights], axis=1).tolist()]
        painter.drawPoints(points)
        if is_used and self.next_draw is not None:
            painter.setPen(QPen(QColor(self._palette.text), 1.6))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(points[self.next_draw], 5.5, 5.5)

    def _paint_average(self, painter: QPainter, across: float, down: float) -> None:
        painter.setPen(QPen(QColor(self._palette.panel), 1.5))
        painter.setBrush(QColor(self._palette.text))
        corners = ((0, -7), (5.5, 0), (0, 7), (-5.5, 0))
        painter.drawPolygon(QPolygonF([QPointF(across + right, down + low) for right, low in corners]))


class SlopeCloud(QWidget):
    """The picture, and below it in words what is to be learnt from it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = CloudPicture(self)
        self._words: QLabel = paragraph("descentCloudWords", caption=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, theme.SMALL_GAP, 0, 0)
        layout.setSpacing(theme.SMALL_GAP)
        layout.addWidget(self._picture, 1)
        layout.addWidget(self._words)
        layout.addStretch()

    def show_bench(self, bench: CurveBench) -> None:
        """Show the clouds where the ball stands that is looked at."""
        ball, batches = bench.ball, bench.batches
        clouds = () if ball is None or batches is None else slope_clouds(bench.function, ball.x, batches.seed)
        is_shown = bool(clouds) and bool(np.isfinite(clouds[0].slopes).all())
        self._picture.setVisible(is_shown)
        if ball is None:
            words = self.tr("Tick an optimizer on the left.")
        elif batches is None:
            words = self.tr("Switch mini-batch noise on, on the left, to see what batches say of the slope.")
        elif not is_shown:
            words = fill(self.tr("There is no slope at x = {}, and no batch has one."), _figures(ball.x))
        else:
            self._picture.show_clouds(clouds, batches.size, ball.path.steps, bench.looked_at)
            words = self._lesson(clouds, batches.size, is_real=has_real_samples(bench.function))
        self._words.setText(words)

    def _lesson(self, clouds: tuple[Cloud, ...], size: int, *, is_real: bool) -> str:
        used = next((cloud for cloud in clouds if cloud.size == size), clouds[0])
        if used.size >= SAMPLES:
            words = self.tr("All {count} samples together say the true slope, {true}: no step is left to chance.")
        else:
            words = self.tr(
                "On average it is the true slope: {draws} batches of {size} say {average} ± {doubt} "
                "(standard error), the true slope is {true}."
            )
        spreads = self.tr("The larger the batch, the smaller the spread.")
        origin = "" if is_real else self.tr("On this curve the noise is made up.")
        numbers = fill(
            words,
            draws=len(used.slopes),
            size=used.size,
            count=SAMPLES,
            average=_figures(used.average),
            doubt=_figures(used.doubt, 2),
            true=_figures(used.true_slope),
        )
        return " ".join(part for part in (numbers, spreads, origin) if part)


def _figures(value: float, figures: int = 4) -> str:
    return spell(rounded(value, figures), mantissa=3)


def _around(painter: QPainter, words: str, across: float, top: float, widget: QWidget) -> QRectF:
    """Room for a line of words around a place, within the widget."""
    metrics = painter.fontMetrics()
    width = metrics.horizontalAdvance(words) + 2
    left = min(max(across - width / 2, 0.0), widget.width() - width)
    return QRectF(left, top, width, metrics.height())


def _round_places(low: float, high: float) -> tuple[list[float], float]:
    """Round numbers between two ends, `_TICKS` of them or a few less, and how far they are apart."""
    power = 10.0 ** math.floor(math.log10((high - low) / _TICKS))
    spacing = next(digit * power for digit in (1, 2, 5, 10) if digit * power * _TICKS >= high - low)
    return [number * spacing for number in range(math.ceil(low / spacing), math.floor(high / spacing) + 1)], spacing
