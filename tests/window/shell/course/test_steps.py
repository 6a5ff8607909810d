"""Every step of the course: its goal is false at entry, reached by *Do it for me*, and by mouse and keys alone."""

from collections.abc import Callable
from functools import partial
from itertools import count
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.exceptions import TimeoutError

from mnist_lab.course.contents import PARTS
from mnist_lab.course.numbers import NUMBERS, PLACE
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Step
from mnist_lab.experiment import Experiment
from mnist_lab.runs import sweeping
from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.run import State
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.course.doer import Doer
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.course.words import part_words
from mnist_lab.window.state.coach import VIEW, Coach
from tests.window.conftest import SMALL, Driver
from tests.window.shell.course.person import Person
from tests.window.state.sweeps import FakeDriver

_PAGES = {spec.object_name for spec in PAGES}
_SMALL_IS_ENOUGH = ("operations", "gradient", "descent")
"""Parts that train whatever network there is, so that they are walked with a small one."""
_NOT_IN_SMALL_NETWORKS = frozenset({"weight_black"})
_NOT_IN_EVERY_RANGE_TEST = frozenset({"range_low", "range_high", "range_rate"})
"""Where labels are shuffled no rate lets the loss fall."""

pytestmark = pytest.mark.qt_log_ignore(
    "This plugin does not support grabbing the keyboard", extend=True
)  # for what lies over all, without a screen

parts = pytest.mark.parametrize("part", PARTS, ids=lambda part: part.id)
walked_parts = pytest.mark.parametrize(
    "part",
    [
        pytest.param(
            part, id=part.id, marks=pytest.mark.experiment(SMALL if part.id in _SMALL_IS_ENOUGH else Experiment())
        )
        for part in PARTS
    ],
)
parts_with_the_chapters_network = pytest.mark.parametrize(
    "part", [pytest.param(part, id=part.id, marks=pytest.mark.experiment(Experiment())) for part in PARTS]
)


@pytest.fixture(autouse=True)
def sweeps_need_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each imports TensorFlow for itself; what they train is met by the test of the tab."""
    made_up = FakeDriver(may_end=1_000)
    monkeypatch.setattr(sweeping, "run_sweep", made_up)


def coach_of(driver: Driver) -> Coach:
    coach: Coach = driver.window.lab.views.of(VIEW).model("coach", lambda: pytest.fail("the window makes it"))
    coach.open()
    return coach


def missing_numbers(coach: Coach) -> set[str]:
    """Places in what is said of the step in hand for which the learner's own number is not known."""
    course = coach.course
    assert course.entry is not None
    happened = part_words(course.part).steps[course.step.id].happened
    return {name for name in PLACE.findall(happened) if NUMBERS[name](course.entry, coach.state) is None}


def unseen_lights(driver: Driver, step: Step) -> list[str]:
    """What is to be lit and is neither a page, nor on the step's page, nor on one that is lit."""
    lit = [driver.find(QWidget, page) for page in {step.place.page, *step.lights} & _PAGES]
    controls = [name for name in step.lights if name not in _PAGES]
    return [name for name in controls if all(page.findChild(QWidget, name) is None for page in lit)]


def reach_goal(driver: Driver, panel: CoursePanel, step: Step, do: Callable[[], None]) -> None:
    try:
        do()
        driver.wait(lambda: panel.is_reached)
    except TimeoutError:
        pytest.fail(f"the goal of {step.id} was not reached")


def walk(
    driver: Driver, part: Part, do: Callable[[Coach, Step], None], unknown: frozenset[str] = _NOT_IN_SMALL_NETWORKS
) -> None:
    """Go through all steps, each by `do`; of `unknown` numbers there may be none, and their paragraphs are left out."""
    coach, panel = coach_of(driver), driver.find(CoursePanel, "coursePanel")
    doer = next(one for one in panel.children() if isinstance(one, Doer))
    for step in part.steps:
        coach.go_to(step.id)
        if panel.is_reached:
            coach.again()
        assert panel.step_id == step.id
        assert not panel.is_reached, step.id
        driver.wait(lambda: not doer.is_busy)  # it turns to the step's place
        leads_on = any(name in _PAGES for name in step.lights)  # to a page that may not have been made yet
        assert leads_on or not unseen_lights(driver, step), step.id
        if step.goal is None:
            continue
        coach.look()  # the page may have been made just now
        assert not panel.is_reached, step.id
        assert not step.goal(coach.state, coach.state), step.id
        reach_goal(driver, panel, step, partial(do, coach, step))
        assert driver.find(QWidget, "courseNext").isEnabled(), step.id
        assert not unseen_lights(driver, step), step.id
        assert part.id not in _SMALL_IS_ENOUGH or missing_numbers(coach) <= unknown, step.id
    if driver.window.lab.live.is_training:
        driver.window.lab.live.stop()
        driver.wait_for_end()


