"""What one unit of the first layer does with the test digits, in numbers and words."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.forward import NOTHING
from mnist_lab.inspection.units import UnitActivity, is_switched_off
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.window.words import fill, spell, spell_percent, spell_signed


@dataclass(frozen=True, eq=False)
class UnitReport:
    """What one unit does with the test images.

    Attributes:
        unit: its number.
        activity: of this unit alone.
        images: (n, 28, 28) uint8, the test images.
    """

    unit: int
    activity: UnitActivity
    images: NDArray[np.uint8]


def unit_facts(weights: NetworkWeights, unit: int, report: UnitReport | None) -> str:
    """Two sentences: on bias and length of a unit's weights, and on its outputs (None: not known yet).

    Before them that it is switched off, where it is.
    """
    layer = weights.layers[0]
    with np.errstate(over="ignore", invalid="ignore"):  # weights of a diverged run
        length = float(np.sqrt(np.square(layer.kernel[:, unit], dtype=np.float64).sum()))
    numbers = fill(
        QCoreApplication.translate("weights", "Bias {bias}; length of its weights {length}."),
        bias=spell_signed(float(layer.bias[unit])),
        length=spell_signed(length).removeprefix("+"),
    )
    if is_switched_off(weights, 0, unit):
        off = QCoreApplication.translate("weights", "Switched off: its outgoing weights are all 0, so it adds nothing.")
        numbers = f"{off}\n{numbers}"
    return f"{numbers}\n{_outputs(weights.activation, report)}"


def _outputs(activation: str, report: UnitReport | None) -> str:
    """How often the unit puts out nothing; with an activation that never rests, how much it puts out."""
    translate = QCoreApplication.translate
    if report is None or math.isnan(report.activity.dead_share[0]):
        return translate("weights", "Asking the test digits …")
    words = {
        "zero": translate("weights", "Inactive, its output 0, for {share} of the test digits."),
        "near": translate("weights", "Inactive, its output at most {nothing} from 0, for {share} of the test digits."),
        "none": translate("weights", "Mean output for the test digits {mean}."),
    }
    return fill(
        words[ACTIVATION_FUNCTIONS[activation].rest],
        share=spell_percent(float(report.activity.dead_share[0])),
        nothing=spell(NOTHING),
        mean=spell_signed(float(report.activity.mean_output[0])),
    )


def least_words(rest: str) -> str:
    """What the test digits that excite a unit least do to it; `rest` is that of its activation."""
    translate = QCoreApplication.translate
    words = {"zero": translate("weights", "leave it at 0"), "near": translate("weights", "leave it near 0")}
    return words.get(rest, translate("weights", "excite it least"))
