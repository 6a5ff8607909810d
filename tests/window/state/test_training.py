"""The bridge between a run's thread and the window's: order, completeness, ends."""

import threading
from collections.abc import Callable

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.network.control import Control
from mnist_lab.network.events import Event, Failed, Stopped, Updates
from mnist_lab.window.state.training import TrainingBridge


@pytest.fixture
def bridge(qtbot: QtBot) -> TrainingBridge:
    return TrainingBridge()


def _one_update(index: int) -> Updates:
    return Updates(index, np.zeros(1, np.float32), np.zeros(1, np.float32), 0.0)


def test_every_event_arrives_once_and_in_order(qtbot: QtBot, bridge: TrainingBridge) -> None:
    received: list[Event] = []
    bridge.received.connect(received.extend)

    def job(publish: Callable[[Event], None], _control: Control) -> None:
        for index in range(50_000):
            publish(_one_update(index))

    with qtbot.waitSignal(bridge.finished):
        bridge.start(job, Control())
    assert [event.first for event in received] == list(range(50_000))
    assert not bridge.is_running


def test_an_exception_becomes_the_last_event(qtbot: QtBot, bridge: TrainingBridge) -> None:
    received: list[Event] = []
    bridge.received.connect(received.extend)

    def job(_publish: object, _control: Control) -> None:
        raise ValueError("broken")

    with qtbot.waitSignal(bridge.finished):
        bridge.start(job, Control())
    assert isinstance(received[-1], Failed)
    assert str(received[-1].error) == "broken"


def test_closing_ends_a_paused_run_and_keeps_its_last_event(qtbot: QtBot, bridge: TrainingBridge) -> None:
    received: list[Event] = []
    bridge.received.connect(received.extend)
    waiting = threading.Event()

    def job(publish: Callable[[Event], None], control: Control) -> None:
        waiting.set()
        control.wait_while_paused()
        publish(Stopped(3))

    bridge.start(job, Control(paused=True))
    assert waiting.wait(60)
    bridge.close()
    assert received == [Stopped(3)]
    assert not bridge.is_running


def test_a_second_start_is_refused(qtbot: QtBot, bridge: TrainingBridge) -> None:
    control = Control(paused=True)
    bridge.start(lambda _publish, control: control.wait_while_paused(), control)
    with pytest.raises(RuntimeError, match="going on"):
        bridge.start(lambda _publish, _control: None, Control())
    bridge.close()


def test_two_hundred_starts_leave_no_thread(qtbot: QtBot, bridge: TrainingBridge) -> None:
    before = threading.active_count()
    for _ in range(200):
        with qtbot.waitSignal(bridge.finished):
            bridge.start(lambda publish, _control: publish(Stopped(0)), Control())
    assert threading.active_count() == before
    assert len(bridge.children()) <= 2  # its timer, and perhaps the last thread on its way out
