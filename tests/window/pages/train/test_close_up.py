"""The curves close up by themselves once the accuracy is high, unless the learner has chosen."""

import numpy as np
import pytest
from numpy.typing import NDArray

from mnist_lab.window.pages.train.close_up import CloseUp, newest_batches


def batches(*parts: tuple[int, float]) -> NDArray[np.float32]:
    return np.concatenate([np.full(count, accuracy, np.float32) for count, accuracy in parts])


@pytest.mark.parametrize(("epoch", "count"), [(None, 20), (1, 20), (32, 32), (469, 200)])
def test_an_epoch_tells_how_a_run_stands_within_limits(epoch: int | None, count: int) -> None:
    assert newest_batches(epoch) == count


def test_it_begins_above_90_percent_and_stays_while_the_mean_goes_up_and_down() -> None:
    close_up = CloseUp()
    for values, is_on in (
        (batches((0, 0.0)), False),
        (batches((199, 1.0)), False),
        (batches((400, 0.89)), False),
        (batches((400, 0.1), (200, 0.91)), True),
        (batches((400, 0.1), (200, 0.91), (200, 0.85)), True),
        (batches((400, 0.1), (200, 0.91), (200, 0.79)), False),
        (batches((400, 0.1), (200, 0.85)), False),
    ):
        close_up.follow(values, 469)
        assert close_up.is_on is is_on


def test_what_the_learner_chooses_counts_for_this_run_and_the_next() -> None:
    close_up = CloseUp()
    close_up.follow(batches((200, 0.95)), 469)
    close_up.chosen = False
    assert not close_up.is_on
    close_up.begin()
    close_up.follow(batches((200, 0.95)), 469)
    assert not close_up.is_on
    close_up.chosen = True
    close_up.begin()
    assert close_up.is_on


def test_a_new_run_is_seen_whole_until_it_is_good_itself() -> None:
    close_up = CloseUp()
    close_up.follow(batches((200, 0.95)), 469)
    close_up.begin()
    assert not close_up.is_on
