"""The way through the moments of a run on Train, by mouse and by keys, and the sign of it on every other page."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QSlider, QSpinBox, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.runs.opening import OpenedRun
from mnist_lab.runs.run import Run
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.pages.train.moment_row import MomentRow
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import EMPTY, StatCard
from mnist_lab.window.words import spell_percent
from tests.network.runs import made_up_digits
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import rebuild

pytestmark = pytest.mark.keras
LONG = SMALL.changed(epochs=10_000)
CONTROLS = ("momentPlay", "momentSpeed", "momentSlider", "momentNumber")


@pytest.fixture
def trained(driver: Driver) -> Driver:
    """A window with a run of 64 updates, in two epochs."""
    assert not any(driver.find(QWidget, name).isEnabled() for name in CONTROLS), "there is no run yet"
    driver.click("startButton")
    driver.wait_for_end()
    driver.wait(lambda: driver.window.lab.run.number == 1)
    return driver


def _lab(driver: Driver) -> Lab:
    return driver.window.lab


def _wait_there(driver: Driver, updates: int) -> None:
    time = _lab(driver).time
    driver.wait(lambda: time.is_there and time.wanted == updates)
    assert driver.find(QSlider, "momentSlider").value() == driver.find(QSpinBox, "momentNumber").value() == updates
    assert _lab(driver).weights.updates == updates
    assert driver.text("momentLabel").startswith(f"You look at update {updates} of run 1. ")
    assert driver.find(QLabel, "momentLabel").isVisible()


def _is_now(driver: Driver) -> bool:
    is_shown = driver.find(QAbstractButton, "backToNowButton").isVisible()
    return not _lab(driver).time.is_away and not is_shown


def _spot(plot: CurvePlot, update: int) -> QPoint:
    """Where an update stands on a plot's viewport."""
    view = plot.getViewBox()
    middle = sum(view.viewRange()[1]) / 2
    return plot.mapFromScene(view.mapViewToScene(view.viewRect().center().__class__(update, middle)))


def _top(widget: QWidget) -> int:
    return widget.mapTo(widget.window(), QPoint(0, 0)).y()


def test_the_head_of_the_page_tells_of_the_moment_too(trained: Driver) -> None:
    driver, lab = trained, _lab(trained)
    accuracy, updates = driver.find(StatCard, "testAccuracyCard"), driver.find(StatCard, "updatesCard")
    status, plot = driver.find(QLabel, "trainingStatus"), driver.find(CurvePlot, "lossPlot")
    now, place = (accuracy.value, updates.value, status.text()), _top(plot)
    assert (updates.value, status.text()[:21]) == ("64 / 64", "Finished at update 64")
    assert lab.run is not None
    for moment, caption in ((63, "test accuracy, epoch 1"), (32, "test accuracy, epoch 1"), (31, "test accuracy")):
        lab.time.go_to(moment)
        _wait_there(driver, moment)
        assert updates.value == f"{moment} / 64"
        first = spell_percent(lab.run.history.epochs[0].validation_accuracy)
        assert accuracy.value == (first if moment >= 32 else EMPTY)
        assert accuracy.caption.startswith(caption)
        assert status.text() == f"Looking back at update {moment} of 64, on all pages."
        assert _top(plot) == place, "nothing moves for it"
    lab.time.back_to_now()
    assert (accuracy.value, updates.value, status.text()) == now


