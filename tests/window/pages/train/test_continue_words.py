"""Continue from here: what is not possible is said before the button is pressed."""

from types import SimpleNamespace
from typing import Any

import pytest

from mnist_lab.data.hand import hand_digits
from mnist_lab.experiment import Experiment
from mnist_lab.network.events import RateChanged
from mnist_lab.runs.run import Run, is_of_digits
from mnist_lab.window.pages.train.continue_words import Continuation, ContinueWords
from tests.data.test_hand import some_digits
from tests.network.runs import made_up_digits

pytestmark = pytest.mark.usefixtures("qapp")
EXPERIMENT = Experiment(epochs=3, batch_size=10)
"""Of two updates an epoch."""


def continuation(wanted: int, experiment: Experiment, *changes: RateChanged) -> Continuation:
    run = Run(EXPERIMENT, made_up_digits(20, 5))
    run.rate_changes.extend(changes)
    run.number = 1
    time = SimpleNamespace(
        run=run,
        wanted=wanted,
        moment=SimpleNamespace(updates=wanted),
        is_away=True,
        is_there=True,
        has_kept_only=False,
        film=SimpleNamespace(is_running=False),
    )
    lab: Any = SimpleNamespace(time=time, live=SimpleNamespace(is_training=False), digits=run.digits)
    found = ContinueWords().continuation(lab, experiment)
    assert found is not None
    return found


def test_epochs_count_from_the_runs_beginning_unless_a_new_epoch_1_begins() -> None:
    """A run that went on for another epoch has more of them than the form."""
    two = EXPERIMENT.changed(epochs=2)
    found = continuation(4, two)
    assert not found.is_possible
    assert found.sentence == "The epochs in the form end before here: choose 3 or more."
    assert continuation(3, two).is_possible
    assert continuation(4, EXPERIMENT).is_possible
    assert continuation(4, two.changed(seed=1)).is_possible


def test_the_form_is_compared_with_the_rate_that_holds_at_the_update() -> None:
    """The one with which the run began can be chosen again, too."""
    began, later = EXPERIMENT, EXPERIMENT.changed(learning_rate=0.01)
    change = RateChanged(2, 0.01)
    assert continuation(1, began, change).sentence == "Nothing changed: it repeats run 1."
    assert continuation(1, later, change).sentence == "Changed: learning rate (here 0.001)."
    assert continuation(3, later, change).sentence == "Nothing changed: it repeats run 1."
    assert continuation(3, began, change).sentence == "Changed: learning rate (here 0.01)."


def test_a_run_that_learned_a_hand_goes_on_on_its_own_digits_where_those_without_it_are_in_use() -> None:
    base = made_up_digits(20, 5)
    run = Run(EXPERIMENT, hand_digits(base, some_digits(), copies=1))
    assert is_of_digits(run, base)
    assert is_of_digits(run, run.digits)
    assert not is_of_digits(run, made_up_digits(22, 5))
    assert not is_of_digits(Run(EXPERIMENT, base), run.digits)
