"""A box to tick that says what it is."""

from PySide6.QtWidgets import QCheckBox, QWidget


def named_switch(name: str, words: str, called: str, explanation: str, parent: QWidget | None = None) -> QCheckBox:
    """Make a box to tick.

    Args:
        name: its objectName.
        words: what stands beside it.
        called: its accessible name: what it switches, without the eye's help.
        explanation: its tooltip.
        parent: what it belongs to.
    """
    switch = QCheckBox(words, parent)
    switch.setObjectName(name)
    switch.setAccessibleName(called)
    switch.setToolTip(explanation)
    return switch
