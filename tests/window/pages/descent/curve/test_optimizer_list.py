"""Choosing optimizers and setting them by keys."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox
from pytestqt.qtbot import QtBot

from mnist_lab.descent.update_rules import RULES
from mnist_lab.window import theme
from mnist_lab.window.pages.descent.curve.optimizer_list import OptimizerList
from tests.window.hand import AnyWidget

Make = Callable[..., OptimizerList]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def make(*chosen: str, is_brief: bool = False) -> OptimizerList:
        listed = OptimizerList("some", chosen, "What is shown.", is_brief=is_brief)
        qtbot.addWidget(listed)
        listed.show()
        qtbot.waitExposed(listed)
        return listed

    return make


def part(listed: OptimizerList, kind: type[AnyWidget], name: str) -> AnyWidget:
    found = listed.findChild(kind, name)
    assert found is not None
    return found


def box(listed: OptimizerList, rule: str) -> QCheckBox:
    return part(listed, QCheckBox, f"someRule_{rule}")


def field(listed: OptimizerList, rule: str, setting: str) -> QDoubleSpinBox:
    return part(listed, QDoubleSpinBox, f"someSetting_{rule}_{setting}")


def look(listed: OptimizerList) -> QComboBox:
    return part(listed, QComboBox, "someLookedAt")


def seen(listed: OptimizerList) -> set[str]:
    """The rules whose settings are seen."""
    rules = [rule for rule in RULES if rule.settings]
    return {rule.identifier for rule in rules if field(listed, rule.identifier, rule.settings[0].name).isVisible()}


def test_settings_stand_under_all_that_are_on(qtbot: QtBot, make: Make) -> None:
    listed = make("sgd")
    assert seen(listed) == set()
    for rule in ("adam", "sgd_momentum"):
        qtbot.keyClick(box(listed, rule), Qt.Key.Key_Space)
    assert listed.chosen == ("sgd", "sgd_momentum", "adam")
    assert seen(listed) == {"sgd_momentum", "adam"}


def test_a_brief_list_shows_the_settings_of_the_one_looked_at(qtbot: QtBot, make: Make) -> None:
    listed = make("sgd", "rmsprop", "adam", is_brief=True)
    assert seen(listed) == set()
    with qtbot.waitSignal(listed.looked_at_changed) as changed:
        qtbot.keyClick(look(listed), Qt.Key.Key_Down)
    assert changed.args == [listed.looked_at] == ["rmsprop"]
    assert seen(listed) == {"rmsprop"}


def test_the_one_looked_at_stays_while_it_is_on(qtbot: QtBot, make: Make) -> None:
    listed = make("sgd", "adam")
    qtbot.keyClick(look(listed), Qt.Key.Key_Down)
    qtbot.keyClick(box(listed, "adagrad"), Qt.Key.Key_Space)
    assert listed.looked_at == "adam"
    with qtbot.assertNotEmitted(listed.looked_at_changed), qtbot.waitSignal(listed.chosen_changed):
        qtbot.keyClick(box(listed, "adam"), Qt.Key.Key_Space)
    assert listed.looked_at == "sgd"


def test_only_a_brief_list_keeps_the_last_one_on(qtbot: QtBot, make: Make) -> None:
    for is_brief in (False, True):
        listed = make("sgd", "adam", is_brief=is_brief)
        qtbot.keyClick(box(listed, "sgd"), Qt.Key.Key_Space)
        assert not look(listed).isEnabled()
        assert box(listed, "adam").isEnabled() != is_brief
        qtbot.keyClick(box(listed, "adam"), Qt.Key.Key_Space)
        assert listed.looked_at == ("adam" if is_brief else "")
        qtbot.keyClick(box(listed, "adagrad"), Qt.Key.Key_Space)
        assert box(listed, "adam").isEnabled()
        assert listed.looked_at == ("adam" if is_brief else "adagrad")


def test_a_setting_is_told_with_its_rule_and_explained(qtbot: QtBot, make: Make) -> None:
    listed = make("sgd_momentum")
    momentum = field(listed, "sgd_momentum", "momentum")
    momentum.selectAll()
    with qtbot.waitSignal(listed.setting_changed) as changed:
        qtbot.keyClicks(momentum, "0.5")
        qtbot.keyClick(momentum, Qt.Key.Key_Return)
    assert changed.args[:2] == ["sgd_momentum", "momentum"]
    assert momentum.value() == 0.5
    assert momentum.toolTip().startswith("Of SGD with momentum, from the next step on: from 0 to ")


def test_what_is_shown_from_outside_is_not_told(qtbot: QtBot, make: Make) -> None:
    listed = make("sgd")
    settings = {rule.identifier: rule.resolved() for rule in RULES}
    settings["sgd_momentum"] = {"momentum": 0.25}
    told = [listed.chosen_changed, listed.looked_at_changed, listed.setting_changed]
    with (
        qtbot.assertNotEmitted(told[0]),
        qtbot.assertNotEmitted(told[1]),
        qtbot.assertNotEmitted(told[2]),
    ):
        listed.show_rules({"sgd_momentum": 0, "adam": 1}, "adam", settings.__getitem__)
    assert (listed.chosen, listed.looked_at) == (("sgd_momentum", "adam"), "adam")
    assert field(listed, "sgd_momentum", "momentum").value() == 0.25
    assert seen(listed) == {"sgd_momentum", "adam"}


def test_markers_take_over_the_colours(make: Make) -> None:
    listed = make("adam")
    pictures = []
    for palette in (theme.LIGHT, theme.DARK):
        listed.set_palette(palette)
        pictures.append(
            [box(listed, "adam").icon().pixmap(16).toImage(), look(listed).itemIcon(0).pixmap(16).toImage()]
        )
    assert pictures[0][0] != pictures[1][0]
    assert pictures[0][1] != pictures[1][1]
