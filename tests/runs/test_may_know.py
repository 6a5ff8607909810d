"""A fork whose parent has learned what the fork is measured on is no fair judge of new digits, and says so."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest

from mnist_lab.experiment import Experiment
from mnist_lab.runs.facts import DataFacts
from mnist_lab.runs.hand_facts import HandFacts
from mnist_lab.runs.may_know import may_know
from tests.network.runs import made_up_digits

OWN = DataFacts.of(made_up_digits(20, 5))
OTHERS = DataFacts.of(made_up_digits(22, 5))
PLAIN, HELD_OUT = Experiment(), Experiment(validation="held_out")
BOTH = ("test", "held_out")


@pytest.mark.parametrize(
    ("before", "after", "data", "knows"),
    [
        (PLAIN, PLAIN.changed(seed=1), OWN, ("held_out",)),
        (PLAIN, PLAIN.changed(batch_size=7), OWN, ()),
        (PLAIN, HELD_OUT, OWN, ("held_out",)),
        (HELD_OUT, HELD_OUT.changed(batch_size=7), OWN, ()),
        (HELD_OUT, HELD_OUT.changed(held_out_share=0.5), OWN, ("held_out",)),
        (PLAIN, PLAIN, OTHERS, BOTH),
    ],
)
def test_what_the_parent_learned(
    before: Experiment, after: Experiment, data: DataFacts, knows: tuple[str, ...]
) -> None:
    parent: Any = SimpleNamespace(facts=SimpleNamespace(data=OWN, may_know=()), experiment=before)
    assert may_know(parent, after, data) == knows
    parent.facts.may_know = ("test",)
    assert set(may_know(parent, after, data)) == {"test", *knows}, "it stays known"


def test_test_images_of_digits_with_a_hand_are_those_of_the_digits_without() -> None:
    with_hand = replace(OWN, fingerprint="another", hand=HandFacts(OWN.fingerprint, 20, copies=2, seed=0, count=20))
    for one, other in ((OWN, with_hand), (with_hand, OWN)):
        parent: Any = SimpleNamespace(facts=SimpleNamespace(data=one, may_know=()), experiment=PLAIN)
        assert may_know(parent, PLAIN, other) == ()
