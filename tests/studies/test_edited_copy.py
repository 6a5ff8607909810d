"""Edits are made on a copy, can be taken back, and never touch the network they began with."""

import numpy as np
import pytest

from mnist_lab.inspection.edits import Prune, ScaleUnit, SetWeight, ShiftBias, SwitchOff
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.evaluation import evaluate_scaled
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.edited_copy import EditCase, EditedCopy, EditJudge
from tests.inspection.networks import network, some_images

EDITS = (SwitchOff(0, 1), ScaleUnit(0, 2, 3.0), ShiftBias(1, 4, 0.5), SetWeight(0, 100, 3, 9.0), Prune(50.0))


def same(first: NetworkWeights | None, second: NetworkWeights | None) -> bool:
    assert first is not None
    assert second is not None
    return all(
        np.array_equal(one.kernel, other.kernel) and np.array_equal(one.bias, other.bias)
        for one, other in zip(first.layers, second.layers, strict=True)
    )


def test_every_edit_changes_the_copy_and_never_its_base() -> None:
    base, untouched = network(784, 8, 10), network(784, 8, 10)
    copy = EditedCopy()
    copy.reset(base)
    for edit in EDITS:
        before = copy.weights
        copy.apply(edit)
        assert not same(copy.weights, before), edit
        assert copy.base is base
        assert same(base, untouched), edit
    assert copy.edits == list(EDITS)


def test_undo_takes_one_edit_back_after_the_other() -> None:
    copy = EditedCopy()
    copy.reset(network(784, 8, 10))
    states = []
    for edit in EDITS:
        states.append(copy.weights)
        copy.apply(edit)
    for state in reversed(states):
        copy.undo()
        assert same(copy.weights, state)
    copy.undo()  # nothing is left to take back
    assert copy.edits == []
    assert same(copy.weights, copy.base)


def test_an_edit_that_cannot_be_made_leaves_the_copy_as_it_was() -> None:
    copy = EditedCopy()
    copy.reset(network(784, 8, 10))
    copy.apply(EDITS[0])
    before = copy.weights
    with pytest.raises(InspectionError):
        copy.apply(SwitchOff(0, 8))
    assert copy.weights is before
    assert len(copy.edits) == 1


def test_without_a_network_nothing_is_edited() -> None:
    copy = EditedCopy()
    copy.apply(EDITS[0])
    copy.undo()
    assert copy.weights is None
    assert copy.edits == []


def test_the_judge_gives_what_an_evaluation_gives_and_asks_the_base_once() -> None:
    images, labels = some_images(2_500), np.arange(2_500, dtype=np.uint8) % 10
    copy, judge, calls = EditedCopy(), EditJudge(), []
    copy.reset(network(784, 8, 10))
    assert copy.base is not None

    def make_images() -> np.ndarray:
        calls.append(1)
        return images

    for edit in EDITS:
        copy.apply(edit)
        assert copy.weights is not None
        result = judge.judge(EditCase(copy.base, copy.weights, make_images, labels), lambda: False)
        for evaluation, weights in ((result.before, copy.base), (result.after, copy.weights)):
            expected = evaluate_scaled(weights, images, labels, lambda: False)
            np.testing.assert_array_equal(evaluation.probabilities, expected.probabilities)
        assert result.points.shape == (10,)
    assert len(calls) == 1 + len(EDITS)


def test_a_copy_without_edits_is_as_good_as_its_base() -> None:
    base, labels = network(784, 8, 10), np.arange(20, dtype=np.uint8) % 10
    result = EditJudge().judge(EditCase(base, base, lambda: some_images(20), labels), lambda: False)
    assert result.after is result.before
    assert (result.points == 0).all()


def test_a_cancelled_judgement_has_no_result() -> None:
    base, labels = network(784, 8, 10), np.arange(20, dtype=np.uint8) % 10
    assert EditJudge().judge(EditCase(base, base, lambda: some_images(20), labels), lambda: True) is None
