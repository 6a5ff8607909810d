"""Whether a run can be left at a moment, with which settings: each obstacle is one sentence."""

from mnist_lab.experiment import FIELD_NAMES, Experiment, ExperimentError
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.facts import DataFacts, KeptRun
from mnist_lab.words import QT_TRANSLATE_NOOP

FIXED = ("hidden_units", "initial_weights")
"""What a network is that has been trained already: a fork cannot change it."""


def check_is_run(parent: KeptRun) -> DataFacts:
    """See that it is a run that was trained here; returns on what.

    Raises:
        StoreError: it is none.
    """
    if parent.facts.kind == "network" or parent.experiment is None or parent.facts.data is None:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "Number {number} is a kept network without a run: give the number of a run to go on from."
            ),
            number=parent.facts.number,
        )
    return parent.facts.data


def check_update(parent: KeptRun, updates: int) -> None:
    """See that the run has come so far.

    Raises:
        StoreError: it has not.
    """
    if not 0 <= updates <= parent.updates:
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors", "Run {number} has {most:,} gradient updates: choose one from 0 to {most:,}, not {update:,}."
            ),
            number=parent.facts.number,
            most=parent.updates,
            update=updates,
        )


def check_finite(number: int, snapshot: Snapshot) -> None:
    """See that something can be learned from there on.

    Raises:
        StoreError: some weights are NaN or infinite.
    """
    if not snapshot.is_finite():
        raise StoreError(
            QT_TRANSLATE_NOOP(
                "errors",
                "After update {update:,} of run {number} some weights are no finite numbers: choose an earlier update.",
            ),
            number=number,
            update=snapshot.updates,
        )


def check_fixed(changed: tuple[str, ...], before: Experiment, number: int) -> None:
    """See that what a trained network is stays as it is.

    Raises:
        ExperimentError: it is to change.
    """
    for name in FIXED:
        if name in changed:
            value = getattr(before, name)
            raise ExperimentError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The {name} of run {number} cannot change, since its network is trained already: leave them at "
                    "{value}, or start a new run.",
                ),
                name=FIELD_NAMES[name],
                number=number,
                value=value if isinstance(value, str) else ",".join(map(str, value)),
            )


def check_something_left(number: int, at: int, experiment: Experiment, images: int) -> None:
    """See that the epochs, which count from the run's beginning, reach beyond that moment; of so many `images`.

    Raises:
        ExperimentError: they do not.
    """
    length = experiment.updates_per_epoch(images)
    if at >= experiment.epochs * length:
        raise ExperimentError(
            QT_TRANSLATE_NOOP(
                "errors",
                "After update {update:,} of run {number} nothing is left to train until epoch {epochs:,}: choose at"
                " least {least:,} epochs, which count from the run's beginning.",
            ),
            update=at,
            number=number,
            epochs=experiment.epochs,
            least=at // length + 1,
        )
