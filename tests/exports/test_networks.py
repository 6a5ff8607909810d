"""A run's network in files of its own: which network it is, also of a moment and beside a live run."""

from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data import sources
from mnist_lab.experiment import Experiment
from mnist_lab.exports.formats import export
from mnist_lab.inspection.forward import probabilities
from mnist_lab.inspection.network_file import read_network
from mnist_lab.network.backend import keras_and_tensorflow
from mnist_lab.network.control import Control
from mnist_lab.network.events import Prepared
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.store import RunStore
from mnist_lab.work import Cancelled
from tests.exports.whole import keep_whole
from tests.mirror.files import opened
from tests.network.runs import SMALL, RunInThread, made_up_digits, scaled

pytestmark = pytest.mark.keras

EXPERIMENT = Experiment(hidden_units=(8,), epochs=2, batch_size=25, dropout=0.2, optimizer="adam")
"""Of eighty images: four updates an epoch."""


@pytest.fixture
def store() -> RunStore:
    return RunStore()


@pytest.fixture
def run_id(store, tmp_path) -> str:
    """A run that was really trained."""
    digits = sources.load(opened(made_up_digits(80, 40), tmp_path / "few.npz").origin)
    keeper = RunKeeper(store, EXPERIMENT, digits)
    KeptTraining(EXPERIMENT, digits, keeper, is_plain=True).train(lambda _: None, Control())
    return store.refresh()[0].id


def keras_answers(path: Path, pixels: np.ndarray) -> np.ndarray:
    keras, _ = keras_and_tensorflow()
    return keras.saving.load_model(path)(pixels).numpy()


def test_any_moment_is_the_same_in_both_files(store, run_id, tmp_path):
    pixels = scaled(made_up_digits(1, 30).test_images)
    for update in (None, 3, 0):
        exported = export(store, run_id, tmp_path / "run.keras", update=update)
        assert exported.moment.updates == (8 if update is None else update)
        assert exported.moment.identical
        assert 'keras.saving.load_model("run.keras")' in str(exported.remarks[-1])
        weights = export(store, run_id, tmp_path / "run.npz", update=update).paths[0]
        ours = probabilities(read_network(weights), pixels)
        np.testing.assert_allclose(keras_answers(exported.paths[0], pixels), ours, rtol=0, atol=1e-6)


def test_beside_a_live_run(store, run_id, tmp_path):
    control = Control(paused=True)
    with RunInThread(SMALL, made_up_digits(), control=control) as live:
        live.wait_for(Prepared)
        exported = export(store, run_id, tmp_path / "run.keras", update=5, control=control)
        assert exported.moment.identical
        control.resume()
        assert live.join().last.updates == 40
    assert export(store, run_id, tmp_path / "again.keras", update=5).moment.identical


def test_nobody_waits(store, tmp_path):
    run_id = keep_whole(store).id
    answers = iter([True, False])
    with pytest.raises(Cancelled):
        export(store, run_id, tmp_path / "run.keras", is_wanted=lambda: next(answers, False))
    assert list(tmp_path.glob("*.keras")) == []
