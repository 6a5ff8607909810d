"""The Tensors page, driven by mouse and keyboard in the real window."""

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QScrollArea, QSlider, QTabBar, QWidget

from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.studies.walk import made_by
from mnist_lab.tensors.operations import OPERATIONS
from mnist_lab.tensors.presets import PRESETS
from mnist_lab.window.pages import PAGES
from mnist_lab.window.pages.tensors.operation_look import OperationLook
from mnist_lab.window.pages.tensors.step_player import StepPlayer
from mnist_lab.window.pages.tensors.tensor_picture import TensorPicture
from mnist_lab.window.widgets.basic.listing_view import ListingView
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.widgets.basic.stat_card import StatCard
from tests.window.conftest import Driver

LEFT = Qt.MouseButton.LeftButton
OPERATION_NAMES = [one.identifier for one in OPERATIONS]


class Bench:
    """The page in a driver's window."""

    def __init__(self, driver: Driver) -> None:
        self.driver = driver
        driver.window.show_page([spec.object_name for spec in PAGES].index("tensorsPage"))
        driver.wait(lambda: self.card("tensorShape") != "–")

    def card(self, name: str) -> str:
        return self.driver.find(StatCard, name).value

    def picture(self, name: str) -> TensorPicture:
        return self.driver.find(TensorPicture, name)

    def notice(self, name: str) -> str:
        notice = self.driver.find(Notice, name)
        return notice.text if notice.isVisible() else ""

    def type(self, name: str, text: str) -> QLineEdit:
        """Into a field, in place of what stands there, and press Enter."""
        field = self.driver.find(QLineEdit, name)
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
        self.driver.qtbot.keyClick(field, Qt.Key.Key_Return)
        return field

    def open_operations(self) -> None:
        bar = self.driver.find(QTabBar, "tensorTabs")
        self.driver.qtbot.mouseClick(bar, LEFT, pos=bar.tabRect(1).center())
        self.driver.wait(lambda: self.player.count > 0)

    def choose(self, identifier: str) -> None:
        before = self.picture("operationPicture").views
        self.driver.find(QComboBox, "operationChoice").setCurrentIndex(OPERATION_NAMES.index(identifier))
        if identifier != "relu":
            self.driver.wait(lambda: self.picture("operationPicture").views not in ((), before))

    @property
    def player(self) -> StepPlayer:
        player = self.driver.window.findChild(StepPlayer)
        assert player is not None
        return player

    @property
    def look(self) -> OperationLook:
        return self.driver.window.lab.views.of("TensorsPage").model("operation", OperationLook)

    def wait_for_shape(self, shape: str) -> None:
        self.driver.wait(lambda: self.card("tensorShape") == shape)

    def wait_for_weights(self) -> NetworkWeights:
        """Until the operation is gone through with those of the newest network."""
        lab = self.driver.window.lab

        def has_newest() -> bool:
            walk, weights = self.look.walk, lab.weights
            return walk is not None and weights is not None and walk.task.names.get("b") is weights.layers[0].bias

        self.driver.wait(has_newest)
        assert lab.weights is not None
        return lab.weights

    @property
    def result(self) -> np.ndarray:
        return self.picture("operationPicture").views[-1].values


@pytest.fixture
def bench(driver: Driver) -> Bench:
    return Bench(driver)


def test_a_typed_slice_shows_what_it_is_and_lights_its_block(bench: Bench) -> None:
    bench.type("tensorExpression", "train_images[20:50, 7:-7, 4:]")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(30, 14, 24)")
    assert (bench.card("tensorRank"), bench.card("tensorType"), bench.card("tensorBytes")) == ("3", "uint8", "10.1 kB")
    assert bench.driver.find(StatCard, "tensorShape").caption == "shape: samples, height, width"
    images = bench.driver.window.lab.digits.train_images
    np.testing.assert_array_equal(bench.picture("tensorPicture").views[0].values[0], images[20, 7:-7, 4:])
    stack = bench.picture("tensorStack")
    assert stack.isVisible()
    view = stack.views[0]
    assert {view.places[0][place] for place in np.flatnonzero(view.lit.any(axis=(1, 2)))} == {20, 21, 48, 49}
    assert "20 to 49 of 4,000" in bench.driver.find(QWidget, "tensorBars").accessibleName()
    picture = bench.picture("tensorPicture")
    QTest.mouseMove(picture, picture.cell_rect(0, (0, 3, 5)).center().toPoint())
    assert bench.driver.text("tensorReadout") == f"[samples 0, height 3, width 5] = {images[20, 10, 9]}"


