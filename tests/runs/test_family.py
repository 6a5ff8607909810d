"""Families of kept runs. The rows are made by hand."""

from dataclasses import replace
from typing import Any

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.family import Families
from tests.runs.made_runs import OTHER, kept_network, kept_run, row_of, run_id


def row(number: int, parent: int = 0, update: int | None = None, **fields: Any) -> RunRow:
    """A run, forked from `parent` after so many updates."""
    parent_id = run_id(parent) if parent else ""
    return replace(row_of(kept_run(number, **fields)), parent_id=parent_id, parent_update=update)


def numbers(families: Families, number: int) -> list[tuple[int, int]]:
    """The number and the generation of each of the family of a run."""
    return [(int(kin.id, 16), kin.generation) for kin in families.of(run_id(number))]


def test_each_of_a_family_has_the_same_one_from_the_oldest_on():
    rows = [row(6, 2, 20), row(5), row(4, 2, 10), row(3, 1, 40), row(2, 1, 30), row(1)]
    families = Families(rows)
    for number in (1, 2, 3, 4, 6):
        assert numbers(families, number) == [(1, 0), (2, 1), (4, 2), (6, 2), (3, 1)]
    assert [kin.update for kin in families.of(run_id(4))] == [None, 30, 10, 20, 40]
    assert all(kin.row is not None and not kin.is_deleted for kin in families.of(run_id(1)))
    assert numbers(families, 5) == [(5, 0)]
    assert families.of(run_id(9)) == families.of("") == ()


def test_what_a_run_has_otherwise_than_its_parent_is_told():
    rows = [
        row(1),
        row(2, 1, 10),
        row(3, 1, 10, learning_rate=0.1, epochs=3),
        row(4, 3, 10, learning_rate=0.1, epochs=3, optimizer="adam", data=OTHER),
        replace(row_of(kept_network(5)), parent_id=run_id(1), parent_update=20),
    ]
    changed = {kin.id: kin.changed for kin in Families(rows).of(run_id(1))}
    assert changed == {
        run_id(1): None,
        run_id(2): (),
        run_id(3): ("learning_rate", "epochs"),
        run_id(4): ("optimizer", "data"),
        run_id(5): None,
    }


def test_a_parent_in_the_bin_stays_and_one_that_is_gone_leaves_its_place():
    listed = [row(2, 1, 10), row(3, 1, 20), row(4, 3, 30)]
    in_bin = Families(listed, [row(1)]).of(run_id(4))
    assert [(int(kin.id, 16), kin.is_deleted) for kin in in_bin] == [(1, True), (2, False), (3, False), (4, False)]
    gone = Families(listed)
    assert numbers(gone, 2) == numbers(gone, 4) == [(1, 0), (2, 1), (3, 1), (4, 2)]
    oldest, second, *_ = gone.of(run_id(2))
    assert (oldest.row, oldest.changed, second.changed, second.update) == (None, None, None, 10)
    assert gone.row(run_id(1)) is None
    assert numbers(gone, 1) == numbers(gone, 2), "it is asked for although it is gone"


def test_rings_and_long_lines_come_to_an_end():
    ring = Families([row(1, 3), row(2, 1), row(3, 2), row(4, 2), row(5, 5), row(6, 5)])
    for number in (1, 2, 3, 4):
        assert numbers(ring, number) == [(1, 0), (2, 1), (3, 2), (4, 2)]
    assert numbers(ring, 5) == numbers(ring, 6) == [(5, 0), (6, 1)]
    first = row(1)
    line = [first, *(replace(first, id=run_id(n), number=n, parent_id=run_id(n - 1)) for n in range(2, 3_001))]
    assert numbers(Families(line), 1_500) == [(n, n - 1) for n in range(1, 3_001)]
