"""Which of the images that are trained on stand for all of them where the network is measured."""

import numpy as np
from numpy.typing import NDArray

_STREAM = 20_260_830
"""Its own: whatever a run is seeded with, its network is measured on the same images."""


def spread_sample(count: int, most: int) -> NDArray[np.intp]:
    """Choose at most `most` of `count` images: the same in every run, and spread evenly over all of them.

    The images are cut into as many parts of one size, and each part gives the one that is drawn from it. To take every
    fourth image would not do: where the digits come in the order 0, 1, 2, … that would leave out half of them.

    Args:
        count: images there are, at least 1.
        most: images wanted, at least 1.

    Returns:
        (k,) intp indices, ascending, each once; k is the smaller of both.
    """
    parts = min(count, most)
    edges = np.arange(parts + 1, dtype=np.intp) * count // parts
    return np.random.default_rng(_STREAM).integers(edges[:-1], edges[1:], dtype=np.intp)
