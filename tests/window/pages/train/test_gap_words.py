"""What the sentence says of a gap: both numbers for what they are, and no word that they do not bear."""

import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.train.gap_words import GapWords
from tests.runs.test_gap import run_of


@pytest.fixture
def words(qtbot: QtBot) -> GapWords:
    return GapWords()


@pytest.mark.parametrize(
    ("measured", "says"),
    [
        # Dropout 0.6 was "no overfitting": the running mean lies below the test accuracy, the network's own does not.
        (
            (0.93, 0.980, 0.951),
            "Epoch 1: on 1,000 of its training digits 98.0\u00a0%, on the test digits 95.1\u00a0%: a gap of 2.9 points."
            " It knows its own training digits better than new ones: overfitting."
            " Average while learning: 93.0\u00a0%.",
        ),
        # RMSprop 0.05 was "a gap of 11.2".
        (
            (0.84, 0.995, 0.952),
            "Epoch 1: on 1,000 of its training digits 99.5\u00a0%, on the test digits 95.2\u00a0%: a gap of 4.3 points."
            " It knows its own training digits better than new ones: overfitting."
            " Average while learning: 84.0\u00a0%.",
        ),
        (
            (0.94, 0.953, 0.931),
            "Epoch 1: on 1,000 of its training digits 95.3\u00a0%, on the test digits 93.1\u00a0%:"
            " a small gap of 2.2 points, rarely chance (95\u00a0% intervals overlap)."
            " Average while learning: 94.0\u00a0%.",
        ),
        (
            (0.97, 0.980, 0.974),
            "Epoch 1: on 1,000 of its training digits 98.0\u00a0%, on the test digits 97.4\u00a0%: no gap to speak of,"
            " as 0.6 points can be chance with so few images."
            " Average while learning: 97.0\u00a0%.",
        ),
        (
            (0.88, 0.92, 0.95),
            "Epoch 1: on 1,000 of its training digits 92.0\u00a0%, on the test digits 95.0\u00a0%."
            " It knows new digits no worse than its own: no overfitting."
            " Average while learning: 88.0\u00a0%.",
        ),
    ],
    ids=["dropout 0.6", "rmsprop 0.05", "small", "none", "reversed"],
)
def test_the_sentence_names_both_numbers_for_what_they_are(
    words: GapWords, measured: tuple[float, float, float], says: str
) -> None:
    run = run_of(measured)
    assert words.sentence(run) == says
    assert words.has_reasons(run)


def test_with_dropout_of_0_8_updates_do_no_harm(words: GapWords) -> None:
    sentence = words.sentence(run_of((0.90, 0.967, 0.95), (0.884, 0.969, 0.951)))
    assert "its training digits 96.9\u00a0%, on the test digits 95.1\u00a0%: a small gap of 1.8 points" in sentence
    assert "harm" not in sentence


def test_before_one_speaks_of_a_gap_there_may_be_more_to_say(words: GapWords) -> None:
    harmed = run_of((0.70, 0.72, 0.70), (0.276, 0.25, 0.26))
    assert "On training digits it had 72.0\u00a0% an epoch earlier: its updates do harm." in words.sentence(harmed)
    guessing = run_of((0.103, 0.11, 0.103))
    assert "hardly better than guessing" in words.sentence(guessing)
    still = run_of((0.5, 0.5, 0.45), learning_rate=0.0)
    assert "the weights do not move" in words.sentence(still)
    shuffled = run_of((0.6, 0.7, 0.1), shuffled_labels=True)
    told = "on the test digits 10.0\u00a0%. Its labels were shuffled: it can only learn them by heart."
    assert told in words.sentence(shuffled)
    zeros = run_of((0.103, 0.11, 0.103), initial_weights="zeros")
    assert words.sentence(zeros).startswith(words.sentence(guessing).partition(" Average")[0])
    assert "right. It began with weights of 0: all its units stay alike. Average" in words.sentence(zeros)
    one_batch = run_of((0.9, 0.914, 0.679), one_batch=True)
    assert "67.9\u00a0%. It trains on one batch alone: go on until it has all of it right." in words.sentence(one_batch)
    by_heart = run_of((1.0, 1.0, 0.72), one_batch=True)
    assert "72.0\u00a0%. It knows its one batch by heart: the network can learn." in words.sentence(by_heart)
    assert not any(words.has_reasons(run) for run in (harmed, guessing, still, shuffled, zeros, one_batch, by_heart))
    copied = words.sentence(run_of((0.6, 0.72, 0.84), moved_copies=2))
    assert "on 1,000 of its training digits and copies 72.0\u00a0%" in copied
    assert "It knows new digits no worse than its own: no overfitting." in copied
    assert words.sentence(run_of()) == ""
    assert not words.has_reasons(run_of())


def test_each_number_is_named_by_the_images_that_it_is_of(words: GapWords) -> None:
    everything = run_of((0.9, 0.95, 0.95), tests=4_000)
    assert "on all of its training digits 95.0\u00a0%, on the test digits 95.0\u00a0%" in words.sentence(everything)
    held_out = run_of((0.9, 0.95, 0.95), validation="held_out")
    assert "on 1,000 of its training digits 95.0\u00a0%, on the held-out digits 95.0\u00a0%" in words.sentence(held_out)


@pytest.mark.parametrize(
    ("trained", "new", "tests", "judged"),
    [
        (0.953, 0.931, 1_000, "They overlap a little, but chance alone rarely makes such a difference."),
        (0.980, 0.974, 1_000, "Chance alone can make such a difference."),
        (0.980, 0.951, 1_000, "They lie apart: this is not chance."),
        (0.9925, 0.9845, 3_999, "They lie apart: this is not chance, but less than one point."),
        (0.92, 0.95, 1_000, "The new digits are easier for it, by more than chance."),
    ],
)
def test_why_gives_both_intervals_and_what_they_say(
    words: GapWords, trained: float, new: float, tests: int, judged: str
) -> None:
    why = words.why(run_of((0.9, trained, new), tests=tests))
    assert f" {judged}\n" in why
    if trained == 0.953:
        assert "training digits: 93.8\u00a0% – 96.4\u00a0%; on the test digits: 91.4\u00a0% – 94.5\u00a0%." in why


def test_where_there_is_little_room_the_numbers_stay(words: GapWords) -> None:
    whole, verdict, brief = words.shorter_and_shorter(run_of((0.94, 0.98, 0.951)))
    assert whole.startswith(verdict)
    assert verdict.startswith(brief)
    assert brief.endswith(": a gap of 2.9 points.")
    *_longer, brief = words.shorter_and_shorter(run_of((0.94, 0.95, 0.949)))
    assert brief.endswith(" 94.9\u00a0%.")


def test_of_images_that_it_may_have_learned_before_this_is_said_beside_their_number(words: GapWords) -> None:
    run = run_of((0.9, 0.98, 0.974))
    run.may_know = ("test",)
    for sentence in words.shorter_and_shorter(run):
        assert "on the test digits 97.4\u00a0% (some of these it may have learned before)" in sentence
    run.may_know = ("held_out",)
    assert "before" not in words.sentence(run), "it is not measured on those"
