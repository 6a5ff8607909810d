"""One gradient update in numbers and words."""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from mnist_lab.inspection.update_step import UpdateStep
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.studies.cases import UpdateCase
from mnist_lab.window import translation
from mnist_lab.window.pages.weights.unit_view import SIDE
from mnist_lab.window.words import fill, rounded, spell, spell_percent, spell_signed, spell_whole

_SAME = 0.02
"""Steps that differ by less, as a share, are one step: what is left is the rounding of float32."""


@dataclass(frozen=True, eq=False)
class UpdateReport:
    """One update in numbers and words.

    Attributes:
        step: what it did to the first layer's kernel.
        facts: a sentence on the update: which one, on how many images, with which loss.
        optimizer: the optimizer's name.
        learning_rate: the one in force.
        is_plain: whether the optimizer is SGD without momentum, whose step is the learning rate.
        has_dropout: whether the run uses dropout, which the gradient shown leaves out.
    """

    step: UpdateStep
    facts: str
    optimizer: str
    learning_rate: float
    is_plain: bool
    has_dropout: bool


def update_report(case: UpdateCase, step: UpdateStep) -> UpdateReport:
    """Say what an update was, beside what it did."""
    update, experiment = case.update, case.experiment
    facts = QCoreApplication.translate(
        "weights", "Update {number}, a batch of {images} images: loss {loss}, accuracy {accuracy}."
    )
    return UpdateReport(
        step,
        fill(
            facts,
            number=spell_whole(update.before.updates + 1),
            images=spell_whole(len(update.indices)),
            loss=spell(rounded(update.loss, 4)),
            accuracy=spell_percent(update.accuracy),
        ),
        translation.translate("optimizers", optimizer_spec(experiment.optimizer).label),
        update.learning_rate,
        is_plain=experiment.optimizer == "sgd",
        has_dropout=experiment.dropout > 0,
    )


def step_words(report: UpdateReport, unit: int) -> str:
    """Say how long the steps of one unit's weights were, and what the learning rate has to do with it."""
    translate = QCoreApplication.translate
    low, middle, high = report.step.usual_steps(unit)
    if not math.isfinite(middle):
        return translate(
            "weights", "No weight of this unit has a gradient in this batch: none of the images excites it."
        )
    rate = _short(report.learning_rate)
    if report.is_plain:
        words = translate(
            "weights", "SGD: the step is the learning rate, {rate}, for every weight (measured: {middle})."
        )
        return fill(words, rate=rate, middle=_short(middle))
    if high - low <= _SAME * abs(middle):
        words = translate(
            "weights", "{optimizer} took a step of {middle} for every weight; the learning rate is {rate}."
        )
        return fill(words, optimizer=report.optimizer, middle=_short(middle), rate=rate)
    words = fill(
        translate(
            "weights",
            "{optimizer} scales the learning rate of {rate} for each weight: here the steps lie between {low} and"
            " {high}, with {middle} in the middle.",
        ),
        optimizer=report.optimizer,
        rate=rate,
        low=_short(low),
        high=_short(high),
        middle=_short(middle),
    )
    if np.isnan(report.step.step[:, unit]).any():
        grey = translate("weights", "Grey: no gradient there, so that no step can be read off.")
        return "\n".join((words, grey))
    return words


def sum_words(report: UpdateReport, unit: int, row: int, column: int) -> str:
    """Say the update of one weight in numbers; it belongs to the pixel in this row and column of the image."""
    translate, step, pixel = QCoreApplication.translate, report.step, row * SIDE + column
    after, before, taken, gradient, each = (
        float(values[pixel, unit]) for values in (step.after, step.before, step.taken, step.gradient, step.step)
    )
    lines = [
        fill(translate("weights", "Row {row}, column {column}:"), row=row, column=column),
        f"W0 = {spell_signed(before)}",
        fill(translate("weights", "gradient = {}"), spell_signed(gradient)),
        fill(translate("weights", "step = {}"), _short(each) if math.isfinite(each) else "–"),
        fill(translate("weights", "step · gradient = {}"), spell_signed(taken)),
        f"W1 = {spell_signed(after)}",
    ]
    if gradient == 0 and taken != 0:
        lines.append(translate("weights", "It moves although its gradient is 0: by the momentum of earlier updates."))
    return "\n".join(lines)


def _short(value: float) -> str:
    return spell_signed(value).removeprefix("+")
