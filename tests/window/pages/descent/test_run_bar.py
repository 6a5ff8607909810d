"""Asking for steps by buttons and by itself."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from mnist_lab.window.pages.descent.run_bar import RunBar
from tests.window.hand import AnyWidget

LEFT = Qt.MouseButton.LeftButton
Make = Callable[..., RunBar]


@pytest.fixture
def make(qtbot: QtBot) -> Make:
    def make(*, has_keys: bool = False, has_count: bool = True) -> RunBar:
        bar = RunBar("some", has_keys=has_keys, has_count=has_count)
        qtbot.addWidget(bar)
        bar.show_state(3, can_step=True)
        bar.show()
        qtbot.waitExposed(bar)
        return bar

    return make


def part(bar: RunBar, kind: type[AnyWidget], name: str) -> AnyWidget:
    found = bar.findChild(kind, f"some{name}")
    assert found is not None
    return found


def find(bar: RunBar, name: str) -> QAbstractButton:
    return part(bar, QAbstractButton, name)


def test_buttons_ask_for_one_step_forward_or_back_and_for_the_start(qtbot: QtBot, make: Make) -> None:
    bar = make()
    asked: list[int] = []
    bar.steps_asked.connect(asked.append)
    bar.restart_asked.connect(lambda: asked.append(0))
    for name in ("Step", "Back", "Restart"):
        qtbot.mouseClick(find(bar, name), LEFT)
    assert asked == [1, -1, 0]


def test_at_the_start_there_is_no_way_back_and_at_the_end_none_forward(make: Make) -> None:
    bar = make()
    bar.show_state(0, can_step=True)
    assert {name for name in ("Run", "Step", "Back", "Restart") if find(bar, name).isEnabled()} == {"Run", "Step"}
    bar.toggle()
    bar.show_state(2_000, can_step=False)
    assert not bar.is_running
    assert {name for name in ("Run", "Step", "Back", "Restart") if find(bar, name).isEnabled()} == {"Back", "Restart"}
    assert part(bar, QLabel, "Count").text() == "step 2,000"
    bar.toggle()
    assert not bar.is_running


def test_run_asks_again_and_again_until_anything_is_pressed(qtbot: QtBot, make: Make) -> None:
    bar = make()
    asked: list[int] = []
    bar.steps_asked.connect(asked.append)
    qtbot.keyClick(part(bar, QComboBox, "Speed"), Qt.Key.Key_End)
    qtbot.mouseClick(find(bar, "Run"), LEFT)
    assert find(bar, "Run").text() == "Pa&use"
    qtbot.waitUntil(lambda: sum(asked) >= 10)
    qtbot.mouseClick(find(bar, "Back"), LEFT)
    assert asked[-1] == -1
    assert not bar.is_running
    bar.toggle()
    bar.hide()
    assert not bar.is_running


def test_the_keyboard_goes_from_a_dead_button_to_a_living_one(qtbot: QtBot, make: Make) -> None:
    bar = make()
    bar.restart_asked.connect(lambda: bar.show_state(0, can_step=True))
    find(bar, "Restart").setFocus()
    qtbot.keyClick(find(bar, "Restart"), Qt.Key.Key_Space)
    assert bar.focusWidget() is find(bar, "Step")
    bar.steps_asked.connect(lambda _steps: bar.show_state(1, can_step=False))
    qtbot.keyClick(find(bar, "Step"), Qt.Key.Key_Space)
    assert bar.focusWidget() is find(bar, "Back")


def test_keys_are_named_only_where_there_are_some_and_steps_only_where_they_are_counted(make: Make) -> None:
    for is_so in (False, True):
        bar = make(has_keys=is_so, has_count=is_so)
        assert ("(Space)" in find(bar, "Run").toolTip()) == is_so
        assert ("(Left)" in find(bar, "Back").toolTip()) == is_so
        assert part(bar, QLabel, "Count").isVisible() == is_so


def test_all_parts_say_what_they_are(make: Make) -> None:
    bar = make()
    for name in ("Run", "Step", "Back", "Restart", "Speed"):
        named = part(bar, QWidget, name)
        assert named.accessibleName()
        assert "&" not in named.accessibleName()
        assert named.toolTip()
