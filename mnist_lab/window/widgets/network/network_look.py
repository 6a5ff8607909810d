"""How one looks at a network: what is held, which units are shown, where the light is; outlives the widgets."""

from dataclasses import dataclass, field

from mnist_lab.inspection.flow.mattering import Indices
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
        walked: how many stages of the light were seen forward, and back, since the lab was opened.
    """

    held: Spot | None = None
    held_unit: int | None = None
    shown: tuple[Indices, ...] = ()
    light: NetworkLight = field(default_factory=NetworkLight)
    walked: tuple[int, int] = (0, 0)
