"""A network that does not fit is refused in one sentence, before anything is built."""

import sys

import psutil
import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.network.errors import NetworkError
from mnist_lab.network.memory import check_memory, explain_failure, training_bytes


def leave_free(monkeypatch: pytest.MonkeyPatch, free: float) -> None:
    class Memory:
        available = free

    monkeypatch.setattr(psutil, "virtual_memory", Memory)


def test_more_of_anything_needs_more() -> None:
    base = Experiment(hidden_units=(64,), optimizer="sgd")
    for field, value in (
        ("hidden_units", (65,)),
        ("hidden_units", (64, 64)),
        ("batch_size", 256),
        ("optimizer", "rmsprop"),
    ):
        assert training_bytes(base.changed(**{field: value})) > training_bytes(base), (field, value)
    assert training_bytes(base.changed(optimizer="adam")) > training_bytes(base.changed(optimizer="rmsprop"))


def test_it_is_at_least_weights_gradient_and_slots() -> None:
    for optimizer, numbers in (("sgd", 2), ("rmsprop", 3), ("adam", 4)):
        experiment = Experiment(optimizer=optimizer)
        assert training_bytes(experiment) > 4 * numbers * experiment.parameters()


def test_the_chapters_network_fits_into_a_hundred_megabytes(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_free(monkeypatch, 100e6)
    check_memory(Experiment())


def test_the_edge(monkeypatch: pytest.MonkeyPatch) -> None:
    experiment = Experiment()
    needed = training_bytes(experiment)
    leave_free(monkeypatch, needed / 0.9 + 1)
    check_memory(experiment)
    leave_free(monkeypatch, needed / 0.9 - 2)
    with pytest.raises(NetworkError):
        check_memory(experiment)


def test_the_sentence_says_how_much_and_what_would_be_right(monkeypatch: pytest.MonkeyPatch) -> None:
    leave_free(monkeypatch, 2.25e9)
    experiment = Experiment(hidden_units=(16_384, 16_384, 16_384, 16_384))
    with pytest.raises(NetworkError) as caught:
        check_memory(experiment)
    sentence = str(caught.value)
    assert f"{experiment.parameters():,} parameters" in sentence
    assert f"{training_bytes(experiment) / 1e9:.1f} GB" in sentence
    assert "2.2 GB" in sentence
    assert "choose fewer hidden units" in sentence


@pytest.mark.keras
@pytest.mark.parametrize("optimizer", ["sgd", "rmsprop", "adam"])
def test_the_estimate_covers_what_is_held_at_once(optimizer: str) -> None:
    """Counted array by array: the network, its optimizer, a gradient, two checkpoints and a copy to look at."""
    from mnist_lab.network.model import build_model, copy_weights
    from mnist_lab.network.variables import copied_values

    experiment = Experiment(hidden_units=(64, 32), optimizer=optimizer, batch_size=1)
    model = build_model(experiment)
    checkpoint = sum(array.nbytes for array in copied_values(model))
    look = sum(layer.kernel.nbytes + layer.bias.nbytes for layer in copy_weights(model, 0).layers)
    gradient = 4 * experiment.parameters()
    held = checkpoint + 2 * checkpoint + look + gradient  # the model's own variables are as many as a checkpoint's
    assert held <= training_bytes(experiment) < 1.3 * held


@pytest.mark.skipif(sys.platform == "win32", reason="no such limit there")
def test_a_limit_of_the_process_is_told_before_tensorflow_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource

    for limit, is_refused in ((10**9, True), (2 * 10**9, True), (24 * 10**8, False), (resource.RLIM_INFINITY, False)):
        monkeypatch.setattr(resource, "getrlimit", lambda _which, limit=limit: (limit, limit))
        if is_refused:
            with pytest.raises(NetworkError, match=rf"more than {limit / 1e9:.1f} GB .*: raise the limit"):
                check_memory(Experiment())
        else:
            check_memory(Experiment())
    monkeypatch.setattr(resource, "getrlimit", lambda _which: (24 * 10**8, 24 * 10**8))
    with pytest.raises(NetworkError, match="raise the limit"):
        check_memory(Experiment(hidden_units=(4_000, 4_000)))


def test_what_runs_out_on_the_way_is_one_sentence() -> None:
    class ResourceExhaustedError(Exception):
        """As TensorFlow's."""

    for error in (MemoryError(), ResourceExhaustedError("OOM when allocating tensor")):
        explained = explain_failure(error, Experiment())
        assert isinstance(explained, NetworkError)
        assert "The memory is used up: a run of 407,050 parameters" in str(explained)
        assert explained.__cause__ is error
    other = ValueError()
    assert explain_failure(other, Experiment()) is other
