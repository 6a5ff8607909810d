"""The line at the bottom and the banner at the top: which data, what goes on, what went wrong."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QProgressBar, QWidget

from mnist_lab.data.sources import lab_cache_file
from mnist_lab.experiment import Experiment
from mnist_lab.network.download import DownloadError
from mnist_lab.window.state import digit_supply
from mnist_lab.window.state.background import Job
from mnist_lab.window.widgets.basic.notice import Notice
from tests.data.files import as_large_as_mnist, small_set, write_npz
from tests.window.conftest import Driver
from tests.window.deliveries import Delivery

LONG = Experiment(hidden_units=(16,), epochs=10_000)


def _bring_full_set(target: Path) -> None:
    write_npz(target, as_large_as_mnist())


def _bring_nothing(_target: Path) -> None:
    raise DownloadError("The server is tired: try again.")


def _is_seen(driver: Driver, kind: type[QWidget], name: str) -> bool:
    return driver.find(kind, name).isVisible()


def _open(driver: Driver, path: Path) -> None:
    driver.window.lab.supply.open(path)
    driver.wait(lambda: not driver.window.lab.supply.is_loading)


def _begin_download(driver: Driver, monkeypatch: pytest.MonkeyPatch, delivery: Delivery) -> Delivery:
    monkeypatch.setattr(digit_supply, "download_full", delivery)
    driver.click("getFullSetButton")
    driver.wait(delivery.began.is_set)
    return delivery


def test_it_says_which_digits_and_offers_all_of_them_while_they_are_not_in_use(driver: Driver, tmp_path: Path) -> None:
    assert driver.text("dataLabel") == "MNIST, starter set: 4,000 images to train, 1,000 to test"
    assert driver.text("networkLabel") == "No network yet"
    assert _is_seen(driver, QAbstractButton, "getFullSetButton")
    _open(driver, write_npz(tmp_path / "own.npz", small_set(train=12, test=5)))
    assert driver.text("dataLabel") == "Your data: 12 images to train, 5 to test"
    assert driver.find(QLabel, "dataLabel").toolTip() == str(tmp_path / "own.npz")
    assert _is_seen(driver, QAbstractButton, "getFullSetButton")
    _bring_full_set(lab_cache_file())
    driver.window.lab.supply.load("full")
    driver.wait(lambda: driver.window.lab.digits.kind == "full")
    assert driver.text("dataLabel") == "MNIST, complete: 60,000 images to train, 10,000 to test"
    assert not _is_seen(driver, QAbstractButton, "getFullSetButton")


def test_a_download_shows_how_far_it_is_until_the_full_set_is_in_use(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = _begin_download(driver, monkeypatch, Delivery(_bring_full_set))
    progress = driver.find(QProgressBar, "downloadProgress")
    assert progress.isVisible()
    assert (progress.minimum(), progress.maximum()) == (0, 0)  # busy: nobody knows yet how much it is
    assert not _is_seen(driver, QAbstractButton, "getFullSetButton")
    delivery.report(4_000_000, 11_500_000)
    driver.wait(lambda: progress.value() == 4_000_000)
    assert progress.maximum() == 11_500_000
    assert driver.text("downloadAmount").startswith("4.0 of 11.5 MB, ")
    assert driver.text("downloadAmount").endswith(" s left")
    delivery.arrive()
    driver.wait(lambda: driver.window.lab.digits.kind == "full")
    for name in ("downloadProgress", "downloadAmount", "cancelDownloadButton", "getFullSetButton"):
        assert not _is_seen(driver, QWidget, name), name


@pytest.mark.keras
@pytest.mark.experiment(LONG)
def test_how_far_the_download_is_stays_readable_while_a_run_is_live(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    driver.click("startButton")
    driver.wait(lambda: driver.window.lab.run is not None and driver.window.lab.run.updates > 0)
    delivery = _begin_download(driver, monkeypatch, Delivery(_bring_full_set))
    delivery.report(4_000_000, 11_500_000)
    driver.wait(lambda: driver.text("downloadAmount").startswith("4.0 of"))
    updates = driver.window.lab.run.updates
    driver.wait(lambda: driver.window.lab.run.updates > updates + 100)
    assert driver.text("downloadAmount").startswith("4.0 of 11.5 MB")
    assert driver.text("activityLabel") == "Training"
    driver.window.show_page_named("dataPage")  # nothing there asks for weights
    said = driver.text("networkLabel")
    assert said.startswith("The run's network at update ")
    assert said.endswith(": 784-16-10")
    driver.wait(lambda: driver.text("networkLabel") != said)


def test_a_cancelled_download_leaves_everything_as_it_was(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    _begin_download(driver, monkeypatch, Delivery(_bring_full_set))
    driver.click("cancelDownloadButton")
    assert not _is_seen(driver, QProgressBar, "downloadProgress")
    assert _is_seen(driver, QAbstractButton, "getFullSetButton")
    assert driver.text("dataLabel").startswith("MNIST, starter set")
    assert not _is_seen(driver, QFrame, "problemBanner")


def test_a_failed_download_says_why_in_the_banner(driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
    _begin_download(driver, monkeypatch, Delivery(_bring_nothing)).arrive()
    driver.wait(lambda: _is_seen(driver, QFrame, "problemBanner"))
    assert driver.find(Notice, "problemNotice").text == "The server is tired: try again."
    assert _is_seen(driver, QAbstractButton, "getFullSetButton")


def test_a_broken_file_shows_one_sentence_that_can_be_put_away(driver: Driver, tmp_path: Path) -> None:
    before = driver.window.lab.digits
    broken = tmp_path / "<b>broken.npz"
    broken.write_bytes(b"no archive")
    for _ in range(2):  # the same problem twice is shown twice
        _open(driver, broken)
        assert _is_seen(driver, QFrame, "problemNotice")
        shown = driver.find(QFrame, "problemNotice").findChild(QLabel)
        assert "broken.npz" in shown.text()
        assert "\n" not in shown.text()
        assert shown.textFormat() == Qt.TextFormat.PlainText  # else the “<b>” of its name would be formatting
        driver.click("closeBannerButton")
        assert not _is_seen(driver, QFrame, "problemBanner")
    assert driver.window.lab.digits is before
    assert driver.text("dataLabel").startswith("MNIST, starter set")


@pytest.mark.keras
@pytest.mark.experiment(LONG)
def test_digits_opened_while_a_run_is_live_are_for_the_next_one(driver: Driver, tmp_path: Path) -> None:
    driver.click("startButton")
    driver.wait(lambda: driver.window.lab.run is not None and driver.window.lab.run.updates > 0)
    run = driver.window.lab.run
    before, per_epoch = run.digits, run.updates_per_epoch
    _open(driver, write_npz(tmp_path / "own.npz", small_set(train=200, test=50)))
    driver.wait(lambda: run.updates > 3 * per_epoch)
    assert run.is_live
    assert run.digits is before
    assert run.updates_per_epoch == per_epoch
    driver.click("stopButton")
    driver.wait_for_end()
    driver.click("startButton")
    driver.wait(lambda: driver.window.lab.run is not run and driver.window.lab.run.updates >= 1)
    assert driver.window.lab.run.digits is driver.window.lab.digits
    assert len(driver.window.lab.run.digits.train_images) == 200


def test_closing_during_a_download_ends_its_thread_and_its_clock(
    driver: Driver, monkeypatch: pytest.MonkeyPatch
) -> None:
    _begin_download(driver, monkeypatch, Delivery(_bring_full_set))
    job = driver.window.lab.supply.findChild(Job)
    assert driver.window.close()
    assert job.isFinished()
    assert not [timer for timer in driver.window.findChildren(QTimer) if timer.isActive()]
