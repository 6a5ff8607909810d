"""How one looks at weight tiles; kept outside them, since they come and go with their page."""

from dataclasses import dataclass


@dataclass
class TileLook:
    """The scale, the zoom, and the selected unit.

    Attributes:
        limit: weight of the strongest colour; it only grows until a new run begins, or one looks at an earlier moment.
        updates: gradient updates behind the network that is shown.
        units: how many units `selected` is one of.
        selected: number of the selected unit.
        zoom: how many times larger than needed to show as many units as there is room for, from 1.
    """

    limit: float = 0.0
    updates: int = 0
    units: int = 0
    selected: int = 0
    zoom: int = 1
