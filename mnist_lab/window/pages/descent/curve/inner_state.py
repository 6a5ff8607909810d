"""An optimizer's state as bars, and its next step stage by stage in words."""

import math

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from mnist_lab.descent.path import Descent
from mnist_lab.window import theme, translation
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.words import spell

_LEAST_POWER = 1e4
"""So large a number of this kind is no count any more."""
_Bar = tuple[str, float, float]
"""Words, value, and the largest magnitude that it has had."""


class StateBars(QWidget):
    """A bar for each value, each on the scale of the largest it has been, to the right where positive."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars: tuple[_Bar, ...] = ()
        self.setObjectName("descentState")
        self.setAccessibleName(self.tr("Inner state"))
        self.setToolTip(self.tr("Each bar is as long as the value beside the largest it has had on this descent."))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_palette(theme.current())

    def set_bars(self, bars: tuple[_Bar, ...]) -> None:
        """Show these."""
        if len(bars) != len(self._bars):
            self.updateGeometry()
        self._bars = bars
        self.setAccessibleDescription(", ".join(f"{words} {_number(value)}" for words, value, _most in bars))
        self.update()

    def set_palette(self, palette: theme.Palette) -> None:
        """Take over colours and type."""
        self._palette = palette
        self._row = QFontMetricsF(theme.fonts.font()).height() + theme.SMALL_GAP
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """One line for each."""
        return QSize(320, math.ceil(self._row * max(len(self._bars), 1)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint words, bar and number."""
        painter = QPainter(self)
        painter.setFont(theme.fonts.font())
        third = self.width() / 3
        for place, (words, value, most) in enumerate(self._bars):
            top = place * self._row
            painter.setPen(QColor(self._palette.text))
            painter.drawText(QRectF(0, top, third, self._row), Qt.AlignmentFlag.AlignVCenter, words)
            place_of_number = QRectF(2 * third + 12, top, third - 12, self._row)
            painter.drawText(place_of_number, Qt.AlignmentFlag.AlignVCenter, _number(value))
            room = QRectF(third, top + 4, third, self._row - 8)
            painter.fillRect(room, QColor(self._palette.line))
            if most > 0 and math.isfinite(value):
                middle, half = room.center().x(), room.width() / 2
                end = middle + half * max(min(value / most, 1.0), -1.0)
                colour = self._palette.positive if value >= 0 else self._palette.negative
                bar = QRectF(min(middle, end), room.top(), abs(end - middle), room.height())
                painter.fillRect(bar, QColor(colour))
        painter.end()


class InnerState(ScrollColumn):
    """Bars above, stages below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        self._bars, self._stages = StateBars(), QLabel()
        self._stages.setObjectName("descentStages")
        self._stages.setWordWrap(True)
        self._stages.setTextFormat(Qt.TextFormat.PlainText)
        super().__init__("descentInnerState", self._bars, self._stages, parent=parent)

    def show_descent(self, descent: Descent | None) -> None:
        """Show the state after the last step, and what the next will do."""
        self._bars.set_bars(() if descent is None else self._bars_of(descent))
        self._stages.setText("" if descent is None else self._stages_of(descent))

    def _bars_of(self, descent: Descent) -> tuple[_Bar, ...]:
        path, bars = descent.path, []
        for quantity in descent.rule.state:
            values = path.states[quantity.name]
            bars.append((translation.translate("descent", quantity.label), float(values[-1]), _most(values)))
        effective = path.effective_rate
        if len(effective):
            bars.append((self.tr("Effective rate"), float(effective[-1]), _most(effective)))
            bars.append((self.tr("Last move Δx"), float(path.moves[-1]), _most(path.moves)))
        return tuple(bars)

    def _stages_of(self, descent: Descent) -> str:
        stages = descent.next_stages()
        if not stages:
            return self.tr("There is no next step from here.")
        lines = [self.tr("The next step:")]
        for place, one in enumerate(stages, 1):
            sentence = translation.translate("descent", one.stage.sentence)
            after = spell(float(one.after[0]), 4, 2) if np.isfinite(one.after[0]) else "–"
            before = "" if one.before is None else f"{spell(float(one.before[0]), 4, 2)} → "
            lines.append(f"{place}. {sentence}\n     {one.stage.formula}:  {before}{after}")
        return "\n".join(lines)


def _most(values: np.ndarray) -> float:
    finite = np.abs(values[np.isfinite(values)])
    return float(finite.max()) if len(finite) else 0.0


def _number(value: float) -> str:
    """The value in words: a count, and whatever else is whole, without decimals."""
    if not math.isfinite(value):
        return "–"
    is_count = 0 < abs(value) < _LEAST_POWER and value == round(value)
    return spell(value, 0) if is_count else spell(value, 4, 2)
