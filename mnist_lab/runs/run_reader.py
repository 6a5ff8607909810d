"""What the rows of a run's file mean: facts, numbers, epochs, snapshots, each looked at before it is used."""

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any, Literal, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter

from mnist_lab.experiment import Experiment
from mnist_lab.files.errors import DamageError
from mnist_lab.network.events import Diverged, EpochEnd, Failed, Finished, RateChanged, Stopped
from mnist_lab.runs import run_file
from mnist_lab.runs.facts import KeptRun, KeptSnapshot, KeptState, RunFacts
from mnist_lab.runs.run_file import RunFile
from mnist_lab.words import QT_TRANSLATE_NOOP

_T = TypeVar("_T")
Outcome = Finished | Stopped | Diverged | Failed

_OUTCOMES: dict[str, type[Finished | Stopped | Diverged]] = {
    "finished": Finished,
    "stopped": Stopped,
    "diverged": Diverged,
}


@dataclass(frozen=True)
class Present:
    """What may change later on.

    Attributes:
        name: what the learner calls the run.
        note: what the learner wrote on it.
        is_starred: whether the learner has starred it.
        experiment: as it is now: epochs may have been added.
    """

    name: str
    note: str
    is_starred: bool
    experiment: Experiment | None


@dataclass(frozen=True)
class RunEnd:
    """How a run ended: the kind of its outcome, the event, and why where it failed."""

    state: KeptState
    outcome: Finished | Stopped | Diverged | None
    failure: str


def read_run(file: RunFile) -> KeptRun:
    """Everything but the snapshots' bytes; a run without an end is taken for an interrupted one.

    Raises:
        SqliteFileError: something in it is damaged.
    """
    with file.reading():
        return read_told(file)


def read_told(file: RunFile) -> KeptRun:
    """The same within a `reading` of the caller.

    Raises:
        SqliteFileError: something in it is damaged.
    """
    facts, present = read_facts(file), read_present(file)
    losses, accuracies, seconds_at = read_numbers(file)
    parts = [0, *(past.until for past in facts.past)]
    if parts != sorted(set(parts)) or parts[-1] > len(losses):
        raise file.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "what it has from its parent is not whole")))
    end = _read_end(file, facts)
    return KeptRun(
        facts=facts,
        name=present.name,
        note=present.note,
        is_starred=present.is_starred,
        state=end.state,
        experiment=present.experiment,
        rate_changes=read_changes(file),
        losses=losses,
        accuracies=accuracies,
        seconds_at=seconds_at,
        epochs=read_epochs(file, len(losses)),
        outcome=end.outcome,
        failure=end.failure,
        training_seconds=float(seconds_at[-1, 1]) if len(seconds_at) else 0.0,
        snapshots=read_snapshots(file),
    )


def read_facts(file: RunFile) -> RunFacts:
    """What was known when the run began."""
    return _only(file, run_file.FACTS, RunFacts)


def read_present(file: RunFile) -> Present:
    """Name, note, star and the experiment as they are now."""
    return _only(file, run_file.PRESENT, Present)


def read_numbers(file: RunFile) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float64]]:
    """Losses and accuracies, each (n,) float32; and (k, 2) updates with the training seconds until then."""
    losses: list[bytes] = []
    accuracies: list[bytes] = []
    seconds_at: list[tuple[int, float]] = []
    count = 0
    for first, seconds, loss, accuracy in file.rows(run_file.NUMBERS):
        if first != count or not loss or len(loss) != len(accuracy) or len(loss) % 4 or not _is_time(seconds):
            raise file.damaged(
                DamageError(
                    QT_TRANSLATE_NOOP("errors", "the numbers after update {update:,} are not whole"), update=count
                )
            )
        losses.append(loss)
        accuracies.append(accuracy)
        count += len(loss) // 4
        seconds_at.append((count, seconds))
    return _floats(losses), _floats(accuracies), np.array(seconds_at, np.float64).reshape(-1, 2)


def read_epochs(file: RunFile, updates: int) -> tuple[EpochEnd, ...]:
    """The epochs of a run of so many updates."""
    epochs = tuple(parsed(file, text, EpochEnd, run_file.EPOCHS) for _, text in file.rows(run_file.EPOCHS))
    ends = [0, *(end.updates for end in epochs)]
    if ends != sorted(set(ends)) or ends[-1] > updates:
        raise file.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "its epochs do not fit its numbers")))
    return epochs


