"""A network and some pictures, and what is to be shown of them; computed at once or in a job. No Qt."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.flow.backward_flow import BackwardFlow, backward_flow
from mnist_lab.inspection.flow.mattering import Asked, Indices
from mnist_lab.inspection.flow.network_flow import NetworkFlow, network_flow, shown_units
from mnist_lab.inspection.forward import LayerTrace, trace
from mnist_lab.inspection.weights import NetworkWeights


@dataclass(frozen=True, eq=False)
class Targets:
    """What the way back begins with.

    Attributes:
        labels: (n,) the right digits of the pictures.
        learning_rate: for the step.
        l2: factor of the run's penalty.
        after: the network that the update led to; None: none was made.
    """

    labels: NDArray[np.integer]
    learning_rate: float
    l2: float = 0.0
    after: NetworkWeights | None = None


@dataclass(frozen=True)
class FlowChoice:
    """What is to be shown.

    Attributes:
        output: for which digit units are to matter; None: the answer.
        against: the digit it is laid against; None: none. The same digit counts as none.
        places: how many units of each hidden layer there is room for, in a network of so many.
        before: the units that were shown until now, of each hidden layer by place.
        kept: layer and index of a unit that stays in any case; None: none.
    """

    output: int | None = None
    against: int | None = None
    places: tuple[int, ...] = ()
    before: tuple[Indices, ...] = ()
    kept: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class Flows:
    """What flows forward and, where the right digits are known, back."""

    forward: NetworkFlow
    back: BackwardFlow | None

    @property
    def right(self) -> int | None:
        """The right digit of the one picture; None where it is not known, or where there are several pictures."""
        back = self.back
        return None if back is None or back.pictures > 1 else int(np.argmax(back.targets))


def flows_of(
    weights: NetworkWeights,
    images: Array,
    choice: FlowChoice,
    targets: Targets | None = None,
    traces: tuple[LayerTrace, ...] = (),
) -> Flows:
    """Everything that is shown of a network and some pictures.

    Args:
        weights: the copied network.
        images: (n, 784) float32, 0 to 1; n is 1 or more.
        choice: what is to be shown.
        targets: for the way back; None: there is none.
        traces: what `trace` gives for the images, where it is at hand.
    """
    passed = traces or trace(weights, images)
    asked = asked_for(choice, passed)
    places = choice.places or (1,) * (len(weights.layers) - 1)
    shown = shown_units(weights, passed, asked, places, choice.before, choice.kept)
    back = None
    if targets is not None:
        rate = targets.learning_rate
        back = backward_flow(weights, passed, targets.labels, shown, rate, l2=targets.l2, after=targets.after)
    return Flows(network_flow(weights, passed, asked, shown), back)


def asked_for(choice: FlowChoice, traces: tuple[LayerTrace, ...]) -> Asked:
    """For what units are to matter: the digits that are chosen, else the most probable one on the average."""
    output = choice.output
    if output is None:
        shares = np.nan_to_num(traces[-1].outputs.mean(axis=0, dtype=np.float64))
        output = int(np.argmax(shares))
    return Asked(output, None if choice.against == output else choice.against)
