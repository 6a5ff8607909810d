"""Layers are added, named and removed one by one."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel

from mnist_lab.window.pages.train.hidden_layers import HiddenLayers
from mnist_lab.window.widgets.fields.complaints import Complaints


@pytest.fixture
def layers(qtbot) -> HiddenLayers:
    layers = HiddenLayers([512, 128, 128, 128], Complaints())
    qtbot.addWidget(layers)
    layers.show()
    qtbot.waitActive(layers)
    return layers


def press(qtbot, layers: HiddenLayers, name: str) -> None:
    qtbot.mouseClick(layers.findChild(QAbstractButton, name), Qt.MouseButton.LeftButton)


def shown_labels(layers: HiddenLayers) -> list[str]:
    labels = [field.property("label") for field in layers.fields]
    assert all(isinstance(label, QLabel) for label in labels)
    return [label.text().replace("&", "") for label in labels if label.isVisible()]


def test_what_is_typed_after_adding_replaces_the_new_layers_number(qtbot, layers: HiddenLayers) -> None:
    press(qtbot, layers, "addLayerButton")
    assert layers.units == (512, 128)
    new = layers.fields[1]
    assert new.hasFocus()
    qtbot.keyClicks(new, "64")
    assert layers.units == (512, 64)


def test_one_layer_is_called_by_its_units_and_several_by_their_places(qtbot, layers: HiddenLayers) -> None:
    assert shown_labels(layers) == ["Hidden units"]
    for names in (["Layer 1", "Layer 2"], ["Layer 1", "Layer 2", "Layer 3"]):
        press(qtbot, layers, "addLayerButton")
        assert shown_labels(layers) == names
        assert [field.accessibleName() for field in layers.fields[: len(names)]] == names
    remove = layers.findChild(QAbstractButton, "removeLayerButton")
    assert remove.text() == remove.accessibleName() == "Remove layer 3"
    for _ in range(2):
        press(qtbot, layers, "removeLayerButton")
    assert shown_labels(layers) == ["Hidden units"]
    assert layers.fields[0].accessibleName() == "Hidden units"


def test_buttons_stand_together_at_the_left(qtbot, layers: HiddenLayers) -> None:
    add = layers.findChild(QAbstractButton, "addLayerButton")
    before = add.geometry().left()
    press(qtbot, layers, "addLayerButton")
    remove = layers.findChild(QAbstractButton, "removeLayerButton")
    assert add.geometry().left() == before == 0
    assert remove.geometry().left() - add.geometry().right() < 20
