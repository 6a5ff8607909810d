"""The Train page, driven as a person drives it, with a real network behind it."""

import numpy as np
import pytest
from PySide6.QtCore import Qt, QThread, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QLabel,
    QMenu,
    QMessageBox,
    QProgressBar,
    QSpinBox,
)

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Event, Updates
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.run import Run, State
from mnist_lab.runs.store import RunStore
from mnist_lab.window import dialogs
from mnist_lab.window.pages.train.arithmetic import Arithmetic
from mnist_lab.window.pages.train.curve_plot import CurvePlot
from mnist_lab.window.state.subjects import Subject
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.pictures.weight_tiles import WeightTiles
from tests.window.conftest import SMALL, Driver
from tests.window.rebuilding import assert_looks_the_same, rebuild

pytestmark = pytest.mark.keras
LONG = Experiment(hidden_units=(16,), epochs=10_000)


def _updates(driver: Driver) -> int:
    return driver.window.lab.run.updates if driver.window.lab.run is not None else 0


def _is_paused(driver: Driver) -> bool:
    return driver.window.lab.run is not None and driver.window.lab.run.state is State.PAUSED


def test_start_pressed_at_once_counts_and_the_run_is_shown_to_its_end(driver: Driver) -> None:
    driver.click("startButton")
    assert "Preparing" in driver.text("trainingStatus")
    driver.wait_for_end()
    run = driver.window.lab.run
    assert run.state is State.FINISHED
    assert run.updates == run.total_updates == 64
    assert driver.text("trainingStatus").startswith("Finished at update 64, after ")
    progress = driver.find(QProgressBar, "trainingProgress")
    assert (progress.value(), progress.maximum()) == (64, 64)
    assert "Loss over 64 of 64 gradient updates" in driver.find(CurvePlot, "lossPlot").accessibleDescription()
    assert driver.find(WeightTiles, "weightTiles").field.units == 16
    told = f"{100 * run.outcome.test_accuracy:.1f}\u00a0%"
    assert told in [label.text() for label in driver.window.findChildren(QLabel)]
    gap = driver.find(Notice, "gapNotice").text
    assert gap.startswith("Epoch 2: on 1,000 of its training digits ")
    assert f"{100 * run.outcome.train_accuracy_after:.1f}\u00a0%, on the test digits" in gap
    rebuild(driver)
    assert driver.find(Notice, "gapNotice").text == gap
    assert driver.find(QAbstractButton, "gapWhyButton").isVisible()


@pytest.mark.experiment(LONG)
def test_pause_step_resume_stop(driver: Driver) -> None:
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > 0)
    driver.click("pauseButton")
    driver.wait(lambda: _is_paused(driver))
    paused_at = _updates(driver)
    driver.click("stepButton")
    driver.wait(lambda: _updates(driver) == paused_at + 1)
    driver.click("stepButton")
    driver.wait(lambda: _updates(driver) == paused_at + 2)
    assert _is_paused(driver)
    assert driver.find(QAbstractButton, "startButton").text().replace("&", "") == "Resume (Ctrl+Enter)"
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > paused_at + 2)
    driver.click("stopButton")
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.STOPPED
    assert driver.text("trainingStatus").startswith("Stopped at update")
    assert driver.window.lab.weights.updates == _updates(driver)


def test_step_from_the_start_trains_exactly_one_batch(driver: Driver) -> None:
    driver.click("stepButton")
    driver.wait(lambda: _is_paused(driver))
    assert _updates(driver) == 1
    assert driver.text("trainingStatus").startswith("Paused at update 1.")
    driver.click("stopButton")
    start = driver.find(QAbstractButton, "startButton")
    assert not start.isEnabled(), "it was asked to end, and cannot be resumed any more"
    driver.wait(start.isEnabled)
    assert not driver.window.lab.live.is_training


@pytest.mark.experiment(LONG)
def test_only_the_learning_rate_reaches_the_run_that_is_live(driver: Driver) -> None:
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > 0)
    driver.click("pauseButton")
    driver.wait(lambda: _is_paused(driver))
    driver.find(QDoubleSpinBox, "learningRate").setValue(0.0)
    driver.find(QSpinBox, "batchSize").setValue(64)
    assert any(notice.text.startswith("For the next run: batch size") for notice in driver.window.findChildren(Notice))
    before = driver.window.lab.weights.layers[0].kernel.copy()
    paused_at = _updates(driver)
    driver.click("stepButton")
    driver.wait(lambda: _updates(driver) == paused_at + 1)
    driver.wait(lambda: driver.window.lab.weights.updates == _updates(driver))
    np.testing.assert_array_equal(driver.window.lab.weights.layers[0].kernel, before)
    assert driver.window.lab.run.experiment.batch_size == 128


