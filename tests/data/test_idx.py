"""Reading folders of IDX files, gzipped or not, whole or broken."""

import gzip
import struct
import tracemalloc
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mnist_lab.data.digits import DataError
from mnist_lab.data.sources import load_path
from tests.data.files import idx_bytes, small_set, write_idx_folder
from tests.data.test_npz import loads_or_says_why

IMAGES = "train-images-idx3-ubyte"


@pytest.mark.parametrize("joint", ["-", "."])
@pytest.mark.parametrize("packed", [False, True])
def test_four_files_are_a_set(tmp_path: Path, joint: str, packed: bool) -> None:
    folder = write_idx_folder(tmp_path, small_set(), joint=joint, packed=packed)
    digits = load_path(folder)
    assert digits.kind == "own"
    assert digits.origin == str(folder)
    assert np.array_equal(digits.train_images, small_set()["x_train"])
    assert np.array_equal(digits.train_labels, small_set()["y_train"])
    assert np.array_equal(digits.test_images, small_set()["x_test"])
    assert np.array_equal(digits.test_labels, small_set()["y_test"])


@pytest.mark.parametrize("packed", [False, True])
def test_the_content_says_whether_it_is_gzipped_not_the_name(tmp_path: Path, packed: bool) -> None:
    folder = write_idx_folder(tmp_path, small_set(), packed=packed)
    for file in list(folder.iterdir()):
        file.rename(file.with_suffix("") if packed else file.with_name(f"{file.name}.gz"))
    assert np.array_equal(load_path(folder).train_images, small_set()["x_train"])


@pytest.mark.parametrize(("code", "dtype"), [(0x0B, ">i2"), (0x0C, ">i4"), (0x0D, ">f4"), (0x0E, ">f8")])
def test_wider_numbers_are_read_too(tmp_path: Path, code: int, dtype: str) -> None:
    folder = write_idx_folder(tmp_path, small_set())
    images = small_set()["x_train"]
    (folder / IMAGES).write_bytes(idx_bytes(images.astype(dtype), code))
    assert np.array_equal(load_path(folder).train_images, images)


def test_a_folder_without_idx_files(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=f"has no file “{IMAGES}”: choose a folder"):
        load_path(tmp_path)


def test_the_missing_file_is_named(tmp_path: Path) -> None:
    folder = write_idx_folder(tmp_path, small_set())
    (folder / "t10k-labels-idx1-ubyte").unlink()
    with pytest.raises(DataError, match="has no file “t10k-labels-idx1-ubyte”"):
        load_path(folder)


def test_a_folder_in_a_file_s_place(tmp_path: Path) -> None:
    folder = write_idx_folder(tmp_path, small_set())
    (folder / IMAGES).unlink()
    (folder / IMAGES).mkdir()
    with pytest.raises(DataError, match="is no file"):
        load_path(folder)


LARGE = struct.pack(">HBB3I", 0, 0x08, 3, 12_755_103, 28, 28)
HALF_LARGE = struct.pack(">HBB3I", 0, 0x08, 3, 1_000_000, 28, 28)
VALID = idx_bytes(small_set()["x_train"])
PACKED = gzip.compress(VALID, mtime=0)
"""Without the time: it is part of what the tests below are called, and all processes must call them the same."""


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "is damaged .0 bytes of a header"),
        (b"\0\0\x08\x03\0\0", "is damaged .2 bytes of a header"),
        (b"\x89PNG\r\n\x1a\n", "is no IDX file: it begins with 89504e47"),
        (b"\0\0\x08\x00", "is no IDX file"),
        (b"\0\0\x08\xff", "is no IDX file"),
        (b"\0\0\x07\x03" + VALID[4:], "is no IDX file: it begins with 00000703"),
        (VALID[:-1], "is damaged .9,407 bytes instead of 9,408"),
        (VALID + b"?", "is damaged .more than the 9,408 bytes"),
        (LARGE, r"claims to hold 10\.0 GB"),
        (HALF_LARGE, "is damaged .0 bytes instead of 784,000,000"),
        (struct.pack(">HBB4I", 0, 0x0E, 4, *[2**32 - 1] * 4), "claims to hold"),
        (struct.pack(">HBB3I", 0, 0x08, 3, 0, 28, 28), "is empty"),
        (struct.pack(">HBB3I", 0, 0x08, 3, 12, 0, 28), "shape"),
        (idx_bytes(np.zeros(12, np.uint8)), r"shape \(12,\)"),
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_each_broken_file_has_its_sentence(tmp_path: Path, content: bytes, sentence: str, packed: bool) -> None:
    folder = write_idx_folder(tmp_path, small_set(), packed=packed)
    file = folder / (IMAGES + ".gz" if packed else IMAGES)
    file.write_bytes(gzip.compress(content) if packed else content)
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match=sentence) as caught:
            load_path(folder)
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x1f\x8b" + VALID, "is damaged .Unknown compression method"),
        (PACKED[:-9], "is damaged"),
        (PACKED[:-8] + b"12345678", "is damaged .CRC check failed"),
        (PACKED + b"garbage", "is damaged"),
        (PACKED + PACKED, "is damaged .more than"),
    ],
)
def test_each_broken_package_has_its_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    folder = write_idx_folder(tmp_path, small_set(), packed=True)
    (folder / (IMAGES + ".gz")).write_bytes(content)
    with pytest.raises(DataError, match=sentence):
        load_path(folder)


def test_a_gzip_bomb_is_not_unpacked(tmp_path: Path) -> None:
    folder = write_idx_folder(tmp_path, small_set(), packed=True)
    (folder / (IMAGES + ".gz")).write_bytes(gzip.compress(VALID + bytes(60_000_000), compresslevel=1))
    tracemalloc.start()
    try:
        with pytest.raises(DataError, match="more than the 9,408 bytes"):
            load_path(folder)
        assert tracemalloc.get_traced_memory()[1] < 40e6
    finally:
        tracemalloc.stop()


@pytest.fixture(scope="module", params=[False, True], ids=["plain", "gzipped"])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_idx_folder(tmp_path_factory.mktemp("idx"), small_set(4, 2), packed=request.param)


@settings(max_examples=200, deadline=timedelta(seconds=10))
@given(data=st.data())
def test_any_damage_gives_a_set_or_a_sentence(folder: Path, data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(folder.iterdir())))
    valid = file.read_bytes()
    content = bytearray(valid)
    if data.draw(st.booleans()):
        del content[data.draw(st.integers(0, len(content) - 1)) :]
    else:
        place = data.draw(st.integers(0, len(content) - 1) | st.integers(0, min(30, len(content) - 1)))
        content[place] ^= data.draw(st.integers(1, 255))
    try:
        file.write_bytes(content)
        loads_or_says_why(folder)
    finally:
        file.write_bytes(valid)