def test_slider_number_and_curve_lead_to_any_update_and_back(trained: Driver) -> None:
    driver, lab = trained, _lab(trained)
    slider = driver.find(QSlider, "momentSlider")
    assert (slider.minimum(), slider.maximum(), slider.value()) == (0, 64, 64)
    assert _is_now(driver)
    assert driver.text("momentLabel") == "Now: update 64 of run 1.", "hidden, and read by its name all the same"
    driver.press("momentSlider", Qt.Key.Key_Left)
    _wait_there(driver, 63)
    assert driver.text("momentLabel").endswith("That is after batch 31 of epoch 2.")
    assert driver.text("networkLabel") == "The run's network at update 63: 784-16-10"
    assert not driver.find(QAbstractButton, "startAgainButton").isVisible(), "what comes after the run has made room"
    gap, sentence = driver.find(Notice, "gapNotice"), driver.find(QLabel, "continueHereSentence")
    assert not gap.isVisible(), "that is what holds now: its place is that of the words on the moment"
    place, height = _top(slider), _top(sentence) - _top(slider)
    sentence.setText("Changed: learning rate, batch size. A new epoch 1 begins.")
    QApplication.processEvents()
    assert (_top(slider), _top(sentence) - _top(slider)) == (place, height), "nothing moves for it"
    for key, updates in ((Qt.Key.Key_PageDown, 31), (Qt.Key.Key_Home, 0), (Qt.Key.Key_PageUp, 32)):
        driver.press("momentSlider", key)
        _wait_there(driver, updates)
    driver.press("momentSlider", Qt.Key.Key_End)
    assert _is_now(driver)
    assert driver.find(QAbstractButton, "startAgainButton").isVisible()
    assert gap.isVisible()
    assert _top(slider) == place
    number = driver.find(QSpinBox, "momentNumber")
    number.setFocus()
    number.selectAll()
    driver.qtbot.keyClicks(number, "65")
    driver.qtbot.keyClick(number, Qt.Key.Key_Return)
    assert driver.text("momentLabel") == "65 is too large: at most 64."
    driver.press("momentSlider", Qt.Key.Key_Left)
    _wait_there(driver, 63)
    driver.press("momentSlider", Qt.Key.Key_Right)
    number.setFocus()
    number.selectAll()
    driver.qtbot.keyClicks(number, "20")
    assert not lab.time.is_away, "it is still being typed"
    driver.qtbot.keyClick(number, Qt.Key.Key_Return)
    _wait_there(driver, 20)
    driver.click("backToNowButton")
    assert _is_now(driver)
    plot = driver.find(CurvePlot, "lossPlot")
    driver.qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=_spot(plot, 40))
    _wait_there(driver, 40)
    assert plot.readout.startswith("update 40 · ")
    plot.setFocus()
    plot.read_near(40)
    driver.qtbot.keyClick(plot, Qt.Key.Key_Right)
    _wait_there(driver, 41)
    driver.qtbot.keyClick(plot, Qt.Key.Key_Escape)
    assert _is_now(driver)
    assert plot.place_read is None
    plot.read_near(7)
    driver.qtbot.keyClick(plot, Qt.Key.Key_Right)
    assert not lab.time.is_away, "it is only read"
    driver.qtbot.keyClick(plot, Qt.Key.Key_Return)
    _wait_there(driver, 8)
    driver.qtbot.mouseClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=_spot(plot, 30))
    assert lab.time.wanted == 30
    driver.qtbot.mouseDClick(plot.viewport(), Qt.MouseButton.LeftButton, pos=_spot(plot, 30))
    assert lab.time.wanted == 8, "a double click shows the whole run, and is no click"


def test_a_number_that_is_still_ahead_is_right_once_the_run_has_passed_it(qtbot: QtBot) -> None:
    """What is typed meanwhile stays, whatever the run does."""
    row, run = MomentRow(), Run(LONG, made_up_digits(20, 5))
    qtbot.addWidget(row)
    with qtbot.waitActive(row):
        row.show()
    told: list[str] = []
    asked: list[int] = []
    row.problem_changed.connect(told.append)
    row.wanted.connect(lambda updates, _has_let_go: asked.append(updates))
    number = row.findChild(QSpinBox, "momentNumber")
    row.show_moment(run, 95)
    number.setFocus()
    number.selectAll()
    qtbot.keyClicks(number, "400")
    assert told == ["400 is too large: at most 95."]
    row.show_moment(run, 500)
    assert told[-1] == ""
    row.show_moment(run, 501)
    assert number.text() == "400"
    qtbot.keyClick(number, Qt.Key.Key_Return)
    assert asked == [400]
    row.show_moment(run, 502)
    assert number.value() == 502


