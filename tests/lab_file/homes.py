"""Two homes, and runs of every kind to travel between them; nothing was trained for them."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from mnist_lab.data.hand import hand_digits
from mnist_lab.data.own_digits import with_own
from mnist_lab.experiment import Experiment
from mnist_lab.files.json_text import parse_json
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.network.events import Diverged, Failed, RateChanged, Stopped
from mnist_lab.network.recording import Past
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.adopting import adopt, whole_run
from mnist_lab.runs.facts import Batch, DataFacts, KeptRun
from mnist_lab.runs.store import RunStore
from tests.data.test_hand import some_digits
from tests.runs.kept import DATA, EXPERIMENT, batches, end_of, keep, snapshot_at, told
from tests.runs.test_own_facts import BASE, own


def whole(store: RunStore, run_id: str) -> tuple[KeptRun, list[Snapshot]]:
    """Everything that is kept of a run."""
    with whole_run(store, run_id) as (kept, snapshots):
        return kept, list(snapshots)


def keep_on(store: RunStore, data: DataFacts) -> str:
    """A finished run that says it was trained on such digits."""
    writer = store.begin(EXPERIMENT, data)
    for batch in batches():
        writer.write(batch)
    writer.close()
    return writer.id


def finished(store: RunStore) -> str:
    """With a name and a note that need every care."""
    run_id = keep(store, name="“{x}” <b>ü 数</b>").id
    store.set_note(run_id, "{0} %s\n\ttwo lines")
    store.set_starred(run_id, True)
    return run_id


def interrupted(store: RunStore) -> str:
    return keep(store, 4).id


def stopped(store: RunStore) -> str:
    writer = store.begin(EXPERIMENT, replace(DATA, kind="own", origin="/home/somebody/data/digits.npz"))
    writer.write(Batch([told(0, 5)], snapshot=snapshot_at(5), outcome=Stopped(5)))
    writer.close()
    return writer.id


def diverged(store: RunStore) -> str:
    """With losses that are no numbers, and an epoch whose validation loss is infinite."""
    writer = store.begin(EXPERIMENT, DATA)
    last = told(10, 3)
    losses = last.losses.copy()
    losses[2] = np.nan
    epoch = replace(end_of(1), validation_loss=float("inf"), train_loss=float("nan"))
    writer.write(Batch([told(0, 10)], [epoch], snapshot=snapshot_at(10)))
    writer.write(Batch([replace(last, losses=losses)], outcome=Diverged(12, float("nan"), 12)))
    writer.close()
    return writer.id


def failed(store: RunStore) -> str:
    writer = store.begin(EXPERIMENT, DATA)
    writer.write(Batch([told(0, 5)], snapshot=snapshot_at(0), outcome=Failed(ValueError("no {room} left"))))
    writer.close()
    return writer.id


def forked(store: RunStore) -> str:
    """It has ten updates from a parent that is not there, made with another activation."""
    kept, snapshots = whole(store, keep(store).id)
    store.delete(kept.facts.id)
    before = EXPERIMENT.changed(activation="tanh")
    facts = replace(
        kept.facts,
        id="f" * 32,
        parent_id="e" * 32,
        parent_update=10,
        past=(Past(10, before),),
        ahead=((15, 0.5),),
        begins_trained=True,
    )
    adopt(store, replace(kept, facts=facts, rate_changes=(RateChanged(12, 0.01), RateChanged(12, 0.25))), snapshots)
    return facts.id


def with_hand(store: RunStore) -> str:
    return keep_on(store, DataFacts.of(hand_digits(BASE, some_digits(), copies=2)))


def with_own_digits(store: RunStore) -> str:
    return keep_on(store, DataFacts.of(with_own(BASE, own(3)), 3))


def network(store: RunStore) -> str:
    random = np.random.default_rng(0)
    layers = tuple(
        DenseWeights(random.normal(size=(a, b)).astype(np.float32), np.zeros(b, np.float32))
        for a, b in ((784, 4), (4, 3), (3, 10))
    )
    return store.keep_network("edited", NetworkWeights(layers, "silu", 17), "d" * 32, 17, Experiment())


KINDS = (finished, interrupted, stopped, diverged, failed, forked, with_hand, with_own_digits, network)


def json_in(content: bytes) -> dict[str, Any]:
    value = parse_json(content)
    assert isinstance(value, dict)
    return value


def other_home(path: Path) -> RunStore:
    """A home with runs of its own: numbers differ there."""
    store = RunStore(path / "other")
    keep(store, run_id="1" * 32)
    keep(store, run_id="2" * 32)
    return store
