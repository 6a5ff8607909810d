"""Going on from any moment of a kept run as a new one, with other settings or with the very same.

    changed = changed_settings(parent.experiment, experiment, rate_at(parent, 312))   # to say what is going to happen
    fork = plan_fork(store, parent, 312, {"dropout": 0.5}, digits, moment.snapshot)
    forked = forked_run(fork, digits)                                                  # its record, already live

With nothing changed it repeats its parent bit for bit.
"""

import uuid
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import MOVED_STRENGTHS, Experiment
from mnist_lab.files.sqlite_errors import Trouble
from mnist_lab.network.events import RateChanged
from mnist_lab.network.halt import Halt
from mnist_lab.network.recording import Past
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.comparing import DATA, differing, settings_of
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.runs.fork import Fork
from mnist_lab.runs.fork_checks import check_finite, check_fixed, check_is_run, check_something_left, check_update
from mnist_lab.runs.opening import ResumedRun
from mnist_lab.runs.run import Run
from mnist_lab.runs.run_cut import changes_from, cut_at
from mnist_lab.runs.snapshots import activation_at, network_of
from mnist_lab.runs.store import RunStore

BEGINS_ANEW = frozenset(
    (
        DATA,
        "batch_size",
        "batch_order",
        "validation",
        "held_out_share",
        "seed",
        "one_batch",
        "shuffled_labels",
        "moved_copies",
        *MOVED_STRENGTHS,
    )
)
"""What decides which images the batches hold: with another of these, a new epoch 1 begins."""
_RATE = "optimizer/learning_rate"


def changed_settings(
    parent: Experiment, wanted: Experiment, rate: float, *, is_other_data: bool = False
) -> tuple[str, ...]:
    """What a fork would change, by the names of `comparing.SETTINGS` and in their order.

    Args:
        parent: the settings of the run that is left.
        wanted: those of the fork.
        rate: the learning rate in force where it is left: see `rate_at` and `Run.rates`.
        is_other_data: whether the digits are others.
    """
    names = differing([settings_of(parent.changed(learning_rate=rate), None), settings_of(wanted, None)])
    return (*names, *((DATA,) if is_other_data else ()))


def chosen_changes(parent: Experiment, chosen: Experiment, rate: float) -> dict[str, object]:
    """What the settings in a form would change of a run that is left; `rate` is in force there, and is compared."""
    return {name: getattr(chosen, name) for name in changed_settings(parent, chosen, rate)}


def rate_at(kept: KeptRun, updates: int) -> float:
    """The learning rate with which a run goes on after so many gradient updates.

    Raises:
        ValueError: it is a kept network.
    """
    if kept.experiment is None:
        raise ValueError("a kept network was never run here")
    first = kept.facts.past[0].experiment if kept.facts.past else kept.experiment
    rates = [change.learning_rate for change in kept.rate_changes if change.update <= updates]
    return rates[-1] if rates else first.learning_rate


def plan_fork(
    store: RunStore,
    parent: KeptRun,
    updates: int,
    changes: Mapping[str, object],
    digits: Digits,
    snapshot: Snapshot,
    own_digits: int = 0,
) -> Fork:
    """See whether a run can go on there with these settings, and read what the new one takes over.

    Args:
        store: where the parent is kept.
        parent: the run that is left.
        updates: after how many of its gradient updates.
        changes: settings that are given; all others are the parent's. Without a learning rate the one in force counts,
            and is changed later on where the parent's was.
        digits: those that the fork trains on: the parent's, or others.
        snapshot: the parent's network and optimizer there.
        own_digits: how many of the training images the learner has drawn, where they are others than the parent's.

    Raises:
        StoreError: the run cannot be left there, or not be read.
        ExperimentError: the settings do not fit, or leave nothing to train.
    """
    check_finite(parent.facts.number, snapshot)
    wanted, asked, changed = _settings(parent, updates, changes, digits)
    data = check_is_run(parent)
    if not BEGINS_ANEW.isdisjoint(changed):
        data = DataFacts.of(digits, own_digits) if DATA in changed else data
        return _anew(parent, updates, asked, data, changed, snapshot)
    at = _leaves_at(parent, updates, changes, changed)
    if at > updates:
        snapshot = store.snapshot(parent.facts.id, at)
    rate = wanted.learning_rate if "learning_rate" in changes else None
    return replace(_counted_on(store, parent, at, wanted, data, changed, snapshot, rate), parent_update=updates)


def check_fork(parent: KeptRun, updates: int, changes: Mapping[str, object], digits: Digits) -> None:
    """See all that can be seen before the network of that moment is there; arguments are those of `plan_fork`.

    Raises:
        StoreError: the run cannot be left there.
        ExperimentError: the settings do not fit, or leave nothing to train.
    """
    wanted, _, changed = _settings(parent, updates, changes, digits)
    if BEGINS_ANEW.isdisjoint(changed):
        at = _leaves_at(parent, updates, changes, changed)
        check_something_left(parent.facts.number, at, wanted, check_is_run(parent).train_images)


def _settings(
    parent: KeptRun, updates: int, changes: Mapping[str, object], digits: Digits
) -> tuple[Experiment, Experiment, tuple[str, ...]]:
    """The settings as they are kept if updates are counted on, those from there on, and what they change.

    They differ in the learning rate, where none is given: the one in force counts, and is no setting of the run.
    """
    data, before, number = check_is_run(parent), parent.experiment, parent.facts.number
    assert before is not None  # as was checked
    check_update(parent, updates)
    wanted, rate = _changed(before, changes), rate_at(parent, updates)
    asked = wanted if "learning_rate" in changes else wanted.changed(learning_rate=rate)
    changed = changed_settings(before, asked, rate, is_other_data=digits.fingerprint != data.fingerprint)
    check_fixed(changed, before, number)
    return wanted, asked, changed


