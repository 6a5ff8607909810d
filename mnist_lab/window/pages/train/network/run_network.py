"""What flows through the network looked at, for a training image or the batch of an update; outlives the page."""

from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QObject

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.batches import images_trained_on
from mnist_lab.network.events import ObservedUpdate
from mnist_lab.studies.flow_case import FlowChoice, Flows, Targets, flows_of
from mnist_lab.window.state.derived import Derived
from mnist_lab.window.widgets.network.network_look import NetworkLook
from mnist_lab.work import JobHandle

_REST_MILLISECONDS = 100
"""Between two pictures: ten a second, and none of them keeps the run waiting."""


@dataclass(frozen=True, eq=False)
class RunFlowCase:
    """What is to be computed.

    Attributes:
        weights: the network.
        experiment: of its run, or of the next one.
        digits: with the labels that are trained on.
        choice: what is to be shown.
        learning_rate: for the step.
        image: the number of a training image; without meaning where there is an update.
        update: the update whose batch goes through; None: it is one image.
        is_live: whether the network goes on learning.
    """

    weights: NetworkWeights
    experiment: Experiment
    digits: Digits
    choice: FlowChoice
    learning_rate: float
    image: int
    update: ObservedUpdate | None
    is_live: bool


class RunNetwork(QObject):
    """Computes off the window's thread, ten times a second at most, while somebody watches.

    Attributes:
        look: how one looks at it.
        flows: what flows.
    """

    def __init__(self, lab: QObject) -> None:
        """`lab` owns the jobs."""
        super().__init__(lab)
        self.look = NetworkLook()
        self.flows: Derived[RunFlowCase, Flows] = Derived(lab, _compute, rest_milliseconds=_REST_MILLISECONDS)


def _compute(case: RunFlowCase, _handle: JobHandle) -> Flows:
    indices = np.array([case.image]) if case.update is None else case.update.indices
    images, labels = images_trained_on(case.experiment, case.digits, indices)
    after = None if case.update is None else case.update.after
    targets = Targets(labels, case.learning_rate, case.experiment.l2, after)
    return flows_of(case.weights, scaled(images), case.choice, targets)
