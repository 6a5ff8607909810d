"""What one looks at on the Tensors page, and how far one has gone through it, outlives the page."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QSlider

from mnist_lab.tensors.presets import PRESETS
from mnist_lab.window.widgets.basic.listing_view import ListingView
from tests.window.conftest import Driver
from tests.window.pages.tensors.test_page import LEFT, Bench
from tests.window.rebuilding import difference, page_picture, rebuild


@pytest.fixture
def bench(driver: Driver) -> Bench:
    return Bench(driver)


def test_an_expression_its_batch_and_what_was_entered_before(bench: Bench) -> None:
    bench.type("tensorExpression", "train_labels")
    bench.type("tensorExpression", "train_images[128*n:128*(n+1)]")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(128, 28, 28)")
    bench.driver.press("tensorBatch", *[Qt.Key.Key_Right] * 5)
    bench.driver.wait(lambda: not bench.driver.window.lab.is_computing)
    views = bench.picture("tensorPicture").views
    before = page_picture(bench.driver)
    rebuild(bench.driver)
    assert bench.picture("tensorPicture").views == views, "nothing was worked out again"
    assert bench.driver.find(QSlider, "tensorBatch").value() == 5
    assert bench.driver.text("tensorBatchNumber") == "n = 5: digits 640 to 767"
    assert not difference(before, page_picture(bench.driver))
    bench.driver.press("tensorExpression", Qt.Key.Key_Up)
    assert bench.driver.find(QLineEdit, "tensorExpression").text() == "train_labels"


def test_a_text_that_was_not_entered_yet(bench: Bench) -> None:
    bench.driver.qtbot.keyClicks(bench.driver.find(QLineEdit, "tensorExpression"), ".T")
    typed, before = bench.driver.find(QLineEdit, "tensorExpression").text(), page_picture(bench.driver)
    rebuild(bench.driver)
    assert bench.driver.find(QLineEdit, "tensorExpression").text() == typed
    assert bench.driver.text("tensorHelp").startswith("Enter works this out")
    assert not difference(before, page_picture(bench.driver))


def test_the_last_array_under_a_slip(bench: Bench) -> None:
    bench.type("tensorExpression", "train_labels[:3]")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(3,)")
    bench.type("tensorExpression", "train_images[::0]")
    bench.driver.wait(lambda: bench.notice("tensorNotice") != "")
    said, before = bench.notice("tensorNotice"), page_picture(bench.driver)
    rebuild(bench.driver)
    assert bench.notice("tensorNotice") == said
    assert bench.card("tensorShape") == "(3,)"
    assert not difference(before, page_picture(bench.driver))


def test_a_preset_is_still_marked(bench: Bench) -> None:
    lines = bench.driver.find(QListWidget, "tensorPresets")
    row = [one.identifier for one in PRESETS].index("video")
    bench.driver.qtbot.mouseClick(lines.viewport(), LEFT, pos=lines.visualItemRect(lines.item(row)).center())
    bench.driver.wait(lambda: bench.card("tensorShape") == "(4, 5, 28, 28, 1)")
    before = page_picture(bench.driver)
    rebuild(bench.driver)
    assert bench.driver.find(QListWidget, "tensorPresets").currentRow() == row
    assert not difference(before, page_picture(bench.driver))


def test_an_operation_its_operands_and_the_step(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("broadcast_add")
    bench.type("operand1", "[[10], [20]]")
    bench.driver.wait(lambda: (walk := bench.look.walk) is not None and walk.arrays[1].shape == (2, 1))
    for _ in range(3):
        bench.driver.click("operationStep")
    said = bench.driver.text("operationArithmetic")
    line = bench.driver.find(ListingView, "operationListing").lit_line
    before = page_picture(bench.driver)
    rebuild(bench.driver)
    assert bench.driver.find(QComboBox, "operationChoice").currentText() == "Addition with broadcasting"
    assert (bench.player.step, bench.player.count) == (3, 4)
    assert bench.driver.text("operationArithmetic") == said
    assert bench.driver.find(ListingView, "operationListing").lit_line == line
    assert not difference(before, page_picture(bench.driver))
    bench.driver.press("operand1", Qt.Key.Key_Up, Qt.Key.Key_Return)
    assert bench.driver.find(QLineEdit, "operand1").text() == "[[10], [20]]"


def test_where_a_listing_was_read(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("broadcast_add")
    bench.driver.window.resize(1024, 600)
    listing = bench.driver.find(ListingView, "operationListing")
    bench.driver.wait(lambda: listing.verticalScrollBar().maximum() > 0)
    listing.verticalScrollBar().setValue(listing.verticalScrollBar().maximum())
    listing.horizontalScrollBar().setValue(7)
    before = page_picture(bench.driver)
    rebuild(bench.driver)
    assert not difference(before, page_picture(bench.driver))


def test_a_timing_and_one_that_is_being_made(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("transpose")
    bench.type("operand0", "train_images[0]")
    bench.driver.wait(lambda: bench.player.count == 784)
    bench.driver.click("timeBothButton")
    rebuild(bench.driver)
    assert bench.driver.text("timingWords") != "", "it goes on, or is over by now"
    bench.driver.wait(lambda: "Naive loops" in bench.driver.text("timingWords"))
    said, before = bench.driver.text("timingWords"), page_picture(bench.driver)
    rebuild(bench.driver)
    label = bench.driver.find(QLabel, "timingWords")
    assert label.isVisible()
    assert label.text() == said
    assert not difference(before, page_picture(bench.driver))
