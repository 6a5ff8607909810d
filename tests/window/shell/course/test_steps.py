"""Every step of the course: its goal is false at entry, reached by *Do it for me*, and by mouse and keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from mnist_lab.course.contents import PARTS
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Step
from mnist_lab.experiment import Experiment
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.state.coach import VIEW, Coach
from tests.window.conftest import Driver
from tests.window.shell.course.person import Person

parts = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)


def coach_of(driver: Driver) -> Coach:
    coach: Coach = driver.window.lab.views.of(VIEW).model("coach", lambda: pytest.fail("the window makes it"))
    coach.open()
    return coach


def wait_for(driver: Driver, page: str) -> None:
    driver.wait(lambda: driver.find(QWidget, page).isVisible())


def walk(driver: Driver, part: Part, do: Callable[[Coach, Step], None]) -> None:
    coach, panel = coach_of(driver), driver.find(CoursePanel, "coursePanel")
    for step in part.steps:
        coach.go_to(step.id)
        assert panel.step_id == step.id
        assert not panel.is_reached, step.id
        wait_for(driver, step.place.page)
        page = driver.find(QWidget, step.place.page)
        assert not [name for name in step.lights if page.findChild(QWidget, name) is None], step.id
        if step.goal is None:
            continue
        assert not step.goal(coach.state, coach.state), step.id
        do(coach, step)
        driver.wait(lambda: panel.is_reached)
        assert driver.find(QWidget, "courseNext").isEnabled(), step.id
    if driver.window.lab.live.is_training:
        driver.window.lab.live.stop()
        driver.wait_for_end()


def let_do(driver: Driver) -> None:
    button = driver.find(QWidget, "courseDoIt")
    driver.wait(button.isEnabled)
    driver.click("courseDoIt")


@pytest.mark.keras
@pytest.mark.timeout(240)
@pytest.mark.experiment(Experiment())
@parts
def test_do_it_for_me_reaches_every_goal(driver: Driver, part: Part) -> None:
    walk(driver, part, lambda _coach, _step: let_do(driver))


@pytest.mark.keras
@pytest.mark.timeout(240)
@pytest.mark.experiment(Experiment())
@parts
def test_a_person_reaches_every_goal_by_mouse_and_keys(driver: Driver, part: Part) -> None:
    walk(driver, part, lambda coach, step: Person(driver, coach).do(step.actions))


@parts
def test_no_goal_is_reached_where_nothing_was_done(part: Part) -> None:
    for step in part.steps:
        assert step.goal is None or not step.goal(LabState(), LabState()), step.id
        assert (step.goal is None) == (not step.actions), step.id
