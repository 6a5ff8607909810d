"""Which digits are loaded, and what is said where they cannot be."""

import logging
import os
from pathlib import Path

import numpy as np
import pytest

from mnist_lab.data import sources
from mnist_lab.data.digits import DataError, Digits
from mnist_lab.data.places import resource
from mnist_lab.data.sources import (
    FullSetMissing,
    keras_cache_file,
    lab_cache_file,
    load,
    load_automatic,
    load_full,
    load_path,
    load_starter,
)
from mnist_lab.data.starter import STARTER_FILE
from tests.data.files import as_large_as_mnist, small_set, write_idx_folder, write_npz

SHARED = Path(__file__).resolve().parents[2] / "../shared/data"


@pytest.fixture(autouse=True)
def empty_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MNIST_LAB_HOME", str(tmp_path / "lab"))
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))


def assert_same(digits: Digits, arrays: dict[str, np.ndarray]) -> None:
    assert np.array_equal(digits.train_images, arrays["x_train"])
    assert np.array_equal(digits.train_labels, arrays["y_train"])
    assert np.array_equal(digits.test_images, arrays["x_test"])
    assert np.array_equal(digits.test_labels, arrays["y_test"])
    for array in (digits.train_images, digits.train_labels, digits.test_images, digits.test_labels):
        assert array.dtype == np.uint8
        assert not array.flags.writeable


def test_the_starter_set_has_as_many_of_each_digit_and_no_digit_twice() -> None:
    digits = load_starter()
    assert digits.kind == "starter"
    assert digits.train_images.shape == (4000, 28, 28)
    assert digits.test_images.shape == (1000, 28, 28)
    assert np.bincount(digits.train_labels).tolist() == [400] * 10
    assert np.bincount(digits.test_labels).tolist() == [100] * 10
    everything = np.concatenate([digits.train_images, digits.test_images]).reshape(5000, -1)
    assert len(np.unique(everything, axis=0)) == 5000
    assert np.count_nonzero(np.diff(digits.train_labels.astype(int))) > 3000  # shuffled, not sorted by digit


def test_starter_digits_that_are_missing_are_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mnist_lab.data.starter.resource", lambda name: tmp_path / name)
    for choice in ("starter", "auto"):
        with pytest.raises(DataError, match=r"starter_digits\.npz”.*\(No such file.*\): install the lab again"):
            load(choice)


def test_a_tilde_that_the_shell_has_left_is_a_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_npz(tmp_path / "mine.npz", small_set())
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert load("~/mine.npz").origin == str(tmp_path / "mine.npz")
    with pytest.raises(DataError, match=r"“~nosuchuser/mine\.npz” does not exist"):
        load("~nosuchuser/mine.npz")


def test_the_starter_file_is_small() -> None:
    assert resource(STARTER_FILE).stat().st_size <= 1_500_000


def test_the_starter_digits_are_real_ones() -> None:
    """Each test digit, named by the nearest of the training digits' means: far beyond chance, as real digits are."""
    digits = load_starter()
    means = np.stack([digits.train_images[digits.train_labels == digit].mean(axis=0) for digit in range(10)])
    distances = ((digits.test_images[:, None].astype(np.float32) - means) ** 2).sum(axis=(2, 3))
    assert (distances.argmin(axis=1) == digits.test_labels).mean() > 0.75


def test_without_a_copy_automatic_is_the_starter_set_without_a_word(caplog: pytest.LogCaptureFixture) -> None:
    assert load_automatic().kind == "starter"
    assert load("auto").kind == "starter"
    assert caplog.records == []
    found = load_full()
    assert found.digits is None
    assert found.problem is None
    with pytest.raises(FullSetMissing, match="not on this computer: use File"):
        load("full")


@pytest.mark.parametrize("cache", [keras_cache_file, lab_cache_file])
def test_a_copy_in_either_cache_is_the_full_set(cache: object) -> None:
    assert callable(cache)
    write_npz(cache(), as_large_as_mnist())
    digits = load("auto")
    assert digits.kind == "full"
    assert digits.origin == str(cache())
    assert_same(digits, as_large_as_mnist())
    assert load("full").kind == "full"
    assert load("starter").kind == "starter"


def damage_end(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1000])


def damage_small(path: Path) -> None:
    write_npz(path, small_set())


def damage_counts(path: Path) -> None:
    arrays = as_large_as_mnist()
    arrays["y_train"] = (np.arange(60_000) % 10).astype(np.uint8)
    write_npz(path, arrays)


