"""A run that was trained here is replayed, goes on and is forked in another home, with the very same bits."""

from pathlib import Path
from typing import Any

import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.data.own_digits import with_own
from mnist_lab.experiment import Experiment
from mnist_lab.imports import import_file
from mnist_lab.lab_file.writing import write_lab_file
from mnist_lab.network.control import Control
from mnist_lab.runs.keeper import RunKeeper
from mnist_lab.runs.kept_training import KeptTraining
from mnist_lab.runs.moments import moment_of
from mnist_lab.runs.opening import find_digits
from mnist_lab.runs.store import RunStore
from tests.network.runs import made_up_digits
from tests.runs.test_own_facts import own

pytestmark = pytest.mark.keras

EXPERIMENT = Experiment(hidden_units=(6,), epochs=2, batch_size=32, dropout=0.2, optimizer="adam")
BASE = made_up_digits(200, 40)


def trained(store: RunStore, digits: Digits, own_digits: int = 0) -> str:
    """A run that is kept while it is trained, without XLA, which compiles longer."""
    problems: list[Any] = []
    keeper = RunKeeper(store, EXPERIMENT, digits, own_digits=own_digits, problem=problems.append)
    KeptTraining(EXPERIMENT, digits, keeper, is_plain=True).train(lambda _event: None, Control())
    assert not any(problems)
    return keeper.run_id


@pytest.mark.parametrize("count", [0, 3])
def test_every_moment_is_the_same_elsewhere(count: int, tmp_path: Path) -> None:
    here, there = RunStore(tmp_path / "here"), RunStore(tmp_path / "there")
    digits = with_own(BASE, own(count))
    run_id = trained(here, digits, count)
    write_lab_file(tmp_path / "one.lab", here, [run_id])
    import_file(there, tmp_path / "one.lab")
    kept = there.load(run_id)
    found = find_digits(kept.facts.data, [BASE])
    assert found is not None, "with the own digits that came along"
    for updates in (5, kept.updates):
        moment = moment_of(there, run_id, updates, [BASE])
        assert moment is not None
        assert moment.identical
        assert moment.weights.sha256() == moment_of(here, run_id, updates, [digits]).weights.sha256()
