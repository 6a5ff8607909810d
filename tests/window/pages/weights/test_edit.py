"""A copy of a network is edited on the Weights page: judged, taken back, kept, and never the run itself."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QListWidget, QSpinBox

from mnist_lab.inspection.evaluation import evaluate
from mnist_lab.window.pages.network_chooser import NetworkChooser
from mnist_lab.window.pages.weights.unit_matrix import UnitMatrix
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import StatCard
from mnist_lab.window.widgets.pictures.matrix_picture import MatrixPicture
from tests.inspection.networks import network
from tests.window.conftest import LAPTOP, Driver
from tests.window.pages.weights.steps import EDIT, UNITS, copied, open_page, open_unit, settle, train, values_of
from tests.window.rebuilding import rebuild

pytestmark = pytest.mark.keras


def test_edits_are_judged_taken_back_kept_and_never_reach_the_run(driver: Driver) -> None:
    weights = train(driver)
    untouched = copied(weights)
    lab = driver.window.lab
    open_page(driver, EDIT)
    settle(driver)
    before, after, difference = driver.find(QLabel, "editWords").parentWidget().findChildren(StatCard)
    digits = lab.looked.digits
    accuracy = evaluate(weights, digits.test_images, digits.test_labels, lambda: False).accuracy
    assert before.value == after.value == f"{100 * accuracy:.1f}\u00a0%"
    assert difference.value == "±0.00 points"
    assert difference.caption == "difference: ±0 of 1,000 images"
    kind = driver.find(QComboBox, "editKind")
    edits = driver.find(QListWidget, "editList")
    for index in range(kind.count()):
        kind.setCurrentIndex(index)
        driver.click("applyEditButton")
        settle(driver)
        assert edits.count() == index + 1
    assert before.value == f"{100 * accuracy:.1f}\u00a0%"
    more = round(10 * float(difference.value.removesuffix(" points").replace("−", "-")))
    assert more != 0
    assert difference.caption == f"difference: {more:+,} of 1,000 images".replace("-", "−")
    driver.click("undoEditButton")
    assert edits.count() == kind.count() - 1
    driver.qtbot.keyClicks(driver.find(QLineEdit, "keptName"), "half of it")
    matrix = driver.find(MatrixPicture, "editedUnit")
    place = matrix.mapTo(driver.window, QPoint()), matrix.size()
    driver.click("keepNetworkButton")
    settle(driver)
    assert lab.look.chosen.name == "half of it"
    assert edits.count() == 0
    assert lab.weights is not weights
    chooser = driver.find(NetworkChooser, "weightsNetwork")
    assert chooser.isVisible()
    assert chooser.currentText() == "half of it"
    notice = driver.find(Notice, "keptNotice")
    assert notice.isVisible()
    assert (matrix.mapTo(driver.window, QPoint()), matrix.size()) == place, "the notice pushes nothing away"
    assert notice.text.startswith("Kept as “half of it”. Every page now looks at this network")
    assert driver.text("networkLabel") == "Kept network “half of it”: 784-16-10"
    lab.choose_network(None)
    settle(driver)
    assert not notice.isVisible()
    assert driver.text("networkLabel") == "The run's network at update 64: 784-16-10"
    assert lab.weights is weights
    assert copied(weights) == untouched
    assert before.value == f"{100 * accuracy:.1f}\u00a0%"


def test_a_click_on_a_weight_prepares_to_set_it_and_reset_begins_anew(driver: Driver) -> None:
    weights = train(driver)
    open_page(driver, EDIT)
    matrix = driver.find(MatrixPicture, "editedUnit")
    driver.find(QSpinBox, "editUnit").setValue(3)
    place = matrix.cell_rect(10, 12).center().toPoint()
    driver.qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=place)
    assert driver.find(QComboBox, "editKind").currentData() == "weight"
    assert driver.find(QSpinBox, "editInput").value() == 10 * 28 + 12
    driver.click("applyEditButton")
    assert values_of(matrix)[10, 12] == pytest.approx(weights.layers[0].kernel[292, 3], rel=1e-3)
    assert driver.find(QListWidget, "editList").item(0).text().startswith("Layer 1, unit 3, input 292: weight = ")
    driver.click("resetCopyButton")
    settle(driver)
    assert driver.find(QListWidget, "editList").count() == 0
    assert not driver.find(QAbstractButton, "resetCopyButton").isEnabled()


def test_the_picture_stays_under_what_points_at_it(driver: Driver) -> None:
    driver.window.lab.keep_network("random", network(784, 16, 10))
    open_page(driver, EDIT)
    driver.window.resize(*LAPTOP)
    matrix, words = driver.find(UnitMatrix, "editedUnit"), driver.find(QLabel, "editedUnitWords")
    matrix.setFocus()
    settle(driver)
    place, said = matrix.geometry(), {words.text()}
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Escape):
        driver.press("editedUnit", key)
        QApplication.processEvents()
        said.add(words.text())
        assert matrix.geometry() == place
    assert len(said) > 1


def test_a_unit_that_is_switched_off_is_seen_and_said_to_be_off_wherever_it_is_shown(driver: Driver) -> None:
    driver.window.lab.keep_network("random", network(784, 16, 10))
    open_page(driver, EDIT)
    matrix, unit = driver.find(UnitMatrix, "editedUnit"), driver.find(QSpinBox, "editUnit")
    caption = next(label for label in driver.window.findChildren(QLabel) if "Click a weight to set it" in label.text())
    unit.setValue(5)
    on = matrix.grab().toImage()
    driver.press("applyEditButton", Qt.Key.Key_Space)
    assert matrix.is_off
    assert caption.text().startswith("Layer 1, unit 5: switched off. Its outgoing weights are all 0")
    assert matrix.accessibleDescription() == "The unit is switched off."
    off = matrix.grab().toImage()
    changed = sum(on.pixelColor(x, y) != off.pixelColor(x, y) for x in range(40, 120, 4) for y in range(40, 120, 4))
    assert changed > 200, "the picture is crossed out"
    driver.press("editedUnit", Qt.Key.Key_Right)
    assert caption.text().endswith("switched off")
    unit.setValue(6)
    assert not matrix.is_off
    layer = driver.find(QComboBox, "editLayer")
    layer.setCurrentIndex(1)
    unit.setValue(7)
    driver.click("applyEditButton")
    assert matrix.is_off
    assert caption.text().startswith("Layer 2, unit 7: switched off. Its weights and bias are 0")
    driver.click("undoEditButton")
    assert not matrix.is_off
    driver.press("keptName", Qt.Key.Key_Return)
    settle(driver)
    rebuild(driver)
    assert driver.find(Notice, "keptNotice").text.startswith("Kept as “edited network”.")
    open_page(driver, UNITS)
    for number, is_off in ((5, True), (6, False)):
        open_unit(driver, number)
        assert driver.find(UnitMatrix, "unitPicture").is_off == is_off
        assert ("Switched off: its outgoing weights are all 0" in driver.text("unitPictureFacts")) == is_off
