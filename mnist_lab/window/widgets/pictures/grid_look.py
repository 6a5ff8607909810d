"""What one looks at in a grid of pictures; kept outside the grid, which comes and goes with its page."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

SIDE = 28
NO_PICTURES: NDArray[np.uint8] = np.empty((0, SIDE, SIDE), np.uint8)


@dataclass(eq=False)
class GridLook:
    """The pictures, which of them is chosen, and how far one has scrolled.

    Attributes:
        images: (n, 28, 28) uint8, 0 (paper) to 255 (ink), not copied.
        indices: (k,) which of them are shown, in this order.
        place: of the chosen picture among those shown, from 0.
        scrolled: from the first row, in logical pixels.
        choices: how often one was chosen, by mouse, by keys or by its number.
    """

    images: NDArray[np.uint8] = field(default_factory=lambda: NO_PICTURES)
    indices: NDArray[np.intp] = field(default_factory=lambda: np.empty(0, np.intp))
    place: int = 0
    scrolled: int = 0
    choices: int = 0

    @property
    def selected(self) -> int | None:
        """Index into `images` of the chosen picture; None where nothing is shown."""
        return int(self.indices[self.place]) if len(self.indices) else None

    def set_pictures(self, images: NDArray[np.uint8], indices: NDArray[np.integer]) -> bool:
        """Take over other pictures, and begin at the first of them; False if they are the same ones."""
        if images is self.images and np.array_equal(indices, self.indices):
            return False
        self.images, self.indices = images, indices.astype(np.intp)
        self.place = self.scrolled = 0
        return True
