"""The way from a run whose learning rate is in doubt to the range test of its settings."""

from mnist_lab.window.run_names import run_title
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import RangeTestToOpen

_OF_NO_ACCOUNT = ("learning_rate", "epochs")
"""A range test tries rates of its own, one a batch."""


def open_range_test(lab: Lab) -> None:
    """Open the range test with the settings of the run that is looked at.

    The form gets them, where it has others, with a way back.
    """
    run, entered = lab.run, lab.draft.experiment
    if run is not None:
        ignored = {name: getattr(entered, name) for name in _OF_NO_ACCOUNT}
        if entered.differing(run.experiment.changed(**ignored)):
            lab.travel.use_of(run.experiment, run_title(run.number, run.name))
    lab.navigator.open("experimentsPage", RangeTestToOpen())