def damage_dangling(path: Path) -> None:
    path.unlink()
    path.symlink_to("nowhere")


@pytest.mark.parametrize("damage", [damage_end, damage_small, damage_counts, damage_dangling])
def test_an_unusable_copy_is_passed_over_and_reported(damage: object, caplog: pytest.LogCaptureFixture) -> None:
    path = write_npz(keras_cache_file(), small_set(200, 100))
    assert callable(damage)
    damage(path)

    found = load_full()
    assert found.digits is None
    assert str(path) in str(found.problem)

    with caplog.at_level(logging.WARNING):
        assert load_automatic().kind == "starter"
    assert str(path) in caplog.text
    with pytest.raises(FullSetMissing, match="Get all 70,000 digits"):
        load("full")


def test_an_unusable_copy_does_not_hide_a_good_one() -> None:
    lab_cache_file().parent.mkdir(parents=True)
    lab_cache_file().write_bytes(b"half a download")
    write_npz(keras_cache_file(), as_large_as_mnist())
    found = load_full()
    assert found.digits is not None
    assert found.digits.origin == str(keras_cache_file())
    assert str(lab_cache_file()) in str(found.problem)


def test_caches_follow_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert keras_cache_file() == tmp_path / "keras" / "datasets" / "mnist.npz"
    assert lab_cache_file() == tmp_path / "lab" / "data" / "mnist.npz"
    monkeypatch.setenv("KERAS_HOME", "")
    monkeypatch.delenv("MNIST_LAB_HOME")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    assert keras_cache_file() == tmp_path / ".keras" / "datasets" / "mnist.npz"
    assert "mnist-lab" in lab_cache_file().parts


def test_own_files_are_read_as_they_are(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "mine.npz", small_set())
    digits = load(str(path))
    assert digits.kind == "own"
    assert digits.origin == str(path)
    assert_same(digits, small_set())


def test_blank_images_in_mnist_s_numbers_are_not_called_mnist(tmp_path: Path) -> None:
    assert load_path(write_npz(tmp_path / "blank.npz", as_large_as_mnist())).kind == "own"


def test_a_path_that_leads_nowhere(tmp_path: Path) -> None:
    for path in (tmp_path / "missing.npz", Path("with\0null"), tmp_path / ("long" * 200)):
        with pytest.raises(DataError, match=r"does not exist|cannot be read"):
            load_path(path)


def test_one_idx_file_alone_points_to_its_folder(tmp_path: Path) -> None:
    folder = write_idx_folder(tmp_path, small_set(), packed=True)
    with pytest.raises(DataError, match="choose the folder"):
        load_path(folder / "train-images-idx3-ubyte.gz")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_opened_since_that_could_wait_for_ever(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.npz")
    with pytest.raises(DataError, match="no ordinary file"):
        load_path(tmp_path / "pipe.npz")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is unreadable to this user")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = write_npz(tmp_path / "locked.npz", small_set())
    path.chmod(0)
    with pytest.raises(DataError, match="cannot be read"):
        load_path(path)


def test_a_refusal_by_the_system_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_npz(tmp_path / "locked.npz", small_set())

    def refuse(name: str, *_: object) -> int:
        raise PermissionError(13, "Permission denied", str(name))

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(DataError, match=r"locked\.npz” cannot be read \(Permission denied\)"):
        load_path(path)


def test_no_memory_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run_out(path: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(sources, "read_npz", run_out)
    with pytest.raises(DataError, match="memory"):
        load_path(write_npz(tmp_path / "large.npz", small_set()))


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the full MNIST set in ../shared/data")
def test_the_full_set_is_known() -> None:
    digits = load_path(SHARED / "mnist.npz")
    assert digits.kind == "full"
    assert digits.train_images.shape == (60_000, 28, 28)


@pytest.mark.skipif(not SHARED.is_dir(), reason="needs the full MNIST set in ../shared/data")
def test_no_starter_digit_is_one_of_mnist_s_test_images() -> None:
    starter, full = load_starter(), load_path(SHARED / "mnist.npz")
    of_training = {image.tobytes(): label for image, label in zip(full.train_images, full.train_labels, strict=True)}
    of_test = {image.tobytes() for image in full.test_images}
    for images, labels in (
        (starter.train_images, starter.train_labels),
        (starter.test_images, starter.test_labels),
    ):
        for image, label in zip(images, labels, strict=True):
            assert of_training[image.tobytes()] == label
            assert image.tobytes() not in of_test
