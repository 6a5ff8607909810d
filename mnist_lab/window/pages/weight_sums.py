"""The update of one weight in numbers, as every page that shows one says it: W1 = W0 − step · gradient."""

import math

from PySide6.QtCore import QCoreApplication

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.update_step import WeightStep
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.window import translation
from mnist_lab.window.words import fill, spell, spell_signed

_ROUNDING = 2.0**-22
"""Of a float32, relative to it: a change that differs by less is the same."""


def optimizer_name(experiment: Experiment) -> str:
    """The optimizer's name in the learner's language."""
    return translation.translate("optimizers", optimizer_spec(experiment.optimizer).label)


def sum_lines(weight: WeightStep) -> list[str]:
    """W0, the gradient, the step, their product and W1, a line each; W0 and W1 to seven places, so that they differ."""
    translate = QCoreApplication.translate
    step = spell_signed(weight.step).removeprefix("+") if math.isfinite(weight.step) else "–"
    return [
        f"W0 = {_precise(weight.before)}",
        fill(translate("weights", "gradient = {}"), spell_signed(weight.gradient)),
        fill(translate("weights", "step = {}"), step),
        fill(translate("weights", "step · gradient = {}"), spell_signed(weight.taken)),
        f"W1 = {_precise(weight.after)}",
    ]


def _precise(value: float) -> str:
    words = spell(value, 7, 4)
    return f"+{words}" if value > 0 else words


def why_it_moves(weight: WeightStep, update: ObservedUpdate, experiment: Experiment) -> str:
    """Why a weight moves though its gradient is 0; "" for any other."""
    if weight.gradient != 0 or weight.taken == 0 or not math.isfinite(weight.taken):
        return ""
    translate, spec = QCoreApplication.translate, optimizer_spec(experiment.optimizer)
    settings = spec.resolved(experiment.optimizer_settings)
    decayed = update.learning_rate * settings.get(spec.decay, 0.0) * weight.before
    is_rest = abs(weight.taken - decayed) > _ROUNDING * abs(weight.before)
    if decayed and is_rest:
        words = translate(
            "weights",
            "It moves although its gradient is 0: by the gradients of earlier batches (momentum), and because"
            " {optimizer} shrinks every weight (weight decay).",
        )
    elif decayed:
        words = translate(
            "weights", "It moves although its gradient is 0: {optimizer} shrinks every weight (weight decay)."
        )
    else:
        words = translate(
            "weights", "It moves although its gradient is 0: by the gradients of earlier batches (momentum)."
        )
    return fill(words, optimizer=optimizer_name(experiment))
