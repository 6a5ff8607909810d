"""Runs that go from home to home: read as a whole here, and taken in there.

A run keeps its id, gets a number of the new home, and is never there twice. What is told of it was judged by whoever
read it (`lab_file`); here it becomes a run file like any other.
"""

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.network.events import Failed
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs import run_file
from mnist_lab.runs.catalogue import NEW_SUFFIX, PASSING
from mnist_lab.runs.changing import LONGEST_NAME
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.facts import KeptRun, RunFacts, as_text
from mnist_lab.runs.fork import put_told
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_reader import Present, adapter, as_json, outcome_as_json, read_run, read_told
from mnist_lab.runs.run_writer import remove_files
from mnist_lab.runs.snapshots import put_snapshot, read_snapshot
from mnist_lab.runs.store import RunStore

Standing = Literal["new", "same", "deleted", "live", "other", "damaged"]
"""Not here; here, with the same content; in the bin, with the same; being trained here; here, with other content; here,
and unreadable."""


@dataclass(frozen=True)
class Here:
    """What this home knows of a run from elsewhere.

    Attributes:
        standing: how it stands.
        number: of the run that is here; 0 where there is none, or none that can be read.
        updates: gradient updates that it has here.
    """

    standing: Standing
    number: int = 0
    updates: int = 0


@contextmanager
def whole_run(store: RunStore, run_id: str) -> Iterator[tuple[KeptRun, Iterator[Snapshot]]]:
    """Everything about a run, and its snapshots one after the other: all as they were at one moment.

    Another process that trains it cannot write meanwhile.

    Raises:
        StoreError: it cannot be read; also by the iterator.
    """
    path = store.catalogue.found(run_id)
    with ExitStack() as stack:
        with store_errors(path):
            file = stack.enter_context(RunFile(path))
            stack.enter_context(file.reading())
            kept = read_told(file)
        yield kept, _snapshots(file, kept)


def _snapshots(file: RunFile, kept: KeptRun) -> Iterator[Snapshot]:
    for one in kept.snapshots:
        with store_errors(file.path):
            snapshot = read_snapshot(file, one)
        yield snapshot


def standing_of(store: RunStore, kept: KeptRun) -> Here:
    """Whether a run from elsewhere is here already.

    Raises:
        StoreError: what is here cannot be read now.
    """
    catalogue, run_id = store.catalogue, kept.facts.id
    is_deleted = not os.path.lexists(catalogue.path(run_id))
    path = catalogue.path(run_id, is_deleted=is_deleted)
    if not os.path.lexists(path):
        return Here("new")
    try:
        with store_errors(path), RunFile(path) as file:
            here = read_run(file)
    except StoreError as error:
        if error.trouble in PASSING:
            raise
        return Here("new" if is_deleted else "damaged")
    is_same = content_sha256(here) == content_sha256(kept)
    if is_deleted:
        return Here("deleted", here.facts.number, here.updates) if is_same else Here("new")
    standing: Standing = "same" if is_same else "live" if catalogue.is_live(run_id) else "other"
    return Here(standing, here.facts.number, here.updates)


def adopt(store: RunStore, kept: KeptRun, snapshots: Iterable[Snapshot]) -> int | None:
    """Make a run from elsewhere one of this home; returns the number that it gets, None where it is here meanwhile.

    Args:
        store: of this home.
        kept: what is told of it; `facts.number` is not used.
        snapshots: those that go with it, one after the other.

    Raises:
        StoreError: it cannot be written.
        LabError: what reads the snapshots fails.
    """
    catalogue, run_id = store.catalogue, kept.facts.id
    with store_errors(store.folder):
        store.folder.mkdir(parents=True, exist_ok=True)
    path = catalogue.path(run_id)
    unfinished = path.with_suffix(NEW_SUFFIX)
    with catalogue.locked(run_id), store_errors(path):
        if os.path.lexists(path):
            return None
        remove_files(unfinished)
        try:
            _write(unfinished, kept, snapshots)
            with catalogue.index.new_number(catalogue.highest_number) as number:
                with RunFile(unfinished) as file, file.writing():
                    file.put(run_file.FACTS, 0, as_json(replace(kept.facts, number=number)))
                os.replace(unfinished, path)
        except BaseException:
            remove_files(unfinished)
            raise
    catalogue.note(run_id)
    return number