@pytest.mark.experiment(Experiment(hidden_units=(16,), optimizer="sgd", learning_rate=1000.0, activation="linear"))
def test_divergence_is_explained_and_leaves_finite_weights(driver: Driver) -> None:
    driver.click("startButton")
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.DIVERGED
    assert driver.text("trainingStatus") == "Failed: diverged. The loss of update 7 is not a number (nan)."
    advice = [notice.text for notice in driver.window.findChildren(Notice) if "learning rate" in notice.text]
    assert advice == [
        "The learning rate 1000 is far too large here: try 0.01, Keras's default for SGD."
        " The last finite weights are kept."
    ]
    assert np.isfinite(driver.window.lab.weights.layers[0].kernel).all()


def test_the_arithmetic_follows_the_form(driver: Driver) -> None:
    driver.find(QSpinBox, "hiddenUnits").setValue(512)
    text = driver.window.findChild(Arithmetic).accessibleDescription()
    assert "784×512 + 512 = 401,920" in text
    assert "407,050" in text
    driver.find(QSpinBox, "batchSize").setValue(1_000)
    driver.find(QSpinBox, "epochs").setValue(7)
    text = driver.window.findChild(Arithmetic).accessibleDescription()
    assert "an epoch: 4,000 ÷ 1,000 = 4" in text
    assert "7 × 4 = 28" in text


def test_an_optimizer_brings_its_own_settings_and_offers_its_rate(driver: Driver) -> None:
    choice = driver.find(QComboBox, "optimizer")
    choice.setCurrentIndex(choice.findData("sgd_momentum"))
    driver.find(QAbstractButton, "moreSettings").setChecked(True)
    driver.find(QDoubleSpinBox, "optimizer_momentum").setValue(0.5)
    assert driver.window.lab.draft.experiment.optimizer_settings == {"momentum": 0.5}
    rate = driver.find(QDoubleSpinBox, "learningRate")
    rate.setFocus()
    rate.selectAll()
    driver.qtbot.keyClicks(rate, "0.5")
    rate.selectAll()
    driver.click("defaultRateButton")
    assert driver.window.lab.draft.experiment.learning_rate == 0.01
    assert (rate.text(), rate.lineEdit().selectedText()) == ("0.01", ""), "one place at a time looks chosen"


def test_bad_text_keeps_start_from_starting_and_says_why(driver: Driver) -> None:
    field = driver.find(QSpinBox, "hiddenUnits")
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, "51264")
    driver.qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert not driver.window.lab.live.is_training
    assert "51,264 is too large: at most 16,384" in driver.window.lab.draft.problem


def test_a_rate_that_is_being_typed_counts_when_the_run_starts_and_not_before(driver: Driver) -> None:
    field = driver.find(QDoubleSpinBox, "learningRate")
    field.setFocus()
    field.selectAll()
    driver.qtbot.keyClicks(field, "0.01")
    assert driver.window.lab.draft.experiment.learning_rate == 0.001
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert driver.window.lab.draft.experiment.learning_rate == 0.01
    driver.wait_for_end()
    assert driver.window.lab.run.experiment.learning_rate == 0.01


