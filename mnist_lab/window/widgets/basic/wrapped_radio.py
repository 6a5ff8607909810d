"""A radio button whose words may take several lines."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QScrollArea, QSizePolicy, QStyle, QStyleOptionButton, QWidget

from mnist_lab.window import theme

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_LEAST_WIDTH = 120
_TALLEST = 10_000
_WAYS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1}


class WrappedRadio(QRadioButton):
    """Qt's own breaks no line, and what does not fit is cut.

    Attributes:
        words: what stands beside the mark.
    """

    def __init__(self, words: str, parent: QWidget | None = None, *, chooses_by_arrow: bool = True) -> None:
        """With `chooses_by_arrow` off, the arrow keys only go from one to the next, and the space bar chooses."""
        super().__init__(parent)
        self.words = words
        self._chooses_by_arrow = chooses_by_arrow
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the taller."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all lines."""
        words = self.fontMetrics().boundingRect(QRect(0, 0, width - self._indent, _TALLEST), _FLAGS, self.words)
        return max(words.height(), self._mark) + 2

    def sizeHint(self) -> QSize:
        """As wide as it may be: a column decides."""
        width = self._indent + self.fontMetrics().horizontalAdvance(self.words)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A few words a line."""
        return QSize(theme.fonts.scaled(_LEAST_WIDTH), self._mark + 2)

    def hitButton(self, position: QPoint) -> bool:
        """The words can be clicked, too."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next one or the one before without choosing it, where arrows are not to choose."""
        way, group = _WAYS.get(Qt.Key(event.key())), self.group()
        if self._chooses_by_arrow or way is None or group is None:
            super().keyPressEvent(event)
            return
        buttons = group.buttons()
        place = buttons.index(self) + way
        if 0 <= place < len(buttons):
            reason = Qt.FocusReason.TabFocusReason if way > 0 else Qt.FocusReason.BacktabFocusReason
            buttons[place].setFocus(reason)
            _bring_into_sight(buttons[place])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark beside the first line, the words, and where the keyboard is."""
        painter, option, style = QPainter(self), QStyleOptionButton(), self.style()
        self.initStyleOption(option)
        line = self.fontMetrics().height()
        room = QRect(self._indent, 1, self.width() - self._indent, self.height() - 1)
        option.rect = QRect(0, 1 + max((line - self._mark) // 2, 0), self._mark, self._mark)
        style.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorRadioButton, option, painter, self)
        palette = theme.current()
        painter.setPen(QColor(palette.text if self.isEnabled() else palette.muted))
        painter.drawText(room, _FLAGS, self.words)
        if self.hasFocus():
            painter.setPen(QColor(palette.accent))
            painter.drawRect(room.adjusted(-3, 0, -2, -2))  # whole pixels inside, at any scale
        painter.end()

    @property
    def _mark(self) -> int:
        return self.style().pixelMetric(QStyle.PixelMetric.PM_ExclusiveIndicatorWidth, None, self)

    @property
    def _indent(self) -> int:
        return self._mark + theme.GAP


def _bring_into_sight(widget: QWidget) -> None:
    """Scroll to it, as Qt itself does for Tab alone."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(widget, 0, theme.GAP)
