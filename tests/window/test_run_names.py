"""Runs are called in the window by the words of the form, whatever stands in their files."""

import pytest

from mnist_lab.window.run_names import name_in_words, run_briefly, run_in_sentence, run_title


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("sweep 2: sgd_momentum, seed 7", "sweep 2: SGD with momentum, seed 7"),
        ("sweep 2: hidden units 128+64, relu", "sweep 2: hidden units 128+64, relu"),
        ("sweep 1: validation held_out, one batch true", "sweep 1: validation held-out images, one batch yes"),
        ("sweep 1: initial weights he, batch order fixed", "sweep 1: initial weights He normal, "
         "batch order always the same"),
        ("sweep 1: adam, optimizer settings beta_1=0.8,epsilon=1e-6", "sweep 1: Adam, Beta 1: 0.8, Epsilon: 1e-6"),
        ("sweep 1: optimizer settings –", "sweep 1: optimizer settings –"),
        ("race 3: 512 sgd_nesterov 0.1", "race 3: 512 SGD with Nesterov momentum 0.1"),
        ("race 3: one-batch shuffled-labels (2)", "race 3: one batch yes shuffled labels yes (2)"),
        ("narrow", "narrow"),
        ("sweep 1: the best", "sweep 1: the best"),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("qapp")
def test_a_name_is_shown_in_words(written: str, shown: str) -> None:
    assert name_in_words(written) == shown


@pytest.mark.usefixtures("qapp")
def test_titles_and_sentences_have_it_in_words_too() -> None:
    assert run_title(3, "sweep 1: adamw") == "Run 3 “sweep 1: AdamW”"
    assert run_in_sentence(3, "race 1: rmsprop") == "run 3 “race 1: RMSprop”"


def test_where_several_runs_are_told_a_long_name_is_left_to_the_legend() -> None:
    assert run_briefly(3, "narrow") == "run 3 “narrow”"
    assert run_briefly(9, "sweep 1: learning_rate 0.01, hidden_units 32") == "run 9"
    assert run_briefly(1200) == "run 1,200"
