"""How high a widget must be at least where its words wrap."""

from PySide6.QtWidgets import QWidget


def least_height(widget: QWidget, width: int) -> int:
    """How high a widget must be at least, in logical pixels, for its words to have room at `width`."""
    layout = widget.layout()
    if layout is None or not layout.hasHeightForWidth():
        return widget.minimumSizeHint().height()
    return layout.minimumHeightForWidth(width)
