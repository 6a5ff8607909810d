"""The network seen whole, live while one draws: exact sums, what is pointed at, what stays lit, the light."""

import itertools
import re

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QToolTip

from mnist_lab.inspection.forward import trace
from mnist_lab.inspection.weights import DenseWeights, NetworkWeights
from mnist_lab.window.state.navigator import LayerToOpen, UnitToOpen
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.network.line_scale import following
from mnist_lab.window.widgets.network.network_light import STAGE_SECONDS
from mnist_lab.window.widgets.network.network_picture import NetworkPicture
from mnist_lab.window.widgets.network.network_spots import PICTURE, Spot
from mnist_lab.window.widgets.network.network_view import NetworkView
from tests.window.pad import SEVEN, Pad
from tests.window.pages.draw.tools import NETWORK, turn_to
from tests.window.rebuilding import rebuild

LEFT = Qt.MouseButton.LeftButton


def picture(pad: Pad) -> NetworkPicture:
    return pad.driver.find(NetworkPicture, "drawnNetworkPicture")


def view(pad: Pad) -> NetworkView:
    found = picture(pad).parent()
    assert isinstance(found, NetworkView)
    return found


@pytest.fixture
def shown(pad: Pad) -> Pad:
    """With a seven on the pad."""
    turn_to(pad, NETWORK)
    pad.draw(SEVEN)
    return pad


def adds_up(sentence: str) -> tuple[float, float]:
    """What the printed terms of a sum add up to, and the sum that is printed."""
    words = sentence.replace("−", "-").replace(",", "")
    terms, _, rest = words.partition(" = ") if not words.startswith("z") else words.partition(" = ")[2].partition(" = ")
    numbers = re.findall(r"(?<![\w.])([+-]?\d+\.\d+) \(", terms)
    total = re.match(r"(-?\d+\.\d+)", rest)
    assert total is not None, sentence
    return sum(map(float, numbers)), float(total[1])


def test_an_empty_pad_shows_units_without_light(pad: Pad) -> None:
    turn_to(pad, NETWORK)
    assert view(pad).sentence.startswith("Draw something")
    lit = picture(pad).lit
    assert lit is not None
    assert all(units.lamp == "dark" for units in lit.units)
    assert not pad.driver.find(QAbstractButton, "drawnNetworkPlay").isEnabled()


def test_it_is_live_and_every_sum_that_is_printed_adds_up(shown: Pad) -> None:
    shown_picture = picture(shown)
    flow = shown_picture.flow
    assert flow is not None
    assert flow.asked.output == int(shown.prediction)
    weights = shown.driver.window.lab.weights
    assert weights is not None
    logits = trace(weights, flow.image.astype(np.float32)[None])[-1].sums[0]
    np.testing.assert_allclose(flow.output.sums, logits, atol=1e-4)
    for column, layer in enumerate(flow.layers, start=1):
        for place in range(len(layer.units)):
            shown_picture.point(Spot(column, place))
            added, total = adds_up(shown_picture.readout)
            assert added == pytest.approx(total, abs=4e-4), "each term is rounded to four places"
            assert total == pytest.approx(float(layer.own[place]), abs=1e-4)
    shown_picture.point(None)
    shown.draw((((0.2, 0.5), (0.8, 0.5)),))
    assert picture(shown).flow is not flow


