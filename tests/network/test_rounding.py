"""With XLA and without, the same run is rounded otherwise, and nothing else parts them."""

import numpy as np
import pytest

from mnist_lab.network.errors import NetworkError
from mnist_lab.network.rounding import part
from mnist_lab.network.session import TrainingSession
from tests.network.runs import SMALL, made_up_digits

pytestmark = pytest.mark.keras


def test_they_begin_alike_and_part_slowly() -> None:
    reported: list[np.ndarray] = []
    differences = part(SMALL, made_up_digits(), reported.append, most=25)
    assert differences is not None
    assert len(differences) == 25
    assert [len(one) for one in reported] == [10, 20, 25]
    assert np.array_equal(reported[-1], differences)
    assert differences[0] < 1e-6
    assert 0 < differences.max() < 1e-3
    again = part(SMALL, made_up_digits(), lambda _: None, most=25)
    assert again is not None
    assert np.array_equal(differences, again), "rounding is no chance"


def test_it_ends_where_a_loss_is_no_number_and_where_it_is_wanted_no_more() -> None:
    diverging = SMALL.changed(optimizer="sgd", learning_rate=1000.0, activation="linear")
    differences = part(diverging, made_up_digits(), lambda _: None, most=400)
    assert differences is not None
    assert len(differences) < 400
    assert np.isfinite(differences).all()
    assert part(SMALL, made_up_digits(), lambda _: None, lambda: False) is None


def test_without_xla_nothing_could_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TrainingSession, "uses_xla", False)
    with pytest.raises(NetworkError, match="nothing parts them"):
        part(SMALL, made_up_digits(), lambda _: None)