def _leaves_at(parent: KeptRun, updates: int, changes: Mapping[str, object], changed: tuple[str, ...]) -> int:
    """Where the parent is really left: what is repeated with settings that change later is in its file already."""
    if set(changed) <= {"epochs"} and "learning_rate" not in changes:
        return max(updates, parent.facts.forked_at)
    return updates


def forked_run(fork: Fork, digits: Digits) -> ResumedRun:
    """The record of a run that is forked so, and its network as it begins.

    Raises:
        SnapshotError: what the parent holds there is no network.
    """
    weights = network_of(fork.halt.snapshot, fork.experiment.activation)
    if fork.inherited is None:
        run = Run(fork.experiment, digits)
        run.start_weights, run.begins_trained, run.may_know = weights, fork.begins_trained, fork.may_know
        return ResumedRun(run, weights, fork.halt, fork.changes, fork=fork)
    start = next((snapshot for snapshot in fork.snapshots if snapshot.updates == 0), None)
    facts = replace(fork.parent.facts, id=uuid.uuid4().hex, past=fork.past)
    kept = replace(fork.inherited, facts=facts, name="", experiment=fork.experiment)
    begin = None if start is None else network_of(start, activation_at(facts, 0))
    run = Run.restored(kept, digits, begin if fork.updates else weights)
    run.number = None
    run.go_on(fork.updates, may_grow=False)
    if fork.changes and fork.changes[0].update == fork.updates:
        run.learning_rate = fork.changes[0].learning_rate
    return ResumedRun(run, weights, fork.halt, fork.changes, fork=fork)


def _changed(before: Experiment, changes: Mapping[str, object]) -> Experiment:
    """The parent's settings with others in their place; another optimizer begins with its own defaults."""
    is_other = changes.get("optimizer", before.optimizer) != before.optimizer
    own: dict[str, object] = {"optimizer_settings": {}} if is_other else {}
    return before.changed(**own | dict(changes))


def _anew(
    parent: KeptRun,
    updates: int,
    experiment: Experiment,
    data: DataFacts,
    changed: tuple[str, ...],
    snapshot: Snapshot,
) -> Fork:
    """A new epoch 1 with the network and the optimizer of there; nothing else is taken over."""
    start = _with_rate(replace(snapshot, updates=0), experiment.learning_rate)
    nothing = np.empty(0, np.float32)
    halt = Halt(start, nothing, nothing, 0.0, is_fork=True)
    return Fork(
        parent,
        updates,
        experiment,
        data,
        changed,
        begins_anew=True,
        inherited=None,
        snapshots=(),
        past=(),
        halt=halt,
        changes=(),
        xla=_uses_xla(parent),
    )


def _counted_on(
    store: RunStore,
    parent: KeptRun,
    at: int,
    experiment: Experiment,
    data: DataFacts,
    changed: tuple[str, ...],
    snapshot: Snapshot,
    rate: float | None,
) -> Fork:
    """The parent's updates are counted on from `at`; another learning rate is a change of it, there."""
    check_something_left(parent.facts.number, at, experiment, data.train_images)
    changes = changes_from(parent, at)
    if rate is not None:
        changes = (RateChanged(at, rate),) if at else ()
        snapshot = snapshot if at else _with_rate(snapshot, rate)
    cut = cut_at(parent, at).kept
    made = tuple(change for change in cut.rate_changes if change.update < at)
    inherited = replace(cut, rate_changes=made)
    begin = inherited.epochs[-1].updates if inherited.epochs else 0
    halt = Halt(
        snapshot, cut.losses[begin:at], cut.accuracies[begin:at], cut.training_seconds, changes=changes, is_fork=True
    )
    return Fork(
        parent,
        at,
        experiment,
        data,
        changed,
        begins_anew=False,
        inherited=inherited,
        snapshots=_snapshots(store, parent, at),
        past=_past(parent, at),
        halt=halt,
        changes=changes,
        xla=_uses_xla(parent),
    )


def _snapshots(store: RunStore, parent: KeptRun, at: int) -> list[Snapshot]:
    """Those of the parent before `at`; one that is damaged is left out where another leads to the same bits."""
    found: list[Snapshot] = []
    for kept in parent.snapshots:
        if kept.updates >= at:
            break
        try:
            found.append(store.snapshot(parent.facts.id, kept.updates))
        except StoreError as error:
            is_needed = any(kept.updates == past.until for past in parent.facts.past)
            if error.trouble is not Trouble.DAMAGED or is_needed:
                raise
    return found


def _past(parent: KeptRun, at: int) -> tuple[Past, ...]:
    """With which settings the first `at` updates were made."""
    assert parent.experiment is not None  # as was checked
    if not at:
        return ()
    before = tuple(past for past in parent.facts.past if past.until < at)
    own = next((past.experiment for past in parent.facts.past if past.until >= at), parent.experiment)
    return (*before, Past(at, own))


def _with_rate(snapshot: Snapshot, rate: float) -> Snapshot:
    return replace(snapshot, variables={**snapshot.variables, _RATE: np.array(rate, np.float32)})


def _uses_xla(parent: KeptRun) -> bool:
    return bool(parent.facts.runtime.get("xla", True))
