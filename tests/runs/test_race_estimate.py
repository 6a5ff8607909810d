"""A race says how many updates it has, and about how long they take where a kept run tells how fast they are."""

from mnist_lab.experiment import Experiment
from mnist_lab.race_commands import outlook_in_words
from mnist_lab.runs.race_estimate import estimate_race
from mnist_lab.runs.race_rules import five_optimizers
from tests.network.runs import made_up_digits
from tests.runs.test_sweep_estimate import row

DIGITS = made_up_digits()
FIVE = five_optimizers(Experiment(epochs=1000))


def test_the_updates_of_all_and_the_time_where_it_is_known():
    unknown = estimate_race(FIVE, DIGITS, [])
    assert (unknown.updates, unknown.seconds) == (
        sum(one.total_updates(len(DIGITS.train_images)) for one in FIVE),
        None,
    )
    assert outlook_in_words(unknown) == f"{unknown.updates:,} gradient updates in all."
    known = estimate_race(FIVE, DIGITS, [row(Experiment(), 1000, 1.0)])
    assert known.seconds is not None
    assert known.seconds > known.updates * 0.001
    assert ", about " in outlook_in_words(known)
