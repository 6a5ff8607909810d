"""What a sweep will take, told before it begins: seconds, and bytes on disk.

Seconds come from what an update took: in kept runs of the same shape, else in those nearest in size, else in a short
trial. An estimate is for deciding whether to begin at all; it says nothing of what else the computer does meanwhile.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.environment import INTRA_OP_THREADS
from mnist_lab.network.events import Updates
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.local_pool import usable_cores
from mnist_lab.runs.store import SNAPSHOT_BUDGET
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.runs.sweep_pool import Pool, TrialLost, TrialOver, TrialTask
from mnist_lab.words import QT_TRANSLATE_NOOP

FIXED_PRODUCTS = 10_000_000
"""An update takes about as long as so many products of float32 before it has multiplied anything (measured: processor
time of 784-64-10 against 784-512-10 in batches of 128)."""
_MEASURED_SAMPLE = 1_000
"""Images trained on that each epoch's end measures, beside the test images."""
_FORWARD_SHARE = 1 / 3
"""Of an update, which goes forward once, backward twice."""
_START_SECONDS = 6.0
"""Until a worker has imported TensorFlow (measured: 5 to 9)."""
COMPILE_SECONDS = 1.0
"""For each shape of network, once a worker."""
_LARGE_PRODUCTS = 20_000_000
_TOGETHER, _LARGE_TOGETHER = 0.8, 0.6
"""Of one worker's speed is what each has where all processors work. An update of a large network is shared by two
threads (`INTRA_OP_THREADS`): of the chapter's network 1,030 a second on two processors, 600 on one (measured)."""
_BYTES, _FILE_BYTES = 4, 60_000
_LEAST_UPDATES = 50
"""Of a kept run that says anything of speed."""
_SLOWEST = 3e-10
"""Seconds for a product: twenty times what two cores of 2020 take (measured). Slower was slow motion."""
_TRIAL_SECONDS, _TRIAL_UPDATES = 0.3, 20
_TRIAL_INDEX = -1


@dataclass(frozen=True)
class UpdateSpeed:
    """How long one gradient update took of one experiment.

    Attributes:
        experiment: which.
        seconds: for each update.
    """

    experiment: Experiment
    seconds: float


@dataclass(frozen=True)
class SweepEstimate:
    """What a sweep will take, about.

    Attributes:
        runs: how many are trained.
        workers: how many at a time.
        seconds: from its start to its end; None where nothing is known of this computer's speed.
        bytes: that its runs will take on disk.
        is_measured: whether every experiment has a kept run or a trial of its own shape, and nothing is scaled.
    """

    runs: int
    workers: int
    seconds: float | None
    bytes: int
    is_measured: bool


def estimate_sweep(
    plan: SweepPlan,
    digits: Digits,
    rows: Sequence[RunRow],
    workers: int,
    trial: UpdateSpeed | None = None,
    *,
    processors: int | None = None,
) -> SweepEstimate:
    """Estimate it; quick, and nothing is read or trained.

    Args:
        plan: what is to be trained.
        digits: on what.
        rows: kept runs.
        workers: how many are trained at a time.
        trial: what `measured_speed` found, if it was asked.
        processors: that the workers share; None: those of this computer.
    """
    known = _known_speeds(rows, trial)
    seconds = [_training_seconds(one, digits, known) for one in plan.experiments]
    at_once = min(workers, len(plan.experiments))
    stored = sum(disk_bytes(one, digits, took) for one, took in zip(plan.experiments, seconds, strict=True))
    if not known:
        return SweepEstimate(len(plan.experiments), at_once, None, stored, False)
    share = _speed_together(at_once, processors or usable_cores())
    shapes = len({(*_shape(one), one.optimizer, one.activation, one.dropout > 0) for one in plan.experiments})
    compiling = COMPILE_SECONDS * min(shapes, math.ceil(len(plan.experiments) / at_once))
    working = sum((took or 0.0) / share(one) for one, took in zip(plan.experiments, seconds, strict=True))
    wall = _START_SECONDS + compiling + working
    is_measured = all(_shape(one) in known for one in plan.experiments)
    return SweepEstimate(len(plan.experiments), at_once, wall, stored, is_measured)


def _speed_together(at_once: int, processors: int) -> Callable[[Experiment], float]:
    """How many times one worker's speed so many have together, by what they train."""
    working = min(at_once, processors)

    def speed(experiment: Experiment) -> float:
        if at_once == 1:
            return 1.0
        if _products(experiment) < _LARGE_PRODUCTS:
            return working * _TOGETHER
        return working * (_TOGETHER if processors >= INTRA_OP_THREADS * at_once else _LARGE_TOGETHER)

    return speed


def training_seconds(experiments: Sequence[Experiment], digits: Digits, rows: Sequence[RunRow]) -> float | None:
    """About how long they train one after the other, by kept runs; None where there is none that says anything."""
    known = _known_speeds(rows)
    return sum(_training_seconds(one, digits, known) or 0.0 for one in experiments) if known else None


