"""A place whose content scrolls before anything of it is cut off."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QStyle, QWidget

from mnist_lab.window.widgets.basic.least_height import least_height

_LEAST = QSize(240, 160)
"""Of the place itself, in logical pixels: below that it is no use to scroll."""


class ScrollPlace(QScrollArea):
    """Gives its content all the room there is, and at least what it needs.

    Qt's own resizable area asks for more: where words wrap, for the height that the content likes best.

    Signals:
        width_changed(int): it is so wide now, in logical pixels; told before the content gets its room.
    """

    width_changed = Signal(int)

    def __init__(self, object_name: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_whole = False
        self.setObjectName(object_name)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its parts take the keyboard and are scrolled to
        self.setWidget(content)

    def measured(self) -> QWidget | None:
        """Whose needs count: the content's."""
        return self.widget()

    def minimumSizeHint(self) -> QSize:
        """Little: it scrolls."""
        measured = self.measured()
        if not self._is_whole or measured is None:
            return _LEAST
        width, bar = self.maximumViewportSize().width(), self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        least = measured.minimumSizeHint().width()
        below = bar if least > width else 0
        return _LEAST.expandedTo(QSize(0, least_height(measured, max(width, least)) + below))

    def show_all(self, on: bool) -> None:
        """Be as high as the content needs, where the place around scrolls; or scroll here."""
        self._is_whole = on
        self.updateGeometry()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the content the new room."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.width_changed.emit(self.width())
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the content when it needs more room than before, or less (Qt installs this filter on it)."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            if self._is_whole:
                self.updateGeometry()
            self.fit()
        return super().eventFilter(watched, event)

    def fit(self) -> None:
        """Resize the content: to the room that is left beside the scroll bars that are needed then."""
        content, measured = self.widget(), self.measured()
        if content is None or measured is None:
            return
        room, bar = self.maximumViewportSize(), self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        least_width = measured.minimumSizeHint().width()
        width = max(room.width(), least_width)
        below = bar if width > room.width() else 0
        if least_height(measured, width) > room.height() - below:
            width = max(room.width() - bar, least_width)
            below = bar if width > room.width() - bar else 0
        content.resize(width, max(room.height() - below, least_height(measured, width)))


def width_beside_bar(widget: QWidget, kind: type[QScrollArea] = ScrollPlace) -> int:
    """How wide a widget is, or would be, beside the bar of what scrolls it, in logical pixels.

    What chooses its layout by this chooses the same with the bar and without: else a layout that is high enough to need
    the bar would take just the room away that the lower one needs, and Qt would go to and fro until the stack is full.

    Args:
        widget: what chooses.
        kind: of which kind the area around it is that scrolls.
    """
    area = widget.parentWidget()
    while area is not None and not isinstance(area, kind):
        area = area.parentWidget()
    content = None if area is None else area.widget()
    if area is None or content is None:
        return widget.width()
    bar = area.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
    return area.maximumViewportSize().width() - bar - (content.width() - widget.width())
