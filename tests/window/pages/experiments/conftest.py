"""The tab Sweep opened, and who trains there in a test."""

import pytest
from PySide6.QtWidgets import QTabBar

from mnist_lab.window.state.lab import Lab
from tests.window.conftest import Driver
from tests.window.pages.experiments.sweep_tab_driving import INDEX, QUICK
from tests.window.state.sweeps import FakeDriver


@pytest.fixture
def sweeping_lab(driver: Driver) -> Lab:
    """With the tab open, and a quick run in the form of Train."""
    driver.window.lab.draft.set_experiment(QUICK)
    driver.window.show_page(INDEX)
    driver.find(QTabBar, "experimentsTabBar").setCurrentIndex(2)
    return driver.window.lab


@pytest.fixture
def fake(sweeping_lab: Lab) -> FakeDriver:
    made_up = FakeDriver([0.5, 0.6, 0.9, 0.92, 0.94, None])
    sweeping_lab.sweep._run = made_up
    return made_up
