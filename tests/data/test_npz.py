"""Reading .npz files: every way to be wrong has its sentence, and none takes memory or runs a program."""

import io
import struct
import tracemalloc
import zipfile
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.data.digits import DataError
from mnist_lab.data.sources import load_path
from tests.data.files import Arrays, small_set, write_npz


def changed(**arrays: np.ndarray) -> Arrays:
    return small_set() | arrays


IMAGES = small_set()["x_train"]


@pytest.mark.parametrize(
    "images",
    [
        IMAGES.reshape(12, 784),
        IMAGES.reshape(12, 28, 28, 1),
        IMAGES.astype(np.int64),
        IMAGES.astype(">u2"),
        IMAGES.astype(np.float16),
        IMAGES.astype(np.float64),
        np.asfortranarray(IMAGES),
    ],
    ids=lambda images: f"{images.dtype}{images.shape}",
)
def test_the_same_numbers_in_another_form_are_the_same_images(tmp_path: Path, images: np.ndarray) -> None:
    digits = load_path(write_npz(tmp_path / "set.npz", changed(x_train=images)))
    assert digits.train_images.dtype == np.uint8
    assert digits.train_images.flags.c_contiguous
    assert np.array_equal(digits.train_images, IMAGES)


@pytest.mark.parametrize(
    ("arrays", "sentence"),
    [
        (changed(x_train=IMAGES / 255), "whole numbers from 0 to 255, not yet divided"),
        (changed(x_train=IMAGES.astype(int) + 1000), "holds the value 1[0-9]{3}"),
        (changed(x_train=IMAGES.astype(int) - 300), "holds the value -"),
        (changed(x_train=np.full((12, 784), np.nan)), "holds the value nan"),
        (changed(x_train=np.full((12, 784), np.inf)), "holds the value inf"),
        (changed(x_train=IMAGES.astype(complex)), "values of type complex128"),
        (changed(x_train=IMAGES > 99), "values of type bool"),
        (changed(x_train=IMAGES.astype(str)), "values of type <U"),
        (changed(x_train=IMAGES.astype(object)), "Python objects, which could run a program"),
        (changed(x_train=np.zeros(12, [("a", "u1"), ("b", object)])), "Python objects"),
        (changed(x_train=IMAGES[:, :27]), r"shape \(12, 27, 28\)"),
        (changed(x_train=IMAGES[0]), r"shape \(28, 28\)"),
        (changed(x_train=np.array(5, np.uint8)), r"shape \(\)"),
        (changed(x_train=IMAGES[:0], y_train=np.zeros(0, np.uint8)), "“x_train” in .* is empty"),
        (changed(x_test=IMAGES[:0].reshape(0, 784)), "“x_test” in .* is empty"),
        (changed(y_test=np.zeros(0, np.uint8)), "“y_test” in .* is empty"),
        (changed(y_train=np.arange(12, dtype=np.uint8)), "holds the label 11: labels must be digits, whole .* 0 to 9"),
        (changed(y_train=np.arange(12)), "holds the label 10: labels must be digits, whole numbers from 0 to 9"),
        (changed(y_train=np.full(12, -1)), "holds the label -1: labels must be digits, whole numbers from 0 to 9"),
        (changed(y_train=np.full(12, 0.5)), "holds the label 0.5: labels must be digits"),
        (changed(y_train=np.full(12, np.nan)), "holds the label nan: labels must be digits"),
        (changed(x_train=IMAGES // 128), "no pixel above 1 in “x_train”, but pixels up to 25[0-5] in “x_test”"),
        (changed(x_test=IMAGES[:5] // 128), "no pixel above 1 in “x_test”, but pixels up to 25[0-5] in “x_train”"),
        (changed(y_train=np.eye(12, 10)), r"shape \(12, 10\): labels must have the shape \(n,\)"),
        (changed(y_train=np.array(3)), r"shape \(\)"),
        (changed(y_train=np.zeros(11, int)), "12 images in “x_train” but 11 labels"),
        (changed(y_test=np.zeros(6, int)), "5 images in “x_test” but 6 labels"),
    ],
)
def test_each_wrong_array_has_its_sentence(tmp_path: Path, arrays: Arrays, sentence: str) -> None:
    path = write_npz(tmp_path / "set.npz", arrays)
    with pytest.raises(DataError, match=sentence) as caught:
        load_path(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize("dtype", [np.uint8, np.int64, np.float32])
def test_pixels_of_0_and_1_become_0_and_255_and_that_is_known(tmp_path: Path, dtype: type) -> None:
    images: np.ndarray = (IMAGES // 128).astype(dtype)
    digits = load_path(write_npz(tmp_path / "set.npz", changed(x_train=images, x_test=images[:5])))
    assert digits.was_binary
    assert np.array_equal(digits.train_images, images * 255)
    assert np.array_equal(digits.test_images, images[:5] * 255)
    assert not digits.train_images.flags.writeable
    blank = np.zeros((5, 28, 28), np.uint8)
    assert load_path(write_npz(tmp_path / "set.npz", changed(x_train=images, x_test=blank))).was_binary
    assert not load_path(write_npz(tmp_path / "set.npz", changed(x_test=blank))).was_binary


@pytest.mark.parametrize("missing", ["x_train", "y_train", "x_test", "y_test"])
def test_a_missing_array_is_named(tmp_path: Path, missing: str) -> None:
    arrays = small_set()
    del arrays[missing]
    with pytest.raises(DataError, match=f"holds no array “{missing}”"):
        load_path(write_npz(tmp_path / "set.npz", arrays))


def test_a_file_of_another_kind(tmp_path: Path) -> None:
    for content in (b"", b"PK\x03\x04", b"%PDF-1.7 and so on" * 99):
        path = tmp_path / "set.npz"
        path.write_bytes(content)
        with pytest.raises(DataError, match=r"no \.npz file, or its end is missing"):
            load_path(path)


def npy_header(shape: tuple[int, ...], descr: str = "|u1", version: int = 1) -> bytes:
    text = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode() + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text


def write_members(path: Path, x_train: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in small_set().items():
            stream = io.BytesIO()
            np.save(stream, array)
            archive.writestr(f"{name}.npy", x_train if name == "x_train" else stream.getvalue())
    return path


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        (npy_header((12_755_103, 28, 28)), r"claims to hold 10\.0 GB"),
        (npy_header((10**30, 784)), "claims to hold"),
        (npy_header((1_000_000, 784)), "is damaged .0 bytes instead of 784,000,000"),
        (npy_header((12, 784), "|V0"), "values of type"),
        (npy_header((12, -784)), "is damaged"),
        (npy_header((0, 10**30)), "is damaged"),
        (npy_header((12, 784), "|O"), "Python objects"),
        (npy_header((12, 784), version=3) + bytes(12 * 784), "is damaged .version 3"),
        (npy_header((12, 784)) + bytes(12 * 784 + 1), "is damaged .more than the 9,408 bytes"),
        (npy_header((12, 784)) + bytes(12 * 784 - 1), "is damaged .9,407 bytes instead of 9,408"),
        (b"", "is damaged"),
        (b"\x93NUMPY\x01\x00\xff\xff{", "is damaged"),
        (npy_header((12, 784)).replace(b"descr", b"DESCR"), "is damaged"),
        (npy_header((12, 784)).replace(b"'|u1'", b"exit()"), "is damaged"),
    ],
)
def test_headers_that_lie(tmp_path: Path, member: bytes, sentence: str) -> None:
    path = write_members(tmp_path / "set.npz", member)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=sentence):
            load_path(path)
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()


def test_the_second_version_of_the_npy_format_is_read(tmp_path: Path) -> None:
    path = write_members(tmp_path / "set.npz", npy_header((12, 784), version=2) + bytes(12 * 784))
    assert not load_path(path).train_images.any()


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    """A member of few packed bytes, said to be 3 GB in the archive's own list."""
    path = write_members(tmp_path / "set.npz", npy_header((12, 784)) + bytes(12 * 784))
    content = bytearray(path.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = struct.pack("<I", 3_000_000_000)
    path.write_bytes(content)
    with pytest.raises(DataError, match=r"claims to hold 3\.0 GB"):
        load_path(path)


def loads_or_says_why(path: Path) -> None:
    try:
        digits = load_path(path)
    except DataError:
        return
    for images, labels in (
        (digits.train_images, digits.train_labels),
        (digits.test_images, digits.test_labels),
    ):
        assert images.shape == (len(labels), 28, 28)
        assert images.dtype == labels.dtype == np.uint8
        assert len(labels) > 0
        assert labels.max() <= 9


@pytest.fixture(scope="module")
def valid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_npz(tmp_path_factory.mktemp("npz") / "valid.npz", small_set(4, 2))


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("npz") / "stored.npz"
    np.savez(path, allow_pickle=False, **small_set(4, 2))
    return path


# NumPy reads the headers of Python 2 as well, and says so in a warning; a flipped byte can look like one.
@pytest.mark.filterwarnings("ignore:Reading `.npy`")
@settings(max_examples=300, deadline=timedelta(seconds=10))
@given(data=st.data())
def test_any_flipped_byte_gives_a_set_or_a_sentence(valid: Path, stored: Path, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from([valid, stored]))
    content = bytearray(source.read_bytes())
    places = st.integers(0, len(content) - 1) | st.integers(0, 200) | st.integers(len(content) - 500, len(content) - 1)
    content[data.draw(places)] ^= data.draw(st.integers(1, 255))
    path = source.with_name("flipped.npz")
    path.write_bytes(content)
    loads_or_says_why(path)


@settings(max_examples=100, deadline=timedelta(seconds=10))
@given(data=st.data())
def test_any_lost_end_gives_a_sentence(valid: Path, data: st.DataObject) -> None:
    content = valid.read_bytes()
    path = valid.with_name("short.npz")
    path.write_bytes(content[: data.draw(st.integers(0, len(content) - 1))])
    with pytest.raises(DataError):
        load_path(path)
