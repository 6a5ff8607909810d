"""The learner's own numbers, for the places in the texts of the course."""

import re

from mnist_lab.course.descent_numbers import OF_DESCENT, OF_PROGRAM
from mnist_lab.course.first_numbers import FIRST_NUMBERS
from mnist_lab.course.gradient_numbers import OF_GRADIENT
from mnist_lab.course.number import Number, Reading, of_run, share
from mnist_lab.course.operation_numbers import OF_OPERATIONS
from mnist_lab.course.program_numbers import OF_MIRROR
from mnist_lab.course.trial_numbers import OF_TRIALS

PLACE = re.compile(r"\{([a-z_]+)\}")
"""A place in a text."""

NUMBERS: dict[str, Reading] = {
    "updates": of_run(lambda run: Number(run.updates)),
    "total_updates": of_run(lambda run: Number(run.total_updates)),
    "updates_per_epoch": of_run(lambda run: Number(run.updates_per_epoch)),
    "units": of_run(lambda run: Number(run.experiment.hidden_units[0])),
    "batch_size": of_run(lambda run: Number(run.experiment.batch_size)),
    "epochs": of_run(lambda run: Number(run.experiment.epochs)),
    "train_images": of_run(lambda run: Number(run.digits.train_images)),
    "test_images": of_run(lambda run: Number(run.digits.test_images)),
    "first_loss": of_run(lambda run: None if run.first_loss is None else Number(run.first_loss, "real", 3)),
    "last_loss": of_run(lambda run: None if run.last_loss is None else Number(run.last_loss, "real", 3)),
    "test_accuracy": of_run(lambda run: share(run.test_accuracy)),
    "train_accuracy": of_run(lambda run: share(run.train_accuracy)),
    "training_seconds": of_run(lambda run: Number(run.training_seconds, "seconds")),
    **FIRST_NUMBERS,
    **OF_OPERATIONS,
    **OF_GRADIENT,
    **OF_DESCENT,
    **OF_PROGRAM,
    **OF_MIRROR,
    **OF_TRIALS,
}
"""What a text may have a place for, as "{updates}"; a paragraph whose number is not known yet is left out."""
