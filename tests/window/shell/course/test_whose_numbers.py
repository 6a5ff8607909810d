"""The course says of which run its numbers are."""

from mnist_lab.course.actions import Open
from mnist_lab.course.contents import PARTS
from mnist_lab.course.course import Course
from mnist_lab.course.progress import CourseProgress, QuizAnswer
from mnist_lab.course.quiz import questions_of
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Step
from mnist_lab.window.shell.course.whose_numbers import outcome_words
from mnist_lab.window.shell.course.worksheet_words import WorksheetWords
from tests.course.states import run_facts

STEP = "first_network.train"
TOLD = "It took {updates} updates."
NOW = LabState(run=run_facts(number=5))


def _course(runs: dict[str, int]) -> Course:
    return Course(PARTS, CourseProgress(step=STEP, reached=(STEP,), runs=runs))


def test_numbers_of_another_run_than_the_step_was_done_with_are_named_as_such() -> None:
    assert outcome_words(TOLD, _course({STEP: 5}), NOW) == "It took 160 updates."
    said = outcome_words(TOLD, _course({STEP: 3}), NOW)
    assert said.endswith("*The numbers are of run 5, which you look at now. You did this step with run 3.*")
    assert outcome_words("No number.", _course({STEP: 3}), NOW) == "No number."
    assert outcome_words(TOLD, _course({}), NOW) == "It took 160 updates.", "of an earlier version nothing is known"


def test_the_run_that_a_step_was_done_with_is_kept() -> None:
    step = Step("part.step", Open("trainPage"), (), lambda _entry, _now: True)
    course = Course((Part("part", "1", (step,)),))
    course.enter(LabState())
    assert course.look(NOW)
    assert CourseProgress.read(course.progress.model_dump(mode="json")).runs == {"part.step": 5}


def test_the_worksheet_says_of_which_run_its_numbers_are() -> None:
    course = _course({})
    question = next(one for one in questions_of("first_network") if "{updates_per_epoch|" in one.options[1].words)
    answer = QuizAnswer(option=question.options[0].id, is_right=False, day="2026-11-30")
    course.progress = course.progress.changed(answers={question.id: answer})
    sheet = WorksheetWords().worksheet(course, NOW, None, None)
    section = next(one for one in sheet.sections if one.heading == "A first network")
    assert section.words == ("The numbers of a network here are those of run 5, after 160 updates.",)
    assert all(not one.words for one in WorksheetWords().worksheet(course, LabState(), None, None).sections)
