"""How far one may look closer at an axis, farther away from it and along it; knows no Qt."""

from dataclasses import dataclass

Range = tuple[float, float]

CLOSEST, FARTHEST = 1e-6, 1.0
"""The smallest and the largest range, as shares of the whole one, where a plot needs no others: beyond what it shows
there is nothing to see."""
AROUND = 10.0
"""The largest range where there is: a function goes on beyond the part that is shown."""
_FINEST = 1e-9
"""The smallest range as a share of the numbers along it: between its ends there are still millions of floats."""
_SAME = 1e-9
"""Ranges whose ends differ by less than this share of the whole are one."""


@dataclass(frozen=True)
class ZoomBounds:
    """What may be looked at on an axis, by its whole range.

    A range that is beyond the bounds already, because the whole has become another one, may come nearer to them.

    Attributes:
        low: lower end of the whole range, in the units of the axis (powers of ten where it is logarithmic).
        high: its upper end.
        closest: the smallest range, as a share of the whole one.
        farthest: the largest one.
    """

    low: float
    high: float
    closest: float = CLOSEST
    farthest: float = FARTHEST

    @property
    def least(self) -> float:
        """The smallest range."""
        return max(self.closest * (self.high - self.low), _FINEST * max(abs(self.low), abs(self.high)))

    @property
    def most(self) -> float:
        """The largest range."""
        return max(self.farthest * (self.high - self.low), self.least)

    def factor(self, span: Range, wanted: float) -> float:
        """Return the factor nearest to `wanted` by which a range may be made wider (above 1) or narrower."""
        width = span[1] - span[0]
        return min(max(wanted, min(self.least / width, 1.0)), max(self.most / width, 1.0))

    def scaled(self, span: Range, factor: float, centre: float) -> Range:
        """Return a range made wider or narrower around a place that stays where it is.

        Where one cannot look farther away than at the whole, a wider one stays within it as far as it can.
        """
        low, high = centre + (span[0] - centre) * factor, centre + (span[1] - centre) * factor
        if factor >= 1 and self._ends_at_whole:
            width = min(high - low, self.high - self.low)
            low = min(max(low, self.low), self.high - width)
            high = low + width
        return self.moved((low, high), 0.0)

    def is_whole(self, span: Range) -> bool:
        """Whether that is the whole, and one cannot look farther away."""
        beside = _SAME * (self.high - self.low)
        return self._ends_at_whole and abs(span[0] - self.low) <= beside and abs(span[1] - self.high) <= beside

    @property
    def _ends_at_whole(self) -> bool:
        return self.farthest <= 1 and self.high > self.low

    def moved(self, span: Range, shift: float) -> Range:
        """Return a range moved along the axis, at most so far that its middle stays near the whole range."""
        middle, whole_middle = (span[0] + span[1]) / 2, (self.low + self.high) / 2
        least, most = (whole_middle - self.most / 2, whole_middle + self.most / 2)
        shift = min(max(middle + shift, least), most) - middle
        return span[0] + shift, span[1] + shift