@pytest.mark.experiment(LONG)
def test_a_person_who_closes_is_asked_where_nothing_can_be_kept_and_no_keeps_the_run(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_arguments: object, **_others: object) -> None:
        raise StoreError("The disk is full: make room.")

    monkeypatch.setattr(RunStore, "begin", refuse)
    driver.click("startButton")
    driver.wait(lambda: not driver.window.lab.live.is_kept)
    asked, really_ask = [], dialogs.ask_to_end_run
    monkeypatch.setattr(dialogs, "ask_to_end_run", lambda parent, *_run: asked.append(parent))
    QApplication.sendEvent(driver.window, QCloseEvent())  # what the close button of the frame sends
    assert asked
    assert driver.window.isVisible()
    assert driver.window.lab.live.is_training
    monkeypatch.setattr(dialogs, "ask_to_end_run", really_ask)
    seen = []

    def stop_while_asked() -> None:
        box = driver.window.findChild(QMessageBox)
        seen.append(box.text().splitlines()[0])
        driver.window.lab.live.stop()
        driver.wait(lambda: box.windowTitle() == "The run has ended")
        seen.append(box.text().splitlines()[0])
        driver.qtbot.mouseClick(
            next(b for b in box.buttons() if b.text() == "Close the lab"), Qt.MouseButton.LeftButton
        )

    QTimer.singleShot(0, stop_while_asked)
    driver.window.quit()
    assert seen == [
        "The network is still training, and this run cannot be kept.",
        "The run has ended meanwhile.",
    ]
    assert not driver.window.isVisible()
    assert driver.window.lab.run.state is State.STOPPED


@pytest.mark.experiment(LONG)
def test_a_person_who_closes_is_not_asked_for_a_run_that_is_kept(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > 0)
    monkeypatch.setattr(dialogs, "ask_to_end_run", lambda *_run: pytest.fail("it can go on next time"))
    driver.window.quit()
    assert not driver.window.lab.live.is_training
    (row,) = RunStore().rows()
    assert (row.state, row.updates) == ("stopped", _updates(driver))


@pytest.mark.experiment(LONG)
def test_a_script_that_closes_is_not_asked_and_every_thread_ends(driver: Driver) -> None:
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > 0)
    assert driver.window.close()
    assert not driver.window.lab.live.is_training
    assert not [thread for thread in driver.window.lab.findChildren(QThread) if thread.isRunning()]


def test_a_start_that_waits_can_be_taken_back(driver: Driver) -> None:
    driver.click("startButton")
    driver.click("stopButton")
    driver.wait(lambda: not driver.window.lab.live.is_training)
    assert driver.find(QAbstractButton, "startButton").isEnabled()


def test_slow_motion_is_chosen_by_keys_shows_each_batch_and_ends_at_once(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    lengths: list[int] = []
    receive = Run.receive

    def note(run: Run, event: Event) -> None:
        if isinstance(event, Updates):
            lengths.append(len(event.losses))
        receive(run, event)

    monkeypatch.setattr(Run, "receive", note)
    shown: list[tuple[int, str]] = []
    card = driver.find(StatCard, "updatesCard")

    def look(subjects: frozenset[Subject]) -> None:
        if Subject.RUN in subjects and _updates(driver):
            shown.append((_updates(driver), card.value))

    driver.window.lab.changed.connect(look)
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_M, Qt.KeyboardModifier.AltModifier)
    choice = driver.find(QComboBox, "slowMotion")
    assert choice.hasFocus()
    driver.qtbot.keyClick(choice, Qt.Key.Key_End)
    assert choice.currentText() == "3 updates a second"
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > 1)
    assert set(lengths) == {1}, "one by one"
    assert shown == [(updates, f"{updates} / 64") for updates, _ in shown], "each is read, not one in three"
    driver.qtbot.keyClick(choice, Qt.Key.Key_Home)
    driver.wait_for_end()
    assert driver.window.lab.run.state is State.FINISHED
    assert driver.window.lab.run.training_seconds > 0.2, (
        "a third of a second was watched, but for what took time anyway"
    )


def test_slow_motion_holds_for_the_next_run(driver: Driver) -> None:
    choice = driver.find(QComboBox, "slowMotion")
    driver.click("startButton")
    driver.wait_for_end()
    choice.setCurrentIndex(choice.findText("100 updates a second"))
    driver.click("startButton")
    driver.wait_for_end()
    run = driver.window.lab.run
    assert run.updates == 64
    assert run.updates_per_second < 200, "a network this small does thousands"


@pytest.mark.experiment(LONG)
def test_space_starts_pauses_and_resumes_and_never_stops(driver: Driver) -> None:
    driver.find(QAbstractButton, "startButton").setFocus()
    _press_space(driver)
    driver.wait(lambda: _updates(driver) > 0)
    assert driver.window.focusWidget().objectName() == "pauseButton"
    _press_space(driver)
    driver.wait(lambda: _is_paused(driver))
    assert driver.window.focusWidget().objectName() == "startButton"
    paused_at = _updates(driver)
    _press_space(driver)
    driver.wait(lambda: _updates(driver) > paused_at)
    assert driver.window.lab.live.is_training
    assert driver.window.focusWidget().objectName() == "pauseButton"


