"""A run that goes on is trained as it was before: with XLA, or without."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QObject

from mnist_lab.experiment import Experiment
from mnist_lab.network import trainer
from mnist_lab.network.control import Control
from mnist_lab.network.halt import Halt
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.keeping import Keeping
from tests.network.runs import made_up_digits
from tests.runs.kept import snapshot_at

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize("xla", [True, False])
def test_a_run_goes_on_with_xla_if_it_was_trained_so(xla: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    engines: list[trainer.Engine] = []

    def train(*_: Any, engine: trainer.Engine, **_more: Any) -> None:
        engines.append(engine)

    monkeypatch.setattr(trainer, "train", train)
    nothing, owner, made = np.empty(0, np.float32), QObject(), snapshot_at(3)
    snapshot = replace(made, runtime=replace(made.runtime, xla=xla))
    keeping = Keeping(RunStore(), Run(Experiment(), made_up_digits(20, 5)), owner)
    keeping.job(Halt(snapshot, nothing, nothing, 0.0))(lambda _event: None, Control())
    keeping.end()
    assert [engine.xla for engine in engines] == [xla]