def test_a_text_that_was_not_worked_out_yet_says_so(bench: Bench) -> None:
    bench.type("tensorExpression", "train_images[128*n:128*(n+1)]")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(128, 28, 28)")
    field, shape = bench.driver.find(QLineEdit, "tensorExpression"), bench.driver.find(StatCard, "tensorShape")
    slider, words = bench.driver.find(QSlider, "tensorBatch"), bench.driver.find(QLabel, "tensorHelp")
    bench.driver.qtbot.keyClicks(field, ".T")
    assert words.isVisible()
    assert words.text() == "Enter works this out; below is still the last one."
    assert not shape.isEnabled()
    for _ in range(2):
        bench.driver.qtbot.keyClick(field, Qt.Key.Key_Backspace)
    assert slider.isVisible()
    assert shape.isEnabled(), "the text is again the one that is shown"
    bench.type("tensorExpression", "train_labels")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(4,000,)" or bench.card("tensorShape") == "(4000,)")
    assert words.isVisible()
    assert words.text().startswith("Slices, arithmetic and functions of train_images")
    assert shape.isEnabled()


def test_the_slider_moves_the_batch_and_is_there_only_for_n(bench: Bench) -> None:
    slider = bench.driver.find(QSlider, "tensorBatch")
    assert not slider.isVisible()
    bench.type("tensorExpression", "train_images[128*n:128*(n+1)]")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(128, 28, 28)")
    assert slider.isVisible()
    for _ in range(5):
        bench.driver.qtbot.keyClick(slider, Qt.Key.Key_Right)
    images = bench.driver.window.lab.digits.train_images
    picture = bench.picture("tensorPicture")
    bench.driver.wait(lambda: np.array_equal(picture.views[0].values[0], images[640]))
    assert bench.driver.text("tensorBatchNumber") == "n = 5: digits 640 to 767"
    bench.driver.qtbot.keyClick(slider, Qt.Key.Key_End)
    bench.driver.wait(lambda: bench.card("tensorShape") == "(32, 28, 28)")
    assert bench.driver.text("tensorBatchNumber") == "n = 31: digits 3,968 to 3,999"


@pytest.mark.parametrize("text", ["train_images[::0]", "outer(train_images, train_images)", "[" * 900])
def test_what_cannot_be_is_a_sentence_and_the_next_one_works(bench: Bench, text: str) -> None:
    bench.type("tensorExpression", text)
    bench.driver.wait(lambda: len(bench.notice("tensorNotice")) > 20)
    assert bench.driver.find(QLineEdit, "tensorExpression").property("problem")
    field = bench.type("tensorExpression", "train_labels[:3]")
    assert (bench.notice("tensorNotice"), field.property("problem")) == ("Reading …", False)
    bench.driver.wait(lambda: bench.card("tensorShape") == "(3,)")
    assert bench.notice("tensorNotice") == ""


def test_five_thousand_brackets_are_pasted_without_a_freeze(bench: Bench) -> None:
    field = bench.driver.find(QLineEdit, "tensorExpression")
    field.setText("(" * 5000)
    bench.driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    bench.driver.wait(lambda: "5,000 characters" in bench.notice("tensorNotice"))


def test_up_brings_the_expression_before_back(bench: Bench) -> None:
    bench.type("tensorExpression", "train_images[7]")
    bench.driver.wait(lambda: bench.card("tensorShape") == "(28, 28)")
    field = bench.type("tensorExpression", "train_labels")
    bench.driver.qtbot.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "train_images[7]"
    bench.driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    bench.driver.wait(lambda: bench.card("tensorShape") == "(28, 28)")


