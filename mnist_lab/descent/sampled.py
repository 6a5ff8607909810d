"""A function interpolated between a few measured values, such as the loss of a network along one of its weights."""

import numpy as np

from mnist_lab.descent.functions import Function, Reals


def sampled_function(
    identifier: str, label: str, formula: str, teaches: str, x: Reals, values: Reals, slopes: Reals, start: float
) -> Function:
    """A smooth curve through measured values with the measured slopes; between them it is approximate.

    Args:
        identifier: its name.
        label: words for the choice.
        formula: what is shown for f(x).
        teaches: a sentence.
        x: (n,) ascending, at least 2 places.
        values: (n,) f there.
        slopes: (n,) f′ there.
        start: where a descent begins.

    Returns:
        a cubic between each two neighbours that has their values and slopes; NaN outside, where nothing was measured.

    Raises:
        ValueError: the arrays do not fit together, or x does not ascend.
    """
    x, values, slopes = (np.array(array, np.float64) for array in (x, values, slopes))
    if not (x.ndim == 1 and len(x) >= 2 and x.shape == values.shape == slopes.shape and (np.diff(x) > 0).all()):
        raise ValueError("x must ascend, and values and slopes have its length, at least 2")

    def place(at: Reals) -> tuple[Reals, Reals, Reals, Reals, Reals, Reals]:
        """For each place its share of the way between its neighbours, their distance, values and slopes."""
        at = np.asarray(at, np.float64)
        left = np.clip(np.searchsorted(x, at, side="right") - 1, 0, len(x) - 2)
        width = x[left + 1] - x[left]
        share = np.where((at >= x[0]) & (at <= x[-1]), (at - x[left]) / width, np.nan)
        return share, width, values[left], values[left + 1], slopes[left] * width, slopes[left + 1] * width

    def value(at: Reals) -> Reals:
        share, _, low, high, rise_low, rise_high = place(at)
        rest = 1 - share
        return np.asarray(
            rest**2 * ((1 + 2 * share) * low + share * rise_low) + share**2 * ((1 + 2 * rest) * high - rest * rise_high)
        )

    def slope(at: Reals) -> Reals:
        share, width, low, high, rise_low, rise_high = place(at)
        rest = 1 - share
        change = (
            6 * share * rest * (high - low) + rest * (1 - 3 * share) * rise_low + share * (3 * share - 2) * rise_high
        )
        return np.asarray(change / width)

    return Function(identifier, label, formula, value, slope, None, (float(x[0]), float(x[-1])), start, teaches)
