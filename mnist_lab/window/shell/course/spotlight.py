"""A ring around what a step speaks of: it lies over everything and takes no click."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QListWidget, QWidget

from mnist_lab.window import theme
from mnist_lab.window.pages import PAGES

_OUTSIDE = 3
"""Pixels between what is lit and the ring."""
_WIDTH = 3
_ROUND = 6


class Spotlight(QWidget):
    """Lights up widgets of the window by their objectNames; where their page is not in view, its line in the list.

    Attributes:
        lit: what is lit now, in the window's coordinates.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.lit: list[QRect] = []
        self._page = ""
        self._names: tuple[str, ...] = ()
        self.setObjectName("courseSpotlight")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self._cover()

    def show_names(self, page: str, names: tuple[str, ...]) -> None:
        """Light up these, on the page of that objectName; none: nothing."""
        self._page, self._names = page, names
        self.look()

    @Slot()
    def look(self) -> None:
        """See where they are now: pages scroll, and what is lit comes and goes."""
        lit = self._places() if self._names else []
        if lit != self.lit:
            self.lit = lit
            self.update()
        self.setVisible(bool(lit))
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the window as it grows."""
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())

    def _places(self) -> list[QRect]:
        page = self._window.findChild(QWidget, self._page)
        if page is not None and page.isVisible():
            named = (page.findChild(QWidget, name) for name in self._names)
            seen = (_seen(one, self._window) for one in named if one is not None)
            return [place for place in seen if not place.isEmpty()]
        pages = self._window.findChild(QListWidget, "pageList")
        rows = [row for row, spec in enumerate(PAGES) if spec.object_name == self._page]
        if pages is None or not rows:
            return []
        line = pages.visualItemRect(pages.item(rows[0]))
        return [QRect(pages.viewport().mapTo(self._window, line.topLeft()), line.size())]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rings."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.current().accent), _WIDTH))
        for place in self.lit:
            around = QRectF(place.adjusted(-_OUTSIDE, -_OUTSIDE, _OUTSIDE, _OUTSIDE)) & QRectF(self.rect()).adjusted(
                2, 2, -2, -2
            )
            painter.drawRoundedRect(around, _ROUND, _ROUND)
        painter.end()


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """The part of a widget that can be seen, in the coordinates of `window`; empty for none."""
    if not widget.isVisible():
        return QRect()
    seen, around = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size()), widget.parentWidget()
    while around is not None and around is not window:
        seen &= QRect(around.mapTo(window, QPoint(0, 0)), around.size())
        around = around.parentWidget()
    return seen
