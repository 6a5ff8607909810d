"""Any moment of a run comes again with its very bits, and the replay says whether it did."""

import math
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from mnist_lab.data.digits import Digits
from mnist_lab.network.compiled import CompiledEvaluation
from mnist_lab.network.recording import Moment
from mnist_lab.network.replay import SPACING, Replay
from mnist_lab.network.session import TrainingSession
from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.network.workbench import WorkbenchPool
from mnist_lab.optimizers import OPTIMIZERS, optimizer_spec
from tests.network.recordings import Recorded, record, record_fork
from tests.network.runs import SMALL, UPDATES_PER_EPOCH, changed_weights

pytestmark = pytest.mark.keras

IDENTIFIERS = [spec.identifier for spec in OPTIMIZERS]
END = 2 * UPDATES_PER_EPOCH
PLACES = [END, 1, 0, 13, 12, UPDATES_PER_EPOCH, UPDATES_PER_EPOCH + 1, 31]
"""Forth and back; the last batch of an epoch is a short one."""


@pytest.fixture(scope="module")
def recorded(digits: Digits) -> Recorded:
    """Two epochs with dropout and a rate that is changed twice; the start and the first epoch's end are kept."""
    experiment = SMALL.changed(optimizer="adam", dropout=0.3)
    return record(experiment, digits, END, [0, UPDATES_PER_EPOCH], {12: 0.01, UPDATES_PER_EPOCH: 0.002})


@pytest.fixture
def replay() -> Iterator[Replay]:
    replay = Replay()
    yield replay
    replay.close()


def moment_at(replay: Replay, recorded: Recorded, updates: int, session: TrainingSession | None = None) -> Moment:
    """The moment, which has to be the very one."""
    moment = replay.go_to(recorded.recording, updates, session)
    assert moment is not None
    truth = recorded.moments[updates]
    assert moment.snapshot.hashes == truth.hashes
    assert moment.weights.sha256() == truth.weights_sha256
    assert (moment.updates, moment.weights.updates, moment.run_id) == (updates, updates, "a run")
    assert (moment.identical, moment.largest_difference) == (True, 0.0)
    assert moment.is_replayed == (updates > 0) == (moment.update is not None)
    if moment.update is not None:
        assert moment.update.before.sha256() == recorded.moments[updates - 1].weights_sha256
        assert moment.update.after.sha256() == truth.weights_sha256
        assert np.float32(moment.update.loss) == recorded.recording.losses[updates - 1]
    return moment


def test_moments_come_again_forth_and_back(recorded: Recorded, replay: Replay) -> None:
    for updates in PLACES:
        moment = moment_at(replay, recorded, updates)
        rate = next(
            (change.learning_rate for change in reversed(recorded.recording.changes) if change.update < updates), 0.001
        )
        if moment.update is not None:
            assert moment.update.learning_rate == pytest.approx(rate)


@pytest.mark.parametrize(
    ("optimizer", "xla"),
    [
        ("rmsprop", True),
        *(
            pytest.param(optimizer, xla, marks=pytest.mark.acceptance)
            for optimizer in IDENTIFIERS
            for xla in (False, True)
        ),
    ],
)
def test_moments_of_every_optimizer(optimizer: str, xla: bool, digits: Digits, replay: Replay) -> None:
    rate = optimizer_spec(optimizer).default_rate
    experiment = SMALL.changed(optimizer=optimizer, dropout=0.3, learning_rate=rate)
    recorded = record(experiment, digits, END, [0, 25], {30: rate / 2}, xla=xla)
    for updates in (33, 7, 26):
        moment_at(replay, recorded, updates)


@pytest.mark.parametrize(
    "settings",
    [
        {"shuffled_labels": True, "validation": "held_out", "held_out_share": 0.25, "l2": 0.001},
        {"one_batch": True},
        {"moved_copies": 1, "batch_order": "fixed"},
    ],
    ids=["shuffled labels and held-out images", "one batch", "moved copies"],
)
def test_moments_of_runs_on_other_images(settings: dict[str, object], digits: Digits, replay: Replay) -> None:
    recorded = record(SMALL.changed(**settings), digits, 24)
    for updates in (24, 3):
        moment_at(replay, recorded, updates)