@pytest.mark.experiment(LONG)
def test_step_keeps_the_keyboard_while_it_is_used(driver: Driver) -> None:
    driver.find(QAbstractButton, "stepButton").setFocus()
    _press_space(driver)
    driver.wait(lambda: _is_paused(driver))
    assert driver.window.focusWidget().objectName() == "stepButton"


@pytest.mark.qt_log_ignore("This plugin does not support grabbing the keyboard", extend=True)  # offscreen
@pytest.mark.parametrize("key", [Qt.Key.Key_R, None])
@pytest.mark.experiment(LONG)
def test_a_menu_that_is_open_while_the_run_ends_gives_the_keyboard_to_start(driver: Driver, key: Qt.Key | None) -> None:
    driver.window.activateWindow()
    driver.wait(driver.window.isActiveWindow)
    driver.click("startButton")
    driver.wait(lambda: _updates(driver) > 0)
    stop, bar = driver.find(QAbstractButton, "stopButton"), driver.window.menuBar()
    stop.setFocus()
    menu = bar.actions()[1].menu()
    assert isinstance(menu, QMenu)
    if key is None:
        driver.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(bar.actions()[1]).center())
    else:
        driver.qtbot.keyClick(driver.window, key, Qt.KeyboardModifier.AltModifier)
    driver.wait(menu.isVisible)
    driver.window.lab.live.stop()
    driver.wait_for_end()
    driver.qtbot.keyClick(menu, Qt.Key.Key_Escape)
    driver.qtbot.keyClick(bar, Qt.Key.Key_Escape)
    driver.wait(driver.find(QAbstractButton, "startButton").hasFocus)
    assert not stop.isEnabled()


def _press_space(driver: Driver) -> None:
    driver.qtbot.keyClick(driver.window.focusWidget(), Qt.Key.Key_Space)


def test_a_finished_run_goes_on_by_step_and_start_says_that_it_begins_anew(driver: Driver) -> None:
    start, step = (driver.find(QAbstractButton, f"{name}Button") for name in ("start", "step"))
    driver.click("startButton")
    driver.wait_for_end()
    assert start.text().replace("&", "") == "Start a new run (Ctrl+Enter)"
    assert "this run stays on Runs" in start.toolTip()
    assert "goes on where it ended" in step.toolTip()
    run, progress = driver.window.lab.run, driver.find(QProgressBar, "trainingProgress")
    losses, first = run.history.losses.values.copy(), run.start_weights
    driver.find(QDoubleSpinBox, "learningRate").setValue(0.0)
    before = driver.window.lab.weights.layers[0].kernel
    driver.qtbot.keyClick(driver.window, Qt.Key.Key_F10)
    driver.wait(lambda: _is_paused(driver) and driver.window.lab.weights.updates == 65)
    assert driver.window.lab.run is run
    assert run.start_weights is first
    np.testing.assert_array_equal(run.history.losses.values[:64], losses)
    np.testing.assert_array_equal(driver.window.lab.weights.layers[0].kernel, before, "the rate in the form counts")
    assert (progress.value(), progress.maximum()) == (65, 96)
    assert driver.text("trainingStatus").startswith("Paused at update 65.")
    driver.click("startButton")
    driver.wait_for_end()
    assert [end.epoch for end in run.history.epochs] == [1, 2, 3]
    assert "Loss over 96 of 96 gradient updates" in driver.find(CurvePlot, "lossPlot").accessibleDescription()
    optimizer = driver.find(QComboBox, "optimizer")
    optimizer.setCurrentIndex(optimizer.findData("sgd"))
    driver.find(QDoubleSpinBox, "learningRate").setValue(5.0)
    driver.click("stepButton")
    driver.wait(lambda: _is_paused(driver) and _updates(driver) == 97)
    assert run.learning_rate == 0.0, "a rate that is meant for another optimizer does not count"


