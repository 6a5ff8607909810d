"""The share of images that a network gets right, and what so many images leave to chance."""

import math
from dataclasses import dataclass

_NORMAL_QUANTILE = 1.959963984540054  # 95 % of a normal distribution lie within this many standard deviations


@dataclass(frozen=True)
class Share:
    """So many right answers to so many images.

    Attributes:
        right: answers that are right.
        count: images that were asked for.
    """

    right: int
    count: int

    @property
    def value(self) -> float:
        """From 0 to 1; NaN without images."""
        return self.right / self.count if self.count else math.nan

    def interval(self) -> tuple[float, float]:
        """The lowest and the highest share that the right answers leave likely: Wilson's 95 % interval.

        With p̂ the share and z = 1.96: `(p̂ + z²/2n ± z·√(p̂(1 − p̂)/n + z²/4n²)) / (1 + z²/n)`, E. B. Wilson,
        "Probable inference, the law of succession, and statistical inference", J. Am. Stat. Assoc. 22 (1927), 209–212.
        Unlike p̂ ± 1.96 standard errors it stays within 0 and 1 and holds for few images, too. (0, 1) without images.
        """
        n = self.count
        if not n:
            return 0.0, 1.0
        share, square = self.value, _NORMAL_QUANTILE**2
        middle = share + square / (2 * n)
        margin = _NORMAL_QUANTILE * math.sqrt(share * (1 - share) / n + square / (4 * n * n))
        low, high = ((middle + sign * margin) / (1 + square / n) for sign in (-1, 1))
        return min(max(low, 0.0), share), max(min(high, 1.0), share)  # rounding may not leave the share outside

    def is_above(self, other: "Share") -> bool:
        """Whether chance hardly explains that this share is higher: the 95 % interval of the difference is above 0.

        Its lower end is `d − √((p₁ − l₁)² + (u₂ − p₂)²)`, with l and u the ends of both Wilson intervals: method 10 of
        R. G. Newcombe, "Interval estimation for the difference between independent proportions", Statistics in
        Medicine 17 (1998), 873–890. Never without images.
        """
        if not self.count or not other.count:
            return False
        below, above = self.value - self.interval()[0], other.interval()[1] - other.value
        return self.value - other.value > math.hypot(below, above)

    def is_apart_above(self, other: "Share") -> bool:
        """Whether this share's whole interval lies above the other's, which asks for more than `is_above`."""
        return self.interval()[0] > other.interval()[1]
