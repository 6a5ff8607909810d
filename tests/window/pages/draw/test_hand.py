"""Learn my hand: two of each digit are written, a new run learns them, and both networks answer what is drawn next."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QWidget

from mnist_lab.data.digits import Digits
from mnist_lab.data.hand import HandDigits, hand_digits
from mnist_lab.data.hand_digit import written
from mnist_lab.inspection.forward import answers
from mnist_lab.network.control import Control
from mnist_lab.network.snapshot import Snapshot
from mnist_lab.runs.facts import Batch, DataFacts
from mnist_lab.runs.opening import open_run
from mnist_lab.runs.store import RunStore
from mnist_lab.window.pages.draw.hand_cells import HandCells
from mnist_lab.window.state.hand_learning import learn_hand
from mnist_lab.window.state.resumption import Resume
from mnist_lab.window.widgets.basic.notice import Notice
from tests.runs.kept import EXPERIMENT, FINISHED, end_of, snapshot_at
from tests.runs.kept import told as update_numbers
from tests.window.conftest import Driver
from tests.window.pad import SEVEN, Pad
from tests.window.pages.draw.tools import OWN, turn_to
from tests.window.rebuilding import assert_looks_the_same, rebuild

ENTER = Qt.Key.Key_Return


@pytest.fixture
def hand(driver: Driver) -> Pad:
    """The Draw page, with the hand in place of the gallery."""
    pad = Pad(driver)
    turn_to(pad, OWN)
    driver.click("handButton")
    return pad


def stroke(number: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """One line, each number in another direction."""
    angle = number * np.pi / 10
    right, down = 0.3 * np.cos(angle), 0.3 * np.sin(angle)
    return (((0.5 - right, 0.5 - down), (0.5, 0.5), (0.5 + right, 0.5 + down)),)


def write(pad: Pad, count: int) -> None:
    """Draw what is asked for, and keep it by the keyboard, so often."""
    for _ in range(count):
        pad.draw(stroke(int(pad.driver.text("handAsked"))))
        pad.driver.qtbot.keyClick(pad.canvas, ENTER)


def is_seen(pad: Pad, name: str) -> bool:
    return pad.driver.find(QWidget, name).isVisible()


def enabled(pad: Pad, *names: str) -> list[bool]:
    return [pad.driver.find(QAbstractButton, name).isEnabled() for name in names]


def counts(pad: Pad) -> str:
    return pad.driver.find(HandCells, "handDigits").accessibleDescription()


def test_two_of_each_digit_are_asked_for_kept_and_taken_back(hand: Pad) -> None:
    driver = hand.driver
    assert driver.text("handAsked") == "0"
    assert enabled(hand, "handKeepButton", "handBackButton", "handAnotherButton", "learnHandButton") == [False] * 4
    driver.qtbot.keyClick(hand.canvas, ENTER)
    assert driver.text("handAsked") == "0", "nothing is drawn"
    write(hand, 1)
    assert hand.canvas.is_empty
    assert hand.canvas.hasFocus()
    hand.draw(SEVEN)
    driver.click("handKeepButton")
    assert (driver.text("handAsked"), counts(hand)[:22]) == ("2", "0: 1 of 2, 1: 1 of 2, ")
    assert "(3 of 20)" in driver.text("handWords")
    driver.click("handBackButton")
    assert driver.text("handAsked") == "1"
    assert len(hand.canvas.strokes) == 1, "the drawing is back"
    driver.click("clearButton")
    driver.click("randomDigitButton")
    assert not any(enabled(hand, "handKeepButton")), "a picture has no strokes"
    driver.click("clearButton")
    hand.canvas.set_strokes([np.random.default_rng(1).random((2001, 2))], 1.0)
    driver.click("handKeepButton")
    told = driver.find(Notice, "problemNotice").text
    assert told == "This drawing has 2,001 points, 2,000 is the most for a digit: draw it anew."
    driver.click("clearButton")
    write(hand, 3)
    assert_looks_the_same(driver)
    write(hand, 16)
    assert driver.text("handAsked") == "✓"
    assert driver.text("handLearnWords") == "No network yet: train one, then it can learn your hand."
    hand.draw(SEVEN)
    assert not any(enabled(hand, "handKeepButton", "learnHandButton"))
    driver.click("handAnotherButton")
    assert counts(hand).startswith("0: 0 of 2")
    assert hand.canvas.is_empty, "what lay there is of the hand before"
    driver.click("acceptOfferButton")
    assert counts(hand).endswith("9: 2 of 2")
    driver.press("handCloseButton", Qt.Key.Key_Space)
    assert is_seen(hand, "ownDigits") or is_seen(hand, "ownLabel")
    assert hand.canvas.hasFocus(), "no key is to press what comes next in the window"


def test_any_digit_can_be_taken_back_and_written_anew(hand: Pad) -> None:
    driver = hand.driver
    write(hand, 12)
    cells = driver.find(HandCells, "handDigits")
    place = cells.picture_rect(4).center().toPoint()
    driver.qtbot.mouseClick(cells, Qt.MouseButton.LeftButton, pos=place)
    assert driver.text("handAsked") == "4"
    assert "4: 0 of 2" in counts(hand)
    assert len(hand.canvas.strokes) == 1, "the drawing is back"
    driver.qtbot.keyClick(hand.canvas, ENTER)
    assert driver.text("handAsked") == "2"
    cells.setFocus()
    for key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Delete):
        driver.qtbot.keyClick(cells, key)
    assert counts(hand).startswith("0: 1 of 2, 1: 2 of 2"), "of the two in the first column, the second"
    assert hand.canvas.hasFocus()


def test_digits_that_were_kept_before_fill_gaps_and_a_hand_outlasts_the_session(hand: Pad) -> None:
    driver = hand.driver
    assert enabled(hand, "handOwnButton") == [False]
    shelf = driver.window.lab.own_digits
    image = np.zeros((28, 28), np.uint8)
    for label, way in ((3, 0), (3, 1), (3, 2), (5, 3)):
        shelf.add(image, label, [np.array(line) for line in stroke(way)])
    shelf.add(image, 6, None)
    write(hand, 1)
    driver.click("handOwnButton")
    assert hand.canvas.hasFocus()
    assert counts(hand) == ", ".join(f"{n}: {count} of 2" for n, count in enumerate((1, 0, 0, 2, 0, 1, 0, 0, 0, 0)))
    assert enabled(hand, "handOwnButton") == [False]
    kept = driver.window.lab.views.to_keep()
    driver.window.lab.views.forget()
    driver.window.lab.views.restore(kept)
    rebuild(driver)
    again = Pad(driver)
    assert is_seen(again, "handAsked"), "it was left in the middle"
    assert counts(again).startswith("0: 1 of 2, 1: 0 of 2, 2: 0 of 2, 3: 2 of 2")


def test_what_was_kept_of_a_hand_and_is_none_is_told(driver: Driver) -> None:
    views, told = driver.window.lab.views, list[str]()
    driver.window.lab.problem.connect(told.append)
    views.forget()
    views.restore({"DrawPage": {"hand": {"digits": [{"label": 11, "strokes": []}], "tested_run": "", "tested": []}}})
    rebuild(driver)
    Pad(driver)
    assert told == ["Your hand was not kept as it should be: write its digits again."]


# A network learns it


def _snapshot(updates: int, answer: int) -> Snapshot:
    """A network that answers one digit to everything."""
    snapshot, bias = snapshot_at(updates), np.zeros(10, np.float32)
    bias[answer] = 1
    return replace(snapshot, variables={**snapshot.variables, "output/bias": bias})


def _keep(store: RunStore, digits: Digits, *answered: int) -> str:
    """A finished run whose network answered these digits, before its first update and at its end."""
    writer = store.begin(EXPERIMENT.changed(batch_size=1_000, epochs=1), DataFacts.of(digits))
    for update, answer in zip((0, 4), answered, strict=True):
        writer.write(Batch([update_numbers(0, 4)] if update else (), snapshot=_snapshot(update, answer)))
    writer.write(Batch(epochs=[end_of(1, 4)], outcome=replace(FINISHED, updates=4)))
    writer.close()
    return writer.id


def _open(driver: Driver, run_id: str) -> None:
    lab = driver.window.lab
    lab.shelf.refresh()
    driver.wait(lambda: lab.shelf.row(run_id) is not None)
    lab.open_run(run_id)
    driver.wait(lambda: lab.run is not None and lab.run.id == run_id)


def test_learning_goes_on_from_the_run_that_is_looked_at(hand: Pad, starter: Digits, monkeypatch) -> None:
    driver, lab = hand.driver, hand.driver.window.lab
    wanted: list[Resume] = []
    monkeypatch.setattr(lab.forks, "queue", wanted.append)
    write(hand, 20)
    _open(driver, parent := _keep(lab.store, starter, 8, 3))
    lab.own_digits.add(np.zeros((28, 28), np.uint8), 3, None)
    lab.own_digits.set_used(True)
    assert driver.text("dataLabel").startswith("This run: MNIST, starter set, 4,000 to train. Next run: MNIST, ")
    assert driver.text("dataLabel").endswith(": 4,001 images to train, 1,000 to test")
    lab.own_digits.set_used(False)
    words = "A new run goes on from update 4 of run 1, which stays as it is: 2 epochs on 4,000 images of others, "
    assert driver.text("handLearnWords").startswith(words)
    driver.click("learnHandButton")
    assert hand.canvas.hasFocus()
    resumed = wanted[0](lambda: True)
    assert wanted[0](lambda: False) is None
    assert resumed is not None
    assert resumed.fork is not None
    assert (resumed.fork.parent.facts.id, resumed.fork.parent_update) == (parent, 4)
    assert isinstance(resumed.run.digits, HandDigits)
    assert len(resumed.run.digits.train_images) == 4_000 + 2 * 820
    assert [digit.label for digit in resumed.run.digits.hand.digits] == [*range(10), *range(10)]
    _open(driver, _keep(lab.store, resumed.run.digits, 8, 3))
    driver.click("handWriteButton")
    assert driver.text("handLearnWords").startswith("A new run goes on from update 0 of run 2, ")
    driver.click("learnHandButton")
    again = wanted[1](lambda: True)
    assert again is not None
    assert again.run.digits.fingerprint == resumed.run.digits.fingerprint, "each run learns one hand"
    assert (again.weights.updates, answers(again.weights, starter.test_images[:1])[0]) == (0, 8), "before the first one"


def test_learning_is_not_slowed_down() -> None:
    """Slow motion is chosen on Train, for curves, and stays chosen there."""
    control = Control()
    control.set_slow_motion(3)
    run = SimpleNamespace(id="1", digits=None)
    lab: Any = SimpleNamespace(
        look=SimpleNamespace(moment=None),
        supply=SimpleNamespace(digits=None),
        forks=SimpleNamespace(queue=lambda _fork: None),
        live=SimpleNamespace(is_queued=False, control=control),
    )
    learn_hand(lab, cast(Any, run), ())
    assert control.slow_motion == 3, "another run goes on, and keeps its speed"
    lab.live.is_queued = True
    learn_hand(lab, cast(Any, run), ())
    assert control.slow_motion is None


def test_both_networks_answer_what_is_drawn_next(hand: Pad, starter: Digits) -> None:
    driver, lab = hand.driver, hand.driver.window.lab
    drawn = written(1, [np.array(line) for line in stroke(1)])
    assert drawn is not None
    _open(driver, _keep(lab.store, hand_digits(starter, [drawn], copies=1), 8, 3))
    said = "This run: MNIST, starter set + a hand. Next run: MNIST, starter set: 4,000 images to train, 1,000 to test"
    assert driver.text("dataLabel") == said
    assert driver.text("handTestAsked") == "3"
    assert driver.text("handProgress") == "It has learned the hand in 4 updates; its test accuracy is 90.0\u00a0%."
    assert enabled(hand, "handTestKeepButton", "handTestBackButton") == [False, False]
    hand.draw(stroke(3))
    assert (driver.text("handBeforeAnswer"), driver.text("handAfterAnswer")) == ("8", "3")
    assert (driver.text("handBeforeShare")[:6], driver.text("handAfterShare")[:6]) == ("wrong:", "right:")
    lab.time.go_to(0)
    driver.wait(lambda: lab.look.moment is not None)
    assert driver.text("handAfterAnswer") == "8", "that moment's"
    assert enabled(hand, "handTestKeepButton") == [False], "it counts for nothing"
    assert "go back to now" in driver.text("handTestWords")
    lab.time.back_to_now()
    driver.qtbot.keyClick(hand.canvas, ENTER)
    assert hand.canvas.is_empty
    assert driver.text("handTally").endswith("0 before (0.0\u00a0%), 1 after (100.0\u00a0%).")
    assert driver.text("handTestAsked") == "8"
    hand.draw(stroke(8))
    assert_looks_the_same(driver)
    driver.click("handTestKeepButton")
    assert driver.text("handTally").endswith("1 before (50.0\u00a0%), 1 after (50.0\u00a0%).")
    driver.click("handTestBackButton")
    driver.click("handTestBackButton")
    assert driver.text("handTally") == "Nothing is counted yet."
    driver.click("handWriteButton")
    assert is_seen(hand, "handAsked")
    driver.click("handCompareButton")
    assert is_seen(hand, "handTestAsked")
    driver.click("handTestCloseButton")
    assert not is_seen(hand, "handTestAsked")
    hand.draw(SEVEN)
    driver.click("handButton")
    assert hand.canvas.is_empty, "a 7 is not the digit that is asked for"
    driver.click("undoButton")
    assert not hand.canvas.is_empty, "nothing is lost"


@pytest.mark.acceptance
@pytest.mark.keras
def test_a_network_learns_a_hand_while_one_looks(hand: Pad) -> None:
    driver, lab = hand.driver, hand.driver.window.lab
    lab.start()
    write(hand, 20)
    driver.wait_for_end()
    driver.wait(lambda: all(enabled(hand, "learnHandButton")))
    parent = lab.run
    driver.click("learnHandButton")
    driver.wait(lambda: lab.run is not parent)
    driver.wait_for_end()
    driver.wait(lambda: "It has learned the hand" in driver.text("handProgress"))
    run = lab.run
    assert run is not None
    assert isinstance(run.digits, HandDigits)
    asked = driver.text("handTestAsked")
    hand.draw(stroke(int(asked)))
    assert driver.text("handAfterAnswer") == asked, "it was learned by heart"
    assert open_run(lab.store, run.id, []).run.digits.fingerprint == run.digits.fingerprint