def _known_speeds(rows: Sequence[RunRow], trial: UpdateSpeed | None = None) -> dict[object, UpdateSpeed]:
    """By shape: of kept runs the fastest, of a trial where there is none."""
    known: dict[object, UpdateSpeed] = {}
    for speed in (*_kept_speeds(rows), *([] if trial is None else [trial])):
        known.setdefault(_shape(speed.experiment), speed)
    return known


def measured_speed(pool: Pool, plan: SweepPlan, is_cancelled: Callable[[], bool] = lambda: False) -> UpdateSpeed | None:
    """Train an experiment of middling size for part of a second, on a pool that was started; nothing of it is kept.

    Returns:
        how long its updates took; None where it did none.

    Raises:
        LabError: no worker can be had.
    """
    experiment = sorted(plan.experiments, key=_products)[len(plan.experiments) // 2]
    pool.submit(TrialTask(_TRIAL_INDEX, experiment, ""))
    found: UpdateSpeed | None = None
    is_stopped = False
    while True:
        for event in pool.events(0.1):
            if isinstance(event, TrialLost) or isinstance(event.sent, TrialOver):
                return found
            if isinstance(event.sent, Updates) and not is_stopped:
                done, seconds = event.sent.first + len(event.sent.losses), event.sent.training_seconds
                found = UpdateSpeed(experiment, seconds / done)
                if seconds >= _TRIAL_SECONDS and done >= _TRIAL_UPDATES:
                    is_stopped = True
                    pool.tell("stop")
        if is_cancelled() and not is_stopped:
            is_stopped = True
            pool.tell("stop")


def check_disk(estimate: SweepEstimate, free_bytes: int) -> None:
    """See that its runs have room.

    Raises:
        StoreError: they have not.
    """
    if estimate.bytes > free_bytes:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The runs of this sweep need about {needed:.1f} GB on disk, and {free:.1f} GB are free: leave out some "
                "experiments, or delete runs that you do not need.",
            ),
            needed=estimate.bytes / 1e9,
            free=free_bytes / 1e9,
        )


def disk_bytes(experiment: Experiment, digits: Digits, seconds: float | None) -> int:
    """About how many bytes the file of its run will have: snapshots, and two numbers for each update.

    Args:
        experiment: what is trained.
        digits: on what.
        seconds: how long it trains, where that is known: of a short run fewer epochs leave a snapshot.
    """
    a_snapshot = _BYTES * experiment.parameters() * (1 + optimizer_spec(experiment.optimizer).slots)
    between = experiment.epochs if seconds is None else min(experiment.epochs, int(seconds))
    snapshots = max(2 * a_snapshot, min((2 + between) * a_snapshot, SNAPSHOT_BUDGET))
    return _FILE_BYTES + snapshots + 2 * _BYTES * experiment.total_updates(len(digits.train_images))


def cost_of(experiment: Experiment, digits: Digits) -> float:
    """What it takes from start to end, in products: for comparing experiments with each other."""
    return _update_count(experiment, digits) * (_products(experiment) + FIXED_PRODUCTS)


def _products(experiment: Experiment) -> int:
    """Of one update's way forward."""
    return experiment.parameters() * experiment.batch_size


def _update_count(experiment: Experiment, digits: Digits) -> float:
    """Its updates, with what its epochs' ends measure as updates."""
    measured = (len(digits.test_images) + _MEASURED_SAMPLE) * _FORWARD_SHARE / experiment.batch_size
    return experiment.total_updates(len(digits.train_images)) + experiment.epochs * measured


def _training_seconds(experiment: Experiment, digits: Digits, known: Mapping[object, UpdateSpeed]) -> float | None:
    """By its own shape where that is known, else by the one nearest in size; None where nothing is."""
    size = _products(experiment) + FIXED_PRODUCTS

    def times_smaller(speed: UpdateSpeed) -> float:
        return size / (_products(speed.experiment) + FIXED_PRODUCTS)

    nearest = known.get(_shape(experiment)) or min(
        known.values(), key=lambda speed: abs(math.log(times_smaller(speed))), default=None
    )
    if nearest is None:
        return None
    return nearest.seconds * times_smaller(nearest) * _update_count(experiment, digits)


def _kept_speeds(rows: Sequence[RunRow]) -> list[UpdateSpeed]:
    """Of kept runs, the fastest first: other programs, and slow motion, made the others slower."""
    speeds = [
        UpdateSpeed(row.experiment, row.training_seconds / row.updates)
        for row in rows
        if row.kind == "run" and row.experiment is not None and row.updates >= _LEAST_UPDATES
    ]
    usual = [
        speed for speed in speeds if 0 < speed.seconds <= _SLOWEST * (_products(speed.experiment) + FIXED_PRODUCTS)
    ]
    return sorted(usual, key=lambda speed: speed.seconds)


def _shape(experiment: Experiment) -> tuple[tuple[int, ...], int]:
    """What decides how long an update takes, first of all."""
    return experiment.hidden_units, experiment.batch_size
