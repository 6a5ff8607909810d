"""Stages and quantities that several update rules share."""

from mnist_lab.descent.update_rule import Quantities, Quantity, Reals, Settings, Stage
from mnist_lab.words import QT_TRANSLATE_NOOP

MEAN_SQUARE = Quantity("squares", QT_TRANSLATE_NOOP("descent", "Mean of squared gradients s"))
AVERAGE_SQUARES = QT_TRANSLATE_NOOP("descent", "Let the mean of the squared gradients follow the newest one.")


def _move(quantities: Quantities, settings: Settings) -> Reals:
    del settings
    return quantities["x"] + quantities["step"]


TAKE_STEP = Stage("x", "w ← w + step", QT_TRANSLATE_NOOP("descent", "Take the step."), _move)
