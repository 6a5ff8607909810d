"""Pictures of words that are best seen on a curve; every point of them is computed, or was recorded from a run."""

import numpy as np
from PySide6.QtCore import QCoreApplication

from mnist_lab.descent.functions import function_of
from mnist_lab.descent.path import descend
from mnist_lab.descent.update_rules import rule_of
from mnist_lab.inspection.share import Share
from mnist_lab.window.shell.help.recorded_run import COUNT, FORK_LOSSES, RIGHT, TEST_LOSSES, TRAINING_LOSSES
from mnist_lab.window.shell.help.sketch import Reals, Sketch
from mnist_lab.window.words import fill, spell, spell_fixed, spell_percent, spell_whole

_POINTS = 200
_GUESS = 0.1
"""The probability that a network which knows nothing gives to each digit."""


def _along(low: float, high: float) -> Reals:
    return np.linspace(low, high, _POINTS)


def relu(sketch: Sketch) -> None:
    """max(x, 0)."""
    x = _along(-3, 3)
    sketch.axes((-3, 3), (-0.8, 3), has_zero=True)
    sketch.curve(x, np.maximum(x, 0), sketch.palette.accent)
    sketch.dots((-2, 2), (0, 2), sketch.palette.accent)
    sketch.label(-2, 0.4, "max(−2, 0) = 0")
    sketch.label(1.9, 2, "max(2, 0) = 2", left=True)


def sigmoid(sketch: Sketch) -> None:
    """1 / (1 + e⁻ˣ)."""
    x = _along(-6, 6)
    sketch.axes((-6, 6), (-0.15, 1.1), has_zero=True)
    sketch.curve(x, 1 / (1 + np.exp(-x)), sketch.palette.accent)
    sketch.dots((0,), (0.5,), sketch.palette.accent)
    sketch.label(0, 0.5, QCoreApplication.translate("word_pictures", "0.5, and steepest: slope 0.25"))


def cross_entropy(sketch: Sketch) -> None:
    """−ln p, with what a guess costs."""
    p = np.linspace(0.01, 1, _POINTS)
    sketch.axes((0, 1), (0, 4.6))
    sketch.curve(p, -np.log(p), sketch.palette.accent)
    marks = np.array((_GUESS, 0.5, 0.9))
    sketch.dots(marks, -np.log(marks), sketch.palette.accent)
    for share, above, is_left in zip(marks, (0.25, 0.25, 0.6), (False, False, True), strict=True):
        cost = float(-np.log(share))
        sketch.label(share + 0.1 * is_left, cost + above, f"−ln {spell(share)} = {spell_fixed(cost, 3)}", left=is_left)


def gradient_descent(sketch: Sketch) -> None:
    """Steps of plain descent on x²."""
    _bowl(sketch)
    path = descend(function_of("bowl"), rule_of("sgd"), -3.0, 0.15, 12)
    sketch.curve(path.x, path.loss, sketch.palette.series[1], dashed=True)
    sketch.dots(path.x, path.loss, sketch.palette.series[1])


def learning_rate(sketch: Sketch) -> None:
    """Three rates on the same bowl: slow, straight in, and out."""
    palette = sketch.palette
    _bowl(sketch)
    words = QCoreApplication.translate
    for row, (rate, colour, says) in enumerate(
        (
            (0.03, palette.series[0], words("word_pictures", "0.03: slow")),
            (0.35, palette.series[2], words("word_pictures", "0.35: good")),
            (1.02, palette.series[1], words("word_pictures", "1.02: out of the bowl")),
        )
    ):
        path = descend(function_of("bowl"), rule_of("sgd"), -2.6, rate, 6)
        sketch.curve(path.x, path.loss, colour, dashed=True)
        sketch.dots(path.x, path.loss, colour)
        sketch.label(-0.9, 5.6 - 1.5 * row, says, colour)


def momentum(sketch: Sketch) -> None:
    """From the same start plain descent stops in the local minimum, and momentum goes through it."""
    function, palette, start = function_of("double_well"), sketch.palette, 3.4
    x = _along(-3.3, start)
    y = function.f(x)
    sketch.axes((-3.3, start + 0.1), (float(y.min()) - 0.5, float(y.max())))
    sketch.curve(x, y, palette.muted)
    words = QCoreApplication.translate
    for rule, settings, colour, says, at in (
        ("sgd", {}, palette.series[0], words("word_pictures", "plain: stops here"), (0.6, -2.9)),
        (
            "sgd_momentum",
            {"momentum": 0.95},
            palette.series[1],
            words("word_pictures", "momentum: goes on"),
            (-2.6, 1.2),
        ),
    ):
        path = descend(function, rule_of(rule), start, 0.02, 120, settings)
        sketch.dots(path.x, path.loss, colour, 3.0)
        sketch.label(*at, says, colour)


