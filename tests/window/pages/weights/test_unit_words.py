"""What is said of a unit is so for each activation."""

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from mnist_lab.inspection.activations import ACTIVATION_FUNCTIONS
from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.units import unit_activity
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window.pages.weights.unit_words import UnitReport, least_words, unit_facts
from mnist_lab.window.words import spell_percent, spell_signed
from tests.inspection.networks import network, some_images


@pytest.mark.parametrize("activation", ACTIVATION_FUNCTIONS)
def test_inactive_is_said_with_what_it_means_and_only_where_a_unit_rests(qapp: QApplication, activation: str) -> None:
    first, last = network(784, 1, 10).layers
    quiet = DenseWeights(first.kernel, first.bias - 4 * np.float32(first.kernel.std() * 9))
    weights, images = NetworkWeights((quiet, last), activation, 3), some_images(60)
    activity = unit_activity(weights, 0, images, lambda: False)
    assert activity is not None
    words = unit_facts(weights, 0, UnitReport(0, activity, images))
    outputs, sums = trace(weights, images)[0].outputs[:, 0], trace(weights, images)[0].sums[:, 0]
    rest = ACTIVATION_FUNCTIONS[activation].rest
    assert ("Inactive, its output" in words) == (rest != "none")
    assert ("its output 0, for" in words) == (rest == "zero")
    assert ("at most 0.01 from 0" in words) == (rest == "near")
    expected = {
        "zero": spell_percent(float(np.mean(outputs == 0))),
        "near": spell_percent(float(np.mean((np.abs(outputs) <= 0.01) & (sums <= 0)))),
        "none": f"Mean output for the test digits {spell_signed(float(outputs.mean(dtype=np.float64)))}.",
    }
    assert expected[rest] in words
    least = activity.least_of(0)
    if rest == "none":
        np.testing.assert_array_equal(np.sort(sums[least]), np.sort(sums)[:9])
    assert least_words(rest) == {"zero": "leave it at 0", "near": "leave it near 0"}.get(rest, "excite it least")


def test_before_the_digits_were_asked(qapp: QApplication) -> None:
    assert unit_facts(network(784, 3, 10), 0, None).endswith("Asking the test digits …")
