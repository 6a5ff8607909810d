"""The sweep that was begun last, written down at its start: so that its results can be shown again, and be completed.

The runs themselves are kept one by one, as all runs are. A trial's run has an id that follows from the sweep's.
"""

import uuid
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, TypeAdapter

from mnist_lab.data.digits import Digits
from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.files.atomic import rename_aside, write_atomically
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import DamageError
from mnist_lab.files.json_text import json_bytes, parse_json
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.sweep_choices import MOST_EXPERIMENTS
from mnist_lab.runs.sweep_plan import SweepPlan
from mnist_lab.words import QT_TRANSLATE_NOOP

FILE_NAME = "last_sweep.json"
MOST_BYTES = 64 * 1024**2
_VERSION = 1
_Id = Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
_Count = Annotated[int, Field(ge=0, le=2**53)]
_Settings = dict[str, Any]  # judged by `Experiment.parse`


@dataclass(frozen=True)
class SweepRecord:
    """A sweep as it was begun.

    Attributes:
        id: 32 hexadecimal digits.
        number: by which its runs are called.
        fingerprint: of its digits, see `Digits.fingerprint`.
        plan: what it trains.
        rounds: how often it was begun: once, and once more each time that it went on.
    """

    id: str
    number: int
    fingerprint: str
    plan: SweepPlan
    rounds: int = 1

    @classmethod
    def of(cls, plan: SweepPlan, number: int, digits: Digits) -> "SweepRecord":
        """That of a sweep which is about to begin."""
        return cls(uuid.uuid4().hex, number, digits.fingerprint, plan)

    def once_more(self) -> "SweepRecord":
        """The same as it goes on: what it trains then are runs of their own."""
        return replace(self, rounds=self.rounds + 1)

    def run_id(self, index: int) -> str:
        """The id of the run of one experiment, if it is trained in the newest round."""
        return self._run_id(index, self.rounds)

    def run_ids(self, index: int) -> Iterator[str]:
        """The ids that the runs of one experiment may have, the newest first."""
        return (self._run_id(index, number) for number in range(self.rounds, 0, -1))

    def _run_id(self, index: int, number: int) -> str:
        return uuid.uuid5(uuid.UUID(self.id), f"{index}/{number}").hex


@dataclass(frozen=True)
class _Written:
    """The file: `first` has all settings of the first experiment, `others` what is not as in the first."""

    version: Annotated[int, Field(ge=1, le=_VERSION)]
    id: _Id
    number: Annotated[int, Field(ge=1, le=2**53)]
    rounds: Annotated[int, Field(ge=1, le=10_000)]
    fingerprint: Annotated[str, Field(max_length=64)]
    data: Annotated[str, Field(max_length=10_000)]
    varied: Annotated[list[str], Field(max_length=len(Experiment.model_fields))]
    doubles: _Count
    first: _Settings
    others: Annotated[list[_Settings], Field(max_length=MOST_EXPERIMENTS - 1)]


_ADAPTER = TypeAdapter(_Written)


def write_record(home: Path, record: SweepRecord) -> None:
    """Keep it in place of the one before.

    Raises:
        StoreError: it cannot be written.
    """
    plan = record.plan
    first, *others = (experiment.model_dump(mode="json") for experiment in plan.experiments)
    written = _Written(
        _VERSION,
        record.id,
        record.number,
        record.rounds,
        record.fingerprint,
        plan.data,
        list(plan.varied),
        plan.doubles,
        first,
        [{name: value for name, value in one.items() if value != first[name]} for one in others],
    )
    path = home / FILE_NAME
    with store_errors(path):
        home.mkdir(parents=True, exist_ok=True)
        write_atomically(path, json_bytes(asdict(written)))


def read_record(home: Path) -> SweepRecord | None:
    """The sweep that was begun last; None where none was. A file that makes no sense is set aside: renamed.

    Raises:
        StoreError: it cannot be read, with the reason in one sentence.
    """
    path = home / FILE_NAME
    try:
        with store_errors(path), open_regular(path) as file:
            content = file.read(MOST_BYTES + 1)
    except StoreError:
        if path.exists():
            raise
        return None
    try:
        return _as_record(content)
    except (DamageError, ExperimentError, ValueError) as error:
        with store_errors(path):
            aside = rename_aside(path)
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The last sweep cannot be shown again, because “{path}” makes no sense; it is called “{aside}” now. "
                "Its runs are in the list of runs.",
            ),
            path=path,
            aside=aside.name,
        ) from error


def _as_record(content: bytes) -> SweepRecord:
    """What a file says.

    Raises:
        ValueError: it is too large, or no such record; also a `ValidationError`.
        DamageError: it is no JSON.
        ExperimentError: settings that cannot be.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(len(content))
    written = _ADAPTER.validate_python(parse_json(content))
    if any(name not in Experiment.model_fields for name in written.varied):
        raise ValueError(written.varied)
    first = Experiment.parse(written.first)
    experiments = (first, *(first.changed(**changes) for changes in written.others))
    plan = SweepPlan(written.data, experiments, tuple(written.varied), written.doubles)
    return SweepRecord(written.id, written.number, written.fingerprint, plan, written.rounds)
