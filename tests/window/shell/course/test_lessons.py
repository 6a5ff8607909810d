"""Teaching with the lab: a lesson from a file, the projector view, and starting over for the next class."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListWidget, QWidget

from mnist_lab.data.settings_file import SettingsFile
from mnist_lab.experiment import Experiment
from mnist_lab.window import dialogs, theme
from mnist_lab.window.pages import PAGES
from mnist_lab.window.shell.course.panel import CoursePanel
from mnist_lab.window.shell.status_line import StatusLine
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.widgets.basic.notice import Notice
from tests.conftest import REPOSITORY
from tests.window.conftest import SMALL, Driver

WANTED = Experiment(hidden_units=(32,), learning_rate=0.01)
LESSON = {
    "format": "mnist-lab lesson",
    "version": 1,
    "title": "Narrow",
    "data": "starter",
    "experiment": {"hidden_units": [32], "learning_rate": 0.01},
    "hide": ["tensors"],
    "steps": [
        {"title": "Look", "why": "Because.", "do": "Open **Draw**.", "page": "data", "goal": {"open": "draw"}},
        {"title": "Read", "why": "Because.", "do": "Read."},
    ],
}


def trigger(driver: Driver, name: str) -> None:
    action = driver.window.findChild(QAction, name)
    assert action is not None
    assert action.isEnabled()
    action.trigger()


def listed_pages(driver: Driver) -> list[str]:
    pages = driver.find(QListWidget, "pageList")
    return [spec.object_name for row, spec in enumerate(PAGES) if not pages.isRowHidden(row)]


def panel_of(driver: Driver) -> CoursePanel:
    return driver.find(CoursePanel, "coursePanel")


@pytest.fixture
def lesson_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "narrow.json"
    path.write_text(json.dumps(LESSON), encoding="utf-8")
    monkeypatch.setattr(dialogs, "ask_for_lesson", lambda _parent: path)
    return path


def test_a_lesson_is_opened_done_and_left(driver: Driver, lesson_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    worksheet = lesson_file.with_name("mine.md")
    monkeypatch.setattr(dialogs, "ask_to_save_worksheet", lambda _parent: worksheet)
    lab, every = driver.window.lab, [spec.object_name for spec in PAGES]
    rates: list[float] = []
    lab.draft.rate_chosen.connect(rates.append)
    driver.click("courseButton")
    driver.click("courseSkip")
    usual = panel_of(driver).step_id
    trigger(driver, "openLessonAction")
    panel = panel_of(driver)
    driver.wait(lambda: driver.find(QWidget, "dataPage").isVisible())
    assert panel.step_id == "lesson.step_1"
    assert lab.draft.experiment == WANTED
    assert listed_pages(driver) == [name for name in every if name != "tensorsPage"]
    hidden = driver.window.findChild(QAction, "tensorsPageAction")
    assert hidden is not None
    assert not hidden.isVisible()
    assert "Open **Draw**" in driver.text("courseDo")
    assert not panel.is_reached
    driver.window.show_page_named("drawPage")
    driver.wait(lambda: panel.is_reached)
    trigger(driver, "saveWorksheetAction")
    assert worksheet.read_text(encoding="utf-8").startswith("# My worksheet: Narrow\n")
    driver.click("courseNext")
    assert panel.step_id == "lesson.step_2"
    assert lab.views.to_keep()["Course"]["progress"]["step"] == usual  # type: ignore[index,call-overload]
    driver.click("courseClose")
    assert not lab.views.to_keep()["Course"]["progress"]["is_open"]  # type: ignore[index,call-overload]
    trigger(driver, "leaveLessonAction")
    assert panel_of(driver).step_id == usual
    assert panel_of(driver).isVisible()
    assert lab.draft.experiment == SMALL
    assert rates == [], "a run that is live keeps its learning rate"
    assert listed_pages(driver) == every
    lesson_file.write_text("{}", encoding="utf-8")
    trigger(driver, "openLessonAction")
    notice = driver.find(Notice, "problemNotice")
    assert "narrow.json” cannot be used: format is missing" in notice.text
    assert panel_of(driver).step_id == usual


def test_the_documented_names_are_there(driver: Driver) -> None:
    text = (REPOSITORY / "docs" / "lesson-files.md").read_text(encoding="utf-8")
    table = text.partition("## Names")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.+) \|$", table, re.MULTILINE)
    assert len(rows) == 5
    for page, names in rows:
        driver.window.show_page_named(f"{page}Page")
        shown = driver.find(QWidget, f"{page}Page")
        assert not [name for name in re.findall(r"`(\w+)`", names) if shown.findChild(QWidget, name) is None]


@pytest.mark.usefixtures("lesson_file")
def test_the_next_class_finds_the_lesson_at_its_beginning(
    driver: Driver, lab_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask_to_start_over", lambda *_counts, **_more: True)
    driver.window.choose_theme("dark")
    trigger(driver, "openLessonAction")
    driver.click("courseSkip")
    driver.window.lab.draft.set_experiment(SMALL)
    trigger(driver, "nextClassAction")
    driver.wait(panel_of(driver).isVisible)
    assert panel_of(driver).step_id == "lesson.step_1"
    assert driver.window.lab.draft.experiment == WANTED
    assert theme.current() is theme.DARK
    assert SettingsFile(lab_home / "settings.ini").word("theme") == "dark", "next time, too"
    assert "tensorsPage" not in listed_pages(driver)
    trigger(driver, "undoStartOverAction")
    driver.wait(panel_of(driver).isVisible)
    assert panel_of(driver).step_id == "lesson.step_2"
    assert driver.window.lab.draft.experiment == SMALL


def test_starting_over_has_the_course_as_new_and_undo_brings_it_back(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask_to_start_over", lambda *_counts, **_more: True)
    driver.click("courseButton")
    driver.click("courseSkip")
    step = panel_of(driver).step_id
    trigger(driver, "startOverAction")
    assert coach_of(driver.window.lab).course.progress.step == ""
    assert not panel_of(driver).isVisible()
    trigger(driver, "undoStartOverAction")
    driver.wait(panel_of(driver).isVisible)
    assert panel_of(driver).step_id == step


def test_the_projector_view_has_large_text_and_only_what_matters(driver: Driver) -> None:
    assert driver.find(StatusLine, "").isVisible()
    trigger(driver, "projectorAction")
    driver.wait(driver.find(QListWidget, "pageList").isVisible)
    assert theme.fonts.text_size() == 150
    assert not driver.find(StatusLine, "").isVisible()
    assert driver.find(QListWidget, "pageList").item(0).text() == ""
    trigger(driver, "projectorAction")
    driver.wait(driver.find(StatusLine, "").isVisible)
    assert theme.fonts.text_size() == 100
    assert driver.find(QListWidget, "pageList").item(0).text() == "Data"
