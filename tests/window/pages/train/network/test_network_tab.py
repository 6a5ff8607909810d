"""Train > Network: a training image or an update's batch flows through the network of the run, and back."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QSlider,
    QSpinBox,
    QTabBar,
    QTabWidget,
    QWidget,
)

from mnist_lab.experiment import Experiment
from mnist_lab.inspection.forward import scaled, trace
from mnist_lab.inspection.gradient import batch_gradient
from mnist_lab.studies.flow_case import Flows
from mnist_lab.window.pages.train.network.network_tab import RunNetworkTab
from mnist_lab.window.pages.train.network.run_network import RunNetwork
from mnist_lab.window.state.navigator import UnitToOpen
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.network.network_picture import NetworkPicture
from mnist_lab.window.widgets.network.network_spots import Spot
from mnist_lab.window.widgets.network.network_view import NetworkView
from tests.window.conftest import Driver
from tests.window.rebuilding import rebuild

pytestmark = pytest.mark.keras
UNITS, NETWORK = 0, 2


@pytest.fixture
def trained(driver: Driver) -> Driver:
    """A window with a run of 64 updates, in two epochs, whose network is seen."""
    driver.find(QTabBar, "networkTabs").setCurrentIndex(NETWORK)
    assert view(driver).sentence == ""
    assert picture(driver).accessibleDescription() == "The network appears here when training begins."
    driver.click("startButton")
    driver.wait_for_end()
    driver.wait(lambda: driver.window.lab.run.number == 1)
    settle(driver)
    return driver


def picture(driver: Driver) -> NetworkPicture:
    return driver.find(NetworkPicture, "runNetworkPicture")


def view(driver: Driver) -> NetworkView:
    found = picture(driver).parent()
    assert isinstance(found, NetworkView)
    return found


def model(driver: Driver) -> RunNetwork:
    found = driver.window.lab.views.of("TrainPage").model("network", lambda: RunNetwork(driver.window.lab))
    assert isinstance(found, RunNetwork)
    return found


def settle(driver: Driver) -> Flows:
    """Wait for the newest flows."""
    flows = model(driver).flows
    driver.wait(lambda: flows.is_current)
    QApplication.processEvents()
    assert flows.value is not None
    return flows.value


def test_an_image_goes_through_the_newest_network_and_back(trained: Driver) -> None:
    lab, flows = trained.window.lab, settle(trained)
    digits, weights = lab.run.digits, lab.weights
    assert weights is not None
    assert flows.forward.updates == 64
    np.testing.assert_allclose(flows.forward.image, digits.train_images[0].reshape(784) / 255, atol=1e-6)
    traces = trace(weights, scaled(digits.train_images[:1]))
    np.testing.assert_allclose(flows.forward.output.sums, traces[-1].sums[0], atol=1e-4)
    assert flows.right == picture(trained).right == digits.train_labels[0]
    trained.find(QSpinBox, "runNetworkImage").setValue(7)
    flows = settle(trained)
    assert flows.right == digits.train_labels[7]
    assert picture(trained).flow is flows.forward
    gradient = batch_gradient(weights, scaled(digits.train_images[7:8]), digits.train_labels[7:8])
    assert flows.back is not None
    shown = flows.forward.layers[0].units
    np.testing.assert_allclose(flows.back.layers[-1].gradients, gradient.layers[-1].kernel[shown], atol=1e-6)


def test_it_has_the_room_of_the_curves_as_long_as_one_wishes(trained: Driver) -> None:
    loss, large = trained.find(QWidget, "lossPlot"), trained.find(QCheckBox, "runNetworkLarge")
    assert not loss.isVisible()
    high = picture(trained).height()
    trained.press("runNetworkLarge", Qt.Key.Key_Space)
    assert not large.isChecked()
    QApplication.processEvents()
    assert loss.isVisible()
    assert picture(trained).height() < high
    trained.press("runNetworkLarge", Qt.Key.Key_Space)
    trained.find(QTabBar, "networkTabs").setCurrentIndex(UNITS)
    assert loss.isVisible(), "where the network is not seen it needs no room"


def test_the_batch_of_an_update_goes_through_with_its_own_step(trained: Driver) -> None:
    trained.find(QComboBox, "runNetworkSource").setCurrentIndex(1)
    trained.window.resize(1024, 600)
    QApplication.processEvents()
    for choice in view(trained).findChildren(DropDown):
        assert choice.shown == choice.currentText(), "no word is cut"
    lab = trained.window.lab
    first = lab.look.update
    trained.click("runNetworkLook")  # the run has ended: it trains one batch more
    trained.wait(lambda: lab.look.update is not first and model(trained).flows.is_current)
    flows, update = settle(trained), lab.look.update
    assert update is not None
    assert flows.forward.pictures == len(update.indices)
    assert flows.back is not None
    assert flows.back.is_made
    assert flows.back.loss == pytest.approx(update.loss, abs=1e-5), "the engine's own"
    shown = flows.forward.layers[0].units
    moved = update.after.layers[1].kernel[shown] - update.before.layers[1].kernel[shown]
    np.testing.assert_allclose(flows.back.layers[1].moves, moved, atol=1e-7)
    trained.click("runNetworkBackwards")
    for _ in range(5):
        trained.click("runNetworkStep")
    assert view(trained).sentence.startswith("The optimizer's step of this update: every weight moves")


def test_every_moment_is_seen_and_nothing_is_computed_unseen(trained: Driver) -> None:
    lab, flows = trained.window.lab, model(trained).flows
    trained.find(QSlider, "momentSlider").setValue(10)
    trained.wait(lambda: lab.time.is_there and flows.is_current)
    assert settle(trained).forward.updates == 10
    trained.find(QTabBar, "networkTabs").setCurrentIndex(UNITS)
    lab.time.go_to(20)
    trained.wait(lambda: lab.time.is_there)
    QApplication.processEvents()
    assert not flows.is_pending
    assert flows.value is not None
    assert flows.value.forward.updates == 10
    trained.find(QTabBar, "networkTabs").setCurrentIndex(NETWORK)
    assert settle(trained).forward.updates == 20


def test_it_is_looked_at_as_before_when_the_page_is_built_again(trained: Driver) -> None:
    trained.find(QSpinBox, "runNetworkImage").setValue(3)
    settle(trained)
    picture(trained).hold(Spot(1, 2))
    unit = picture(trained).held_unit
    assert unit is not None
    rebuild(trained)
    settle(trained)
    assert trained.find(QSpinBox, "runNetworkImage").value() == 3
    assert picture(trained).held_unit == unit
    wanted: list[object] = []
    trained.window.lab.navigator.wanted.connect(lambda _page, request: wanted.append(request))
    picture(trained).unit_activated.emit(0, unit)
    assert wanted == [UnitToOpen(unit)]


def test_it_follows_a_run_that_is_live(driver: Driver) -> None:
    driver.find(QTabBar, "networkTabs").setCurrentIndex(NETWORK)
    lab = driver.window.lab
    lab.live.set_slow_motion(3)
    driver.click("startButton")
    seen: set[int] = set()

    def look() -> bool:
        flow = picture(driver).flow
        if flow is not None:
            seen.add(flow.updates)
        return len(seen) > 2

    driver.wait(look)
    driver.click("stopButton")
    driver.wait_for_end()
    assert isinstance(driver.find(QWidget, "runNetworkPicture").parent().parent(), RunNetworkTab)


@pytest.mark.experiment(Experiment(hidden_units=(8,), epochs=1, dropout=0.25))
def test_dropout_is_said_to_be_left_out_here_and_on_draw(trained: Driver) -> None:
    words = "Dropout (25\u00a0%) is left out here: every unit takes part, as when the network answers."
    note = trained.find(QLabel, "runNetworkDropout")
    assert note.isVisible()
    assert note.text() == words
    assert picture(trained).accessibleDescription().endswith(words)
    trained.window.show_page_named("drawPage")
    trained.find(QTabWidget, "drawTabs").setCurrentIndex(NETWORK)
    QApplication.processEvents()
    assert trained.find(QLabel, "drawnNetworkDropout").isVisible(), "also where nothing flows yet"
    assert trained.text("drawnNetworkDropout") == words


def test_without_dropout_nothing_is_said_of_it(trained: Driver) -> None:
    assert not trained.find(QLabel, "runNetworkDropout").isVisible()
    assert "Dropout" not in picture(trained).accessibleDescription()
