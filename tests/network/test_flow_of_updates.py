"""The picture of the network for an update looked at closely: its step is the one that was made, by every optimizer."""

from typing import Any

import numpy as np
import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.network.batches import images_trained_on
from mnist_lab.network.control import Control
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.optimizers import OPTIMIZERS
from mnist_lab.studies.flow_case import FlowChoice, Targets, flows_of
from tests.network.runs import PLAIN, SMALL, made_up_digits, run

pytestmark = pytest.mark.keras
_ONE_EPOCH = SMALL.changed(epochs=1)


def last_update(experiment: Experiment) -> ObservedUpdate:
    control = Control()
    run(experiment, made_up_digits(), PLAIN, control)
    update = control.take_update()
    assert update is not None
    return update


@pytest.mark.parametrize(
    "settings",
    [*({"optimizer": one.identifier, "l2": 0.01} for one in OPTIMIZERS), {"optimizer": "sgd", "dropout": 0.25}],
    ids=str,
)
def test_the_step_is_that_of_the_optimizer_and_the_slopes_those_of_the_loss(settings: dict[str, Any]) -> None:
    experiment = _ONE_EPOCH.changed(**settings)
    update = last_update(experiment)
    images, labels = images_trained_on(experiment, made_up_digits(), update.indices)
    targets = Targets(labels, update.learning_rate, experiment.l2, update.after)
    flows = flows_of(update.before, scaled(images), FlowChoice(places=(8,)), targets)
    back, shown = flows.back, flows.forward.layers[0].units
    assert back is not None
    assert back.is_made
    moved = [
        after.kernel - before.kernel for before, after in zip(update.before.layers, update.after.layers, strict=True)
    ]
    np.testing.assert_array_equal(back.tile_moves, moved[0][:, shown])
    np.testing.assert_array_equal(back.layers[1].moves, moved[1][shown].astype(np.float64))
    gradient = batch_gradient(update.before, scaled(images), labels, experiment.l2)
    np.testing.assert_allclose(back.tile_gradients, gradient.layers[0].kernel[:, shown], atol=1e-6)
    np.testing.assert_allclose(back.layers[1].gradients, gradient.layers[1].kernel[shown], atol=1e-6)
    if not experiment.dropout:
        assert back.loss + back.penalty == pytest.approx(update.loss, abs=1e-5), "the engine's own"
    if experiment.optimizer == "sgd" and not experiment.dropout:
        np.testing.assert_allclose(back.tile_moves, -update.learning_rate * back.tile_gradients, atol=1e-6)
