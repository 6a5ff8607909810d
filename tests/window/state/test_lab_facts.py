"""The state that the course reads is told five times a second: what has not changed is not made anew."""

from dataclasses import replace

import numpy as np

from mnist_lab.runs.run import Run
from mnist_lab.window.state.lab_facts import LabFacts
from mnist_lab.window.state.views import Views
from tests.runs.made_runs import kept_run, row_of
from tests.window.conftest import SMALL, Driver


def test_runs_and_epochs_are_made_once(driver: Driver) -> None:
    lab = driver.window.lab
    driver.wait(lambda: lab.shelf.is_read and not lab.shelf.is_reading)
    assert lab.digits is not None
    rows, made = tuple(row_of(kept_run(number)) for number in (2, 1)), kept_run(3)
    run, other = Run(SMALL, lab.digits), Run(SMALL, lab.digits)
    facts = LabFacts(lab, lambda: "trainPage")
    lab.shelf.rows = rows
    lab.look.turn_to(run)
    before = facts.state()
    assert before.run is not None
    assert before.run.epochs == ()
    assert [kept.number for kept in before.kept] == [2, 1]
    run.history.epochs += made.epochs[:1]
    first = facts.state()
    run.history.epochs += made.epochs[1:2]
    second = facts.state()
    assert first.run is not None
    assert second.run is not None
    assert first.kept is second.kept is before.kept
    assert second.run.epochs[0] is first.run.epochs[0]
    assert [epoch.test_accuracy for epoch in second.run.epochs] == [end.validation_accuracy for end in made.epochs[:2]]
    other.history.epochs += made.epochs[1:2]
    lab.look.turn_to(other)
    lab.shelf.rows = tuple(replace(row, state="stopped") for row in rows[:1])
    after = facts.state()
    assert after.run is not None
    assert [kept.state for kept in after.kept] == ["stopped"]
    assert after.run.epochs == second.run.epochs[1:]
    lab.look.turn_to(Run(SMALL, lab.digits))
    nothing = facts.state().run
    assert nothing is not None
    assert nothing.epochs == ()
    assert lab.run is not None
    lab.run.history.losses.append(np.array([2.5, np.nan], np.float32))
    diverged = facts.state().after(before)
    assert diverged.run is not None
    assert (diverged.run.first_loss, diverged.run.last_loss) == (2.5, None)
    assert facts.state().after(diverged).revisions == diverged.revisions, "what is no number differs from itself"


def test_what_pages_tell_is_told_from_what_was_touched() -> None:
    views = Views()
    view = views.of("SomePage")
    view.tell("told", lambda: 3)
    view.set_control("touched", 4)
    assert views.facts() == {"somePage.told": 3, "somePage.touched": 4}
    assert views.told() == {"somePage.told"}
