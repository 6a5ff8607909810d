"""Training gives the same weights, bit for bit, with every page open and being used as with none."""

import itertools

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget

from mnist_lab.experiment import Experiment
from mnist_lab.network.events import Finished
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.base import Page
from tests.network.runs import same_bits
from tests.window.conftest import Driver

pytestmark = pytest.mark.keras

EXPERIMENT = Experiment(hidden_units=(96,), epochs=25)
"""800 updates: long enough for every page to be seen several times."""
KEYS = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_PageDown, Qt.Key.Key_Left)


def _weights(driver: Driver) -> list[NDArray[np.float32]]:
    run, weights = driver.window.lab.run, driver.window.lab.look.run_weights
    assert run is not None
    assert isinstance(run.outcome, Finished)
    assert weights is not None
    return [array for layer in weights.layers for array in (layer.kernel, layer.bias)] + [run.history.losses.values]


def _use(driver: Driver, page: Page) -> None:
    """Press some keys and drag across the middle of a page that does not steer the run."""
    widget = page.first_focus()
    for key in KEYS:
        driver.qtbot.keyClick(widget, key)
    middle = QPoint(widget.width() // 2, widget.height() // 2)
    driver.qtbot.mousePress(widget, Qt.MouseButton.LeftButton, pos=middle)
    driver.qtbot.mouseMove(widget, middle + QPoint(30, 40))
    driver.qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, pos=middle + QPoint(30, 40))


@pytest.mark.experiment(EXPERIMENT)
def test_pages_in_use_leave_every_bit_of_the_run_as_it_is(driver: Driver) -> None:
    window = driver.window
    window.lab.start()
    driver.wait_for_end()
    alone = _weights(driver)
    for index in range(len(PAGES)):  # built before, so that the run is not over before the last one stands
        window.show_page(index)
        QApplication.processEvents()
    window.lab.start()
    driver.wait(lambda: window.lab.run is not None and window.lab.run.updates > 0)
    used: set[str] = set()
    for index in itertools.cycle(range(len(PAGES))):
        if not window.lab.live.is_training:
            break
        window.show_page(index)
        page = driver.find(QStackedWidget, "pages").currentWidget()
        assert isinstance(page, Page)
        if page.objectName() != "trainPage":
            _use(driver, page)
        window.lab.live.request_update()
        QApplication.processEvents()
        used.add(page.objectName())
    driver.wait_for_end()
    assert used == {spec.object_name for spec in PAGES}
    assert same_bits(_weights(driver), alone)
