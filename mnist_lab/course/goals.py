"""What a step waits for: pure functions of the state when the step was entered and the state now.

Each is false at entry, whatever the state: something must have been done since.
"""

from collections.abc import Callable

from mnist_lab.course.state import LabState, RunSeen, Value
from mnist_lab.experiment import Experiment

Goal = Callable[[LabState, LabState], bool]


def told(name: str, is_so: Callable[[Value], bool] = lambda _value: True) -> Goal:
    """A fact has changed since, and is as it should be."""
    return lambda entry, now: now.is_newer(name, entry) and is_so(now.fact(name))


def told_number(name: str, is_so: Callable[[float], bool]) -> Goal:
    """A fact has changed since, and is a number as it should be."""

    def goal(entry: LabState, now: LabState) -> bool:
        number = now.number(name)
        return now.is_newer(name, entry) and number is not None and is_so(number)

    return goal


def chosen(setting: str, is_so: Callable[[Experiment], bool]) -> Goal:
    """A setting of the next run, as "batch_size", has changed since, and the settings are as they should be."""
    return lambda entry, now: now.is_newer(f"experiment.{setting}", entry) and is_so(now.experiment)


def trained(is_so: Callable[[RunSeen], bool] = lambda _run: True) -> Goal:
    """A run has come to its end since, and is as it should be."""
    return lambda entry, now: (
        now.is_newer("run", entry)
        and now.run is not None
        and now.run.state == "finished"
        and (entry.run is None or (now.run.id, now.run.updates) != (entry.run.id, entry.run.updates))
        and is_so(now.run)
    )


def is_run_of_before(entry: LabState, now: LabState) -> bool:
    """Whether the run looked at had its first batch behind it when the step was entered."""
    run, before = now.run, entry.run
    return run is not None and before is not None and run.id == before.id and before.updates > 0


def all_of(*goals: Goal) -> Goal:
    """Each of them is reached."""
    return lambda entry, now: all(goal(entry, now) for goal in goals)


def any_of(*goals: Goal) -> Goal:
    """At least one of them is reached."""
    return lambda entry, now: any(goal(entry, now) for goal in goals)