def read_changes(file: RunFile) -> tuple[RateChanged, ...]:
    """Every change of the learning rate, in order."""
    return tuple(RateChanged(update, rate) for _, update, rate in file.rows(run_file.CHANGES))


def read_snapshots(file: RunFile) -> tuple[KeptSnapshot, ...]:
    """Which snapshots there are, by their updates."""
    rows = file.rows(run_file.SNAPSHOTS)
    return tuple(parsed(file, text, KeptSnapshot, run_file.SNAPSHOTS, updates=updates) for updates, text in rows)


# As text


def as_json(value: Any) -> str:
    """A dataclass of the store as text; without the run's id, which is the file's own."""
    fields = adapter(type(value)).dump_python(value, mode="python")
    fields.pop("run_id", None)
    return json.dumps(fields, default=_plain)


def outcome_as_json(outcome: Outcome) -> str:
    """How a run ended, as text."""
    if isinstance(outcome, Failed):
        return json.dumps({"kind": "failed", "sentence": str(outcome.error) or type(outcome.error).__name__})
    kind = next(kind for kind, type_ in _OUTCOMES.items() if isinstance(outcome, type_))
    return json.dumps({"kind": kind} | {k: v for k, v in asdict(outcome).items() if k != "run_id"}, default=_plain)


def adapter(type_: type[_T]) -> TypeAdapter[_T]:
    """What reads and checks values of a dataclass."""
    key: Any = type_
    made: TypeAdapter[_T] = _made_adapter(key)
    return made


@cache
def _made_adapter(type_: Any) -> Any:
    """Made when first needed: each takes a millisecond, and the window opens without it."""
    return TypeAdapter(type_)


def _plain(value: Any) -> Any:
    """What JSON has no word for: times, and NumPy's numbers."""
    return value.isoformat() if hasattr(value, "isoformat") else value.item()


# From text


def _only(file: RunFile, table: run_file.Table, type_: type[_T]) -> _T:
    row = file.only(table)
    if row is None:
        raise file.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "“{table}” is empty"), table=table.name))
    return parsed(file, row[1], type_, table)


def parsed(file: RunFile, text: str, type_: type[_T], table: run_file.Table, **more: object) -> _T:
    """What the text of a row says, with `more` fields from its other columns.

    Raises:
        SqliteFileError: it makes no sense.
    """
    try:
        return adapter(type_).validate_python(json.loads(text) | more)
    except (ValueError, TypeError, RecursionError) as error:
        raise file.damaged(
            DamageError(QT_TRANSLATE_NOOP("errors", "a row of “{table}” makes no sense"), table=table.name)
        ) from error


def _read_end(file: RunFile, facts: RunFacts) -> RunEnd:
    row = file.only(run_file.OUTCOME)
    try:
        return end_of(facts, None if row is None else dict(json.loads(row[1])))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise file.damaged(DamageError(QT_TRANSLATE_NOOP("errors", "its end makes no sense"))) from error


def end_of(facts: RunFacts, fields: Mapping[str, Any] | None) -> RunEnd:
    """What `outcome_as_json` told; None: the run has not ended.

    Raises:
        ValueError, TypeError, KeyError, AttributeError: it makes no sense.
    """
    if fields is None:
        return RunEnd("finished" if facts.kind == "network" else "interrupted", None, "")
    kind: Literal["finished", "stopped", "diverged", "failed"] = fields["kind"]
    if kind == "failed":
        return RunEnd(kind, None, str(fields["sentence"]))
    told = {name: value for name, value in fields.items() if name != "kind"}
    return RunEnd(kind, adapter(_OUTCOMES[kind]).validate_python(told), "")


def _is_time(seconds: float) -> bool:
    return math.isfinite(seconds) and seconds >= 0


def _floats(pieces: Sequence[bytes]) -> NDArray[np.float32]:
    values = np.frombuffer(b"".join(pieces), "<f4").astype(np.float32)
    values.flags.writeable = False
    return values
