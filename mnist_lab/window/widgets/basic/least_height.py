"""How high a widget must be at least where its words wrap."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def reserve_lines(label: QLabel, lines: int) -> QLabel:
    """Keep room for so many lines of a text that wraps, from the top: nothing moves when it gets longer. Return it."""
    label.setMinimumHeight(lines * label.fontMetrics().lineSpacing())
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    return label


def least_height(widget: QWidget, width: int) -> int:
    """How high a widget must be at least, in logical pixels, for its words to have room at `width`."""
    layout = widget.layout()
    if layout is None or not layout.hasHeightForWidth():
        return widget.minimumSizeHint().height()
    return layout.minimumHeightForWidth(width)


class ReservedLines(QWidget):
    """A widget with pictures, whose words have their lines reserved: where it is narrower it need not be higher.

    Qt would ask for the height that the pictures like best, in whatever lies around the widget.
    """

    def hasHeightForWidth(self) -> bool:
        """No."""
        return False

    def heightForWidth(self, width: int) -> int:
        """As much as it needs, for a stack, which asks all the same."""
        return self.minimumSizeHint().height()
