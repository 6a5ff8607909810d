"""The window comes back as it was left: form, digits, page, tab, drawing, slow motion and the run looked at."""

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from mnist_lab.app import create_window
from mnist_lab.course.lesson_file import read_lesson
from mnist_lab.data import session_file
from mnist_lab.data.session_file import Session
from mnist_lab.experiment import Experiment
from mnist_lab.runs.opening import OpenedRun, open_run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.draw.draw_canvas import DrawCanvas
from mnist_lab.window.pages.tabbed import TabbedPage
from mnist_lab.window.shell.main_window import MainWindow
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.last_session import LastSession
from mnist_lab.words import LabError
from tests.runs.kept import keep

TYPED = Experiment(hidden_units=(24, 12), optimizer="sgd", learning_rate=0.05, epochs=3)
STROKES = [np.array([[40.0, 40.0], [80.0, 120.0], [100.0, 60.0]]), np.array([[10.0, 20.0]])]

Open = Callable[..., MainWindow]


@pytest.fixture
def open_window(qtbot: QtBot) -> Open:
    def make(*arguments: object) -> MainWindow:
        window = create_window(*arguments, paced=False)  # type: ignore[arg-type]
        qtbot.addWidget(window)
        window.show()
        qtbot.waitUntil(lambda: window.lab.digits is not None)
        return window

    return make


@pytest.fixture
def path(lab_home: Path) -> Path:
    return lab_home / "last_session.json"


def canvas(window: MainWindow) -> DrawCanvas:
    found = window.findChild(DrawCanvas)
    assert found is not None
    return found


def check(window: MainWindow, *names: str) -> None:
    for name in names:
        button = window.findChild(QAbstractButton, name)
        assert button is not None
        button.setChecked(True)


def drawn_on(window: MainWindow) -> list[np.ndarray]:
    """The strokes in shares of the pad's side."""
    side = min(canvas(window).width(), canvas(window).height())
    return [stroke / side for stroke in canvas(window).strokes]


def words(window: MainWindow, name: str) -> str:
    label = window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def seen_tab(window: MainWindow) -> int:
    page = window.findChild(TabbedPage, "drawPage")
    assert page is not None
    return page.tabs.currentIndex()


def test_everything_comes_back(open_window: Open, qtbot: QtBot, lab_home: Path) -> None:
    run_id = keep(RunStore()).id
    first = open_window("starter")
    qtbot.waitUntil(lambda: first.lab.shelf.row(run_id) is not None)
    first.lab.open_run(run_id)
    qtbot.waitUntil(lambda: first.lab.look.source_id == run_id)
    first.lab.draft.set_experiment(TYPED)
    first.lab.live.set_slow_motion(3.0)
    first.lab.own_digits.set_used(True)
    check(first, "lossLogScale", "accuracyCloseUp", "moreSettings")
    first.show_page_named("drawPage")
    canvas(first).set_strokes(STROKES)
    before = drawn_on(first)
    page = first.findChild(TabbedPage, "drawPage")
    assert page is not None
    page.tabs.setCurrentIndex(2)
    first.close()

    second = open_window()
    assert second.lab.draft.experiment == TYPED
    assert second.lab.supply.choice == "starter"
    assert second.lab.live.slow_motion == 3.0
    assert second.lab.own_digits.is_used
    assert second.centralWidget().page_list.currentRow() == first.centralWidget().page_list.currentRow()
    assert seen_tab(second) == 2
    for one, other in zip(before, drawn_on(second), strict=True):
        assert np.allclose(one, other)
    assert second.lab.drawing is not None
    qtbot.waitUntil(lambda: second.lab.look.source_id == run_id)
    second.show_page_named("trainPage")
    checked = [button.objectName() for button in second.findChildren(QAbstractButton) if button.isChecked()]
    assert {"lossLogScale", "accuracyCloseUp", "moreSettings"} <= set(checked)
    assert "thingsToTry" not in checked
    second.close()

    third = open_window("starter", Experiment(epochs=9))
    assert third.lab.draft.experiment == Experiment(epochs=9), "what is named comes before what was kept"
    RunStore().delete(run_id)
    third.close()
    fourth = open_window()
    qtbot.waitUntil(lambda: fourth.lab.shelf.is_read and not fourth.lab.shelf.findChildren(Job))
    assert fourth.lab.look.source_id == "", "a run that is kept no more is not missed"


def test_who_quits_in_a_lesson_finds_the_settings_and_digits_of_before(
    open_window: Open, qtbot: QtBot, tmp_path: Path, path: Path
) -> None:
    lesson_file = tmp_path / "narrow.json"
    step = {"title": "Narrow", "do": "Train.", "why": "It is quick.", "page": "train"}
    lesson = {"experiment": {"hidden_units": [8], "epochs": 1}, "data": "auto", "steps": [step]}
    lesson_file.write_text(json.dumps({"format": "mnist-lab lesson", "version": 1, "title": "Narrow", **lesson}))
    window = open_window("starter", TYPED)
    lab, coach = window.lab, coach_of(window.lab)
    coach.open_lesson(read_lesson(lesson_file))
    qtbot.waitUntil(lambda: lab.supply.choice == "auto")
    assert lab.draft.experiment.hidden_units == (8,)
    window.close()
    left = session_file.read(path)[0]
    assert (left.experiment, left.data_choice) == (TYPED, "starter")

    again = create_window("starter", TYPED, paced=False)
    qtbot.addWidget(again)
    again.show()
    coach = coach_of(again.lab)
    coach.open_lesson(read_lesson(lesson_file))  # before there are any digits, as from the command line
    qtbot.waitUntil(lambda: again.lab.supply.choice == "auto")
    coach.leave_lesson()
    qtbot.waitUntil(lambda: again.lab.supply.choice == "starter")
    assert again.lab.draft.experiment == TYPED


