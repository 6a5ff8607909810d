"""The axes hold every value and stay calm."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from mnist_lab.window.pages.train.curve_scale import CurveScale
from mnist_lab.window.pages.train.curve_words import CurveData


@given(arrays(np.float32, st.integers(0, 60), elements=st.floats(0, 2.0**100, width=32)), st.booleans())
def test_every_batch_is_within_the_range(values: np.ndarray, is_log: bool) -> None:
    scale = CurveScale(CurveData("loss", values=values))
    scale.is_log = is_log
    low, high = scale.height_range()
    assert low < high
    heights = scale.heights(values)
    assert ((low - 1e-6 <= heights) & (heights <= high * (1 + 1e-6) + 1e-6)).all()
    assert scale.zeros() == (np.count_nonzero(values == 0) if is_log else 0)


def test_validations_are_within_the_range() -> None:
    data = CurveData("loss", values=np.ones(3, np.float32), validation_values=np.array([7.0]))
    assert CurveScale(data).height_range()[1] >= 7


@pytest.mark.parametrize(
    ("total", "count", "last"),
    [(2345, 0, 2345), (2345, 10, 10), (2345, 2345, 2345), (None, 3, 10), (None, 130, 150), (5, 9, 9)],
)
def test_updates_have_room(total: int | None, count: int, last: float) -> None:
    data = CurveData("loss", values=np.ones(count, np.float32), total_updates=total)
    low, high = CurveScale(data).update_range()
    assert -0.05 * last <= low < 0
    assert last <= high <= 1.05 * last


def test_accuracy_reaches_to_all() -> None:
    low, high = CurveScale(CurveData("accuracy", values=np.array([0.12, 0.95], np.float32))).height_range()
    assert 0 < low < 0.12
    assert 1 <= high < 1.05
