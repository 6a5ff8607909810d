"""The Keras program of a run that was kept, as it really went: stopped, resumed, at other learning rates, forked."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.errors import MirrorError
from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.program import program
from mnist_lab.mirror.saving import Files
from mnist_lab.mirror.source import source_with_added
from mnist_lab.mirror.stretch import Stretch
from mnist_lab.network.recording import Recording
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.words import QT_TRANSLATE_NOOP

_LEFT_AS_IT_IS = frozenset({"learning_rate", "epochs"})
"""What may be others before a moment and after it without another network, as the changes of the rate are known."""


@dataclass(frozen=True, eq=False)
class KeptProgram:
    """A program and what it reads beside the digits that everybody has.

    Attributes:
        program: its text names the `files` by their absolute paths.
        files: what must be written before it is run, see `saving.save_program`.
    """

    program: Program
    files: Files


def kept_program(
    recording: Recording,
    beside: Path,
    *,
    until: int | None = None,
    own_digits: int = 0,
    begins_trained: bool = False,
    checks: bool = False,
) -> KeptProgram:
    """The program of a run up to any of its moments; its bits are those of that moment where the run was `--plain`.

    A run that went on from another one's moment, with other settings or on other digits, begins with the network and
    the optimizer of there: they are read from a file.

    Args:
        recording: the run; its digits are those that it trained on.
        beside: where the program is going to be written, with its ending: the files get names after it. Of a program
            that is written nowhere, any path in a folder that stays.
        until: after how many gradient updates; None: after all that were made.
        own_digits: how many of the training images are a person's own, see `DataFacts`.
        begins_trained: whether it began with another run's network, see `RunFacts`.
        checks: see `program`.

    Raises:
        MirrorError: the network with which it began is not kept any more.
        DataError: the digits are in files that have gone or are damaged.
        OSError: they cannot be opened.
    """
    beside = beside.absolute()
    end = len(recording.losses) if until is None else until
    begin, experiment = _newest_part(recording, end)
    files: dict[Path, Mapping[str, NDArray[Any]]] = {}
    digits_file = beside.with_name(f"{beside.stem}_digits.npz")
    source, added = source_with_added(recording.digits, own_digits, digits_file)
    if added:
        files[digits_file] = added
    start, iterations = None, begin
    if begin or begins_trained:
        snapshot = _snapshot_at(recording, begin)
        start = beside.with_name(f"{beside.stem}_start.npz")
        files[start] = _in_keras_order(snapshot)
        iterations = int(snapshot.variables["optimizer/iterations"])
    # The last one counts where there are several at one update.
    rates = {
        change.update - begin + iterations: change.learning_rate
        for change in recording.changes
        if begin <= change.update < end
    }
    stretch = Stretch(begin, end, rates, start)
    return KeptProgram(program(experiment, source, stretch, checks=checks), files)


def _newest_part(recording: Recording, end: int) -> tuple[int, Experiment]:
    """The updates up to `end` that one network with one optimizer made: where they begin, and their settings."""
    parts = [(past.until, past.experiment) for past in recording.past if past.until < end]
    last = recording.part(max(end - 1, 0)).experiment
    begin, experiment = 0, last
    for number, (until, before) in enumerate(parts):
        after = parts[number + 1][1] if number + 1 < len(parts) else last
        if _differ(before, after):
            begin = until
    if begin == 0 and parts:
        experiment = last.changed(learning_rate=parts[0][1].learning_rate)
    return begin, experiment


def _differ(before: Experiment, after: Experiment) -> bool:
    fields = Experiment.model_fields.keys() - _LEFT_AS_IT_IS - (before.unused() & after.unused())
    return any(getattr(before, name) != getattr(after, name) for name in fields)


def _snapshot_at(recording: Recording, updates: int) -> Snapshot:
    snapshot = recording.snapshot(updates)
    if snapshot is None or snapshot.updates != updates:
        raise MirrorError(
            QT_TRANSLATE_NOOP(
                "errors",
                "This run went on from another one's network after update {update:,}, which is not kept whole any more,"
                " so no program leads to its own: write the network itself, as .keras or .npz.",
            ),
            update=updates,
        )
    return snapshot


def _in_keras_order(snapshot: Snapshot) -> dict[str, NDArray[Any]]:
    """Its variables as Keras counts them: layer by layer with the random state of its dropout, then the optimizer's."""
    layers = [name.removesuffix("/kernel") for name in snapshot.variables if name.endswith("/kernel")]
    layers = [name for name in layers if not name.startswith("optimizer/")]
    names = []
    for number, layer in enumerate(layers, 1):
        dropout = f"dropout_{number}/random_state"
        names += [f"{layer}/kernel", f"{layer}/bias", *([dropout] if dropout in snapshot.variables else [])]
    names += [name for name in snapshot.variables if name.startswith("optimizer/")]
    return {name: snapshot.variables[name] for name in names}
