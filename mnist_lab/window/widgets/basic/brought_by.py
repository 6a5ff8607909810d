"""What brings a part of a page that is seen only with some choice: whoever leads to the part leads there instead."""

from PySide6.QtWidgets import QWidget

_PROPERTY = "broughtBy"


def set_brought_by(part: QWidget, control: QWidget) -> None:
    """Note that `part`, with all that lies in it, is in sight where `control`, of the same page, is set so."""
    part.setProperty(_PROPERTY, control.objectName())


def brought_by(widget: QWidget) -> str:
    """The objectName of what brings it, or brings what it lies in; "" where nothing is noted."""
    part: QWidget | None = widget
    while part is not None:
        name = part.property(_PROPERTY)
        if name:
            return str(name)
        part = part.parentWidget()
    return ""
