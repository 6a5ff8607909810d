"""Where in time one looks is said in plain words, and how sure it is."""

from math import nan
from types import SimpleNamespace
from typing import Any

import pytest

from mnist_lab.window.moment_words import MomentWords

RUN: Any = SimpleNamespace(number=7, name="narrow", updates_per_epoch=469, begins_trained=False)
FORK: Any = SimpleNamespace(**{**vars(RUN), "begins_trained": True})


def lab(updates: int | None, *, wanted: int | None = 312, **others: Any) -> Any:
    """A lab that looks at run 7 after so many updates; None: no moment has come yet."""
    moment = SimpleNamespace(updates=updates, identical=True, largest_difference=0.0)
    if "differs" in others:
        moment.identical, moment.largest_difference = False, others["differs"]
    is_busy = others.get("is_busy", False)
    time = SimpleNamespace(
        run=others.get("run", RUN),
        last=2345,
        wanted=wanted,
        moment=None if updates is None else moment,
        is_away=wanted is not None,
        is_busy=is_busy,
        is_there=updates == wanted and not is_busy,
        has_kept_only=others.get("has_kept_only", False),
        film=SimpleNamespace(is_running=others.get("is_playing", False)),
    )
    return SimpleNamespace(time=time)


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (lab(None, wanted=None), ""),
        (lab(None, is_busy=True), "Going to update 312 of run 7 “narrow” …"),
        (lab(312), "You look at update 312 of run 7 “narrow”."),
        (lab(235, is_busy=True), "You look at update 235 of run 7 “narrow”. Update 312 is on its way …"),
        (lab(235, is_busy=True, is_playing=True), "You look at update 235 of run 7 “narrow”."),
        (
            lab(235, has_kept_only=True),
            "You look at update 235 of run 7 “narrow”. Kept networks only: the digits of this run are not here.",
        ),
        (
            lab(312, differs=2.5e-7),
            "You look at update 312 of run 7 “narrow”. Close, not identical: a batch loss differs by 2.5 × 10⁻⁷.",
        ),
        (
            lab(312, differs=nan),
            "You look at update 312 of run 7 “narrow”. Close, not identical: some weights differ.",
        ),
    ],
)
def test_the_sign_says_which_update_it_is_and_how_sure(state: Any, words: str) -> None:
    assert MomentWords().sign(state) == words


def test_the_place_of_an_update_is_that_of_the_batch_that_led_there() -> None:
    words = MomentWords()
    assert words.batch(lab(312)) == "That is after batch 312 of epoch 1."
    assert words.batch(lab(470, wanted=470)) == "That is after batch 1 of epoch 2."
    assert words.batch(lab(0, wanted=0)) == "These are the initial weights."
    assert words.batch(lab(0, wanted=0, run=FORK)) == "It begins with a network that another run trained."
    assert words.batch(lab(470, is_busy=True, is_playing=True)) == "That is after batch 1 of epoch 2.", "no flicker"
    assert words.batch(lab(235, is_busy=True)) == words.batch(lab(None, wanted=None)) == ""
    assert words.place(RUN, 469) == "update 469: after batch 469 of epoch 1"
    assert words.place(RUN, 0) == "update 0: the initial weights"
    assert words.place(FORK, 0) == "update 0: a network that another run trained"
    assert words.now(lab(None, wanted=None)) == "Now: update 2,345 of run 7 “narrow”."
