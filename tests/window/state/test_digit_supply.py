"""Where the digits come from, what replaces what, and what stays when something goes wrong."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mnist_lab.data import sources
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.network.download import DownloadError
from mnist_lab.window.state import digit_supply
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.digit_supply import DigitSupply
from tests.data.files import as_large_as_mnist, small_set, write_idx_folder, write_npz
from tests.window.deliveries import Delivery


@pytest.fixture
def supply(qtbot: QtBot) -> Iterator[DigitSupply]:
    parent = QObject()
    supply = DigitSupply(parent)
    yield supply
    supply.end()


@pytest.fixture
def problems(supply: DigitSupply) -> list[str]:
    heard: list[str] = []
    supply.problem.connect(heard.append)
    return heard


def _load(qtbot: QtBot, supply: DigitSupply, choice: str) -> Digits | None:
    supply.load(choice)
    assert supply.is_loading
    qtbot.waitUntil(lambda: not supply.is_loading)
    return supply.digits


def _deliver(monkeypatch: pytest.MonkeyPatch, delivery: Delivery) -> Delivery:
    monkeypatch.setattr(digit_supply, "download_full", delivery)
    return delivery


def _bring_full_set(target: Path) -> None:
    write_npz(target, as_large_as_mnist())


def _bring_nothing(_target: Path) -> None:
    raise DownloadError("The server is tired: try again.")


def test_the_starter_set_is_what_comes_without_a_full_copy(
    qtbot: QtBot, supply: DigitSupply, problems: list[str]
) -> None:
    assert _load(qtbot, supply, "auto").kind == "starter"
    assert _load(qtbot, supply, "starter").kind == "starter"
    assert problems == []


def test_a_full_copy_is_used_where_it_is(qtbot: QtBot, supply: DigitSupply, problems: list[str]) -> None:
    _bring_full_set(sources.lab_cache_file())
    assert _load(qtbot, supply, "auto").kind == "full"
    assert problems == []


def test_a_damaged_full_copy_is_passed_over_and_named(qtbot: QtBot, supply: DigitSupply, problems: list[str]) -> None:
    sources.lab_cache_file().parent.mkdir(parents=True)
    sources.lab_cache_file().write_bytes(b"half a download")
    assert _load(qtbot, supply, "auto").kind == "starter"
    assert len(problems) == 1
    assert str(sources.lab_cache_file()) in problems[0]


def test_own_files_and_folders(qtbot: QtBot, supply: DigitSupply, tmp_path: Path) -> None:
    file = write_npz(tmp_path / "own.npz", small_set(train=30))
    folder = write_idx_folder(tmp_path / "idx", small_set(train=20))
    for path, images in ((file, 30), (folder, 20)):
        supply.open(path)
        qtbot.waitUntil(lambda: not supply.is_loading)
        assert (supply.digits.kind, len(supply.digits.train_images)) == ("own", images)


def test_a_broken_file_leaves_the_digits_in_use(
    qtbot: QtBot, supply: DigitSupply, problems: list[str], tmp_path: Path
) -> None:
    before = _load(qtbot, supply, "starter")
    broken = tmp_path / "broken.npz"
    broken.write_bytes(b"no archive")
    assert _load(qtbot, supply, str(broken)) is before
    assert len(problems) == 1
    assert "broken.npz" in problems[0]
    assert "\n" not in problems[0]


def test_a_broken_first_choice_gives_way_to_the_starter_set(
    qtbot: QtBot, supply: DigitSupply, problems: list[str]
) -> None:
    supply.load("/no/such/file.npz")
    qtbot.waitUntil(lambda: supply.digits is not None)
    assert supply.digits.kind == "starter"
    assert len(problems) == 1


def test_a_broken_starter_set_is_told_once_and_not_read_for_ever(
    qtbot: QtBot, supply: DigitSupply, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def fail(choice: str) -> Digits:
        read.append(choice)
        assert len(read) < 5
        raise DataError("The digits are gone: install the lab again.")

    monkeypatch.setattr(sources, "load", fail)
    supply.load("starter")
    qtbot.waitUntil(lambda: bool(problems) and not supply.is_loading)
    assert read == ["starter"]
    assert len(problems) == 1
    supply.load("gone.npz")
    qtbot.waitUntil(lambda: not supply.is_loading)
    assert read == ["starter", "gone.npz", "starter"]


def test_a_later_load_replaces_an_earlier_one(
    qtbot: QtBot, supply: DigitSupply, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on = threading.Event()
    reached = threading.Event()
    load = sources.load

    def load_slowly(choice: str) -> Digits:
        if choice == "slow":
            reached.set()
            assert go_on.wait(60)
            raise DataError("Too late to matter.")
        return load(choice)

    monkeypatch.setattr(sources, "load", load_slowly)
    supply.load("slow")
    slow = supply.findChildren(Job)[-1]  # an earlier one may still wait to be deleted
    qtbot.waitUntil(reached.is_set)
    newer = _load(qtbot, supply, "starter")
    go_on.set()
    # Not `waitSignal`: a thread tells its own end in its own thread, and where that comes between the blocker's look
    # and its loop, the loop is left before it began and runs until its time is over.
    assert slow.wait(QDeadlineTimer(60_000))
    QApplication.processEvents()  # what came of it is delivered, and dropped
    assert supply.digits is newer
    assert problems == []


def test_the_downloaded_set_is_used(qtbot: QtBot, supply: DigitSupply, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = _deliver(monkeypatch, Delivery(_bring_full_set))
    supply.download()
    supply.download()
    assert supply.is_downloading
    delivery.arrive()
    qtbot.waitUntil(lambda: supply.digits is not None)
    assert supply.digits.kind == "full"
    assert delivery.times == 1
    assert not supply.is_downloading


def test_a_failed_download_keeps_the_digits_in_use(
    qtbot: QtBot, supply: DigitSupply, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _load(qtbot, supply, "starter")
    delivery = _deliver(monkeypatch, Delivery(_bring_nothing))
    supply.download()
    delivery.arrive()
    qtbot.waitUntil(lambda: not supply.is_downloading)
    assert problems == ["The server is tired: try again."]
    assert supply.digits is before


def test_a_cancelled_download_ends_in_silence_and_can_be_begun_again(
    qtbot: QtBot, supply: DigitSupply, problems: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = _deliver(monkeypatch, Delivery(_bring_full_set))
    supply.download()
    qtbot.waitUntil(delivery.began.is_set)
    supply.cancel_download()
    qtbot.waitUntil(lambda: not supply.findChildren(Job))  # the thread is over and the job is gone
    assert not supply.is_downloading
    assert problems == []
    supply.download()
    assert supply.is_downloading
    qtbot.waitUntil(lambda: delivery.times == 2)


class Clock:
    """Stands still unless it is told to go on: in the place of Python's `time`."""

    now = 1_000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(digit_supply, "time", clock)
    return clock