def test_a_preset_and_an_example_are_taken_by_a_click_or_by_going_there(bench: Bench) -> None:
    captions = []
    for name, row, shape in (
        ("tensorPresets", [one.identifier for one in PRESETS].index("video"), "(4, 5, 28, 28, 1)"),
        ("tensorExamples", 0, "(90, 28, 28)"),
        ("tensorPresets", 0, "()"),
    ):
        lines = bench.driver.find(QListWidget, name)
        place = lines.visualItemRect(lines.item(row)).center()
        bench.driver.qtbot.mouseClick(lines.viewport(), LEFT, pos=place)
        bench.wait_for_shape(shape)
        captions.append(bench.driver.find(StatCard, "tensorShape").caption)
    assert captions == ["shape: samples, frames,\nheight, width, channels", "shape: samples, height, width", "shape"]
    assert bench.driver.text("tensorWords").endswith("Its value is 12.")
    bench.driver.qtbot.keyClick(bench.driver.find(QListWidget, "tensorPresets"), Qt.Key.Key_Down)
    bench.wait_for_shape("(4,)")


def walked(bench: Bench) -> object:
    """The numbers of the result that is gone through."""
    walk = bench.look.walk
    return None if walk is None or walk.result is None else walk.result.tolist()


@pytest.mark.parametrize(
    ("identifier", "printed"),
    [
        ("dot_matrix_vector", "[1 0]"),
        ("broadcast_multiply", "[[1 0] [0 0]]"),
        ("broadcast_add", "[[2 -1] [1 2]]"),
        ("relu", "[[1 0] [0 2]]"),
    ],
)
def test_the_chapter_s_results_come_out_step_by_step(bench: Bench, identifier: str, printed: str) -> None:
    bench.open_operations()
    bench.choose(identifier)
    for _ in range(bench.player.count):
        assert printed not in bench.driver.text("operationResult"), "whoever says the next cell first is told no more"
        bench.driver.click("operationStep")
        assert bench.driver.find(ListingView, "operationListing").lit_line > 0
    assert bench.driver.text("operationResult").endswith(f": {printed}")
    assert str(bench.result.tolist()).replace(",", "") == printed
    assert bench.picture("operationPicture").views[-1].done.all()


def test_step_back_slider_and_play(bench: Bench) -> None:
    bench.open_operations()
    bench.driver.click("operationStep")
    bench.driver.click("operationStep")
    assert bench.driver.text("operationArithmetic") == "result[0, 1]: max(−1, 0) = 0"
    bench.driver.click("operationBack")
    assert bench.driver.text("operationArithmetic") == "result[0, 0]: max(1, 0) = 1"
    assert bench.picture("operationPicture").views[-1].done.sum() == 1
    bench.driver.qtbot.keyClick(bench.driver.find(QSlider, "operationSlider"), Qt.Key.Key_End)
    assert bench.player.step == 4
    bench.driver.find(QComboBox, "operationSpeed").setCurrentIndex(2)
    bench.driver.click("operationPlay")
    assert bench.player.step == 0
    bench.driver.wait(lambda: bench.player.step == 4)


