"""What the learner chose on the tabs of the Evaluate page: kept outside the widgets, so that it outlives them."""

from dataclasses import dataclass

from mnist_lab.inspection.robustness import Disturbance
from mnist_lab.studies.layer_map import Method


@dataclass
class GalleryChoice:
    """Which images the gallery of the tab Answers shows.

    Attributes:
        cell: true digit and answer whose images are shown; None for all mistakes.
        is_own: whether the learner's own digits are shown instead.
    """

    cell: tuple[int, int] | None = None
    is_own: bool = False

    @property
    def shown_cell(self) -> tuple[int, int] | None:
        """The cell whose images are shown now; None for all mistakes, and for the learner's own digits."""
        return None if self.is_own else self.cell


@dataclass
class ExampleChoice:
    """Which digit the tab Robustness shows disturbed, and how.

    Attributes:
        place: how many digits of the sample come before it.
        disturbance: what is done to it; None before a curve was pointed at.
        strength: how strongly.
    """

    place: int = 0
    disturbance: Disturbance | None = None
    strength: float = 0.0


@dataclass
class MapChoice:
    """Which layer the tab Map shows, and how it is mapped.

    Attributes:
        sizes: units of each layer of the network, output layer included; () while there is none.
        layer: 0 for the pixels, 1 for the first layer, and so on.
        method: "pca" or "tsne".
    """

    sizes: tuple[int, ...] = ()
    layer: int = 0
    method: Method = "pca"

    def set_sizes(self, sizes: tuple[int, ...]) -> None:
        """Choose among these layers: the same as before if there are as many, else the last hidden one."""
        if len(sizes) != len(self.sizes):
            self.layer = max(len(sizes) - 1, 0)
        self.sizes = sizes
