"""“My digits” outlive the window, and are trained on only where that is wished."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from mnist_lab.data import own_digits_file, own_digits_rows
from mnist_lab.data.places import lab_home
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.own_digit_shelf import OwnDigitShelf
from tests.data.test_own_digits_json import record, whole
from tests.network.runs import made_up_digits

SEVEN = np.full((28, 28), 7, np.uint8)
STROKES = [np.array([[0.1, 0.2], [0.3, 0.4]])]


@pytest.fixture
def shelf(qtbot: QtBot) -> OwnDigitShelf:
    return OwnDigitShelf()


def load(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    shelf.load()
    qtbot.waitUntil(lambda: not shelf.findChildren(Job))


def next_time(qtbot: QtBot) -> OwnDigitShelf:
    """What another window finds."""
    again = OwnDigitShelf()
    load(again, qtbot)
    return again


def test_what_is_added_is_there_next_time(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    with qtbot.waitSignal(shelf.changed):
        assert shelf.add(SEVEN, 7, STROKES)
    again = next_time(qtbot)
    assert again.own.labels.tolist() == [7]
    assert (again.own.images[0] == SEVEN).all()
    (digit,) = again.own
    assert digit.strokes is not None
    assert digit.strokes[0].tolist() == STROKES[0].tolist()


def test_keeping_one_more_reads_none_of_the_others(
    shelf: OwnDigitShelf, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nine thousand kept digits took five seconds of the window for each that came."""
    shelf.add(SEVEN, 7, STROKES)
    load(shelf, qtbot)
    with monkeypatch.context() as patch:
        patch.setattr(own_digits_rows, "digit_of", lambda *_row: pytest.fail("a row was read"))
        assert shelf.add(SEVEN, 1, STROKES)
        assert shelf.add(SEVEN, 2, STROKES)
        assert shelf.remove(shelf.own.digits[0].identifier)
    assert next_time(qtbot).own.labels.tolist() == [1, 2]


def test_what_earlier_versions_kept_comes_with_what_is_kept_meanwhile(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    former = own_digits_file.former_path()
    former.parent.mkdir(parents=True, exist_ok=True)
    former.write_bytes(whole(record(), record(identifier="b", label=4)))
    shelf.load()
    assert shelf.add(SEVEN, 9, None)
    qtbot.waitUntil(lambda: len(shelf.own) == 3 and not shelf.findChildren(Job))
    assert sorted(next_time(qtbot).own.labels.tolist()) == [1, 4, 9]
    former.write_bytes(b"{")
    with qtbot.waitSignal(shelf.problem) as told:
        load(shelf, qtbot)
    assert "own_digits.kept-1.json" in told.args[0]
    assert len(shelf.own) == 3


def test_a_collection_is_set_aside_and_comes_back(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    shelf.add(SEVEN, 7, STROKES)
    restores: list[Callable[[], None]] = []
    with qtbot.waitSignal(shelf.changed):
        shelf.set_aside(restores.append)
    (restore,) = restores
    assert not len(shelf.own)
    assert len(list(lab_home().glob("own_digits.kept-*"))) == 1
    shelf.add(SEVEN, 3, None)
    with qtbot.waitSignal(shelf.changed):
        restore()
    assert shelf.own.labels.tolist() == next_time(qtbot).own.labels.tolist() == [3, 7]
    assert not list(lab_home().glob("own_digits.kept-*"))


def test_removing_can_be_taken_back(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    shelf.add(SEVEN, 7, None)
    shelf.add(SEVEN, 1, None)
    first = shelf.own.digits[0]
    assert shelf.remove(first.identifier)
    assert shelf.own.labels.tolist() == [1]
    assert shelf.put_back(first)
    assert shelf.own.labels.tolist() == [1, 7]
    assert next_time(qtbot).own.labels.tolist() == [1, 7]


def test_two_windows_keep_each_other_s_digits(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    shelf.add(SEVEN, 7, None)
    other = next_time(qtbot)
    shelf.add(SEVEN, 1, None)
    other.add(SEVEN, 2, None)
    assert other.own.labels.tolist() == [7, 1, 2]
    gone = shelf.own.digits[0].identifier
    assert other.remove(gone)
    assert shelf.remove(gone), "there is nothing left to remove"
    assert shelf.own.labels.tolist() == [1, 2]
    assert next_time(qtbot).own.labels.tolist() == [1, 2]


def test_a_file_that_is_gone_is_written_anew(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    shelf.add(SEVEN, 7, None)
    own_digits_file.usual_path().unlink()
    shelf.add(SEVEN, 1, None)
    assert next_time(qtbot).own.labels.tolist() == [7, 1]


def test_what_cannot_be_written_is_not_shown_as_kept(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "file" / "home"))
    shelf = OwnDigitShelf()
    with qtbot.waitSignal(shelf.problem) as told:
        assert not shelf.add(SEVEN, 7, None)
    assert own_digits_file.usual_path().name in told.args[0]
    assert not len(shelf.own)


def test_a_damaged_file_is_told_and_kept(qtbot: QtBot) -> None:
    path = own_digits_file.usual_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("{not json")
    shelf = OwnDigitShelf()
    with qtbot.waitSignal(shelf.problem):
        load(shelf, qtbot)
    shelf.add(SEVEN, 7, None)
    assert any(other.read_text() == "{not json" for other in lab_home().glob("own_digits*") if other != path)


def test_they_are_trained_on_only_if_wished(shelf: OwnDigitShelf, qtbot: QtBot) -> None:
    digits = made_up_digits(40, 10)
    shelf.add(SEVEN, 7, None)
    assert shelf.extend(digits) is digits
    with qtbot.waitSignal(shelf.changed):
        shelf.set_used(True)
    extended = shelf.extend(digits)
    assert extended is shelf.extend(digits), "made once"
    assert len(extended.train_images) == 41
    assert extended.train_labels[-1] == 7
    assert extended.test_images is digits.test_images
    shelf.add(SEVEN, 3, None)
    assert len(shelf.extend(digits).train_images) == 42
    shelf.set_used(False)
    assert shelf.extend(digits) is digits