def test_progress_is_told_with_the_time_left(
    qtbot: QtBot, supply: DigitSupply, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = _deliver(monkeypatch, Delivery(_bring_full_set))
    assert supply.download_progress() == (0, None, None)
    supply.download()
    qtbot.waitUntil(delivery.began.is_set)
    assert supply.download_progress() == (0, None, None)
    delivery.report(1_000, None)
    assert supply.download_progress() == (1_000, None, None)
    delivery.report(1_000, 4_000)
    clock.now += 10
    assert supply.download_progress() == (1_000, 4_000, 30)


def test_what_an_earlier_download_brought_does_not_shorten_the_time_left(
    qtbot: QtBot, supply: DigitSupply, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = _deliver(monkeypatch, Delivery(_bring_full_set, already=3_000))
    supply.download()
    qtbot.waitUntil(delivery.began.is_set)
    assert supply.download_progress() == (3_000, None, None)
    delivery.report(3_500, 4_000)
    clock.now += 10
    assert supply.download_progress() == (3_500, 4_000, 10)
    delivery.report(0, 4_000)  # the server begins anew
    assert supply.download_progress() == (0, 4_000, None)
    delivery.report(1_000, 4_000)
    assert supply.download_progress() == (1_000, 4_000, 30)


def test_the_end_waits_for_every_thread(qtbot: QtBot, supply: DigitSupply, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = _deliver(monkeypatch, Delivery(_bring_full_set))
    supply.download()
    supply.load("starter")
    qtbot.waitUntil(delivery.began.is_set)
    supply.end()
    assert not [job for job in supply.findChildren(Job) if job.isRunning()]
    assert not supply.is_downloading
    assert not supply.is_loading


def test_pixels_of_0_and_1_are_told(qtbot: QtBot, supply: DigitSupply, problems: list[str], tmp_path: Path) -> None:
    arrays = small_set()
    path = write_npz(tmp_path / "own.npz", arrays | {name: arrays[name] // 128 for name in ("x_train", "x_test")})
    with qtbot.waitSignal(supply.notice) as told:
        digits = _load(qtbot, supply, str(path))
    assert told.args == ["The largest pixel of these digits is 1: the lab takes 0 and 1 as 0 and 255."]
    assert digits.train_images.max() == 255
    assert problems == []
