"""Numbers in the texts of the course."""

import pytest

from mnist_lab.course.number import Number
from mnist_lab.window.course_numbers import spell_number


@pytest.mark.parametrize(
    ("value", "said"), [(0.314, "0.31"), (0.0, "0.00"), (0.0042, "0.0042"), (-0.000073, "−7.3 × 10⁻⁵"), (0.006, "0.01")]
)
def test_a_small_number_is_never_told_as_0(value: float, said: str) -> None:
    assert spell_number(Number(value, "real", 2)) == said
