"""What came of a sweep, as far as the list of kept runs tells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import KeptState, RunRow
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.sweep_events import SweepResult, TrialState
from mnist_lab.runs.sweep_record import SweepRecord, read_record

_STATES: Mapping[KeptState, TrialState] = {
    "finished": "finished",
    "diverged": "diverged",
    "failed": "failed",
    "damaged": "failed",
}
"""All others have stopped, as far as this sweep is concerned."""


def results_in(record: SweepRecord, rows: Iterable[RunRow]) -> tuple[SweepResult, ...]:
    """One result for each experiment, in their order; one that has no run never began.

    Of several runs of one experiment that counts which came to its own end, else the newest.

    Args:
        record: which sweep.
        rows: of all runs, those in the bin too.
    """
    by_id = {row.id: row for row in rows}
    return tuple(_result(record, index, by_id) for index in range(len(record.plan.experiments)))


@dataclass(frozen=True, eq=False)
class KeptSweep:
    """The sweep that was begun last, as it stands.

    Attributes:
        record: how it was begun.
        results: one for each experiment, in their order; see `results_in`.
        training: of those that another process trains now, by their indices: the updates of all their epochs.
    """

    record: SweepRecord
    results: tuple[SweepResult, ...]
    training: Mapping[int, int]


def read_kept_sweep(store: RunStore, is_cancelled: Callable[[], bool] = lambda: False) -> KeptSweep | None:
    """Look it up, which may take seconds; None where there was none, or none of its runs is in the list.

    Raises:
        StoreError: it cannot be read.
    """
    record = read_record(store.home)
    if record is None:
        return None
    listed = store.refresh(is_cancelled)
    rows = [*listed, *store.deleted_rows()]
    results = results_in(record, rows)
    running = {row.id: row.total_updates for row in rows if row.state == "running"}
    training = {one.index: running[one.run_id] for one in results if one.run_id is not None and one.run_id in running}
    ids = {row.id for row in listed}
    return KeptSweep(record, results, training) if any(result.run_id in ids for result in results) else None


def with_hashes(store: RunStore, results: Sequence[SweepResult]) -> tuple[SweepResult, ...]:
    """The same, with the hashes of the weights of those that are done and in the list of runs.

    Each of their files is read for that.

    Raises:
        StoreError: one cannot be read.
    """
    listed = {row.id for row in store.rows()}
    return tuple(
        replace(one, weights_sha256=_hash_at_end(store, one, one.run_id))
        if is_done(one) and one.run_id is not None and one.run_id in listed
        else one
        for one in results
    )


def _hash_at_end(store: RunStore, result: SweepResult, run_id: str) -> str | None:
    """Of the weights after its last update; None where that is not kept."""
    kept = store.load(run_id)
    ends = {end.updates: end.weights_sha256 for end in kept.epochs if end.weights_sha256}
    return (ends | {one.updates: one.weights_sha256 for one in kept.snapshots}).get(result.updates)


def is_done(result: SweepResult) -> bool:
    """Whether to train its experiment again would bring nothing new."""
    return result.state in ("finished", "diverged")


def _result(record: SweepRecord, index: int, by_id: Mapping[str, RunRow]) -> SweepResult:
    experiment = record.plan.experiments[index]
    rows = [by_id[run_id] for run_id in record.run_ids(index) if run_id in by_id]
    found = [_told(index, row, experiment) for row in rows]
    return next(filter(is_done, found), found[0] if found else SweepResult(index, experiment, "stopped"))


def _told(index: int, row: RunRow, experiment: Experiment) -> SweepResult:
    is_its_own = row.experiment == experiment  # else epochs were added since, and it was measured after these
    return SweepResult(
        index,
        experiment,
        _STATES.get(row.state, "stopped"),
        row.test_accuracy if is_its_own else None,
        row.test_loss if is_its_own else None,
        row.id,
        row.number,
        seconds=row.training_seconds,
        updates=row.updates,
        problem=row.problem,
    )
