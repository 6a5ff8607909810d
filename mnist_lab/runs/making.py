"""Making a run's file: it appears under its name when it is whole."""

import os
import re
import uuid
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from mnist_lab.experiment import Experiment
from mnist_lab.network.backend import Runtime
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs import run_file
from mnist_lab.runs.catalogue import NEW_SUFFIX, Catalogue
from mnist_lab.runs.changing import checked_name
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.facts import DataFacts, RunFacts, RunKind
from mnist_lab.runs.fork import Fork, put_inherited
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_lock import RunLock
from mnist_lab.runs.run_reader import Present, as_json
from mnist_lab.runs.run_writer import remove_files
from mnist_lab.runs.snapshots import put_snapshot
from mnist_lab.runs.versions import installed_versions, processor_name
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Parent:
    """Which run one was forked from: `RunFacts.parent_id` and `RunFacts.parent_update`."""

    id: str
    update: int | None


def facts_now(
    run_id: str,
    kind: RunKind,
    experiment: Experiment | None,
    data: DataFacts | None,
    activation: str,
    parent: Parent,
    runtime: Runtime | None = None,
) -> RunFacts:
    """The facts of a run that begins now, as yet with a number that is not its own.

    Args:
        run_id: 32 hexadecimal digits; "" makes new ones.
        kind: see `RunFacts`, as the others.
        experiment: what was asked for.
        data: what it trains on.
        activation: of the hidden layers.
        parent: which run it was forked from.
        runtime: what decides the bits, where that is known.
    """
    if not re.fullmatch(r"[0-9a-f]{32}|", run_id):
        raise ValueError(f"a run's id is 32 hexadecimal digits, not {run_id!r}")
    known = {} if runtime is None else asdict(runtime)
    return RunFacts(
        id=run_id or uuid.uuid4().hex,
        number=1,
        created=datetime.now(UTC),
        kind=kind,
        experiment=experiment,
        data=data,
        activation=activation,
        parent_id=parent.id,
        parent_update=parent.update,
        versions=installed_versions(known),
        runtime=known | {"processor": processor_name()} if kind == "run" else known,
    )


def facts_of_fork(run_id: str, fork: Fork, runtime: Runtime) -> RunFacts:
    """The same of a run that goes on from another now."""
    parent = Parent(fork.parent.facts.id, fork.parent_update)
    experiment = fork.experiment
    facts = facts_now(run_id, "run", experiment, fork.data, experiment.activation, parent, runtime)
    facts = replace(facts, begins_trained=fork.begins_trained, may_know=fork.may_know)
    return replace(facts, past=fork.past, ahead=fork.ahead)


def make_run(
    catalogue: Catalogue, facts: RunFacts, name: str, snapshot: Snapshot | None = None, fork: Fork | None = None
) -> tuple[RunLock, RunFacts]:
    """Make the file of a run, which the index does not know yet.

    Args:
        catalogue: of all runs.
        facts: with a number that is not its own.
        name: what the learner calls it.
        snapshot: the network that it begins with, where that is known.
        fork: what it has from its parent.

    Returns:
        its lock, held: whoever asks frees it; and the facts with the number that it got.

    Raises:
        StoreError: it cannot be made, or is there already; or the name is too long.
    """
    name = checked_name(name)
    with store_errors(catalogue.folder):
        catalogue.folder.mkdir(parents=True, exist_ok=True)
    lock = catalogue.taken_lock(facts.id)
    try:
        return lock, _made(catalogue, facts, name, snapshot, fork)
    except BaseException:
        lock.free()
        raise


def _made(catalogue: Catalogue, facts: RunFacts, name: str, snapshot: Snapshot | None, fork: Fork | None) -> RunFacts:
    path = catalogue.path(facts.id)
    with catalogue.index.new_number(catalogue.highest_number) as number, store_errors(path):
        if os.path.lexists(path):
            raise StoreError(
                QT_TRANSLATE_NOOP("errors", "“{path}” is there already: nothing is written over it."), path=path
            )
        facts = replace(facts, number=number)
        unfinished = path.with_suffix(NEW_SUFFIX)
        try:
            _write(unfinished, facts, Present(name, "", False, facts.experiment), snapshot, fork)
            os.replace(unfinished, path)
        except BaseException:
            remove_files(unfinished)
            raise
    return facts


def _write(path: Path, facts: RunFacts, present: Present, snapshot: Snapshot | None, fork: Fork | None) -> None:
    with RunFile(path, create=True) as file, file.writing():
        file.put(run_file.FACTS, 0, as_json(facts))
        file.put(run_file.PRESENT, 0, as_json(present))
        if fork is not None:
            put_inherited(file, fork)
        if snapshot is not None:
            put_snapshot(file, snapshot)
