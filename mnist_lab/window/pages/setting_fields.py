"""Fields for the settings of an experiment: their limits are the experiment's own."""

from PySide6.QtWidgets import QComboBox, QWidget

from mnist_lab.experiment import LIMITS
from mnist_lab.window.widgets.fields.number_fields import RealNumberBox, WholeNumberBox


def choose(choice: QComboBox, value: str) -> None:
    """Turn a list to the entry whose data are `value`."""
    choice.setCurrentIndex(choice.findData(value))


def whole_field(parent: QWidget, name: str) -> WholeNumberBox:
    """A field for the whole number that the experiment calls `name`."""
    limits = LIMITS[name]
    return WholeNumberBox(parent, minimum=int(limits.minimum), maximum=int(limits.maximum))


def real_field(parent: QWidget, name: str) -> RealNumberBox:
    """A field for the real number that the experiment calls `name`."""
    return RealNumberBox(parent, minimum=LIMITS[name].minimum, maximum=LIMITS[name].maximum)
