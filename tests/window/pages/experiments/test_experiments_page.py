"""The Experiments page, driven as a person drives it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QListWidget,
    QPushButton,
    QStackedWidget,
    QTabBar,
    QTableWidget,
    QWidget,
)

from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import State
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.experiments.leader_board import LeaderBoard
from mnist_lab.window.pages.experiments.race_plot import RacePlot
from mnist_lab.window.pages.experiments.race_setup import RaceSetup
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from tests.window.conftest import SMALL, Driver

INDEX = [spec.object_name for spec in PAGES].index("experimentsPage")
QUICK = Experiment(hidden_units=(8,), epochs=1, batch_size=500)
LONG = Experiment(hidden_units=(16,), epochs=10_000)


@pytest.fixture
def racing() -> Experiment:
    """Of two racers one has these settings, the other another optimizer."""
    return QUICK


@pytest.fixture
def lab(driver: Driver, racing: Experiment) -> Lab:
    """With the page open and two racers listed: each takes a second to compile."""
    setup = driver.window.lab.views.of("ExperimentsPage").model("race setup", RaceSetup)
    setup.preset, setup.listed = "own", (racing, racing.changed(optimizer="sgd"))
    driver.window.lab.draft.set_experiment(QUICK)
    driver.window.show_page(INDEX)
    driver.wait(lambda: driver.window.lab.digits is not None)
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "experimentsPage"
    return driver.window.lab


def press(driver: Driver, name: str) -> None:
    driver.qtbot.mouseClick(driver.find(QPushButton, name), Qt.MouseButton.LeftButton)


def listed(driver: Driver) -> list[str]:
    rows = driver.find(QListWidget, "racersList")
    return [rows.item(row).text() for row in range(rows.count())]


def test_presets_fill_the_list_and_racers_are_added_and_removed(driver, lab):
    presets = driver.find(QComboBox, "racersPreset")
    presets.setFocus()
    driver.qtbot.keyClick(presets, Qt.Key.Key_Home)
    names = ["SGD 0.01", "SGD with momentum 0.01", "Adagrad 0.001", "RMSprop 0.001", "Adam 0.001"]
    assert listed(driver) == names
    driver.qtbot.keyClick(presets, Qt.Key.Key_Down)
    assert listed(driver) == ["0.00001", "0.0001", "0.001", "0.01", "0.1"]
    assert driver.text("racersOutlook") == "40 gradient updates in all."  # how fast this computer is nobody knows yet
    press(driver, "racersAdd")
    assert len(listed(driver)) == 6
    assert not driver.find(QPushButton, "racersAdd").isEnabled()
    driver.find(QListWidget, "racersList").setCurrentRow(0)
    press(driver, "racersRemove")
    assert len(listed(driver)) == 5
    assert presets.currentData() == "own"


@pytest.mark.keras
def test_a_race_is_shown_to_its_end_and_its_racers_are_kept(driver, lab):
    press(driver, "racersStart")
    driver.wait(lambda: len(lab.race.lanes) == 2 and not lab.race.is_racing)
    board = driver.find(QTableWidget, "racersBoard")
    assert board.rowCount() == 2
    assert {board.item(row, 5).text() for row in range(2)} == {"finished"}
    shares = [float(board.item(row, 1).text().split()[0].rstrip("%")) for row in range(2)]
    assert shares == sorted(shares, reverse=True)
    assert "All start from the same weights" in driver.find(QLabel, "racersStartLine").text()
    for name in ("racersLoss", "racersAccuracy"):
        plot = driver.find(RacePlot, name)
        assert all(len(plot.points(str(place))[0]) for place in (1, 2))
    driver.wait(lambda: sum(row.name.startswith("race 1: ") for row in lab.shelf.rows) == 2)
    assert driver.text("racersOutlook").startswith("16 gradient updates in all")
    press(driver, "racersCompare")
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "runsPage"
    chosen = lab.views.of("RunsPage").facts()["selectedRuns"]
    assert set(chosen) == {lane.run.id for lane in lab.race.lanes}
    assert all(lane.weights is not None and lane.weights.updates == lane.run.updates for lane in lab.race.lanes)


@pytest.mark.keras
@pytest.mark.parametrize("racing", [LONG])
def test_a_race_is_paused_goes_on_and_is_stopped_and_nothing_else_trains_meanwhile(driver, lab):
    """By its buttons and by the keys of the menu Run."""
    said: list[str] = []
    lab.problem.connect(said.append)
    control = Qt.KeyboardModifier.ControlModifier
    fairness = driver.find(QComboBox, "racersFairness")
    fairness.setFocus()
    driver.qtbot.keyClick(fairness, Qt.Key.Key_End)
    press(driver, "racersStart")
    driver.wait(lambda: all(lane.run.updates > 0 for lane in lab.race.lanes))
    assert driver.text("activityLabel") == "Racing"
    assert not driver.window.findChild(QAction, "stepAction").isEnabled()
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_P, control)
    driver.wait(lambda: all(lane.run.state is State.PAUSED for lane in lab.race.lanes))
    assert driver.text("activityLabel") == "Paused"
    assert driver.window.findChild(QAction, "startAction").text() == "Re&sume the race"
    lab.start()
    assert "A race goes on" in said[-1]
    lab.forks.begin("any run", None, QUICK)
    assert "A race goes on" in said[-1]
    assert not lab.live.is_training
    check_seconds(driver, lab)
    for resume in (
        lambda: press(driver, "racersPause"),
        lambda: driver.qtbot.keyClick(driver.window, Qt.Key.Key_Return, control),
    ):
        before = [lane.run.updates for lane in lab.race.lanes]
        resume()
        driver.wait(lambda: all(lane.run.updates > was for lane, was in zip(lab.race.lanes, before, strict=True)))  # noqa: B023
        press(driver, "racersPause")
        driver.wait(lambda: all(lane.run.state is State.PAUSED for lane in lab.race.lanes))
    banner = driver.find(QWidget, "problemBanner")
    assert banner.isVisible()
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Period, control)
    driver.wait(lambda: not lab.race.is_racing)
    assert not banner.isVisible(), "what it says holds no more"
    assert {lane.run.state for lane in lab.race.lanes} == {State.STOPPED}
    assert driver.find(QPushButton, "racersStart").isEnabled()


@pytest.mark.keras
def test_a_race_that_was_stopped_before_its_first_update_says_so(driver, lab):
    press(driver, "racersStart")
    press(driver, "racersStop")
    driver.wait(lambda: not lab.race.is_racing)
    assert not any(lane.run.updates for lane in lab.race.lanes)
    notice = driver.find(Notice, "racersNotice")
    assert (notice.text.partition(":")[0], notice.severity) == ("The race ended before its first update", "info")


def check_seconds(driver: Driver, lab: Lab) -> None:
    """At equal seconds the curves stand over seconds, and both end where their clocks do."""
    plot = driver.find(RacePlot, "racersLoss")
    ends = [plot.points(str(place))[0][-1] for place in (1, 2)]
    assert ends == pytest.approx([lane.clock[-1][1] for lane in lab.race.lanes])
    assert "equal seconds" in driver.text("racersStartLine")


@pytest.mark.keras
def test_no_race_begins_while_a_run_is_live(driver, lab):
    said: list[str] = []
    lab.problem.connect(said.append)
    lab.draft.set_experiment(LONG)
    lab.start()
    press(driver, "racersStart")
    assert "Something is being trained" in said[-1]
    assert not lab.race.is_racing

    lab.live.pause()
    press(driver, "racersStart")
    assert said[-1].startswith("A run is paused: stop it on the page Train")
    banner = driver.find(QWidget, "problemBanner")
    assert banner.isVisible()
    lab.live.stop()
    driver.wait(lambda: not lab.is_taken)
    assert not banner.isVisible(), "what kept the race from going on is over"
    press(driver, "racersStart")
    press(driver, "racersStop")
    driver.wait(lambda: not lab.race.is_racing)


@pytest.mark.keras
def test_a_range_test_shows_its_range_and_the_rate_is_used(driver, lab):
    lab.draft.set_experiment(SMALL.changed(optimizer="adam"))
    driver.find(QTabBar, "experimentsTabBar").setCurrentIndex(1)
    press(driver, "rangeTestStart")
    use = driver.find(QPushButton, "rangeTestUse")
    driver.wait(use.isEnabled)
    assert "suggested" in driver.find(QLabel, "rangeTestAnswer").text()
    press(driver, "rangeTestUse")
    assert lab.draft.experiment.learning_rate != SMALL.learning_rate
    assert lab.draft.experiment.optimizer == "adam"
    assert driver.find(QStackedWidget, "pages").currentWidget().objectName() == "trainPage"


@pytest.mark.keras
def test_a_range_test_begins_at_the_moment_of_the_run_that_is_looked_at(driver, lab):
    """Live, and at an earlier moment; the run goes on with the bits that it would have had."""
    said: list[str] = []
    lab.problem.connect(said.append)
    driver.find(QTabBar, "experimentsTabBar").setCurrentIndex(1)
    start = driver.find(QComboBox, "rangeTestFrom")
    start.setFocus()
    driver.qtbot.keyClick(start, Qt.Key.Key_End)
    press(driver, "rangeTestStart")
    assert "No run is looked at" in said[-1]

    lab.draft.set_experiment(SMALL)
    lab.start()
    lab.live.pause()
    driver.wait(lambda: lab.run is not None and lab.run.state is State.PAUSED and lab.weights is not None)
    paused_at = lab.run.updates
    let_test(driver)
    assert f"after {paused_at} update" in driver.find(Notice, "rangeTestReason").text
    lab.live.resume()
    driver.wait_for_end()
    undisturbed = lab.run.history.losses.values.tobytes(), lab.weights.sha256()

    driver.wait(lambda: lab.run.number is not None)
    lab.time.go_to(40)
    driver.wait(lambda: lab.time.is_there)
    let_test(driver)
    assert "after 40 update" in driver.find(Notice, "rangeTestReason").text
    work = lab.views.of("ExperimentsPage").model("range test", lambda: pytest.fail("the page makes it"))
    assert work.tested.losses[0] == lab.run.history.losses.values[40], "the clone met the batch that was next"
    lab.time.back_to_now()
    lab.start()
    driver.wait_for_end()
    assert (lab.run.history.losses.values.tobytes(), lab.weights.sha256()) == undisturbed


def let_test(driver: Driver) -> None:
    press(driver, "rangeTestStart")
    cancel = driver.find(QPushButton, "rangeTestCancel")
    driver.wait(lambda: not cancel.isVisible() and driver.find(QPushButton, "rangeTestStart").isEnabled())


def test_names_of_racers_stay_whole_where_the_board_is_narrow(driver):
    driver.window.show_page_named("experimentsPage")
    board = driver.find(LeaderBoard, "racersBoard")
    board.begin(["Adam 0.001", "Adagrad 0.001"])
    board.setFixedWidth(1200)
    driver.wait(lambda: board.viewport().width() > 1000)
    assert not any(board.isColumnHidden(column) for column in range(board.columnCount()))
    needed = board.fontMetrics().horizontalAdvance("Adagrad 0.001") + board.iconSize().width()
    for width in (480, 470):  # to be narrow is not forgotten where the next width is, too
        board.setFixedWidth(width)
        driver.wait(lambda width=width: board.width() == width)
        driver.wait(lambda: board.isColumnHidden(4) and board.columnWidth(0) >= needed)
    assert not any(board.isColumnHidden(column) for column in (0, 1, 3, 5))
