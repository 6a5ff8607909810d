"""The numbers in the sentences on the light."""

import pytest

from mnist_lab.window.widgets.network.flow_words import never_cut, never_cut_signed


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ((0.9841, 0.01603), ["0.9841", "0.0160"]),
        ((0.999927, -0.000073), ["0.999927", "−0.000073"]),
        ((1.0, 0.0), ["1.0000", "0.0000"]),
        ((0.99999999994, -6.0e-11), ["1.0000", "−6.0 × 10⁻¹¹"]),
    ],
)
def test_no_number_of_an_equation_is_cut_to_0(values: tuple[float, ...], said: list[str]) -> None:
    assert never_cut(*values) == said


def test_with_its_sign() -> None:
    assert never_cut_signed(1.2e-5) == "+0.000012"
    assert never_cut_signed(-0.5) == "−0.5000"
