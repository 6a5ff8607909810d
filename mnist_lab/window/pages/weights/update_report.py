"""One gradient update in numbers and words."""

import math
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QCoreApplication

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.update_step import UpdateStep
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.window.pages.weight_sums import optimizer_name, sum_lines, why_it_moves
from mnist_lab.window.pages.weights.unit_view import SIDE
from mnist_lab.window.words import fill, rounded, spell, spell_percent, spell_signed, spell_whole

_SAME = 0.02
"""Steps that differ by less, as a share, are one step: what is left is the rounding of float32."""


@dataclass(frozen=True, eq=False)
class UpdateReport:
    """One update in numbers and words.

    Attributes:
        step: what it did to the first layer's kernel.
        update: the update itself.
        experiment: of its run.
    """

    step: UpdateStep
    update: ObservedUpdate
    experiment: Experiment

    @property
    def has_dropout(self) -> bool:
        """Whether the run uses dropout, which the gradient shown leaves out."""
        return self.experiment.dropout > 0

    @property
    def facts(self) -> str:
        """A sentence on the update: which one, on how many images, with which loss."""
        update = self.update
        words = QCoreApplication.translate(
            "weights", "Update {number}, a batch of {images} images: loss {loss}, accuracy {accuracy}."
        )
        return fill(
            words,
            number=spell_whole(update.before.updates + 1),
            images=spell_whole(len(update.indices)),
            loss=spell(rounded(update.loss, 4)),
            accuracy=spell_percent(update.accuracy),
        )


def step_words(report: UpdateReport, unit: int) -> str:
    """Say how long the steps of one unit's weights were, and what the learning rate has to do with it."""
    low, middle, high = report.step.usual_steps(unit)
    if not math.isfinite(middle):
        return QCoreApplication.translate(
            "weights", "No weight of this unit has a gradient in this batch: none of the images excites it."
        )
    words = fill(
        _template(report, is_one_step=high - low <= _SAME * abs(middle)),
        optimizer=optimizer_name(report.experiment),
        rate=_short(report.update.learning_rate),
        low=_short(low),
        middle=_short(middle),
        high=_short(high),
        along=spell_whole(report.step.moved_along(unit)),
        weights=spell_whole(len(report.step.step)),
    )
    if np.isnan(report.step.step[:, unit]).any():
        grey = QCoreApplication.translate("weights", "Grey: no gradient there, so that no step can be read off.")
        return f"{words}\n{grey}"
    return words


def _template(report: UpdateReport, *, is_one_step: bool) -> str:
    """The sentence on the steps, with places for the numbers."""
    translate, experiment = QCoreApplication.translate, report.experiment
    spec, settings = optimizer_spec(experiment.optimizer), experiment.optimizer_settings
    if spec.is_plain(settings):
        return translate(
            "weights", "SGD: the step is the learning rate, {rate}, for every weight (measured: {middle})."
        )
    has_earlier = spec.follows_earlier_gradients(settings) and report.update.before.updates > 0
    shrinks = spec.shrinks_weights(settings)
    if has_earlier or shrinks:
        return " ".join(_mixed_parts(has_earlier=has_earlier, shrinks=shrinks, is_counted=not report.has_dropout))
    if is_one_step:
        return translate(
            "weights", "{optimizer} took a step of {middle} for every weight; the learning rate is {rate}."
        )
    return translate(
        "weights",
        "{optimizer} scales the learning rate of {rate} for each weight: nine in ten steps lie between {low} and"
        " {high}, the median is {middle}. Weights whose gradient is below 1\u00a0% of the unit's largest are not"
        " counted.",
    )


def _mixed_parts(*, has_earlier: bool, shrinks: bool, is_counted: bool) -> list[str]:
    """What else than this batch's gradient moves the weights, and so what a step is here."""
    translate = QCoreApplication.translate
    parts = []
    if has_earlier:
        parts.append(translate("weights", "{optimizer} also follows the gradients of earlier batches."))
    if shrinks:
        parts.append(translate("weights", "{optimizer} also shrinks every weight a little (weight decay)."))
    parts.append(
        translate(
            "weights",
            "So the step shown is only what was subtracted, divided by this batch's gradient; the median is {middle},"
            " the learning rate {rate}.",
        )
    )
    if is_counted:
        parts.append(
            translate(
                "weights",
                "It is negative where a weight moved along its slope, not against it: for {along} of this unit's"
                " {weights} weights.",
            )
        )
    return parts


def sum_words(report: UpdateReport, unit: int, row: int, column: int) -> str:
    """Say the update of one weight in numbers; it belongs to the pixel in this row and column of the image."""
    weight = report.step.weight(row * SIDE + column, unit)
    place = fill(QCoreApplication.translate("weights", "Row {row}, column {column}:"), row=row, column=column)
    why = why_it_moves(weight, report.update, report.experiment)
    return "\n".join([place, *sum_lines(weight), *([why] if why else [])])


def _short(value: float) -> str:
    return spell_signed(value).removeprefix("+")
