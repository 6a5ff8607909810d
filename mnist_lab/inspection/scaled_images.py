"""A cache of the test images as the network receives them. No Qt."""

from threading import Lock

import numpy as np
from numpy.typing import NDArray

from mnist_lab.inspection.activations import Array
from mnist_lab.inspection.forward import scaled


class ScaledImages:
    """Caches the newest set of images; thread-safe."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._images: NDArray[np.uint8] | None = None
        self._scaled: Array | None = None

    def of(self, images: NDArray[np.uint8]) -> Array:
        """(n, 784) float32, 0 to 1, of (n, 28, 28) uint8 images; the same array for the same images."""
        with self._lock:
            if self._scaled is None or self._images is not images:
                self._images, self._scaled = images, scaled(images)
            return self._scaled
