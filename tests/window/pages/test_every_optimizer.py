"""The optimizers that only networks use work wherever one is computed with; their numbers stand in `tests/studies`."""

import pytest
from PySide6.QtWidgets import QTabBar

from mnist_lab.descent.update_rules import BEYOND_THE_BENCH
from mnist_lab.experiment import Experiment
from mnist_lab.window.shell.banner import Banner
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from tests.window.conftest import Driver
from tests.window.pages.weights.steps import UPDATE, open_page

pytestmark = pytest.mark.keras
ONE_UPDATE = 5
TAKEN = "updateTaken"


@pytest.mark.parametrize(
    "_identifier",
    [
        pytest.param(
            rule.identifier,
            marks=pytest.mark.experiment(
                Experiment(
                    optimizer=rule.identifier, hidden_units=(16,), batch_size=128, epochs=2, shuffled_labels=True
                )
            ),
            id=rule.identifier,
        )
        for rule in BEYOND_THE_BENCH
    ],
)
def test_a_run_and_its_update_are_looked_at(driver: Driver, _identifier: str) -> None:
    """With shuffled labels: an update computed with the true ones would not agree."""
    driver.window.show_page_named("descentPage")
    driver.find(QTabBar, "descentTabs").setCurrentIndex(ONE_UPDATE)
    driver.click("updateTrainOneNow")
    agreement = driver.find(Notice, "updateAgreement")
    driver.wait(lambda: bool(agreement.text))
    assert agreement.severity == "good"
    assert "W1 by the rule and by the engine differ by at most" in agreement.text
    for step in range(5):
        driver.click(f"updateStage{step + 1}")
    assert driver.find(MatrixPicture, TAKEN).values is not None
    open_page(driver, UPDATE)
    driver.wait(lambda: driver.text("updateFacts").startswith("Update 1, "))
    driver.window.show_page_named("trainPage")
    assert driver.text("trainingStatus").startswith("Paused")
    assert not any(banner.isVisible() for banner in driver.window.findChildren(Banner))
    driver.window.lab.live.stop()
    driver.wait_for_end()