def test_nothing_is_prepared_that_no_moment_needs(
    recorded: Recorded, replay: Replay, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A live run waits for it, and so does the window where it is closed meanwhile."""
    prepared: list[object] = []
    monkeypatch.setattr(CompiledEvaluation, "prepare", lambda _self, digits: prepared.append(digits))
    moment_at(replay, recorded, 3)
    assert not prepared


def test_a_run_of_which_nothing_is_kept_begins_at_its_seed(recorded: Recorded, replay: Replay) -> None:
    nothing = replace(recorded, recording=recorded.changed(snapshot=lambda _updates: None, hashes={}))
    for updates in (5, 0, 3):
        moment_at(replay, nothing, updates)


def test_a_fork_of_a_fork_has_each_part_with_its_own_settings(digits: Digits, replay: Replay) -> None:
    first = SMALL.changed(optimizer="adam")
    last = SMALL.changed(optimizer="sgd", activation="tanh")
    experiments = {0: first, 10: first.changed(dropout=0.2, learning_rate=0.01), 22: last}
    recorded = record_fork(experiments, digits, END, [0, 20])
    for updates in (35, 10, 11, 9, 22, 23, 21, 0):
        moment = moment_at(replay, recorded, updates)
        assert moment.weights.activation == ("tanh" if updates >= 22 else "relu"), "that with which it goes on"
    lost = recorded.changed(snapshot=lambda updates: recorded.moments[20 if updates >= 20 else 0])
    with pytest.raises(SnapshotError, match="after update 22 of its parent is kept no more"):
        Replay().go_to(lost, 30)


# What it says where the bits differ


def test_a_replay_that_differs_says_so(recorded: Recorded, replay: Replay) -> None:
    losses = recorded.recording.losses.copy()
    losses[5] += np.float32(0.25)
    other = recorded.changed(losses=losses)

    def told(updates: int) -> tuple[bool, float]:
        moment = replay.go_to(other, updates)
        assert moment is not None
        return moment.identical, moment.largest_difference

    assert told(4) == (True, 0.0)
    assert told(5) == (False, pytest.approx(0.25)), "the loss of the next update tells of these weights"
    assert told(6) == told(9) == (False, pytest.approx(0.25)), "so does the way there"
    assert told(25) == (True, 0.0), "which began at a snapshot behind it"


def test_a_hash_alone_may_differ(recorded: Recorded, replay: Replay) -> None:
    other = recorded.changed(hashes={0: recorded.recording.hashes[0], 8: "0" * 64, 30: "1" * 64})
    for updates, is_identical in ((7, True), (8, False), (9, False), (29, True), (30, False)):
        moment = replay.go_to(other, updates)
        assert moment is not None
        assert moment.identical == is_identical or updates == 29
    assert math.isnan(moment.largest_difference)


def test_a_snapshot_of_another_network_is_refused(recorded: Recorded, replay: Replay, digits: Digits) -> None:
    other = record(recorded.recording.experiment.changed(hidden_units=(3,)), digits, 1)
    with pytest.raises(SnapshotError, match="another network"):
        replay.go_to(recorded.changed(snapshot=other.recording.snapshot), 1)


# The way there


def test_what_is_not_wanted_any_more_ends_and_was_not_in_vain(digits: Digits, replay: Replay) -> None:
    recorded = record(SMALL.changed(batch_size=2), digits, 3 * SPACING)

    def is_short_of_first_snapshot() -> bool:
        left = replay.nearest(3 * SPACING)
        return left is None or left.updates < SPACING

    for is_wanted in (lambda: False, is_short_of_first_snapshot):
        assert replay.go_to(recorded.recording, 3 * SPACING, is_wanted=is_wanted) is None
    left = replay.nearest(3 * SPACING)
    assert left is not None
    assert left.updates == SPACING
    assert left.hashes == recorded.moments[SPACING].hashes
    moment_at(replay, recorded, 3 * SPACING - 1)
    assert recorded.read == [3 * SPACING - 1], "what is kept was read once"


def test_what_is_kept_may_be_read_before(recorded: Recorded, replay: Replay) -> None:
    before = len(recorded.read)
    replay.prepare(recorded.recording, 15)
    assert recorded.read[before:] == [14]
    moment_at(replay, recorded, 15)
    assert recorded.read[before:] == [14], "by whoever asks, not by the thread that trains"


def test_the_next_moment_is_one_update_away(recorded: Recorded, replay: Replay) -> None:
    moment_at(replay, recorded, 17)
    wanted = iter([True])
    assert replay.go_to(recorded.recording, 18, is_wanted=lambda: next(wanted)) is not None, (
        "asked once: there is no way"
    )


def test_snapshots_in_memory_keep_to_their_budget(recorded: Recorded) -> None:
    size = sum(value.nbytes for value in recorded.moments[0].variables.values())
    replay = Replay(budget=3 * size)
    places = [3, 9, 14, 19, 24]
    hashes = {updates: recorded.moments[updates].weights_sha256 for updates in (0, *places)}
    many = replace(recorded, recording=recorded.changed(hashes=hashes, snapshot=lambda _: recorded.moments[0]))
    moment_at(replay, many, 30)
    assert [replay.nearest(updates) for updates in (3, 14)] == [None, None], "the first were used least recently"
    newest = [replay.nearest(updates) for updates in (20, 28, 30)]
    assert [snapshot and snapshot.updates for snapshot in newest] == [19, 24, 30]
    too_small = Replay(budget=size - 1)
    moment_at(too_small, many, 12)
    assert too_small.nearest(END) is None
    replay.close()
    assert replay.nearest(END) is None
    too_small.close()


def test_a_run_that_went_on_otherwise_is_not_taken_for_the_one_before(
    recorded: Recorded, replay: Replay, digits: Digits
) -> None:
    moment_at(replay, recorded, 25)
    other = record(recorded.recording.experiment, digits, END, [0], {12: 0.01, 17: 0.5})
    moment_at(replay, other, 18)
    moment_at(replay, other, 25)
    longer = replace(other, recording=other.changed(losses=other.recording.losses[:18]))
    moment_at(replay, longer, 18)
    cut = replace(
        other, recording=other.changed(losses=other.recording.losses[:18], changes=other.recording.changes[:1])
    )
    moment = replay.go_to(cut.recording, 18)
    assert moment is not None
    assert moment.weights.sha256() != other.moments[18].weights_sha256, "with the rate as it was"


def test_a_live_runs_own_session_is_used(recorded: Recorded, digits: Digits) -> None:
    pool = WorkbenchPool()
    live = TrainingSession(recorded.recording.experiment.changed(epochs=9), digits, recorded.moments[33], xla=False)
    replay = Replay(pool=pool)
    moment_at(replay, recorded, 14, live)
    replay.close()
    assert not pool.idle, "no other was made"
    live.restore(recorded.moments[33])
    live.advance(1)
    assert live.snapshot().hashes == recorded.moments[34].hashes
    live.close()


def test_its_session_is_given_back(recorded: Recorded) -> None:
    pool = WorkbenchPool()
    replay = Replay(pool=pool)
    for _ in range(2):
        moment_at(replay, recorded, 2)
        assert not pool.idle
        replay.close()
        assert len(pool.idle) == 1


def test_weights_that_are_not_finite_are_told_as_they_are(recorded: Recorded, replay: Replay) -> None:
    def snapshot(_updates: int) -> Snapshot:
        return changed_weights(recorded.moments[0], math.nan)

    moment = replay.go_to(recorded.changed(snapshot=snapshot), 2)
    assert moment is not None
    assert not moment.identical
    assert math.isnan(moment.largest_difference)
