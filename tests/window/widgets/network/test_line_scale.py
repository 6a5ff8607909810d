"""What is read has a scale of its own where it carries much less than others: a pixel, or a unit of a quiet layer."""

import numpy as np
import pytest

from mnist_lab.inspection.weights import DenseWeights
from mnist_lab.studies.flow_case import FlowChoice, flows_of
from mnist_lab.window.widgets.network.line_scale import following, own_limit, rounded_up
from mnist_lab.window.widgets.network.lit_network import lit_network
from mnist_lab.window.widgets.network.network_spots import Spot
from tests.inspection.networks import network, some_images


def test_a_limit_holds_the_size_and_does_not_flicker() -> None:
    assert [rounded_up(size) for size in (0.0, 0.2341, 0.23, 9.91, 3.2e-7)] == [0.0, 0.24, 0.23, 10.0, 3.2e-7]
    assert following(1.0, 0.5) == 1.0
    assert following(1.0, 1.01) == 1.1
    assert following(1.0, 0.3) == 0.3


def test_what_a_pixel_carries_is_seen_on_its_own_scale() -> None:
    flow = flows_of(network(784, 20, 12, 10), some_images(1), FlowChoice(places=(6, 5))).forward
    lit = lit_network(flow, None)
    pixel = int(np.argmax(flow.image))
    limit = own_limit(flow, lit, Spot(0, pixel), lit.size)
    largest = np.abs(flow.from_pixel(pixel)).max()
    assert largest <= limit <= largest * 1.11
    assert own_limit(flow, lit, None, lit.size) == lit.size
    assert own_limit(flow, lit, Spot(0, -1), lit.size) == lit.size, "the whole picture has only bundles"


@pytest.mark.parametrize("factor", [0.02, 1.0])
def test_a_unit_of_a_quiet_layer_is_seen_on_its_own_scale(factor: float) -> None:
    weights = network(784, 20, 12, 10)
    first, second, third = weights.layers
    quiet = DenseWeights(second.kernel * np.float32(factor), second.bias)
    changed = type(weights)((first, quiet, third), weights.activation, weights.updates)
    flow = flows_of(changed, some_images(1), FlowChoice(places=(6, 5))).forward
    lit, spot = lit_network(flow, None), Spot(1, 0)
    largest = float(np.abs(flow.layers[1].lines[0]).max())
    limit = own_limit(flow, lit, spot, lit.size)
    assert limit >= largest
    assert (limit < lit.size) == (largest < 0.45 * lit.size)
    if factor < 1:
        assert limit <= largest * 1.11
