"""What is told of a run from elsewhere, judged as a whole: a run file that the lab writes is never any different."""

import itertools
import math
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.experiment import ACTIVATIONS, CLASSES, LIMITS, MOST_HIDDEN_LAYERS, PIXELS, Experiment
from mnist_lab.files.errors import DamageError
from mnist_lab.lab_file.parts import RunRecord
from mnist_lab.network.events import Diverged, EpochEnd, Finished, Stopped
from mnist_lab.network.snapshot import Snapshot, SnapshotError
from mnist_lab.runs.changing import LONGEST_NAME, LONGEST_NOTE
from mnist_lab.runs.facts import DataFacts, RunFacts
from mnist_lab.runs.run_reader import RunEnd
from mnist_lab.runs.snapshots import network_of
from mnist_lab.words import QT_TRANSLATE_NOOP

Numbers = NDArray[np.float32]
_MOST = 2**53
_MOST_SHARE = 1 + 1e-6
"""A mean of ones, however it was rounded."""
_FIRST_DAY, _LAST_DAY = datetime(1970, 1, 2, tzinfo=UTC), datetime(9000, 1, 1, tzinfo=UTC)
_MOST_UNITS = int(LIMITS["hidden_units"].maximum)


def check_record(record: RunRecord) -> None:
    """See that what is told of a run makes sense by itself.

    Raises:
        DamageError: it does not.
    """
    facts = record.facts
    _check_facts(facts)
    if facts.data is not None:
        _check_data(facts.data)
    is_network = facts.kind == "network"
    if not is_network and (record.experiment is None or facts.experiment is None or facts.data is None):
        raise _odd(QT_TRANSLATE_NOOP("errors", "settings"))
    if len(record.name) > LONGEST_NAME or len(record.note) > LONGEST_NOTE:
        raise _odd(QT_TRANSLATE_NOOP("errors", "name or note"))
    places = [one.updates for one in record.snapshots]
    if places != sorted(set(places)) or (is_network and len(places) != 1):
        raise _odd(QT_TRANSLATE_NOOP("errors", "snapshots"))
    if is_network and (record.epochs or record.rate_changes or record.outcome is not None or facts.past):
        raise _odd(QT_TRANSLATE_NOOP("errors", "kind"))
    changes = [update for update, _ in record.rate_changes]
    if changes != sorted(changes):
        raise _odd(QT_TRANSLATE_NOOP("errors", "learning rates"))


def check_numbers(record: RunRecord, losses: Numbers, accuracies: Numbers, seconds_at: NDArray[np.float64]) -> None:
    """See that the numbers of a run fit together, and what is told of it.

    Args:
        record: what is told.
        losses: (n,), of every gradient update.
        accuracies: (m,), the same.
        seconds_at: (k, 2), gradient updates and the training seconds until then.

    Raises:
        DamageError: they do not.
    """
    count = len(losses)
    if len(accuracies) != count or (record.facts.kind == "run") != (count > 0):
        raise _odd(QT_TRANSLATE_NOOP("errors", "numbers"))
    if not ((accuracies >= 0) & (accuracies <= _MOST_SHARE)).all():
        raise _odd(QT_TRANSLATE_NOOP("errors", "accuracies"))
    places, seconds = seconds_at[:, 0], seconds_at[:, 1]
    is_even = np.isfinite(seconds_at).all() and (places == np.floor(places)).all()
    if (
        not is_even
        or (np.diff(places, prepend=0) <= 0).any()
        or (seconds < 0).any()
        or (np.diff(seconds) < 0).any()
        or (places[-1] if len(places) else 0) != count
    ):
        raise _odd(QT_TRANSLATE_NOOP("errors", "training seconds"))
    parts = [0, *(past.until for past in record.facts.past)]
    snapshots = {one.updates for one in record.snapshots}
    if parts != sorted(set(parts)) or parts[-1] > count or not snapshots.issuperset(parts[1:]):
        raise _odd(QT_TRANSLATE_NOOP("errors", "what it has from its parent"))
    is_run = record.facts.kind == "run"
    if is_run and any(place > count for place in (*snapshots, *(update for update, _ in record.rate_changes))):
        raise _odd(QT_TRANSLATE_NOOP("errors", "snapshots"))
    _check_epochs(record.epochs, count)


def check_end(end: RunEnd, losses: Numbers) -> None:
    """See that a run ended where its numbers do, and that they are finite up to there.

    Raises:
        DamageError: it did not, or they are not.
    """
    count, outcome = len(losses), end.outcome
    match outcome:
        case Finished() | Stopped():
            is_right = outcome.updates == count
        case Diverged():
            is_right = 0 <= outcome.kept_updates <= outcome.update < count and not math.isfinite(outcome.loss)
        case _:
            is_right = end.state != "failed" or bool(end.failure)
    if isinstance(outcome, Finished):
        shares = (outcome.test_accuracy, outcome.train_accuracy, outcome.train_accuracy_after)
        is_right &= _are_shares(shares) and 0 <= outcome.training_seconds < math.inf
    if not is_right:
        raise _odd(QT_TRANSLATE_NOOP("errors", "end"))
    infinite = np.flatnonzero(~np.isfinite(losses))
    first = count if not isinstance(outcome, Diverged) else outcome.update
    if len(infinite) and infinite[0] < first and outcome is not None:
        raise _odd(QT_TRANSLATE_NOOP("errors", "losses"))


