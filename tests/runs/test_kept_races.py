"""The newest race is known again by the names of its runs."""

from mnist_lab.runs.kept_races import newest_race
from tests.runs.made_runs import kept_run, row_of


def test_the_newest_race_is_that_with_the_newest_run() -> None:
    names = {
        1: "race 2: adam",
        2: "race 2: sgd",
        5: "race 1: rmsprop 0.001",
        4: "race 1: adam 0.001",
        6: "sweep 3: adam",
        7: "race 9",
        8: "",
    }
    rows = [row_of(kept_run(number, name=name)) for number, name in names.items()]
    assert [row.number for row in newest_race(rows)] == [4, 5]
    assert newest_race([row for row in rows if row.number > 5]) == ()
    assert newest_race([]) == ()
