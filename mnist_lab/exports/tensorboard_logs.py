"""A run as TensorBoard reads it: every point of its curves, and its settings for the table of hyperparameters.

Each run has a folder of its own, so that several lie beside each other in one. TensorBoard learns from the runs
themselves which settings and which measures there are, so nothing is written that speaks of all of them.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from shlex import quote
from typing import Any

import numpy as np

from mnist_lab.exports.errors import ExportError, writing
from mnist_lab.exports.material import Exported, Material
from mnist_lab.exports.tables import EPOCH_COLUMNS, check_numbers, rates
from mnist_lab.exports.targets import already_there
from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.network.events import Finished
from mnist_lab.runs.comparing import DATA, RATE_CHANGES, settings_of_run
from mnist_lab.runs.facts import DataFacts, KeptRun, KeptState
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError

SAMPLES = 1_000_000
"""Points of a curve that TensorBoard is to draw: 0, which once meant all, shows none in version 2.21."""
_NO_MEASURE = ("epoch", "updates", "train_sample")
_PART = 1_000
"""Updates between two questions whether anybody waits."""
_STATUS: dict[KeptState, str] = {
    "running": "STATUS_RUNNING",
    "finished": "STATUS_SUCCESS",
    "stopped": "STATUS_SUCCESS",
    "diverged": "STATUS_FAILURE",
    "failed": "STATUS_FAILURE",
}
"""What TensorBoard calls it; any other is unknown to it."""


def write_logs(material: Material, path: Path) -> Exported:
    """Write a folder for the run into the folder `path`.

    Raises:
        ExportError: TensorBoard is not installed, there are no numbers, another run's logs are there, or nothing can
            be written.
        Cancelled: nobody waits for them any more.
    """
    _check_library()
    kept = material.kept
    check_numbers(kept)
    folder = path / folder_name(material)
    file = folder / f"events.out.tfevents.{int(kept.facts.created.timestamp())}.{kept.facts.id[:8]}"
    _check_folder(folder, file, may_replace=material.may_replace)
    content = _content(material)
    with writing(folder):
        write_atomically(file, content, DOCUMENT)
    how_to_open = LabError(
        QT_TRANSLATE_NOOP(
            "errors",
            "Open it with “{command}”: without the last option, TensorBoard draws a sample of 1,000 points of a curve.",
        ),
        command=f"tensorboard --logdir {quote(str(path))} --samples_per_plugin scalars={max(SAMPLES, kept.updates)}",
    )
    return Exported((folder,), (*material.remarks(), how_to_open))


def folder_name(material: Material) -> str:
    """What the run is called in TensorBoard."""
    at = "" if material.update is None else f"-update-{material.update}"
    return f"run-{material.kept.facts.number}{at}"


def hyperparameters(kept: KeptRun) -> dict[str, bool | int | float | str]:
    """The settings of a run as TensorBoard takes them; what means nothing for it is left out."""
    told: dict[str, bool | int | float | str] = {}
    for name, value in settings_of_run(kept).items():
        if name == DATA:
            assert isinstance(value, DataFacts)
            told[name] = value.origin if value.kind == "own" else value.kind
        elif name == RATE_CHANGES:
            assert isinstance(value, tuple)
            if value:
                told[name] = ", ".join(f"{rate:g} from update {update + 1}" for update, rate in value)
        elif isinstance(value, dict):
            told |= {f"optimizer_{setting}": chosen for setting, chosen in value.items()}
        elif isinstance(value, tuple):
            told[name] = ", ".join(map(str, value))
        else:
            assert isinstance(value, bool | int | float | str)
            told[name] = value
    return told


def _check_library() -> None:
    try:
        import tensorboard  # noqa: F401  # whether it is there is the question
    except ImportError as error:
        raise ExportError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Logs for TensorBoard need it installed: get it with “python -m uv sync --extra tensorboard” or “pip"
                " install 'tensorboard>=2.21'”.",
            )
        ) from error


def _check_folder(folder: Path, file: Path, *, may_replace: bool) -> None:
    """See that the folder has no other logs: TensorBoard would draw them as one run.

    Raises:
        ExportError: it has.
    """
    with writing(folder):
        there = {one.name for one in folder.iterdir()} if folder.is_dir() else set()
    if any("tfevents" in name for name in there - {file.name}):
        raise ExportError(
            QT_TRANSLATE_NOOP("errors", "“{path}” has the logs of another run: name another folder."), path=folder
        )
    if file.name in there and not may_replace:
        raise already_there(folder)


def _content(material: Material) -> bytes:
    """A file of events: how TensorFlow frames messages, each with its checksums."""
    from tensorboard.summary.writer.record_writer import RecordWriter

    content = io.BytesIO()
    writer = RecordWriter(content)
    for number, event in enumerate(_events(material.kept)):
        if number % _PART == 0:
            material.check()
        writer.write(event.SerializeToString())
    return content.getvalue()


def _events(kept: KeptRun) -> Iterator[Any]:
    """Everything in the order of the updates; each event has the time at which it was, pauses left out."""
    from tensorboard.compat.proto.event_pb2 import Event
    from tensorboard.plugins.hparams import summary_v2  # as `api` has it, which imports all of TensorFlow

    begin = kept.facts.created.timestamp()
    known = kept.seconds_at
    steps = np.arange(1, kept.updates + 1)
    times = begin + np.interp(steps, [0.0, *known[:, 0]], [0.0, *known[:, 1]])
    yield Event(wall_time=begin, file_version="brain.Event:2")
    settings = summary_v2.hparams_pb(hyperparameters(kept), trial_id=kept.facts.id, start_time_secs=begin)
    yield Event(wall_time=begin, step=0, summary=settings)
    columns = zip(
        steps.tolist(), times.tolist(), kept.losses.tolist(), kept.accuracies.tolist(), rates(kept), strict=True
    )
    for step, time, loss, accuracy, rate in columns:
        numbers = {"batch/loss": loss, "batch/accuracy": accuracy, "batch/learning_rate": rate}
        yield Event(wall_time=time, step=step, summary=_scalars(numbers))
    for end in kept.epochs:
        measures = {f"epoch/{name}": getattr(end, name) for name in EPOCH_COLUMNS if name not in _NO_MEASURE}
        yield Event(wall_time=times[end.updates - 1], step=end.epoch, summary=_scalars(measures))
    if isinstance(kept.outcome, Finished):
        of_test = {"test/loss": kept.outcome.test_loss, "test/accuracy": kept.outcome.test_accuracy}
        yield Event(wall_time=times[-1], step=kept.updates, summary=_scalars(of_test))
    if kept.state != "running":
        yield Event(wall_time=times[-1], step=kept.updates, summary=_end(_STATUS.get(kept.state, ""), times[-1]))


def _scalars(numbers: dict[str, float]) -> Any:
    from tensorboard.compat.proto.summary_pb2 import Summary

    return Summary(value=[Summary.Value(tag=tag, simple_value=number) for tag, number in numbers.items()])


def _end(status: str, seconds: float) -> Any:
    """How it ended, for the table of hyperparameters."""
    from tensorboard.compat.proto.summary_pb2 import Summary
    from tensorboard.plugins.hparams import api_pb2, metadata, plugin_data_pb2

    number = api_pb2.Status.Value(status or "STATUS_UNKNOWN")
    info = plugin_data_pb2.SessionEndInfo(status=number, end_time_secs=seconds)
    content = metadata.create_summary_metadata(plugin_data_pb2.HParamsPluginData(session_end_info=info))
    value = Summary.Value(tag=metadata.SESSION_END_INFO_TAG, metadata=content, tensor=metadata.NULL_TENSOR)
    return Summary(value=[value])
