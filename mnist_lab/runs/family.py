"""Families of kept runs: which run goes on from which, after how many of its updates, and with what changed. No Qt.

Kept networks are children of the run that they were made from, as runs are that were forked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from mnist_lab.runs.comparing import differing, settings_of
from mnist_lab.runs.facts import RunRow


@dataclass(frozen=True)
class Kin:
    """One run of a family.

    Attributes:
        id: see `RunFacts`.
        row: what is known of it; None of a run that is neither in the list nor in the bin.
        is_deleted: whether it lies in the bin.
        generation: how many runs of the family it goes on from, one after the other; 0 of the oldest.
        update: after how many gradient updates of its parent it begins; None of the oldest, or where it is not known.
        changed: the names of the settings that are not its parent's, in the order of `comparing.SETTINGS`; None where
            one of both is not known.
    """

    id: str
    row: RunRow | None
    is_deleted: bool
    generation: int
    update: int | None = None
    changed: tuple[str, ...] | None = None


class Families:
    """Who is whose child among kept runs.

    Where files say that runs go on from each other in a ring, which no lab writes, the one with the lowest number
    counts as the oldest.
    """

    def __init__(self, listed: Iterable[RunRow], deleted: Iterable[RunRow] = ()) -> None:
        """`deleted` are those in the bin: they are still told as parents and children."""
        listed = tuple(listed)
        self._rows = {row.id: row for row in (*deleted, *listed)}
        self._listed = frozenset(row.id for row in listed)
        parents = {row.id: row.parent_id for row in self._rows.values() if row.parent_id}
        for first in _first_of_rings(parents, self._rows):
            del parents[first]
        self._parents = parents
        self._children: dict[str, list[str]] = {}
        for child in sorted(parents, key=self._age):
            self._children.setdefault(parents[child], []).append(child)

    def row(self, run_id: str) -> RunRow | None:
        """What is known of that run; None of one that is gone for good."""
        return self._rows.get(run_id)

    def of(self, run_id: str) -> tuple[Kin, ...]:
        """All of the family of a run: from the oldest known on, each before its children, the older child first.

        A run that goes on from none and that none goes on from is alone in it; empty where it is not known at all.
        """
        if run_id not in self._rows and run_id not in self._children:
            return ()
        oldest = run_id
        while oldest in self._parents:
            oldest = self._parents[oldest]
        found: list[Kin] = []
        waiting = [(oldest, 0)]
        while waiting:
            one, generation = waiting.pop()
            found.append(self._kin(one, generation))
            waiting += [(child, generation + 1) for child in reversed(self._children.get(one, ()))]
        return tuple(found)

    def _kin(self, run_id: str, generation: int) -> Kin:
        row = self._rows.get(run_id)
        is_deleted = row is not None and run_id not in self._listed
        if not generation or row is None:
            return Kin(run_id, row, is_deleted, generation)
        parent = self._rows.get(self._parents[run_id])
        return Kin(run_id, row, is_deleted, generation, row.parent_update, _changed(parent, row))

    def _age(self, run_id: str) -> tuple[int, str]:
        return self._rows[run_id].number, run_id


def _changed(parent: RunRow | None, child: RunRow) -> tuple[str, ...] | None:
    if parent is None or parent.experiment is None or child.experiment is None:
        return None
    return tuple(differing([settings_of(row.experiment, row.data) for row in (parent, child)]))


def _first_of_rings(parents: Mapping[str, str], rows: Mapping[str, RunRow]) -> Sequence[str]:
    """Of each ring of runs that are each other's parents the one with the lowest number."""
    found: list[str] = []
    seen: set[str] = set()
    for start in parents:
        way: list[str] = []
        one = start
        while one in parents and one not in seen:
            seen.add(one)
            way.append(one)
            one = parents[one]
        if one in way:
            found.append(min(way[way.index(one) :], key=lambda run_id: (rows[run_id].number, run_id)))
    return found