def test_the_two_crosshairs_are_one(driver: Driver) -> None:
    driver.click("startButton")
    driver.wait_for_end()
    loss, accuracy = driver.find(CurvePlot, "lossPlot"), driver.find(CurvePlot, "accuracyPlot")
    loss.setFocus()
    driver.qtbot.keyClick(loss, Qt.Key.Key_Home)
    assert "batch" in loss.readout
    assert loss.readout.split("·")[:2] == accuracy.readout.split("·")[:2]


@pytest.mark.experiment(SMALL.changed(epochs=8, learning_rate=0.005))
def test_after_a_good_run_curves_are_close_up_and_tiles_show_what_has_changed(driver: Driver) -> None:
    assert not driver.find(QCheckBox, "accuracyCloseUp").isChecked()
    driver.click("startButton")
    driver.wait_for_end()
    run, weights = driver.window.lab.run, driver.window.lab.weights
    assert run.history.accuracies.values[-32:].mean() > 0.9
    assert driver.find(QCheckBox, "accuracyCloseUp").isChecked()
    accuracy = driver.find(CurvePlot, "accuracyPlot")
    assert "close-up: 80 to 100\u00a0%" in accuracy.accessibleDescription()
    assert "close-up: 0 to" in driver.find(CurvePlot, "lossPlot").accessibleDescription()
    assert accuracy.getViewBox().viewRange()[1][0] > 0.7
    driver.press("tilesShowChange", Qt.Key.Key_Space)
    change = weights.layers[0].kernel - run.start_weights.layers[0].kernel
    np.testing.assert_array_equal(driver.find(WeightTiles, "weightTiles").field.kernel, change)
    assert "blue: it has lowered it" in driver.text("tilesCaption")
    assert_looks_the_same(driver)
    driver.press("accuracyCloseUp", Qt.Key.Key_Space)
    for name in ("lossPlot", "accuracyPlot"):
        assert "close-up" not in driver.find(CurvePlot, name).accessibleDescription()
    assert driver.find(CurvePlot, "accuracyPlot").getViewBox().viewRange()[1][0] < 0.2


@pytest.mark.experiment(Experiment(hidden_units=(16,), optimizer="sgd", learning_rate=0.01, activation="linear"))
def test_a_rate_that_led_to_divergence_is_marked_and_named(driver: Driver) -> None:
    driver.click("stepButton")
    driver.wait(lambda: _is_paused(driver) and _updates(driver) == 1)
    driver.click("stepButton")
    driver.wait(lambda: _updates(driver) == 2)
    rate = driver.find(QDoubleSpinBox, "learningRate")
    rate.setFocus()
    rate.selectAll()
    driver.qtbot.keyClicks(rate, "1000\r")
    driver.click("startButton")
    driver.wait_for_end()
    run = driver.window.lab.run
    assert run.state is State.DIVERGED
    assert run.rates == [(0, 0.01), (2, 1000.0)]
    advice = [notice.text for notice in driver.window.findChildren(Notice) if "learning rate" in notice.text]
    assert any("The learning rate 1000, set at update 3, is far too large here" in sentence for sentence in advice)
    for name in ("lossPlot", "accuracyPlot"):
        plot = driver.find(CurvePlot, name)
        driver.press(name, Qt.Key.Key_End)
        assert plot.readout.endswith(" · rate 1000")
        driver.press(name, Qt.Key.Key_Home)
        assert plot.readout.endswith(" · rate 0.01")


@pytest.mark.keras
@pytest.mark.experiment(SMALL.changed(epochs=1))
def test_a_refused_text_hides_the_sums_no_longer_than_the_run_that_began_without_it(driver: Driver) -> None:
    sums, epochs = driver.find(QLabel, "arithmetic"), driver.find(QSpinBox, "epochs")
    epochs.setFocus()
    epochs.selectAll()
    driver.qtbot.keyClick(epochs, Qt.Key.Key_Delete)
    assert not sums.isVisible()
    driver.click("startButton")
    assert not sums.isVisible(), "nobody has read yet what became of it"
    driver.wait_for_end()
    assert sums.isVisible()
    epochs.setFocus()
    epochs.selectAll()
    driver.qtbot.keyClicks(epochs, "x")
    seed = driver.find(QSpinBox, "seed")
    seed.setFocus()
    assert not sums.isVisible()
    driver.qtbot.keyClick(seed, Qt.Key.Key_Up)
    assert sums.isVisible(), "another setting was changed"