def check_snapshot(facts: RunFacts, snapshot: Snapshot) -> None:
    """See that a snapshot holds the network of its run, with finite weights.

    Raises:
        DamageError: it does not.
    """
    try:
        layers = network_of(snapshot, facts.activation).layers
    except SnapshotError as error:
        raise _odd_snapshot(snapshot) from error
    sizes = [PIXELS, *(layer.kernel.shape[1] for layer in layers)]
    ends = [*(f"hidden_{number}" for number in range(1, len(layers))), "output"]
    names = [f"{end}/{kind}" for end in ends for kind in ("kernel", "bias")]
    is_right = (
        layers[0].kernel.shape[0] == PIXELS
        and sizes[-1] == CLASSES
        and 2 <= len(layers) <= MOST_HIDDEN_LAYERS + 1
        and max(sizes[1:]) <= _MOST_UNITS
        and [name for name in snapshot.variables if not name.startswith(("optimizer/", "dropout_"))] == names
        and _is_of(_settings_at(facts, snapshot.updates), sizes[1:-1])
        and snapshot.is_finite()
    )
    if not is_right:
        raise _odd_snapshot(snapshot)


def _settings_at(facts: RunFacts, updates: int) -> Experiment | None:
    """Those that its network must have there; None of a kept network, which may have been made from another one."""
    if facts.kind == "network":
        return None
    past = next((past.experiment for past in facts.past if updates < past.until), None)
    return past or facts.experiment


def _is_of(experiment: Experiment | None, units: Sequence[int]) -> bool:
    return experiment is None or list(experiment.hidden_units) == list(units)


def _check_facts(facts: RunFacts) -> None:
    parts = [past.experiment.activation for past in facts.past]
    if any(activation not in ACTIVATIONS for activation in (facts.activation, *parts)):
        raise _odd(QT_TRANSLATE_NOOP("errors", "activation"))
    if facts.kind == "run" and facts.experiment is not None and facts.activation != facts.experiment.activation:
        raise _odd(QT_TRANSLATE_NOOP("errors", "activation"))
    if not re.fullmatch(r"[0-9a-f]{32}|", facts.parent_id) or facts.parent_id == facts.id:
        raise _odd(QT_TRANSLATE_NOOP("errors", "parent"))
    if not _FIRST_DAY <= facts.created <= _LAST_DAY:
        raise _odd(QT_TRANSLATE_NOOP("errors", "date"))
    told: Iterable[tuple[str, Any]] = itertools.chain(facts.versions.items(), facts.runtime.items())
    if not all(len(name) <= 100 and _is_plain(value) for name, value in told):
        raise _odd(QT_TRANSLATE_NOOP("errors", "versions"))


def _check_data(data: DataFacts) -> None:
    fingerprints = [data.fingerprint]
    fingerprints += [data.own.base_fingerprint] if data.own is not None else []
    fingerprints += [data.hand.base_fingerprint] if data.hand is not None else []
    own = data.own
    if (
        not all(re.fullmatch(r"[0-9a-f]{64}", fingerprint) for fingerprint in fingerprints)
        or data.own_digits > data.train_images
        or (own is not None and len(own.images) != len(own.labels) * 2 * PIXELS)
    ):
        raise _odd(QT_TRANSLATE_NOOP("errors", "data"))


def _check_epochs(epochs: Sequence[EpochEnd], updates: int) -> None:
    ends = [0, *(end.updates for end in epochs)]
    numbers = [0, *(end.epoch for end in epochs)]
    if (
        ends != sorted(set(ends))
        or ends[-1] > updates
        or numbers != sorted(set(numbers))
        or numbers[-1] > _MOST
        or not all(0 <= end.train_sample <= _MOST for end in epochs)
        or not all(re.fullmatch(r"[0-9a-f]{64}|", end.weights_sha256) for end in epochs)
        or not _are_shares(
            share for end in epochs for share in (end.train_accuracy, end.validation_accuracy, end.train_accuracy_after)
        )
    ):
        raise _odd(QT_TRANSLATE_NOOP("errors", "epochs"))


def _are_shares(values: Iterable[float]) -> bool:
    return all(0 <= value <= _MOST_SHARE for value in values)


def _is_plain(value: object) -> bool:
    return (
        isinstance(value, bool | float)
        or (isinstance(value, int) and abs(value) <= _MOST)
        or (isinstance(value, str) and len(value) <= 200)
    )


def _odd(what: str) -> DamageError:
    return DamageError(
        QT_TRANSLATE_NOOP("errors", "what it tells of a run makes no sense: {what}"), what=DamageError(what)
    )


def _odd_snapshot(snapshot: Snapshot) -> DamageError:
    return DamageError(
        QT_TRANSLATE_NOOP("errors", "its snapshot after update {update:,} is no network of that run"),
        update=snapshot.updates,
    )
