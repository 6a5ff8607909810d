"""How one looks at the data; kept outside the page, which comes and goes."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mnist_lab.window.widgets.pictures.grid_look import GridLook


@dataclass(frozen=True, eq=False)
class SetPart:
    """A part of the set: its array's name, (n, 28, 28) uint8 images and (n,) uint8 labels."""

    name: str
    images: NDArray[np.uint8]
    labels: NDArray[np.uint8]


@dataclass
class BrowseLook:
    """Which images are looked at.

    Attributes:
        part: "train", "test" or "own".
        digit: 0 to 9, or None for all.
        refused: what was entered as an image's number and is none, as the sentence below the field says; None: nothing.
    """

    part: str = "train"
    digit: int | None = None
    refused: str | None = None


@dataclass(eq=False)
class DataLook:
    """What the page shows, and where one is in it.

    Attributes:
        browse: which images are looked at.
        part: they are of this part; None before there are any.
        grid: how one looks at them.
        prepared: how many steps of the preparation have been run.
        moved: how one looks at an image and its moved copies.
    """

    browse: BrowseLook = field(default_factory=BrowseLook)
    part: SetPart | None = None
    grid: GridLook = field(default_factory=GridLook)
    prepared: int = 0
    moved: GridLook = field(default_factory=GridLook)

    @property
    def image(self) -> NDArray[np.uint8] | None:
        """The chosen image, (28, 28) uint8; None where nothing is shown."""
        index = self.grid.selected
        return None if index is None else self.grid.images[index]

    @property
    def label(self) -> int | None:
        """Which digit that is, 0 to 9."""
        index = self.grid.selected
        return None if index is None or self.part is None else int(self.part.labels[index])
