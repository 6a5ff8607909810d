"""How the trials of a sweep stand, as the window shows it."""

from dataclasses import dataclass, replace
from typing import Literal

from mnist_lab.experiment import Experiment
from mnist_lab.runs.sweep_events import SweepResult, TrialState


@dataclass(frozen=True)
class SweepTrial:
    """One experiment of a sweep.

    Attributes:
        index: its place in the list of experiments, from 0.
        experiment: its settings.
        state: how it stands.
        updates: gradient updates behind it.
        total_updates: of all its epochs.
        loss: of its newest batch; None before the first.
        accuracy: of its newest batch, from 0 to 1; None before the first.
        result: what came of it; None before its end.
    """

    index: int
    experiment: Experiment
    state: Literal["waiting", "training"] | TrialState
    updates: int
    total_updates: int
    loss: float | None = None
    accuracy: float | None = None
    result: SweepResult | None = None


def is_done(trial: SweepTrial) -> bool:
    """Whether to train it again would bring nothing new."""
    return trial.state in ("finished", "diverged")


def stopped(trial: SweepTrial) -> SweepTrial:
    """What is left of one that was given up without a word."""
    return replace(trial, state="stopped", result=SweepResult(trial.index, trial.experiment, "stopped"))


def kept_trial(result: SweepResult, training_of: int | None) -> SweepTrial:
    """One of a sweep that was begun before; `training_of`: the updates of one that another process trains now."""
    index, experiment, updates = result.index, result.experiment, result.updates
    if training_of is not None:
        return SweepTrial(index, experiment, "training", updates, training_of)
    return SweepTrial(index, experiment, result.state, updates, updates, result=result)
