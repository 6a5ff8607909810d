"""Questions in the panel: they are explained, wait for nothing, come back on a later day; and the worksheet."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QScrollArea, QWidget

from mnist_lab.course.progress import QuizAnswer
from mnist_lab.course.quiz import questions_of
from mnist_lab.window import dialogs
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.course.quiz_view import QuizView
from mnist_lab.window.state.coach import Coach, coach_of
from tests.window.conftest import Driver

PART = "descent"


def click_option(driver: Driver, name: str) -> None:
    """Scroll to it, as Tab would, and click it."""
    QApplication.processEvents()  # a column that has just been filled gets its height
    driver.find(QScrollArea, "courseBody").ensureWidgetVisible(driver.find(QWidget, name))
    driver.click(name)


def test_answers_are_explained_and_nothing_waits_for_them(driver: Driver) -> None:
    coach = coach_of(driver.window.lab)
    coach.open()
    panel, view = driver.find(CoursePanel, "coursePanel"), driver.find(QuizView, "courseQuiz")
    assert not view.isVisible()
    coach.go_to(f"{PART}.questions")
    assert [one.id for one in view.asked] == [one.id for one in questions_of(PART)]
    assert driver.find(QWidget, "courseNext").isEnabled()
    question = view.asked[0]
    why = driver.find(QLabel, f"courseWhy_{question.id}")
    assert not why.isVisible()
    for option in (question.options[1], question.options[0]):
        click_option(driver, f"courseAnswer_{question.id}_{option.id}")
        assert why.isVisible()
        assert option.why in why.text()
    assert coach.course.progress.answers[question.id].option == question.options[1].id, "the first one is kept"
    body, last = driver.find(QScrollArea, "courseBody"), view.asked[-1]
    click_option(driver, f"courseAnswer_{last.id}_{last.options[0].id}")
    why = driver.find(QLabel, f"courseWhy_{last.id}")

    def is_in_sight() -> bool:
        return body.viewport().rect().contains(QRect(why.mapTo(body.viewport(), QPoint()), why.size()))

    driver.wait(is_in_sight)
    driver.click("courseNext")
    assert panel.step_id == "looking_back.data"
    assert not view.isVisible()
    driver.click("courseBack")
    assert panel.step_id == f"{PART}.questions"
    assert driver.find(QLabel, f"courseWhy_{question.id}").isVisible(), "what was answered today is still explained"


def test_an_answer_is_what_the_space_bar_chooses_not_what_the_arrows_pass(driver: Driver) -> None:
    """Only the first answer is kept: on the way to the third one there is none."""
    coach = coach_of(driver.window.lab)
    coach.open()
    coach.go_to(f"{PART}.questions")
    question = driver.find(QuizView, "courseQuiz").asked[0]
    first, second, third = (driver.find(QWidget, f"courseAnswer_{question.id}_{one.id}") for one in question.options)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    driver.qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.hasFocus()
    driver.qtbot.keyClick(second, Qt.Key.Key_Down)
    assert third.hasFocus()
    body = driver.find(QScrollArea, "courseBody").viewport()
    assert body.rect().contains(QRect(third.mapTo(body, QPoint()), third.size())), "it is scrolled to"
    assert question.id not in coach.course.progress.answers
    driver.qtbot.keyClick(third, Qt.Key.Key_Space)
    assert coach.course.progress.answers[question.id].option == question.options[2].id


def test_old_questions_come_back_on_another_day_and_can_be_skipped(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Coach, "today", staticmethod(lambda: "2026-12-01"))
    coach = coach_of(driver.window.lab)
    asked = questions_of(PART)
    answers = {one.id: QuizAnswer(option=one.options[0].id, is_right=True, day="2026-11-30") for one in asked}
    coach.course.progress = coach.course.progress.changed(answers=answers, step=f"{PART}.rate")
    coach.open()
    view = driver.find(QuizView, "courseQuiz")
    assert [one.id for one in view.asked] == [one.id for one in asked[:3]]
    assert view.isVisible()
    assert "Do you still know?" in driver.text("courseStep")
    assert not driver.find(QWidget, "coursePrediction").isVisible()
    question = view.asked[0]
    click_option(driver, f"courseAnswer_{question.id}_{question.options[0].id}")
    assert coach.course.progress.answers[question.id].times == 2
    step = coach.course.step
    driver.click("courseSkip")
    assert coach.course.step is step, "the step in hand is still in hand"
    assert not view.isVisible()
    assert "Do you still know?" not in driver.text("courseStep")
    coach.close()
    coach.open()
    assert not coach.recalled, "once a day"


def test_the_worksheet_is_saved_where_one_wants_it(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    coach, lab = coach_of(driver.window.lab), driver.window.lab
    coach.open()
    coach.go_to("looking_back.questions")
    wrong = QuizAnswer(option="images", is_right=False, day="2026-11-30")
    seen = coach.course.progress.changed(
        answers={"tensors.shape": wrong},
        guesses={"first_network.train": 0.9},
        outcomes={"first_network.train": 0.931},
        seen={"descent.rate": "It <flew>"},
    )
    coach.course.progress = seen
    paths = iter([tmp_path / "mine.html", tmp_path / "mine.md", tmp_path / "mine.md" / "no folder.html", None])
    monkeypatch.setattr(dialogs, "ask_to_save_worksheet", lambda _parent: next(paths))
    offers, problems = list[str](), list[str]()
    lab.offered.connect(lambda offer: offers.append(offer.sentence))
    lab.problem.connect(problems.append)
    for _path in range(4):
        click_option(driver, "courseWorksheet")
    page = (tmp_path / "mine.html").read_text(encoding="utf-8")
    assert "<td>90.0\u00a0%</td><td>93.1\u00a0%</td>" in page
    assert "It &lt;flew&gt;" in page
    assert "counts the axes. The right answer is “3: which image, which row, which column”. Three axes" in page
    assert "<h1>My worksheet: a first neural network</h1>" in page
    assert "| 90.0\u00a0% | 93.1\u00a0% |" in (tmp_path / "mine.md").read_text(encoding="utf-8")
    assert len(offers) == 2
    assert "mine.html" in offers[0]
    assert len(problems) == 1, "of a place that is none"
    assert problems[0].endswith("Choose another folder or name.")
