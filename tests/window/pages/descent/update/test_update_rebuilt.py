"""One update is thrown away and built again: its numbers and what was chosen of them stay."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QTabBar

from mnist_lab.experiment import Experiment
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.fields.number_fields import WholeNumberBox
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from mnist_lab.window.widgets.pictures.picture_grid import PictureGrid
from tests.window.conftest import Driver
from tests.window.rebuilding import assert_looks_the_same, rebuild

pytestmark = pytest.mark.keras
TWO_LAYERS = Experiment(hidden_units=(16, 8), batch_size=128, epochs=2)
UPDATE = 5


@pytest.fixture
def looking(driver: Driver) -> Driver:
    """The tab with the numbers of a run's first update."""
    driver.window.show_page_named("descentPage")
    driver.find(QTabBar, "descentTabs").setCurrentIndex(UPDATE)
    driver.click("updateTrainOneNow")
    driver.wait(lambda: bool(driver.find(Notice, "updateAgreement").text))
    return driver


@pytest.mark.experiment(TWO_LAYERS)
def test_nothing_shown_changes_in_any_step(looking: Driver) -> None:
    looking.press("updateBatch", Qt.Key.Key_Down, Qt.Key.Key_Right)
    selected = looking.find(PictureGrid, "updateBatch").selected
    assert selected is not None
    for step in range(1, 6):
        looking.click(f"updateStage{step}")
        if step == 4:
            looking.press("updateLayer", Qt.Key.Key_Down)
            looking.find(WholeNumberBox, "updateUnit").setValue(6)
        assert_looks_the_same(looking)
    assert looking.find(QComboBox, "updateLayer").currentIndex() == 1
    assert looking.find(WholeNumberBox, "updateUnit").value() == 6
    looking.click("updateStage4")
    assert looking.find(MatrixPicture, "updateLayerGradient").values.shape == (8, 16)
    looking.click("updateStage1")
    assert looking.find(PictureGrid, "updateBatch").selected == selected
    assert f"Image {selected + 1} of 128" in looking.text("updateBatchReadout")
    looking.window.lab.live.stop()
    looking.wait_for_end()


@pytest.mark.experiment(TWO_LAYERS)
def test_numbers_that_are_still_to_come_come_into_the_new_page(looking: Driver) -> None:
    look = looking.window.lab.look
    known = look.update
    looking.click("updateTrainOne")
    looking.wait(lambda: look.update is not known)
    rebuild(looking)
    assert look.update is not None
    engine = f"{look.update.loss:.5f}"[:-1]
    looking.wait(lambda: engine in looking.find(Notice, "updateAgreement").text)
    looking.window.lab.live.stop()
    looking.wait_for_end()


@pytest.mark.experiment(TWO_LAYERS)
def test_another_run_begins_with_the_first_layer_and_no_choice(looking: Driver) -> None:
    looking.click("updateStage4")
    looking.press("updateLayer", Qt.Key.Key_Down)
    looking.window.lab.live.stop()
    looking.wait_for_end()
    rebuild(looking)
    look = looking.window.lab.look
    known = look.update
    looking.window.lab.start()  # "Train one batch and look" would go on with the run that has ended
    looking.wait(lambda: look.update not in (None, known))
    looking.wait_for_end()
    looking.wait(lambda: not looking.window.lab.is_computing)
    assert looking.find(QComboBox, "updateLayer").currentIndex() == 0
    looking.window.lab.live.stop()
    looking.wait_for_end()