def test_a_cell_of_the_result_tells_what_made_it(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("dot_matrices")
    picture = bench.picture("operationPicture")
    QTest.mouseMove(picture, picture.cell_rect(2, (1, 2)).center().toPoint())
    assert bench.driver.text("operationArithmetic") == "result[1, 2] is made by: 0 × 3 + 2 × 6 = 12"
    assert [view.read for view in picture.views[:2]] == [{(1, 0), (1, 1)}, {(0, 2), (1, 2)}]
    assert not picture.views[-1].has_value((1, 2)), "12 is told; a 0 in the cell would tell something else"
    QTest.mouseMove(picture, QPoint(1, 1))
    assert bench.driver.text("operationArithmetic").startswith("Play")


def test_operands_are_typed_and_what_does_not_fit_is_told(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("broadcast_add")
    titles = [view.title for view in bench.picture("operationPicture").views]
    assert titles == ["x", "y, stretched along axis 0, × 2", "result"]
    bench.type("operand1", "[1, 2, 3]")
    bench.driver.wait(lambda: "(2, 2)" in bench.notice("operandNotice") and "(3,)" in bench.notice("operandNotice"))
    assert bench.player.count == 0
    field = bench.type("operand1", "[[10], [20]]")
    assert (bench.notice("operandNotice"), field.property("problem")) == ("Reading …", False)
    bench.driver.wait(lambda: bench.player.count == 4)
    assert bench.notice("operandNotice") == ""
    assert walked(bench) == [[11, 9], [20, 22]]
    bench.type("operand0", "train_images[0, 10:13, 10:13")
    bench.driver.wait(lambda: bench.notice("operandNotice") != "")
    assert bench.driver.find(QLineEdit, "operand0").property("problem")
    assert not bench.driver.find(QLineEdit, "operand1").property("problem")


def test_both_ways_are_timed(bench: Bench) -> None:
    bench.open_operations()
    bench.driver.find(QScrollArea, "operationControls").setFixedHeight(240)
    bench.choose("transpose")
    bench.type("operand0", "train_images[0]")
    bench.driver.wait(lambda: bench.player.count == 784)
    bench.driver.click("timeBothButton")
    label = bench.driver.find(QLabel, "timingWords")
    bench.driver.wait(lambda: "Naive loops" in label.text())
    assert "NumPy" in label.text()
    assert label.text().endswith("read in another order.")
    column = bench.driver.find(QScrollArea, "operationControls").viewport()
    bench.driver.wait(lambda: column.rect().contains(QRect(label.mapTo(column, QPoint()), label.size())))
    bench.choose("relu")
    bench.driver.wait(lambda: label.text() == "")


@pytest.mark.keras
def test_a_layer_has_the_weights_of_the_current_network(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("layer")
    assert bench.notice("operationNetwork").startswith("No network yet")
    assert walked(bench) == [2, 0]
    bench.driver.click("tensorTrainButton")
    bench.driver.wait_for_end()
    lab = bench.driver.window.lab
    first = bench.wait_for_weights().layers[0]
    assert lab.digits is not None
    digit, walk = lab.digits.test_images[0].reshape(784).astype(np.float32) / 255, bench.look.walk
    assert walk is not None
    assert walk.result is not None
    assert bench.player.count == 16 * 786
    expected = np.maximum(digit @ first.kernel + first.bias, 0)
    np.testing.assert_allclose(walk.result, expected, rtol=1e-5, atol=1e-6)
    bench.driver.qtbot.keyClick(bench.driver.find(QSlider, "operationSlider"), Qt.Key.Key_End)
    np.testing.assert_allclose(bench.result[:, 0], expected[14:], rtol=1e-4, atol=1e-5)
    unit, picture = bench.picture("operationPicture").views[:2]
    np.testing.assert_array_equal(unit.values, first.kernel[:, 15].reshape(28, 28))
    np.testing.assert_array_equal(picture.values, digit.reshape(28, 28))
    assert len(made_by(walk, (3,)).cells[1]) == 784


def test_an_operand_that_was_not_entered_yet_says_so(bench: Bench) -> None:
    bench.open_operations()
    field, shape = bench.driver.find(QLineEdit, "operand0"), bench.driver.find(QLabel, "operandShape0")
    bench.driver.wait(lambda: shape.text() == "(2, 2)")
    before = field.text()
    field.setFocus()
    field.selectAll()
    bench.driver.qtbot.keyClicks(field, "[[1, -1, 3]]")
    assert shape.text() == "Enter takes this."
    bench.driver.qtbot.keyClick(field, Qt.Key.Key_Return)
    bench.driver.wait(lambda: shape.text() == "(1, 3)")
    bench.type("operand0", before)
    bench.driver.wait(lambda: shape.text() == "(2, 2)")


@pytest.mark.keras
def test_new_weights_leave_alone_what_is_being_typed(bench: Bench) -> None:
    bench.open_operations()
    bench.choose("layer")
    bench.driver.click("tensorTrainButton")
    bench.driver.wait_for_end()
    bench.wait_for_weights()
    entered = bench.look.texts
    field, shape = bench.driver.find(QLineEdit, "operand0"), bench.driver.find(QLabel, "operandShape0")
    field.setFocus()
    field.selectAll()
    bench.driver.qtbot.keyClicks(field, "W[:3")
    bench.driver.window.lab.start()
    bench.driver.wait_for_end()
    bench.wait_for_weights()
    assert bench.look.walk is not None
    assert bench.look.walk.task.texts == entered
    assert bench.notice("operandNotice") == ""
    assert (field.text(), shape.text()) == ("W[:3", "Enter takes this.")
