"""The way that Tab takes through the panel: as one reads it."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def order_tabs(parts: Iterable[QWidget], last: QWidget) -> None:
    """Let Tab go from part to part, and in each as its controls were made; `last` comes after all of them.

    Qt takes what is made anew, as the answers of a question are, to the end of the window.
    """
    found = [one for part in parts for one in part.findChildren(QWidget) if one is not last]
    stops = [one for one in found if _is_stop(one) and one.window() is last.window()]  # not in a list that drops down
    for before, after in pairwise((*stops, last)):
        QWidget.setTabOrder(before, after)


def _is_stop(widget: QWidget) -> bool:
    """Whether Tab stops at it; what is within a field passes the keyboard on to that."""
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
