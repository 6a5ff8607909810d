"""What a .lab file consists of: names, limits, and the fields of its JSON."""

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field

from mnist_lab.experiment import LIMITS, Experiment
from mnist_lab.files.archive import Bounds
from mnist_lab.network.events import EpochEnd
from mnist_lab.runs.facts import RunFacts

SUFFIX = ".lab"
FORMAT = "MNIST Lab file"
VERSION = 1

MANIFEST = "manifest.json"
OWN_DIGITS = "own_digits.npz"
NUMBERS = ("losses", "accuracies", "seconds_at")
"""Arrays of a run: (n,) and (n,) float32, a value an update, and (k, 2) float64, updates and training seconds."""

BOUNDS = Bounds(members=30_000, bytes=16 * 1024**3, directory_bytes=4 * 1024**2)
MOST_MANIFEST_BYTES = 8 * 1024**2
MOST_JSON_BYTES = 64 * 1024**2
MOST_NUMBERS_BYTES = 1024**3
MOST_SNAPSHOT_BYTES = 6 * 1024**3
"""Two layers of 16,384 units take 1.1 GB, and three times as much with Adam's state."""
MOST_OWN_BYTES = 128 * 1024**2

MOST_SNAPSHOTS = 5_000
"""Of one run in a file; a run of hours has more than that only where a network takes a few kilobytes."""
MOST_VARIABLES = 100
"""Of one snapshot: five layers with an optimizer's state take about forty."""

_Count = Annotated[int, Field(ge=0, le=2**53)]
_Rate = Annotated[float, Field(ge=LIMITS["learning_rate"].minimum, le=LIMITS["learning_rate"].maximum)]
_Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
_Word = Annotated[str, Field(max_length=200)]


def folder_of(run_id: str) -> str:
    """Where the parts of a run are."""
    return f"runs/{run_id}"


def json_of(run_id: str) -> str:
    """The part with all of a run that is no array."""
    return f"{folder_of(run_id)}/run.json"


def numbers_of(run_id: str) -> str:
    """The part with the losses and accuracies of a run."""
    return f"{folder_of(run_id)}/numbers.npz"


def snapshot_of(run_id: str, updates: int) -> str:
    """The part with a network of a run, and its optimizer's state."""
    return f"{folder_of(run_id)}/snapshots/{updates}.npz"


def file_name(origin: str) -> str:
    """The name of a file without its folders, whichever system's; those of another computer lead nowhere."""
    return re.split(r"[/\\\\]", origin)[-1]


@dataclass(frozen=True)
class ListedPart:
    """What the manifest says of a part.

    Attributes:
        bytes: how long it is.
        sha256: of its bytes, as hexadecimal digits.
    """

    bytes: _Count
    sha256: _Sha256


@dataclass(frozen=True)
class Manifest:
    """What a .lab file says of itself.

    Attributes:
        lab: version of the lab that wrote it.
        runs: the ids of its runs, in order.
        parts: all its parts but the manifest itself.
    """

    lab: _Word
    runs: Annotated[tuple[Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")], ...], Field(max_length=1000)]
    parts: dict[str, ListedPart]


@dataclass(frozen=True)
class SnapshotRecord:
    """What is told of a snapshot.

    Attributes:
        updates: gradient updates behind it.
        optimizer: see `Snapshot`.
        runtime: the fields of `Snapshot.runtime`.
        weights_sha256: of its kernels and biases, see `NetworkWeights.sha256`.
        variables: the names of its arrays, in the lab's order.
    """

    updates: _Count
    optimizer: _Word
    runtime: dict[_Word, Any]
    weights_sha256: _Sha256
    variables: Annotated[tuple[_Word, ...], Field(max_length=MOST_VARIABLES)]


@dataclass(frozen=True)
class RunRecord:
    """All of a run that is no array: what stands in its run.json.

    Attributes:
        facts: what was known when it began.
        name: what the learner calls it.
        note: what the learner wrote on it.
        starred: whether the learner has starred it.
        experiment: as it is now: epochs may have been added.
        rate_changes: each change of the learning rate, as update and rate.
        epochs: what each epoch was measured at.
        outcome: how it ended; None if it has not.
        snapshots: those that go with it, by their updates.
    """

    facts: RunFacts
    name: str
    note: str
    starred: bool
    experiment: Experiment | None
    rate_changes: tuple[tuple[_Count, _Rate], ...]
    epochs: tuple[EpochEnd, ...]
    outcome: dict[str, Any] | None
    snapshots: Annotated[tuple[SnapshotRecord, ...], Field(max_length=MOST_SNAPSHOTS)]