def let_do(driver: Driver) -> None:
    button = driver.find(QWidget, "courseDoIt")
    driver.wait(button.isEnabled)
    driver.click("courseDoIt")


@pytest.mark.keras
@pytest.mark.timeout(240)
@walked_parts
def test_do_it_for_me_reaches_every_goal(driver: Driver, part: Part) -> None:
    walk(driver, part, lambda _coach, _step: let_do(driver))


@pytest.mark.keras
@pytest.mark.experiment(SMALL)
def test_do_it_for_me_waits_for_the_list_of_runs(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading it may take longer than turning to its page: the runs of before are not to be taken for the new ones."""
    coach, panel = coach_of(driver), driver.find(CoursePanel, "coursePanel")
    lab = driver.window.lab
    lab.start()
    driver.wait_for_end()
    driver.wait(lambda: len(lab.shelf.rows) == 1)
    lab.draft.set_experiment(SMALL.model_copy(update={"seed": 2}))  # what comes now is not to be compared with it
    is_long_seen, looks, read = Event(), count(), RunStore.refresh

    def read_late(store: RunStore, *others: Callable[[], bool]) -> list[RunRow]:
        is_long_seen.wait(20)
        return read(store, *others)

    def look() -> None:
        if coach.state.page == "runsPage" and next(looks) > 10:
            is_long_seen.set()

    coach.looked.connect(look)
    coach.go_to("descent.compare")
    let_do(driver)
    driver.wait(lambda: lab.live.is_training and lab.draft.experiment.optimizer == "rmsprop")
    monkeypatch.setattr(RunStore, "refresh", read_late)
    driver.wait(lambda: panel.is_reached)


@pytest.mark.keras
@pytest.mark.experiment(SMALL.changed(epochs=1))
def test_do_it_for_me_goes_back_in_time_and_begins_a_run_where_there_is_none(driver: Driver) -> None:
    coach, panel = coach_of(driver), driver.find(CoursePanel, "coursePanel")
    lab = driver.window.lab
    coach.go_to("first_network.moment")
    let_do(driver)
    driver.wait(lambda: panel.is_reached)
    first = lab.run
    assert first is not None
    driver.wait_for_end()
    coach.again()
    let_do(driver)
    driver.wait(lambda: panel.is_reached)
    assert lab.run is first, "it is gone through again, not trained anew"
    assert not lab.time.is_away


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(480)
@parts_with_the_chapters_network
def test_do_it_for_me_reaches_every_goal_once_more(driver: Driver, part: Part) -> None:
    for _time in range(2):  # a goal must not hang on what is so only at first
        walk(driver, part, lambda _coach, _step: let_do(driver))


def end_run(driver: Driver) -> None:
    lab = driver.window.lab
    if lab.live.is_training:
        lab.live.stop()
        driver.wait(lambda: not lab.live.is_training)


def with_odd_settings(driver: Driver) -> None:
    odd = Experiment(hidden_units=(8, 8), learning_rate=0.0, epochs=1, batch_size=500, shuffled_labels=True)
    driver.window.lab.draft.set_experiment(odd)
    driver.window.lab.start()
    driver.wait_for_end()


def with_a_finished_run(driver: Driver) -> None:
    driver.window.lab.draft.set_experiment(Experiment(hidden_units=(16,), epochs=1))
    driver.window.lab.start()
    driver.wait_for_end()
    driver.wait(lambda: driver.window.lab.live.is_kept)


def while_a_run_waits(driver: Driver) -> None:
    driver.window.lab.look_at_nothing()
    driver.window.lab.step()
    driver.wait(lambda: driver.window.lab.run is not None and driver.window.lab.run.updates == 1)


def while_it_trains(driver: Driver) -> None:
    driver.window.lab.draft.set_experiment(Experiment(epochs=60))
    driver.window.lab.start()
    driver.wait(lambda: driver.window.lab.run is not None and driver.window.lab.run.updates > 0)


@pytest.mark.acceptance
@pytest.mark.keras
@pytest.mark.timeout(480)
@pytest.mark.parametrize("make_odd", [with_a_finished_run, with_odd_settings, while_a_run_waits, while_it_trains])
@walked_parts
def test_do_it_for_me_reaches_every_goal_from_an_odd_state(
    driver: Driver, part: Part, make_odd: Callable[[Driver], None]
) -> None:
    def make_odd_and_do(coach: Coach, step: Step) -> None:
        end_run(driver)
        make_odd(driver)
        coach.again()
        let_do(driver)

    walk(driver, part, make_odd_and_do, _NOT_IN_SMALL_NETWORKS | _NOT_IN_EVERY_RANGE_TEST)


@pytest.mark.keras
@pytest.mark.experiment(SMALL)
@pytest.mark.parametrize("make_odd", [with_a_finished_run, while_a_run_waits, while_it_trains])
@pytest.mark.parametrize("by_hand", [False, True], ids=["by the lab", "by hand"])
def test_the_first_batch_is_a_new_runs_whatever_run_there_is(
    driver: Driver, make_odd: Callable[[Driver], None], by_hand: bool
) -> None:
    """The step that asks for its loss lays the run of before aside, and the next one goes on with the new run."""
    lab, coach = driver.window.lab, coach_of(driver)
    make_odd(driver)
    lab.draft.set_experiment(SMALL)
    before = lab.run
    assert before is not None
    asked = driver.find(QLabel, "courseDo")
    for step_id in ("first_network.one_batch", "first_network.train"):
        coach.go_to(step_id)
        coach.look()
        assert not coach.course.is_reached
        if by_hand:
            Person(driver, coach).do(coach.course.step.actions)
        else:
            let_do(driver)
        driver.wait(lambda: coach.course.is_reached)
        assert lab.run is not None
        assert lab.run.id != before.id
        if step_id == "first_network.one_batch":
            assert lab.run.updates == 1
            assert "Step" in asked.text()
            assert driver.find(QWidget, "firstLoss").isVisible()
    assert lab.run.state is State.FINISHED


@pytest.mark.keras
@pytest.mark.experiment(SMALL)
def test_a_run_that_was_laid_aside_can_be_had_back_and_stays(driver: Driver) -> None:
    lab, coach = driver.window.lab, coach_of(driver)
    with_a_finished_run(driver)
    before = lab.run
    assert before is not None
    coach.go_to("first_network.one_batch")
    assert lab.run is None, "Train shows what it shows before any run"
    asked = driver.find(QLabel, "courseDo")
    driver.wait(lambda: "Step" in asked.text())
    driver.wait(lambda: lab.shelf.row(before.id) is not None)
    driver.click("acceptOfferButton")
    driver.wait(lambda: lab.run is not None and lab.run.id == before.id)
    driver.wait(lambda: "Start a new run" in asked.text())
    assert "Step" not in asked.text(), "it would train the run of before"
    driver.click("startButton")
    driver.wait(lambda: coach.course.is_reached)
    assert lab.run is not None
    assert lab.run.id != before.id
    driver.wait_for_end()


@pytest.mark.keras
@pytest.mark.timeout(240)
@walked_parts
def test_a_person_reaches_every_goal_by_mouse_and_keys(driver: Driver, part: Part) -> None:
    walk(driver, part, lambda coach, step: Person(driver, coach).do(step.actions))


@parts
def test_no_goal_is_reached_where_nothing_was_done(part: Part) -> None:
    for step in part.steps:
        assert step.goal is None or not step.goal(LabState(), LabState()), step.id
        assert (step.goal is None) == (not step.actions), step.id