def test_without_its_digits_slider_and_number_stop_at_the_networks_that_were_kept(trained: Driver) -> None:
    driver, lab = trained, _lab(trained)
    run = lab.run
    assert run is not None
    kept_at = tuple(snapshot.updates for snapshot in lab.store.load(run.id).snapshots)
    assert (kept_at[0], kept_at[-1]) == (0, 64)
    lab.look.open(OpenedRun(run, lab.weights, has_digits=False, kept_at=kept_at))
    lab.opener.changed.emit(frozenset({Subject.RUN, Subject.WEIGHTS, Subject.NETWORKS}))
    for name, back, on in (
        ("momentSlider", Qt.Key.Key_Left, Qt.Key.Key_Right),
        ("momentNumber", Qt.Key.Key_Down, Qt.Key.Key_Up),
    ):
        for updates in reversed(kept_at[:-1]):
            driver.press(name, back)
            _wait_there(driver, updates)
            assert "Kept networks only" in driver.text("momentLabel")
        for updates in kept_at[1:-1]:
            driver.press(name, on)
            _wait_there(driver, updates)
        driver.press(name, on)
        driver.wait(lambda: _is_now(driver))
    slider = driver.find(QSlider, "momentSlider")
    near_the_start = QPoint(round(0.2 * slider.width()), slider.height() // 2)
    driver.qtbot.mouseClick(slider, Qt.MouseButton.LeftButton, pos=near_the_start)
    _wait_there(driver, min(kept_at, key=lambda updates: abs(updates - 0.2 * 64)))
    lab.time.back_to_now()


def test_a_sign_is_on_every_page_and_stays_when_the_window_is_built_anew(trained: Driver) -> None:
    driver, lab = trained, _lab(trained)
    sign, notice = driver.find(QWidget, "momentSign"), driver.find(Notice, "momentNotice")
    assert sign.isHidden()
    lab.time.go_to(20)
    _wait_there(driver, 20)
    assert sign.isHidden(), "Train says it itself"
    driver.window.show_page_named("weightsPage")
    assert sign.isVisible()
    assert notice.text == "You look at update 20 of run 1."
    page = driver.find(QWidget, "weightsPage")
    assert sign.mapTo(driver.window, sign.rect().bottomLeft()).y() < page.mapTo(driver.window, QPoint(0, 0)).y()
    rebuild(driver)
    assert driver.find(Notice, "momentNotice").isVisible()
    driver.window.show_page_named("trainPage")
    _wait_there(driver, 20)
    rebuild(driver)
    _wait_there(driver, 20)
    driver.window.show_page_named("drawPage")
    driver.qtbot.keyClick(driver.window.focusWidget() or driver.window, Qt.Key.Key_Escape)
    assert not lab.time.is_away
    assert driver.find(QWidget, "momentSign").isHidden()
    lab.time.go_to(30)
    driver.click("momentSignPlayButton")
    assert driver.find(QAbstractButton, "momentSignPlayButton").text() == "Pause"
    driver.wait(lambda: not lab.time.is_away)
    lab.time.go_to(30)
    driver.click("momentSignBackButton")
    assert not lab.time.is_away


def test_a_new_run_continues_from_there_and_it_is_said_with_what(trained: Driver) -> None:
    driver, lab = trained, _lab(trained)
    end, button = lab.weights.sha256(), driver.find(QAbstractButton, "continueHereButton")
    lab.time.go_to(20)
    assert not button.isEnabled()
    _wait_there(driver, 20)
    assert driver.text("continueHereSentence") == "Nothing changed: it repeats run 1."
    lab.draft.set_experiment(SMALL.changed(learning_rate=0.01, dropout=0.5))
    assert driver.text("continueHereSentence") == "Changed: dropout, learning rate."
    lab.draft.set_experiment(SMALL.changed(batch_size=64))
    assert driver.text("continueHereSentence") == "Changed: batch size. A new epoch 1 begins."
    lab.draft.set_experiment(SMALL.changed(hidden_units=(32,)))
    assert driver.text("continueHereSentence") == "A network that was trained keeps its hidden units: set 16."
    assert not button.isEnabled()
    lab.draft.set_experiment(SMALL)
    lab.time.play()
    assert driver.text("continueHereSentence") == "Pause the film first."
    lab.time.go_to(20)
    _wait_there(driver, 20)
    button.setFocus()
    driver.qtbot.keyClick(button, Qt.Key.Key_Space)
    driver.wait(lambda: lab.run is not None and lab.run.number == 2 and not lab.live.is_training)
    assert _is_now(driver)
    assert driver.window.focusWidget().objectName() == "startButton", "the button is gone, and had the keyboard"
    driver.press("momentSlider", Qt.Key.Key_Left)
    driver.wait(lambda: lab.time.is_there and lab.time.wanted == 63)
    assert driver.window.focusWidget().objectName() == "momentSlider"
    lab.start()
    driver.wait(lambda: lab.run is not None and lab.run.number == 3 and not lab.live.is_training)
    assert driver.window.focusWidget().objectName() == "startButton", "the slider could not keep it"
    assert (lab.run.updates, lab.weights.sha256()) == (64, end)


@pytest.mark.experiment(LONG)
def test_a_live_run_goes_on_while_one_drags_and_plays_in_its_past(driver: Driver) -> None:
    lab = _lab(driver)
    driver.click("startButton")
    driver.wait(lambda: lab.run is not None and lab.run.updates > 200 and lab.run.number == 1)
    slider, speed = driver.find(QSlider, "momentSlider"), driver.find(QComboBox, "momentSpeed")
    assert slider.maximum() == 320_000
    beside, mouse = slider.rect().center(), driver.qtbot
    mouse.mousePress(slider, Qt.MouseButton.LeftButton, pos=beside)
    assert not lab.time.is_away, "what is not trained yet cannot be seen"
    mouse.mouseMove(slider, QPoint(8, beside.y()))
    driver.wait(lambda: lab.time.wanted == 0)
    mouse.mouseRelease(slider, Qt.MouseButton.LeftButton, pos=QPoint(8, beside.y()))
    _wait_there(driver, 0)
    assert driver.text("momentLabel").endswith("These are the initial weights.")
    assert driver.text("continueHereSentence") == "A run has not ended yet: stop it first."
    updates = lab.run.updates
    speed.setCurrentIndex(speed.count() - 1)
    speed.activated.emit(speed.currentIndex())
    driver.click("momentPlay")
    driver.wait(lambda: lab.weights.updates > 100)
    driver.click("momentPlay")
    driver.wait(lambda: not lab.time.is_busy)
    assert lab.run.updates > updates
    assert not lab.time.film.is_running
    driver.click("backToNowButton")
    assert _is_now(driver)
    QApplication.processEvents()
    driver.wait(lambda: slider.value() > updates)
    driver.click("stopButton")
    driver.wait_for_end()
