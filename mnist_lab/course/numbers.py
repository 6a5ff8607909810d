"""The learner's own numbers, for the places in the texts of the course."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from mnist_lab.course.state import LabState, RunFacts

PLACE = re.compile(r"\{([a-z_]+)\}")
"""A place in a text."""

Kind = Literal["whole", "real", "percent", "seconds", "text"]


@dataclass(frozen=True)
class Number:
    """A number and how it is written.

    Attributes:
        value: a share of one where it is written in per cent; a text as it is.
        kind: how it is written in the language of the window.
        decimals: of "real" and "percent".
    """

    value: float | str
    kind: Kind = "whole"
    decimals: int = 1


def _of_run(read: Callable[[RunFacts], Number | None]) -> Callable[[LabState, LabState], Number | None]:
    return lambda _entry, now: None if now.run is None else read(now.run)


def _share(value: float | None) -> Number | None:
    return None if value is None else Number(value, "percent")


NUMBERS: dict[str, Callable[[LabState, LabState], Number | None]] = {
    "updates": _of_run(lambda run: Number(run.updates)),
    "total_updates": _of_run(lambda run: Number(run.total_updates)),
    "updates_per_epoch": _of_run(lambda run: Number(run.updates_per_epoch)),
    "units": _of_run(lambda run: Number(run.experiment.hidden_units[0])),
    "batch_size": _of_run(lambda run: Number(run.experiment.batch_size)),
    "epochs": _of_run(lambda run: Number(run.experiment.epochs)),
    "train_images": _of_run(lambda run: Number(run.digits.train_images)),
    "test_images": _of_run(lambda run: Number(run.digits.test_images)),
    "first_loss": _of_run(lambda run: None if run.first_loss is None else Number(run.first_loss, "real", 3)),
    "last_loss": _of_run(lambda run: None if run.last_loss is None else Number(run.last_loss, "real", 3)),
    "test_accuracy": _of_run(lambda run: _share(run.test_accuracy)),
    "train_accuracy": _of_run(lambda run: _share(run.train_accuracy)),
    "training_seconds": _of_run(lambda run: Number(run.training_seconds, "seconds")),
}
"""What a text may have a place for, as "{updates}"; a paragraph whose number is not known yet is left out."""
