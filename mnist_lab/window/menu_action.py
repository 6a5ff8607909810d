"""An action in a menu, with everything that each of them has."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu


def add_action(
    menu: QMenu,
    name: str,
    words: str,
    keys: str | QKeySequence.StandardKey,
    triggered: Callable[[], object],
    explanation: str,
) -> QAction:
    """Put a new action at the end of a menu, and give it.

    Args:
        menu: it goes with this.
        name: its objectName.
        words: what stands in the menu.
        keys: its keys; "" for none.
        triggered: what it does.
        explanation: one sentence for the status line, and where the pointer rests.
    """
    action = QAction(words, menu)
    action.setObjectName(name)
    action.setShortcut(QKeySequence(keys))
    action.setStatusTip(explanation)
    action.setToolTip(explanation)
    action.triggered.connect(lambda _checked=False: triggered())
    menu.addAction(action)
    return action
