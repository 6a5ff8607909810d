"""A surface known on a grid only, such as a slice of a real network's loss."""

from collections.abc import Callable

import numpy as np

from mnist_lab.descent.functions import Reals
from mnist_lab.descent.surfaces import Surface

_LEAST = 4
"""Grid lines each way that a bicubic spline needs."""


def sampled_surface(
    identifier: str,
    label: str,
    formula: str,
    teaches: str,
    x: Reals,
    y: Reals,
    values: Reals,
    start: tuple[float, float],
    rate: float,
) -> Surface:
    """A smooth surface through measured values: SciPy's bicubic spline. Between the grid's points it is approximate.

    Args:
        identifier: its name.
        label: words for the choice.
        formula: what is shown for f(x, y).
        teaches: a sentence.
        x: (n,) ascending.
        y: (m,) ascending.
        values: (n, m) what was measured there, finite.
        start: where a descent begins.
        rate: the learning rate it begins with.

    Returns:
        the surface. Beyond the grid nothing was measured: there it has the height of the edge and no slope, so that a
        ball that leaves the grid stands still.

    Raises:
        ValueError: the arrays do not fit together, or a value is not finite.
    """
    from scipy.interpolate import RectBivariateSpline

    x, y, values = (np.array(array, np.float64) for array in (x, y, values))
    ascending = (np.diff(x) > 0).all() and (np.diff(y) > 0).all()
    if not ascending or min(len(x), len(y)) < _LEAST or values.shape != (len(x), len(y)):
        raise ValueError(f"x and y must ascend, at least {_LEAST} of each, and values be (len(x), len(y))")
    if not np.isfinite(values).all():
        raise ValueError("every measured value must be finite")
    spline = RectBivariateSpline(x, y, values)
    domain = float(x[0]), float(x[-1]), float(y[0]), float(y[-1])

    def height(at_x: Reals, at_y: Reals) -> Reals:
        return np.asarray(spline.ev(np.clip(at_x, *domain[:2]), np.clip(at_y, *domain[2:])))

    def slope(along_x: int, along_y: int) -> Callable[[Reals, Reals], Reals]:
        def derivative(at_x: Reals, at_y: Reals) -> Reals:
            inside = (at_x >= domain[0]) & (at_x <= domain[1]) & (at_y >= domain[2]) & (at_y <= domain[3])
            return np.asarray(np.where(inside, spline.ev(at_x, at_y, dx=along_x, dy=along_y), 0.0))

        return derivative

    return Surface(identifier, label, formula, height, slope(1, 0), slope(0, 1), domain, start, rate, (), teaches)