def keep_once(store: RunStore, name: str, weights: NetworkWeights) -> tuple[str, Here]:
    """Keep a network from elsewhere, unless the very same is here already; returns its id, which follows from it.

    Raises:
        StoreError: it cannot be kept, or what is here cannot be read now.
    """
    told = repr((weights.activation, weights.updates, weights.sha256()))
    run_id = hashlib.sha256(told.encode()).hexdigest()[:32]
    is_here, is_deleted = (os.path.lexists(store.catalogue.path(run_id, is_deleted=bin)) for bin in (False, True))
    if not is_here and is_deleted:
        with store_errors(path := store.catalogue.path(run_id, is_deleted=True)), RunFile(path) as file:
            return run_id, Here("deleted", read_run(file).facts.number, weights.updates)
    if not is_here:
        store.keep_network(_free_name(store, name), weights, run_id=run_id)
    try:
        number = store.load(run_id).facts.number
    except StoreError as error:
        if error.trouble in PASSING:
            raise
        return run_id, Here("damaged")
    return run_id, Here("same" if is_here else "new", number, weights.updates)


def _free_name(store: RunStore, name: str) -> str:
    """The name, or the name with the first number that makes it another than those of all kept networks."""
    plain = as_text(" ".join(name.split()))[: LONGEST_NAME - 10]
    taken = {row.name.casefold() for row in store.rows() if row.kind == "network"}
    names = (plain if number == 1 else f"{plain} {number}" for number in range(1, len(taken) + 2))
    return next(one for one in names if one.casefold() not in taken)


def content_sha256(kept: KeptRun) -> str:
    """SHA-256 over all of a run that does not depend on the home where it lies.

    Left out are its number, what a person calls it and wrote on it, where its digits came from, digits that may travel
    or not, and all snapshots but the last: a home may keep fewer.
    """
    told: dict[str, Any] = {
        "facts": _travelling(kept.facts),
        "experiment": None if kept.experiment is None else kept.experiment.model_dump(mode="json"),
        "epochs": [as_json(end) for end in kept.epochs],
        "changes": [(change.update, change.learning_rate) for change in kept.rate_changes],
        "outcome": None if kept.outcome is None else outcome_as_json(kept.outcome),
        "failure": kept.failure,
        "weights": kept.snapshots[-1].weights_sha256 if kept.snapshots else "",
    }
    digest = hashlib.sha256(json.dumps(told, sort_keys=True).encode())
    for values in (kept.losses, kept.accuracies):
        digest.update(values.astype("<f4").tobytes())
    return digest.hexdigest()


def _travelling(facts: RunFacts) -> dict[str, Any]:
    fields: dict[str, Any] = adapter(RunFacts).dump_python(facts, mode="json")
    del fields["number"]
    data = fields["data"]
    if data is not None:
        del data["origin"], data["own"]
        if data["hand"] is not None:
            del data["hand"]["digits"]
    return fields


def _write(path: Path, kept: KeptRun, snapshots: Iterable[Snapshot]) -> None:
    """All but the facts, which tell the number."""
    with RunFile(path, create=True) as file, file.writing():
        file.put(run_file.PRESENT, 0, as_json(Present(kept.name, kept.note, kept.is_starred, kept.experiment)))
        put_told(file, kept)
        for snapshot in snapshots:
            put_snapshot(file, snapshot)
        outcome = Failed(RuntimeError(kept.failure)) if kept.failure else kept.outcome
        if outcome is not None:
            file.put(run_file.OUTCOME, 0, outcome_as_json(outcome))
