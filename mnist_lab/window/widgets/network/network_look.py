"""How one looks at a network: what is held, which units are shown, where the light is; outlives the widgets."""

from dataclasses import dataclass, field

from mnist_lab.inspection.flow.mattering import Indices
from mnist_lab.studies.flow_case import Flows
from mnist_lab.window.widgets.network.network_light import NetworkLight
from mnist_lab.window.widgets.network.network_spots import Spot


@dataclass(eq=False)
class NetworkLook:
    """What stays when the picture is built anew.

    Attributes:
        held: what stays lit; None: nothing.
        held_unit: the index of the unit that is held; None: it is none.
        shown: the units of each hidden layer that were shown last, by place.
        light: the light that runs through.
        ends: how often the light has come to its last stage, forward and back.
        loss: the loss where it last began to go back, and the probability of the right digit; None before.
    """

    held: Spot | None = None
    held_unit: int | None = None
    shown: tuple[Indices, ...] = ()
    light: NetworkLight = field(default_factory=NetworkLight)
    ends: tuple[int, int] = (0, 0)
    loss: tuple[float, float] | None = None

    def count(self, flows: Flows) -> None:
        """Note that the light has come to another stage."""
        stage, (forward, back) = self.light.stage, self.ends
        if stage is not None and stage.kind == "loss" and flows.back is not None:
            self.loss = flows.back.loss, flows.back.right
        if self.light.is_last:
            self.ends = (forward, back + 1) if self.light.way == "back" else (forward + 1, back)
