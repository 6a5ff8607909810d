"""States of the lab for tests of the course."""

from dataclasses import replace
from typing import Any

from mnist_lab.course.state import DigitFacts, RunSeen
from mnist_lab.experiment import Experiment

_RUN = RunSeen(
    id="a1",
    number=1,
    state="finished",
    experiment=Experiment(),
    digits=DigitFacts("starter", 4000, 1000),
    updates=160,
    total_updates=160,
    updates_per_epoch=32,
)


def run_facts(**changes: Any) -> RunSeen:
    """A finished run of the chapter's network on the starter set, but for `changes`."""
    return replace(_RUN, **changes)
