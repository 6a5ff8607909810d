"""Selection and scroll positions of the “Inside” tab, which outlive its widgets."""

from dataclasses import dataclass, field

MOST_LAYERS = 5


@dataclass(eq=False)
class BarLook:
    """Which bar is selected, and how far one has scrolled.

    Attributes:
        selected: the unit, from 0; None: none.
        scrolled: the place of the first bar in view.
    """

    selected: int | None = None
    scrolled: int = 0


@dataclass(eq=False)
class InsideLook:
    """Which unit is taken apart, and how its surroundings are looked at.

    Attributes:
        unit: layer and unit, from 0; None: the output unit with the largest probability.
        layers: the bars of each layer.
        inputs: the bars of the unit's inputs.
    """

    unit: tuple[int, int] | None = None
    layers: tuple[BarLook, ...] = field(default_factory=lambda: tuple(BarLook() for _ in range(MOST_LAYERS)))
    inputs: BarLook = field(default_factory=BarLook)
