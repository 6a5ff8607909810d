"""A column of controls that scrolls before it clips."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Slot
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mnist_lab.window import theme
from mnist_lab.window.widgets.basic.least_height import least_height
from mnist_lab.window.widgets.basic.scroll_place import ScrollPlace

_CONTROLS_WIDTH = 316
_LEAST_PICTURES = 580
"""Of what stands beside the controls, with its margins: these become narrower before that does."""
_LEAST_HEIGHT = 100
"""About three fields: in less, one does not see what one scrolls."""


def keep_controls_width(column: QWidget, least: int = 240) -> None:
    """Give a column of controls its width, now and whenever the place of the pages becomes wider or narrower.

    It follows that place alone: nothing that is shown makes the column wider or narrower while one works in it.
    It is at `least` so wide, for a body font of the usual size.
    """
    _WidthKeeper(column, least)


class _WidthKeeper(QObject):
    """Goes with its column. What lies in no place that scrolls has all the width it likes."""

    def __init__(self, column: QWidget, least: int) -> None:
        super().__init__(column)
        self._column = column
        self._least = least
        self._place: ScrollPlace | None = None
        column.setFixedWidth(theme.fonts.scaled(_CONTROLS_WIDTH))
        self._follow()
        if self._place is None:  # the column is not yet where it will be
            column.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Find the place when the column is first seen."""
        if event.type() == QEvent.Type.Show:
            watched.removeEventFilter(self)
            self._follow()
        return False

    def _follow(self) -> None:
        around = self._column.parentWidget()
        while around is not None:
            if isinstance(around, ScrollPlace):
                self._place = around  # in the end the outermost
            around = around.parentWidget()
        if self._place is not None:
            self._place.width_changed.connect(self._fit)
            self._fit(self._place.width())

    @Slot(int)
    def _fit(self, room: int) -> None:
        least, most = theme.fonts.scaled(self._least), theme.fonts.scaled(_CONTROLS_WIDTH)
        self._column.setFixedWidth(min(max(room - theme.fonts.scaled(_LEAST_PICTURES), least), most))


class ScrollColumn(QScrollArea):
    """Stacks widgets from the top; where the window is too low for them, they scroll."""

    def __init__(self, object_name: str, *parts: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_whole = False
        content = QWidget(self)
        self.setWidget(content)  # before it is filled: Qt would dress all that is in it anew
        inner = QVBoxLayout(content)
        inner.setContentsMargins(0, 0, theme.GAP, 0)
        inner.setSpacing(theme.GAP)
        for part in parts:
            inner.addWidget(part)
        inner.addStretch(1)
        self.setObjectName(object_name)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts take the keyboard and are scrolled to
        self.verticalScrollBar().rangeChanged.connect(self._ask_for_height)

    def show_ground_below(self) -> None:
        """Have no ground of its own: that of the card in which it lies shows."""
        for ground in (self.viewport(), self.widget()):
            if ground is not None:
                ground.setAutoFillBackground(False)

    def show_all(self, on: bool) -> None:
        """Be as high as all parts need, where the place around scrolls; or a few rows, and scroll the others."""
        self._is_whole = on
        self.updateGeometry()

    @Slot()
    def _ask_for_height(self) -> None:
        """Something in it needs more or less room than before."""
        if self._is_whole:
            self.updateGeometry()

    def keep_width(self) -> None:
        """Give the parts the same width with and without the bar: as it comes, no text in them is wrapped anew."""
        bar = self.verticalScrollBar()
        bar.rangeChanged.connect(self._keep_width)
        self._keep_width(bar.minimum(), bar.maximum())

    @Slot(int, int)
    def _keep_width(self, _least: int, most: int) -> None:
        content = self.widget()
        layout = None if content is None else content.layout()
        if layout is not None:
            room = 0 if most > 0 else self.verticalScrollBar().sizeHint().width()
            layout.setContentsMargins(0, 0, theme.GAP + room, 0)

    def minimumSizeHint(self) -> QSize:
        """Show a few rows, or all where there are fewer."""
        content, least = self.widget(), super().minimumSizeHint()
        inside = 0 if content is None else content.minimumSizeHint().height()
        if self._is_whole and content is not None:
            needed = max(inside, least_height(content, self.viewport().width()))
        else:
            needed = min(theme.fonts.scaled(_LEAST_HEIGHT), inside)
        return QSize(least.width(), max(least.height(), needed))
