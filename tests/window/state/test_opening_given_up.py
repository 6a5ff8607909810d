"""What is still being read takes the look away from nothing that was asked for later."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from mnist_lab.experiment import Experiment
from mnist_lab.runs.run import Run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.live_run import LiveRun
from mnist_lab.window.state.look import Look
from mnist_lab.window.state.network_shelf import KeptNetwork, NetworkShelf
from mnist_lab.window.state.opener import Opener
from mnist_lab.window.state.run_shelf import RunShelf
from tests.inspection.networks import network
from tests.network.runs import made_up_digits
from tests.runs.kept import keep

DIGITS = made_up_digits(100, 20)


@pytest.fixture
def lab(qtbot: QtBot) -> SimpleNamespace:
    """The parts that open what is kept, with a kept run and a kept network, looking at nothing."""
    owner, look, store = QObject(), Look(), RunStore()
    run_id = keep(store).id
    store.keep_network("mine", network(784, 5, 10))
    live, shelf = LiveRun(look, store, owner), RunShelf(store, owner)
    networks = NetworkShelf(shelf, owner)
    opener = Opener(look, live, shelf, networks, lambda: [DIGITS], owner)
    shelf.refresh()
    qtbot.waitUntil(lambda: bool(networks.networks) and not owner.findChildren(Job))
    return SimpleNamespace(owner=owner, look=look, run_id=run_id, live=live, networks=networks, opener=opener)


def _look_at_the_live_one(lab: SimpleNamespace) -> None:
    lab.live.look_here()


def _begin_another(lab: SimpleNamespace) -> None:
    lab.live.queue(Experiment())


def _choose_the_network(lab: SimpleNamespace) -> None:
    lab.opener.choose_network(lab.networks.networks[0])


def _choose_the_run(lab: SimpleNamespace) -> None:
    lab.opener.choose_network(None)


@pytest.mark.parametrize("ask", [_look_at_the_live_one, _begin_another, _choose_the_network, _choose_the_run])
def test_a_run_that_is_read_is_given_up(qtbot: QtBot, lab: SimpleNamespace, ask: Callable[..., None]) -> None:
    lab.live.run = run = Run(Experiment(), DIGITS)
    run.outcome = None
    lab.look.turn_to(run)
    gone_on: list[str] = []
    lab.opener.open(lab.run_id, lambda: gone_on.append(lab.run_id))
    lab.opener.expect(lab.run_id)
    ask(lab)
    assert lab.look.coming == ""
    qtbot.waitUntil(lambda: not lab.owner.findChildren(Job))
    assert lab.look.run is run
    assert (lab.look.chosen is not None) == (ask is _choose_the_network)
    assert not gone_on
    lab.live.forget_queued()


def test_a_network_that_is_read_is_given_up_for_a_run(
    qtbot: QtBot, lab: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    late: list[Callable[[], object]] = []

    def read(_shelf: object, chosen: KeptNetwork, success: Callable[[KeptNetwork], object]) -> None:
        late.append(partial(success, chosen))

    monkeypatch.setattr(NetworkShelf, "with_weights", read)
    _choose_the_network(lab)
    lab.opener.open(lab.run_id)
    qtbot.waitUntil(lambda: lab.look.run is not None)
    late[0]()
    assert lab.look.source_id == lab.run_id
