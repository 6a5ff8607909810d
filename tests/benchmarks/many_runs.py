"""A home with a thousand kept runs, and how fast they are listed: `python -m tests.benchmarks.many_runs`.

The runs are copies of one, by SQLite's own backup, with numbers, names, settings and accuracies of their own; so they
are made within seconds. Other benchmarks make them with `make_runs`.

made:     seconds to make them.
rebuilt:  seconds to make the index from the files, as after it was lost.
listed:   milliseconds of `RunStore.rows()`.
checked:  milliseconds of `RunStore.refresh()` where nothing has changed.
written:  milliseconds to give one of them another name, and list it.
"""

import argparse
import sqlite3
import tempfile
import time
import uuid
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import numpy as np

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import EpochEnd, Finished, Updates
from mnist_lab.runs import run_file
from mnist_lab.runs.facts import Batch, DataFacts, RunFacts
from mnist_lab.runs.run_file import put
from mnist_lab.runs.run_reader import Present, as_json, outcome_as_json
from mnist_lab.runs.store import RunStore
from tests.benchmarks.processes import show_json, show_table
from tests.runs.kept import snapshot_at

_DATA = DataFacts("0" * 64, "full", "", train_images=60_000, test_images=10_000)
_EXPERIMENT = Experiment()
_UPDATES_PER_EPOCH = _EXPERIMENT.updates_per_epoch(_DATA.train_images)
_BEGAN = datetime(2024, 1, 1, tzinfo=UTC)


def make_runs(home: Path, count: int, seed: int = 0) -> RunStore:
    """Fill the store of `home`, which is empty, with so many finished runs of five epochs; its index is up to date."""
    store = RunStore(home)
    template = _template(store)
    facts = store.load(template.stem).facts
    random = np.random.default_rng(seed)
    with closing(sqlite3.connect(":memory:")) as run:
        with closing(sqlite3.connect(template)) as source:
            source.backup(run)
        for number in range(2, count + 1):
            facts = replace(facts, id=uuid.uuid4().hex, number=number, created=_BEGAN + timedelta(hours=number))
            _vary(run, facts, random)
            with closing(sqlite3.connect(store.folder / f"{facts.id}{run_file.SUFFIX}")) as target:
                target.execute("PRAGMA synchronous=OFF")  # nothing is lost if the computer stops meanwhile
                run.backup(target)
    (store.folder / "index.sqlite").unlink()
    store.refresh()
    return store


def _template(store: RunStore) -> Path:
    updates = _EXPERIMENT.epochs * _UPDATES_PER_EPOCH
    losses = (2.3 * np.exp(-np.arange(updates) / 300)).astype(np.float32)
    writer = store.begin(_EXPERIMENT, _DATA)
    epochs = [_epoch(epoch, 0.9) for epoch in range(1, _EXPERIMENT.epochs + 1)]
    writer.write(Batch([Updates(0, losses, 1 - losses / 2.5, 3.0)], epochs, snapshot=snapshot_at(updates)))
    writer.close()
    return writer.path


def _vary(run: sqlite3.Connection, facts: RunFacts, random: np.random.Generator) -> None:
    experiment = _EXPERIMENT.changed(
        hidden_units=(int(random.choice([16, 32, 64, 128, 256, 512])),),
        learning_rate=float(random.choice([0.0001, 0.001, 0.01, 0.1])),
        optimizer=str(random.choice(["sgd", "rmsprop", "adam"])),
        seed=facts.number,
    )
    name = f"run {facts.number}" if facts.number % 5 == 0 else ""
    accuracy = float(random.uniform(0.8, 0.99))
    updates = _EXPERIMENT.epochs * _UPDATES_PER_EPOCH
    end = Finished(0.1, accuracy, accuracy, updates, 3.0, 0.1, accuracy)
    with run:
        put(run, run_file.FACTS, (0, as_json(replace(facts, experiment=experiment))))
        put(run, run_file.PRESENT, (0, as_json(Present(name, "", False, experiment))))
        put(run, run_file.OUTCOME, (0, outcome_as_json(end)))
        for epoch in range(1, _EXPERIMENT.epochs + 1):
            put(run, run_file.EPOCHS, (epoch, as_json(_epoch(epoch, accuracy - 0.1 / epoch))))


def _epoch(epoch: int, accuracy: float) -> EpochEnd:
    updates = epoch * _UPDATES_PER_EPOCH
    return EpochEnd(epoch, updates, 0.2, accuracy, 0.2, accuracy, 0.1, accuracy, 10_000)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="mnist-lab-many-") as folder:
        figures = _measured(Path(folder), options.runs, options.repeats)
    if options.json:
        show_json(figures)
    else:
        rows = [(name, f"{value:.2f}") for name, value in figures.items()]
        show_table(f"{options.runs:,} kept runs", ("", "median"), rows)


def _measured(home: Path, count: int, repeats: int) -> dict[str, float]:
    begin = time.perf_counter()
    make_runs(home, count)
    made = time.perf_counter() - begin
    store = RunStore(home)
    renamed = store.rows()[0].id

    def rebuild() -> None:
        (store.folder / "index.sqlite").unlink()
        store.refresh()

    def rename() -> None:
        store.rename(renamed, f"at {time.perf_counter()}")
        store.rows()

    return {
        "made (s)": made,
        "rebuilt (s)": _seconds(rebuild, 1),
        "listed (ms)": 1000 * _seconds(store.rows, repeats),
        "checked (ms)": 1000 * _seconds(store.refresh, repeats),
        "written (ms)": 1000 * _seconds(rename, repeats),
    }


def _seconds(work: Callable[[], object], repeats: int) -> float:
    taken = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begin)
    return median(taken)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="How fast a thousand kept runs are listed.")
    parser.add_argument("--runs", type=int, default=1000, help="how many (default %(default)s)")
    parser.add_argument("--repeats", type=int, default=9, help="of each question (default %(default)s)")
    parser.add_argument("--json", action="store_true", help="print one JSON object and nothing else")
    options = parser.parse_args()
    if options.runs < 1 or options.repeats < 1:
        parser.error("--runs and --repeats must be 1 or more")
    return options


if __name__ == "__main__":
    main()
