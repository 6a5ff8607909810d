"""Values of an array in words: what is no number is counted, never called the value."""

import pytest

from mnist_lab.studies.evaluation import Extent
from mnist_lab.window.pages.tensors.extent_words import spell_extent


@pytest.mark.parametrize(
    ("extent", "words"),
    [
        (Extent(1, (12, 12)), "Its value is 12."),
        (Extent(9, (-1.5, 2)), "Values from −1.5 to 2."),
        (Extent(3, None, nans=3), "NaN, which is no number (0 / 0 gives it): 3 of 3."),
        (
            Extent(3_136_000, (1.0, 1.0), nans=2_500_000),
            "NaN, which is no number (0 / 0 gives it): 2,500,000 of 3,136,000. The other values are 1.",
        ),
        (
            Extent(10, (0.25, 2.0), nans=1, infinities=3),
            "NaN, which is no number (0 / 0 gives it): 1 of 10. Infinite (1 / 0 gives it): 3 of 10. "
            "The other values: from 0.25 to 2.",
        ),
    ],
)
def test_words(extent: Extent, words: str) -> None:
    assert spell_extent(extent) == words