@pytest.mark.parametrize("is_readable", [True, False])
def test_until_the_run_is_there_every_page_says_that_it_is_opened(
    open_window: Open, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch, is_readable: bool
) -> None:
    run_id = keep(RunStore()).id
    session_file.write(path, session_file.serialised(Session(run_id=run_id, page="trainPage")))
    may_open = threading.Event()

    def open_slowly(*arguments: Any) -> OpenedRun:
        may_open.wait()
        if not is_readable:
            raise LabError("It cannot be read.")
        return open_run(*arguments)

    monkeypatch.setattr("mnist_lab.window.state.run_opening.open_run", open_slowly)
    window = open_window("starter")
    try:
        qtbot.waitUntil(lambda: words(window, "trainingStatus") == "Opening run 1 …")
        assert words(window, "networkLabel") == "Opening run 1 …"
        for page, button in (
            ("drawPage", "trainNowButton"),
            ("weightsPage", "trainNowForWeightsButton"),
            ("evaluatePage", "trainToEvaluateButton"),
        ):
            window.show_page_named(page)
            assert not window.findChild(QAbstractButton, button).isVisible(), page
        assert words(window, "weightsStatus") == "Opening run 1 …"
    finally:
        may_open.set()
    qtbot.waitUntil(lambda: not window.lab.look.coming)
    assert window.lab.look.source_id == (run_id if is_readable else "")
    assert window.findChild(QAbstractButton, "trainToEvaluateButton").isVisible() != is_readable
    window.show_page_named("trainPage")
    expected = "Finished at update 20" if is_readable else "Not started."
    assert words(window, "trainingStatus").startswith(expected)


def test_what_changes_is_kept_while_the_window_stands(
    open_window: Open, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mnist_lab.window.state.last_session._LOOK_MILLISECONDS", 10)
    window = open_window("starter")
    window.lab.draft.set_experiment(TYPED)
    qtbot.waitUntil(lambda: session_file.read(path)[0].experiment == TYPED)
    written: list[bytes] = []
    monkeypatch.setattr(session_file, "write", lambda _path, content: written.append(content))
    window.lab.live.set_slow_motion(5.0)
    qtbot.waitUntil(lambda: len(written) == 1)
    assert json.loads(written[0])["slow_motion"] == 5.0
    ticks: list[None] = []
    monkeypatch.setattr(LastSession, "session", _counting(LastSession.session, ticks))
    qtbot.waitUntil(lambda: len(ticks) > 3)
    assert len(written) == 1, "what has not changed is not written again"


def _counting(function: Callable, calls: list[None]) -> Callable:  # type: ignore[type-arg]
    def counted(*arguments: object) -> object:
        calls.append(None)
        return function(*arguments)

    return counted


def test_what_makes_no_sense_is_told_once_and_all_else_comes_back(open_window: Open, qtbot: QtBot, path: Path) -> None:
    left = {
        "format": "mnist-lab last session",
        "version": 1,
        "experiment": {"epochs": -1},
        "page": "noSuchPage",
        "slow_motion": 3.0,
        "views": {
            "DrawPage": {"drawing": {"strokes": [[[2.0, 2.0]]], "label": None}, "control drawTabBar": "two"},
            "TrainPage": {"control noSuchControl": 1},
        },
    }
    session_file.write(path, json.dumps(left).encode())
    window = create_window("starter", paced=False)
    qtbot.addWidget(window)
    told: list[str] = []
    window.lab.problem.connect(told.append)
    window.show()
    assert len(told) == 1
    assert "(experiment): that begins anew" in told[0]
    assert window.lab.draft.experiment == Experiment()
    assert window.lab.live.slow_motion == 3.0
    window.show_page_named("drawPage")
    assert "the pad is empty" in told[1]
    assert seen_tab(window) == 0
    assert not canvas(window).strokes


def test_a_place_where_nothing_can_be_kept_is_told_once(
    open_window: Open, qtbot: QtBot, path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("mnist_lab.window.state.last_session._LOOK_MILLISECONDS", 10)
    path.mkdir(parents=True)
    window = create_window("starter", paced=False)
    qtbot.addWidget(window)
    told: list[str] = []
    window.lab.problem.connect(told.append)
    window.show()
    ticks: list[None] = []
    monkeypatch.setattr(LastSession, "session", _counting(LastSession.session, ticks))
    qtbot.waitUntil(lambda: len(ticks) > 5)
    assert ["cannot be kept" in sentence for sentence in told] == [False, True]
    window.close()
    assert "cannot be kept" in caplog.text
