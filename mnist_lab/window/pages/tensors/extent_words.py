"""How far the values of an array reach, in words."""

from mnist_lab.studies.evaluation import Extent
from mnist_lab.tensors.cells import spell_number
from mnist_lab.window.translation import translate
from mnist_lab.window.words import fill
from mnist_lab.words import QT_TRANSLATE_NOOP

_ONE = QT_TRANSLATE_NOOP("tensors", "Its value is {low}.")
_RANGE = QT_TRANSLATE_NOOP("tensors", "Values from {low} to {high}.")
_NAN = QT_TRANSLATE_NOOP("tensors", "NaN, which is no number (0 / 0 gives it): {nans:,} of {count:,}.")
_INFINITE = QT_TRANSLATE_NOOP("tensors", "Infinite (1 / 0 gives it): {infinities:,} of {count:,}.")
_FINITE_ONE = QT_TRANSLATE_NOOP("tensors", "The other values are {low}.")
_FINITE_RANGE = QT_TRANSLATE_NOOP("tensors", "The other values: from {low} to {high}.")


def spell_extent(extent: Extent) -> str:
    """Say where the finite values are, after how many are not finite."""
    parts = []
    if extent.nans:
        parts.append(fill(translate("tensors", _NAN), nans=extent.nans, count=extent.count))
    if extent.infinities:
        parts.append(fill(translate("tensors", _INFINITE), infinities=extent.infinities, count=extent.count))
    if extent.limits is not None:
        low, high = map(spell_number, extent.limits)
        one, several = (_FINITE_ONE, _FINITE_RANGE) if parts else (_ONE, _RANGE)
        parts.append(fill(translate("tensors", one if low == high else several), low=low, high=high))
    return " ".join(parts)