def local_minimum(sketch: Sketch) -> None:
    """A curve with several."""
    function = function_of("double_well")
    x = _along(-3.2, 3.2)
    y = function.f(x)
    sketch.axes((-3.2, 3.2), (float(y.min()) - 1.4, float(y.max())))
    sketch.curve(x, y, sketch.palette.accent)
    words = QCoreApplication.translate
    for side, says in (
        (x > 0, words("word_pictures", "local minimum")),
        (x < 0, words("word_pictures", "global minimum")),
    ):
        lowest = int(np.argmin(np.where(side, y, np.inf)))
        sketch.dots(x[lowest : lowest + 1], y[lowest : lowest + 1], sketch.palette.series[1], 4.5)
        sketch.label(float(x[lowest]) - 0.5, float(y[lowest]) - 0.8, says)


def derivative(sketch: Sketch) -> None:
    """A curve with its tangent, and the triangle of the slope."""
    function, at = function_of("double_well"), 2.6
    x = _along(1.2, 3.3)
    sketch.axes((1.2, 3.4), (-1.9, 2.4))
    sketch.curve(x, function.f(x), sketch.palette.muted)
    value, slope = function.value_at(at), function.slope_at(at)
    sketch.curve(x, value + slope * (x - at), sketch.palette.accent)
    sketch.curve((at, at + 0.4, at + 0.4), (value, value, value + 0.4 * slope), sketch.palette.series[1], dashed=True)
    sketch.dots((at,), (value,), sketch.palette.accent)
    says = QCoreApplication.translate("word_pictures", "slope")
    sketch.label(at - 0.05, value + 0.9, f"{says} {spell_fixed(slope, 2)}", left=True)


def linear_approximation(sketch: Sketch) -> None:
    """The gap between a curve and its line, near and far."""
    function, at = function_of("double_well"), 1.4
    x = _along(0.9, 3.0)
    value, slope = function.value_at(at), function.slope_at(at)
    sketch.axes((0.9, 3.0), (-3.4, 0.6))
    sketch.curve(x, function.f(x), sketch.palette.muted)
    sketch.curve(x, value + slope * (x - at), sketch.palette.accent)
    for epsilon in (0.3, 0.9):
        there = at + epsilon
        gap = function.value_at(there) - value - slope * epsilon
        sketch.curve((there, there), (value + slope * epsilon, function.value_at(there)), sketch.palette.series[1])
        words = QCoreApplication.translate("word_pictures", "ε = {epsilon}: error {error}")
        says = fill(words, epsilon=spell_fixed(epsilon, 1), error=spell_fixed(gap, 2))
        sketch.label(there - 0.25, value + slope * epsilon - 0.6, says, left=True)
    sketch.dots((at,), (value,), sketch.palette.accent)


def overfitting(sketch: Sketch) -> None:
    """The losses of a real run."""
    epochs = np.arange(1.0, len(TEST_LOSSES) + 1)
    palette, words = sketch.palette, QCoreApplication.translate
    sketch.axes((0.5, len(epochs) + 0.5), (0, 0.5))
    sketch.curve(epochs, TRAINING_LOSSES, palette.training)
    sketch.curve(epochs, TEST_LOSSES, palette.validation)
    sketch.dots(epochs, TEST_LOSSES, palette.validation, 2.5)
    sketch.label(12.5, 0.07, words("word_pictures", "loss on training digits"), palette.training)
    sketch.label(12.5, 0.32, words("word_pictures", "loss on test digits"), palette.validation)


def fork(sketch: Sketch) -> None:
    """A real run, and one that goes on from it with a lower learning rate."""
    epochs = np.arange(1.0, len(TEST_LOSSES) + 1)
    first = len(TEST_LOSSES) - len(FORK_LOSSES)
    palette, words = sketch.palette, QCoreApplication.translate
    sketch.axes((0.5, len(epochs) + 0.5), (0, 0.5))
    sketch.curve(epochs, TEST_LOSSES, palette.validation)
    sketch.curve(epochs[first:], FORK_LOSSES, palette.accent)
    sketch.dots(epochs[first : first + 1], FORK_LOSSES[:1], palette.accent)
    sketch.label(12.0, 0.32, words("word_pictures", "test loss of the parent"), palette.validation)
    fork_says = words("word_pictures", "its fork, with a lower learning rate")
    sketch.label(8.5, 0.08, fork_says, palette.accent)


def interval(sketch: Sketch) -> None:
    """The same share of right answers, of few images and of many."""
    share, palette = RIGHT / COUNT, sketch.palette
    sketch.axes((0.62, 1.0), (0, 3.6))
    for row, count in enumerate((50, COUNT, 10_000)):
        low, high = Share(round(share * count), count).interval()
        height = 3 - row
        sketch.curve((low, high), (height, height), palette.accent)
        sketch.dots((round(share * count) / count,), (height,), palette.accent)
        words = QCoreApplication.translate("word_pictures", "{count} images: {low} to {high}")
        says = fill(words, count=spell_whole(count), low=spell_percent(low), high=spell_percent(high))
        sketch.label(0.62, height, says)


def _bowl(sketch: Sketch) -> None:
    x = _along(-3.2, 3.2)
    sketch.axes((-3.2, 3.2), (-0.3, 10))
    sketch.curve(x, function_of("bowl").f(x), sketch.palette.muted)
