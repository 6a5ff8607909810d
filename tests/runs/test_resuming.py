"""What a kept run needs to go on is told in whole sentences, each of which can be translated."""

from dataclasses import replace

import pytest

from mnist_lab.data.sources import load_starter
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.resuming import OtherVersion, check_digits, other_versions
from mnist_lab.runs.store import RunStore
from mnist_lab.runs.versions import installed_versions
from tests.runs.kept import DATA, keep


@pytest.mark.parametrize(("origin", "place"), [("", ""), ("/mine.npz", ", from /mine.npz")])
def test_other_digits_are_refused_in_one_sentence_of_its_own(store: RunStore, origin: str, place: str) -> None:
    kept = store.load(keep(store).id)
    with pytest.raises(StoreError) as caught:
        check_digits(kept, replace(DATA, origin=origin), load_starter())
    assert str(caught.value) == (
        f"Run 1 was trained on other digits than are there now (100 to train, 20 to test{place}): it can go on only"
        " with the very same."
    )
    assert ("from" in caught.value.template) == bool(origin), "no English is put into a translated sentence"


def test_versions_that_decide_the_bits_are_compared(store: RunStore) -> None:
    kept = store.load(keep(store).id)
    here = installed_versions({})
    same = replace(kept, facts=replace(kept.facts, versions=here))
    assert other_versions(same) == []
    older = replace(kept, facts=replace(kept.facts, versions={**here, "keras": "3.0", "python": "3.1"}))
    assert other_versions(older) == [OtherVersion("keras", "3.0", here["keras"])]
