"""Kept runs made by hand: nothing was trained for them, and no file is behind them."""

from datetime import UTC, datetime

import numpy as np

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Diverged, EpochEnd, Finished, RateChanged, Stopped
from mnist_lab.runs.facts import DataFacts, KeptRun, KeptState, RunFacts, RunRow
from mnist_lab.runs.rows import thinned

STARTER = DataFacts("f" * 64, "starter", "", 4000, 1000)
OTHER = DataFacts("0" * 64, "own", "digits.npz", 3000, 500)
CREATED = datetime(2025, 11, 25, 10, tzinfo=UTC)


def run_id(number: int) -> str:
    return f"{number:032x}"


def kept_run(
    number: int,
    accuracy: float = 0.9,
    *,
    best: float = 0.0,
    name: str = "",
    epochs: int = 2,
    data: DataFacts | None = STARTER,
    end: KeptState = "finished",
    rates: tuple[tuple[int, float], ...] = (),
    seconds: float = 2.0,
    **fields: object,
) -> KeptRun:
    """A run whose test accuracy is `accuracy`; `best` is its first epoch's validation accuracy (default: a bit less).

    `end` is "finished", "stopped", "diverged" or "interrupted". Each update took as long as every other.
    """
    experiment = Experiment(epochs=epochs, hidden_units=(16,)).changed(**fields)
    images = (data or STARTER).train_images
    length = experiment.updates_per_epoch(images)
    count = epochs * length
    falling = (2.3 * np.exp(-3 * np.arange(count) / count)).astype(np.float32)
    ends = tuple(
        _epoch(number, length, best or accuracy - 0.01, accuracy)
        if number < epochs
        else _epoch(number, length, accuracy, accuracy)
        for number in range(1, epochs + 1)
    )
    outcomes: dict[str, Finished | Stopped | Diverged | None] = {
        "finished": Finished(0.2, accuracy, accuracy, count, seconds, 0.1, min(accuracy + 0.05, 1.0)),
        "stopped": Stopped(count),
        "diverged": Diverged(count - 1, float("nan"), count - 1),
        "interrupted": None,
    }
    if end == "diverged":
        falling[-1] = np.nan
    facts = RunFacts(run_id(number), number, CREATED, "run", experiment, data, experiment.activation)
    changes = tuple(RateChanged(update, rate) for update, rate in rates)
    every = np.arange(0, count + 1, length, dtype=np.float64)
    return KeptRun(
        facts,
        name,
        "",
        False,
        end,
        experiment,
        changes,
        falling,
        (1 - falling / 4).astype(np.float32),
        np.stack([every, every * seconds / count], axis=1),
        ends,
        outcomes[end],
        "",
        seconds,
        (),
    )


def _epoch(number: int, length: int, validation: float, training: float) -> EpochEnd:
    after = min(training + 0.05, 1.0)
    return EpochEnd(
        number, number * length, 0.5 / number, training, 0.4 / number, validation, 0.3 / number, after, 1000
    )


def kept_network(number: int, name: str = "edited") -> KeptRun:
    """A network from elsewhere: nothing is known but its weights."""
    facts = RunFacts(run_id(number), number, CREATED, "network", None, None, "relu")
    nothing = np.empty(0, np.float32)
    return KeptRun(
        facts, name, "", False, "finished", None, (), nothing, nothing, np.empty((0, 2)), (), None, "", 0.0, ()
    )


def row_of(run: KeptRun) -> RunRow:
    """What a list shows of it."""
    accuracies = [end.validation_accuracy for end in run.epochs]
    finished = run.outcome if isinstance(run.outcome, Finished) else None
    return RunRow(
        run.facts.id,
        run.facts.number,
        run.facts.kind,
        run.name,
        run.note,
        run.is_starred,
        run.facts.created,
        run.state,
        run.experiment,
        run.facts.data,
        len(run.epochs),
        run.updates,
        run.total_updates,
        run.epochs[-1].train_accuracy_after if run.epochs else None,
        max(accuracies, default=None),
        accuracies.index(max(accuracies)) + 1 if accuracies else None,
        accuracies[-1] if accuracies else None,
        None if finished is None else finished.test_accuracy,
        None if finished is None else finished.test_loss,
        0 if run.facts.data is None else run.facts.data.test_images,
        run.training_seconds,
        "",
        None,
        100_000,
        thinned(run.accuracies),
    )