def test_hover_reads_click_keeps_and_a_double_click_opens(shown: Pad) -> None:
    wanted: list[tuple[str, object]] = []
    lab, shown_picture = shown.driver.window.lab, picture(shown)
    flow = shown_picture.flow
    assert flow is not None
    lab.navigator.wanted.connect(lambda page, request: wanted.append((page, request)))
    middle = shown_picture.point_of((1, 2))
    assert isinstance(middle, QPoint)
    QTest.mouseMove(shown_picture, middle)
    assert shown_picture.pointed == Spot(1, 2)
    assert view(shown).sentence.startswith(f"Unit {flow.layers[0].units[2]} of layer 1: ")
    assert "(784 pixels × weights)" in view(shown).sentence
    QTest.mouseClick(shown_picture, LEFT, pos=middle)
    QTest.mouseMove(shown_picture, QPoint(2, 2))
    assert shown_picture.pointed is None
    assert shown_picture.held == Spot(1, 2)
    assert view(shown).sentence.startswith(f"Unit {flow.layers[0].units[2]} of layer 1: "), "it stays"
    unit = int(flow.layers[0].units[2])
    rebuild(shown.driver)
    turn_to(shown, NETWORK)
    assert view(shown).sentence.startswith(f"Unit {unit} of layer 1: "), "it stays, wherever it stands now"
    held = picture(shown).held
    assert held is not None
    middle = picture(shown).point_of((held.column, held.place))
    assert isinstance(middle, QPoint)
    QTest.mouseDClick(picture(shown), LEFT, pos=middle)
    assert wanted[-1] == ("weightsPage", UnitToOpen(unit))


def test_no_tool_tip_hides_what_is_read(shown: Pad) -> None:
    shown_picture = picture(shown)
    middle = shown_picture.point_of((1, 2))
    assert isinstance(middle, QPoint)
    QTest.mouseMove(shown_picture, middle)
    QApplication.sendEvent(shown_picture, QHelpEvent(QEvent.Type.ToolTip, middle, shown_picture.mapToGlobal(middle)))
    assert QToolTip.text() == ""
    view(shown).setMaximumHeight(200)
    QApplication.processEvents()
    middle = shown_picture.point_of((1, 1))
    assert isinstance(middle, QPoint)
    QTest.mouseMove(shown_picture, middle)
    assert view(shown).sentence.startswith("Unit ")
    assert view(shown).sentence == shown_picture.tip, "where there is no room for the sentence, the tool tip has it"
    assert max(len(line) for line in shown_picture.toolTip().split("\n")) < 110, "it is no wider than a screen"


def test_what_is_held_stays_though_another_digit_is_asked_for(shown: Pad) -> None:
    shown_picture = picture(shown)
    shown_picture.hold(Spot(1, 7))
    unit = shown_picture.held_unit
    for digit in range(10):
        shown.driver.find(QComboBox, "drawnNetworkOutput").setCurrentIndex(digit + 1)
        assert shown_picture.held_unit == unit
        assert view(shown).sentence.startswith(f"Unit {unit} of layer 1: ")


def test_a_unit_of_a_later_layer_opens_with_its_layer(shown: Pad) -> None:
    wanted: list[object] = []
    shown.driver.window.lab.navigator.wanted.connect(lambda _page, request: wanted.append(request))
    shown_picture = picture(shown)
    shown_picture.setFocus()
    shown_picture.point(Spot(2, 1))
    QTest.keyClick(shown_picture, Qt.Key.Key_Return)
    assert wanted == [LayerToOpen(1)]
    shown.driver.wait(lambda: shown.driver.find(QComboBox, "layerChoice").currentIndex() == 1)


