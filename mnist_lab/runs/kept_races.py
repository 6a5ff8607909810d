"""Races of former days, found again by what their runs are called."""

from collections.abc import Sequence

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.given_names import read_given_name


def newest_race(rows: Sequence[RunRow]) -> tuple[RunRow, ...]:
    """The racers of the newest race that are still kept under their names, by run number; () where there are none."""
    races: dict[int, list[RunRow]] = {}
    for row in rows:
        given = read_given_name(row.name)
        if given is not None and given.kind == "race":
            races.setdefault(given.number, []).append(row)
    newest = max(races.values(), key=lambda race: max(row.number for row in race), default=[])
    return tuple(sorted(newest, key=lambda row: row.number))
