"""What both One update tabs say of an update is so, for every optimizer of the registry."""

import re
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.update_step import UpdateStep, update_step
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.optimizers import OPTIMIZERS, OptimizerSpec
from mnist_lab.studies.update_numbers import compute_update
from mnist_lab.window.pages.descent.update.update_words import UpdateWords
from mnist_lab.window.pages.weights.update_report import UpdateReport, step_words, sum_words
from tests.studies.updates import BATCHES, IMAGES, LABELS, gradient_at, start, two_updates

UNIT = int(np.abs(gradient_at(start(), Experiment(), BATCHES[0])[0]).max(axis=0).argmax())
"""A unit that the images excite."""
BLACK = (0, 5)
UPDATE_STEP = 4
every_optimizer = pytest.mark.parametrize("spec", OPTIMIZERS, ids=lambda spec: spec.identifier)


@pytest.fixture
def words(qapp: QApplication) -> UpdateWords:
    return UpdateWords()


def _experiment(identifier: str, **fields: Any) -> Experiment:
    return Experiment(optimizer=identifier, learning_rate=0.001, hidden_units=(6,), **fields)


def _report(update: ObservedUpdate, experiment: Experiment) -> UpdateReport:
    images, labels = scaled(IMAGES[update.indices]), LABELS[update.indices]
    return UpdateReport(update_step(update.before, update.after, images, labels, 0, experiment.l2), update, experiment)


@every_optimizer
def test_each_tab_says_whether_weights_move_along_their_slope(words: UpdateWords, spec: OptimizerSpec) -> None:
    experiment = _experiment(spec.identifier)
    for update in two_updates(experiment):
        numbers = compute_update(update, experiment, IMAGES[update.indices], LABELS[update.indices], len(IMAGES))
        story, explained = words.story(UPDATE_STEP, numbers), step_words(_report(update, experiment), UNIT)
        can_move_along = spec.shrinks_weights({}) or (spec.follows_earlier_gradients({}) and update.before.updates > 0)
        assert (f"{numbers.along} of {numbers.weights:,} did" in story) == can_move_along
        assert ("against its slope" in story) == (not spec.follows_earlier_gradients({}))
        assert ("moved along their slope" in explained or "moved along its slope" in explained) == can_move_along
        counted = re.search(r"for (\d+) of this unit's 784 weights", explained)
        assert bool(counted) == can_move_along
        if counted:
            step = _report(update, experiment).step
            negative = np.count_nonzero(step.step[:, UNIT] < 0)
            assert negative - 8 <= int(counted[1]) <= negative, "all but those of a slope of rounding"


@pytest.mark.parametrize(
    ("identifier", "number", "fields", "says"),
    [
        ("adamw", 0, {}, "AdamW shrinks every weight (weight decay)."),
        ("adamw", 1, {}, "AdamW shrinks every weight (weight decay)."),
        ("adamw", 1, {"optimizer_settings": {"weight_decay": 0.0}}, ""),
        ("sgd_momentum", 1, {}, ""),
    ],
)
def test_a_black_pixels_weight_moves_by_what_moved_it(
    words: UpdateWords, identifier: str, number: int, fields: dict[str, Any], says: str
) -> None:
    experiment = _experiment(identifier, **fields)
    said = sum_words(_report(two_updates(experiment)[number], experiment), UNIT, *BLACK)
    assert "gradient = 0\nstep = –\n" in said
    assert ("although its gradient is 0" in said) == bool(says)
    assert says in said
    assert "momentum" not in said


def test_momentum_moves_a_weight_whose_pixel_was_inked_before(words: UpdateWords) -> None:
    experiment = _experiment("adam")
    update = two_updates(experiment)[1]
    step = _report(update, experiment).step
    gradient = step.gradient.copy()
    gradient[30] = 0  # as if the pixel were black in this batch
    still = UpdateStep(step.before, step.after, gradient, step.taken, step.step)
    said = sum_words(UpdateReport(still, update, experiment), UNIT, 1, 2)
    assert "by the gradients of earlier batches (momentum)" in said
    assert "decay" not in said


def test_the_numbers_of_one_weight_are_the_equation(words: UpdateWords) -> None:
    """To as many places that W0 − step · gradient = W1 can be followed."""
    experiment = _experiment("sgd").changed(learning_rate=0.5)
    said = sum_words(_report(two_updates(experiment)[0], experiment), UNIT, 10, 12)
    before, gradient, step, taken, after = (
        float(line.split(" = ")[1].replace("−", "-").replace(" × 10⁻⁵", "e-5")) for line in said.splitlines()[1:]
    )
    assert step == pytest.approx(0.5, rel=0.01)
    assert step * gradient == pytest.approx(taken, rel=0.01)
    assert before - taken == pytest.approx(after, abs=2e-7)


def test_a_range_of_steps_says_which_share_lies_in_it(words: UpdateWords) -> None:
    experiment = _experiment("rmsprop")
    report = _report(two_updates(experiment)[1], experiment)
    said = step_words(report, UNIT)
    low, high = (float(number) for number in re.findall(r"between ([\d.]+) and ([\d.]+)", said)[0])
    steps, sizes = report.step.step[:, UNIT], np.abs(report.step.gradient[:, UNIT])
    counted = steps[sizes >= 0.01 * sizes.max()]
    assert np.mean(counted < low * 0.995) <= 0.05
    assert np.mean(counted > high * 1.005) <= 0.05
    assert counted.min() < low * 0.99
    assert "nine in ten steps lie" in said
    assert "below 1\u00a0% of the unit's largest are not counted" in said


@pytest.mark.parametrize(
    ("difference", "says"),
    [(0.0, "0.250000, equal"), (2.0**-25, "0.250000000, by the engine 0.250000030: they differ by 3.0 × 10⁻⁸")],
)
def test_two_losses_differ_as_much_as_their_figures(words: UpdateWords, difference: float, says: str) -> None:
    experiment = _experiment("sgd")
    update = two_updates(experiment)[0]
    numbers = compute_update(update, experiment, IMAGES[update.indices], LABELS[update.indices], len(IMAGES))
    told = ObservedUpdate(
        numbers.update.before, numbers.update.after, numbers.update.indices, 0.01, 0.25 + difference, 0.5
    )
    changed = {name: getattr(numbers, name) for name in numbers.__dataclass_fields__}
    changed.update(update=told, loss=0.25, loss_difference=difference)
    assert says in words.agreement(type(numbers)(**changed))[0]


@pytest.mark.parametrize(("l2", "says"), [(0.0, "it is 0"), (0.01, "only the L2 penalty's part is left")])
def test_a_black_pixels_slope_is_0_only_without_a_penalty(words: UpdateWords, l2: float, says: str) -> None:
    experiment = _experiment("sgd", l2=l2)
    update = two_updates(experiment)[0]
    numbers = compute_update(update, experiment, IMAGES[update.indices], LABELS[update.indices], len(IMAGES))
    assert says in words.story(3, numbers)
    slopes = numbers.layers[0].gradient.kernel[:28]
    assert (not slopes.any()) == (l2 == 0)
