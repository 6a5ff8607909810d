"""What the learner chose on the tabs of the Weights page: kept outside the widgets, so that it outlives them."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray


@dataclass
class UnitsChoice:
    """Which unit of the first layer is open, and the order in which all units stand.

    Attributes:
        source_id: the run or kept network that they belong to; "" before any.
        unit: number of the open unit.
        opened: how often one was opened, also one that was open.
        sorted_by: what the units were sorted by ("index", "norm", "drawing", or a digit); None: not yet sorted.
        order: (units,) the units in this order, as the weights were then; None: by number.
        drawing: (784,) float32, the newest drawing; None: the pad is empty.
    """

    source_id: str = ""
    unit: int = 0
    opened: int = 0
    sorted_by: str | int | None = None
    order: NDArray[np.intp] | None = None
    drawing: NDArray[np.float32] | None = None
    _cache_key: tuple[str, int] = field(default=("", 0), init=False, repr=False)

    @property
    def cache_key(self) -> tuple[str, int]:
        """Network and unit that a result belongs to; the same object as long as they stay."""
        key = (self.source_id, self.unit)
        if key != self._cache_key:
            self._cache_key = key
        return self._cache_key

    def forget_order(self) -> None:
        """Let the units be sorted anew."""
        self.sorted_by, self.order = None, None


@dataclass
class LayerChoice:
    """Which layer is looked at.

    Attributes:
        sizes: units of each layer of the network, output layer included; () while there is none.
        layer: from 0.
    """

    sizes: tuple[int, ...] = ()
    layer: int = 0

    def set_sizes(self, sizes: tuple[int, ...]) -> None:
        """Choose among these layers: the output layer, since units have a tab of their own."""
        self.sizes, self.layer = sizes, max(len(sizes) - 1, 0)


@dataclass
class EditFields:
    """What the form of an edit says.

    Attributes:
        shapes: inputs and units of each layer; () while there is no network.
        kind: what is done: "off", "scale", "bias", "weight" or "prune".
        layer: from 0.
        unit: from 0.
        input: of the weight that is set, from 0.
        amount: factor, summand or new weight.
        percent: how many of all weights are pruned.
        proposed_unit: the unit that was last proposed by another tab.
        kept_id: the network that was kept last; "" before any.
    """

    shapes: tuple[tuple[int, int], ...] = ()
    kind: str = "off"
    layer: int = 0
    unit: int = 0
    input: int = 0
    amount: float = 0.0
    percent: float = 50.0
    proposed_unit: int = 0
    kept_id: str = ""
