"""Which gradient updates a program does, where those are not all of its epochs at one learning rate."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Stretch:
    """Consecutive gradient updates of a run.

    Attributes:
        begin: how many were made before, counted from the start of epoch 1.
        end: how many there are after the last; None: all of the experiment's epochs.
        rates: learning rates that were set while it went on: each by the optimizer's iterations before the first update
            that was made with it.
        start: absolute path of an .npz file with the variables of network and optimizer after `begin` updates, in
            Keras's order; None where the network has its initial weights.
    """

    begin: int = 0
    end: int | None = None
    rates: Mapping[int, float] = field(default_factory=dict)
    start: Path | None = None


ALL_EPOCHS = Stretch()
"""Of the experiment, from its initial weights on."""