def test_arrows_walk_along_units_and_lines_and_from_pixel_to_pixel(shown: Pad) -> None:
    shown_picture = picture(shown)
    flow = shown_picture.flow
    assert flow is not None
    shown_picture.setFocus()
    QTest.keyClick(shown_picture, Qt.Key.Key_Left)
    assert shown_picture.pointed == Spot(3, flow.asked.output), "it begins at the answer"
    QTest.keyClick(shown_picture, Qt.Key.Key_Left)
    strongest = int(np.argmax(np.abs(flow.output.lines[:, flow.asked.output])))
    assert shown_picture.pointed == Spot(2, strongest), "back along the strongest line"
    assert "It gives" in shown_picture.accessibleDescription()
    QTest.keyClick(shown_picture, Qt.Key.Key_Down)
    assert shown_picture.pointed == Spot(2, strongest + 1)
    for _ in range(20):
        QTest.keyClick(shown_picture, Qt.Key.Key_Down)
    assert "together" in shown_picture.accessibleDescription(), "below the units stand the others"
    QTest.keyClick(shown_picture, Qt.Key.Key_Left)
    QTest.keyClick(shown_picture, Qt.Key.Key_Left)
    assert shown_picture.pointed == PICTURE
    assert "784 numbers" in shown_picture.accessibleDescription()
    QTest.keyClick(shown_picture, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert shown_picture.accessibleDescription().startswith("Row 15, column 14: ink ")
    QTest.keyClick(shown_picture, Qt.Key.Key_Right)
    assert shown_picture.pointed is not None
    assert shown_picture.pointed.column == 1
    QTest.keyClick(shown_picture, Qt.Key.Key_Space)
    assert shown_picture.held == shown_picture.pointed
    QTest.keyClick(shown_picture, Qt.Key.Key_Escape)
    QTest.keyClick(shown_picture, Qt.Key.Key_Escape)
    assert (shown_picture.pointed, shown_picture.held) == (None, None)


def test_two_digits_are_laid_against_each_other(shown: Pad) -> None:
    shown.driver.find(QComboBox, "drawnNetworkOutput").setCurrentIndex(8)
    shown.driver.find(QComboBox, "drawnNetworkAgainst").setCurrentIndex(10)
    flow = picture(shown).flow
    assert flow is not None
    assert (flow.asked.output, flow.asked.against) == (7, 9)
    sentence = view(shown).sentence
    assert sentence.startswith("z₇ − z₉ = ")
    added, total = adds_up(sentence.removeprefix("z₇ − "))
    assert added == pytest.approx(total, abs=4e-4)
    assert total == pytest.approx(float(flow.output.own[7] - flow.output.own[9]), abs=1e-4)
    assert f"{7 if total > 0 else 9} is ahead" in sentence


def test_as_many_units_are_shown_as_one_wishes(shown: Pad) -> None:
    fits = picture(shown).units_with_room
    flow = picture(shown).flow
    assert flow is not None
    assert len(flow.layers[0].units) == fits
    shown.driver.find(QComboBox, "drawnNetworkUnits").setCurrentIndex(4)
    flow = picture(shown).flow
    assert flow is not None
    assert [len(layer.units) for layer in flow.layers] == [24, 12, 10]
    assert flow.layers[0].size - 24 == flow.layers[1].others == 16


def test_the_light_goes_forward_and_stands_at_each_stage(shown: Pad) -> None:
    step, seen = shown.driver.find(QAbstractButton, "drawnNetworkStep"), []
    for _ in range(7):
        step.click()
        seen.append(view(shown).sentence)
    assert seen[0].startswith("What goes in: 784 numbers")
    assert "784 pixels" in seen[1]
    assert seen[2].startswith("relu makes 0 of every sum below 0")
    assert seen[5].startswith("Ten weighted sums")
    assert seen[6].startswith("Softmax makes shares")
    step.click()
    assert view(shown).sentence.startswith("z"), "the whole network again"
    shown.driver.click("drawnNetworkPlay")
    light = view(shown).look.light
    assert light.is_playing
    view(shown).advance(STAGE_SECONDS * 1.2)
    assert light.index == 1
    shown.driver.click("drawnNetworkPlay")
    assert not light.is_playing


def test_the_light_goes_back_where_the_right_digit_is_known(shown: Pad) -> None:
    back = shown.driver.find(QAbstractButton, "drawnNetworkBackwards")
    assert not back.isEnabled()
    assert "nobody knows it" in back.toolTip()
    shown.driver.click("randomDigitButton")
    shown.driver.wait(back.isEnabled)
    back.click()
    step, seen = shown.driver.find(QAbstractButton, "drawnNetworkStep"), []
    for _ in range(6):
        step.click()
        seen.append(view(shown).sentence)
    assert seen[0].startswith("The loss is −log")
    assert "probability − target" in seen[1]
    assert seen[2].startswith("Back along the lines")
    assert "slope" in seen[4]
    assert seen[5].startswith("Plain gradient descent would move each weight by −0.001")
    shown.draw(SEVEN)  # over it: nobody knows any more
    assert not back.isEnabled()
    assert not view(shown).sentence.startswith("Plain")


@pytest.mark.parametrize("hidden", [(1,), (3, 1, 2, 40), (2048,)])
@pytest.mark.parametrize("size", [(1024, 600), (1800, 1100)])
def test_every_network_fits(pad: Pad, hidden: tuple[int, ...], size: tuple[int, int]) -> None:
    sizes, generator = (784, *hidden, 10), np.random.default_rng(3)
    layers = tuple(
        DenseWeights(generator.normal(0, 0.1, pair).astype(np.float32), np.zeros(pair[1], np.float32))
        for pair in itertools.pairwise(sizes)
    )
    pad.driver.window.lab.keep_network("other", NetworkWeights(layers, "tanh", 3))
    pad.driver.window.resize(*size)
    turn_to(pad, NETWORK)
    pad.draw(SEVEN)
    QApplication.processEvents()
    shown_picture = picture(pad)
    places, flow = shown_picture.places(), shown_picture.flow
    assert places is not None
    assert flow is not None
    assert [layer.size for layer in flow.layers] == [*hidden, 10]
    for choice in view(pad).findChildren(DropDown):
        assert choice.shown == choice.currentText(), "no word is cut"
    area = shown_picture.rect().toRectF()
    for number, column in enumerate(places.columns):
        for one in (*column.units, *column.lamps, *([] if column.bundle is None else [column.bundle])):
            assert area.contains(one), number
    tops = [unit.top() for unit in places.columns[0].units]
    assert tops == sorted(tops)
    assert not shown_picture.grab().isNull()


def test_from_one_network_to_another_lines_go_over_and_numbers_are_at_once_the_new_ones(
    shown: Pad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(NetworkView, "_has_motion", True)
    before, limit = picture(shown).lit, picture(shown).limit
    generator = np.random.default_rng(8)
    layers = tuple(
        DenseWeights(generator.normal(0, 0.1, pair).astype(np.float32), np.zeros(pair[1], np.float32))
        for pair in ((784, 40), (40, 12), (12, 10))
    )
    shown.driver.window.lab.keep_network("another", NetworkWeights(layers, "relu", 9))
    lit, flow = picture(shown).lit, picture(shown).flow
    assert before is not None
    assert lit is not None
    assert flow is not None
    assert flow.updates == 9
    np.testing.assert_allclose(lit.lines[1].values, before.lines[1].values)
    assert picture(shown).limit == limit, "no line is wider or finer at once"
    looks = [picture(shown).grab().toImage()]
    view(shown).advance(0.1)
    looks.append(picture(shown).grab().toImage())
    between = picture(shown).lit
    assert between is not None
    assert not np.allclose(between.lines[1].values, before.lines[1].values)
    view(shown).advance(1)
    lit = picture(shown).lit
    assert lit is not None
    np.testing.assert_array_equal(lit.lines[1].values, flow.layers[1].lines)
    assert picture(shown).limit == following(limit, lit.size)
    looks.append(picture(shown).grab().toImage())
    assert looks[0] != looks[1] != looks[2], "no line is painted as it was"
    assert not view(shown).is_going_over


def test_without_motion_the_light_only_steps(shown: Pad, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(NetworkView, "_has_motion", False)
    shown.driver.click("drawnNetworkPlay")
    light = view(shown).look.light
    assert (light.index, light.pulse, light.is_playing) == (0, 1, False)
    shown.driver.click("drawnNetworkPlay")
    assert light.index == 1
