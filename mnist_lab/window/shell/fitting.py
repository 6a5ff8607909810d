"""The window's size and place on the screen: whole, with its title bar, also on a small screen."""

from PySide6.QtCore import QByteArray, QMargins, QPoint, QRect, QSize
from PySide6.QtWidgets import QWidget

FIRST_SIZE = QSize(1280, 800)
"""At the first opening, in logical pixels, where the screen has the room."""
_USUAL_FRAME = QMargins(4, 36, 4, 4)
"""About what window managers draw around a window; only a window that is shown knows."""


def place_window(window: QWidget, kept: str) -> None:
    """Put a window that is not shown yet where it was, as `saveGeometry` told in base64, or give it its first size."""
    if not window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        window.resize(first_size(window.screen().availableSize()))


def first_size(room: QSize) -> QSize:
    """The size of a new window without its frame, which must lie within `room` too, in logical pixels."""
    return FIRST_SIZE.boundedTo(room.shrunkBy(_USUAL_FRAME))


def fitted(window: QRect, frame: QMargins, room: QRect) -> QRect:
    """The place of a window, without its `frame`, that has all of it within `room`; unchanged if it has already.

    A window that is larger than the room is made smaller, one that juts out is moved.
    """
    inner = room.marginsRemoved(frame)
    size = window.size().boundedTo(inner.size())
    rightmost, lowest = inner.right() - size.width() + 1, inner.bottom() - size.height() + 1
    corner = QPoint(max(min(window.left(), rightmost), inner.left()), max(min(window.top(), lowest), inner.top()))
    return QRect(corner, size)


def fit_screen(window: QWidget) -> None:
    """Bring a window that is shown into the room that its screen has for windows."""
    if window.isMaximized() or window.isFullScreen():
        return
    outer, inner = window.frameGeometry(), window.geometry()
    frame = QMargins(
        inner.left() - outer.left(), inner.top() - outer.top(),
        outer.right() - inner.right(), outer.bottom() - inner.bottom(),
    )  # fmt: skip
    place = fitted(inner, frame, window.screen().availableGeometry())
    if place != inner:
        window.setGeometry(place)
