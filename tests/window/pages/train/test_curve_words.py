"""The words say what the curve shows, no more and no less."""

import numpy as np
import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from mnist_lab.window.pages.train.curve_words import CurveData, CurveWords


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


@pytest.mark.parametrize(
    ("value", "loss", "accuracy"),
    [
        (0.1823, "0.182", "18.2\u00a0%"),
        (0.0, "0.000", "0.0\u00a0%"),
        (0.00012, "0.00012", "0.0\u00a0%"),
        (0.00003, "3.0 × 10⁻⁵", "0.0\u00a0%"),
        (123456.0, "1.2 × 10⁵", "12,345,600.0\u00a0%"),
        (np.nan, "not a number", "not a number"),
        (-np.inf, "infinite", "infinite"),
    ],
)
def test_values_are_spelled(owner: QObject, value: float, loss: str, accuracy: str) -> None:
    assert CurveWords(CurveData("loss"), owner).spell(value) == loss
    assert CurveWords(CurveData("accuracy"), owner).spell(value) == accuracy


def test_readout_without_a_known_epoch(owner: QObject) -> None:
    data = CurveData("loss", values=np.array([1.0, 0.5], np.float32))
    assert CurveWords(data, owner).readouts(None) == ("batch 2 · loss 0.500", "batch 2 · 0.500", "batch 2 · 0.500")
    assert CurveWords(data, owner).readouts(0)[0] == "batch 1 · loss 1.000"
    assert CurveWords(CurveData("loss"), owner).readouts(None) == ("",)


def test_last_batch_of_an_epoch_ends_it(owner: QObject) -> None:
    data = CurveData("loss", values=np.ones(938, np.float32), updates_per_epoch=469)
    words = CurveWords(data, owner)
    assert words.readouts(468)[0] == "epoch 1.00 · batch 469 · loss 1.000"
    assert words.readouts(469)[0] == "epoch 1.00 · batch 1 · loss 1.000"
    assert words.readouts(937)[0] == "epoch 2.00 · batch 469 · loss 1.000"


def test_validation_stands_with_the_batch_that_ends_its_epoch(owner: QObject) -> None:
    data = CurveData(
        "loss",
        values=np.full(938, 0.182, np.float32),
        validation_updates=np.array([469.0, 938.0]),
        validation_values=np.array([0.25, 0.201]),
        updates_per_epoch=469,
    )
    words = CurveWords(data, owner)
    assert words.readouts(None)[0] == "epoch 2.00 · batch 469 · loss 0.182 · test 0.201"
    assert words.readouts(468)[1:] == (
        "epoch 1.00 · batch 469 · 0.182 · test 0.250",
        "epoch 1.00 · batch 0.182 · test 0.250",
    )
    assert "test" not in words.readouts(467)[0] + words.readouts(469)[0]
    assert words.readouts(469, is_moment=True) == (
        "update 469 · loss 0.182 · test 0.250",
        "update 469 · batch 0.182 · test 0.250",
        "update 469 · batch 0.182 · test 0.250",
    ), "of the network after so many updates, as the diamond there"
    assert "test" not in words.readouts(468, is_moment=True)[0] + words.readouts(0, is_moment=True)[0]
    data.rates = ((0, 0.001), (400, 0.01))
    assert words.readouts(468)[-2:] == (
        "epoch 1.00 · batch 0.182 · test 0.250 · rate 0.01",
        "epoch 1.00 · batch 0.182 · test 0.250",
    ), "rather without the rate than cut off"


def test_a_moment_is_read_by_the_batch_that_led_there(owner: QObject) -> None:
    """As “One update” and the sign say it: update 2 is made by the second batch."""
    words = CurveWords(CurveData("loss", np.array([3, 2, 1], np.float32), rates=((0, 0.1), (2, 0.01))), owner)
    assert words.readouts(0, is_moment=True)[0] == "update 0 · before the first update"
    assert words.readouts(1, is_moment=True)[0] == "update 1 · loss 3.000 · rate 0.1"
    assert words.readouts(2, is_moment=True)[0] == "update 2 · loss 2.000 · rate 0.1"


def test_an_accuracy_is_never_called_infinite(owner: QObject) -> None:
    data = CurveData("accuracy", values=np.array([0.1, 0.1], np.float32), divergence=1, updates_per_epoch=469)
    assert CurveWords(data, owner).end() == "the loss is not finite from batch 2 on"


def test_sentence_names_first_last_best_and_validation(owner: QObject) -> None:
    data = CurveData(
        "accuracy",
        values=np.array([0.1, np.nan, 0.9, 0.8], np.float32),
        validation_updates=np.array([4.0]),
        validation_values=np.array([0.85]),
        total_updates=8,
        updates_per_epoch=4,
    )
    assert CurveWords(data, owner).description() == (
        "Accuracy over 4 of 8 gradient updates: "
        "from 10.0\u00a0% to 80.0\u00a0%; highest 90.0\u00a0% at update 3; test 85.0\u00a0%."
    )


def test_sentence_without_any_number(owner: QObject) -> None:
    data = CurveData("loss", values=np.array([np.nan], np.float32), divergence=0)
    assert CurveWords(data, owner).description() == (
        "Loss over 1 gradient updates: from not a number to not a number; the loss is not finite from batch 1 on."
    )
