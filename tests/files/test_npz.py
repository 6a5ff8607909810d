"""Whatever lies in the place of an .npz file: what is asked for, or one sentence; no memory, no waiting."""

import bz2
import os
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil
import pytest

from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.files.npz import open_npz
from tests.files.archives import break_packing, mark_encrypted, npy_header, write_archive

MOST = 10_000_000
NUMBERS = np.arange(12, dtype=np.float32).reshape(3, 4)


def read(path: Path, name: str = "numbers", most: int = MOST) -> np.ndarray:
    with open_npz(path, most) as file:
        return file.read(name)


@contextmanager
def little_memory(most: float) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < most
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("array", [NUMBERS, np.asfortranarray(NUMBERS), np.array(5), np.array("word"), NUMBERS[:0]])
@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_what_numpy_saves_is_read(save: Callable[..., None], array: np.ndarray, tmp_path: Path) -> None:
    path = tmp_path / "one.npz"
    save(path, numbers=array, other=np.zeros(3))
    with open_npz(path, MOST) as file:
        assert "numbers" in file
        assert "another" not in file
        header = file.header("numbers")
        assert (header.shape, header.dtype, header.size) == (array.shape, array.dtype, array.nbytes)
        back = file.read("numbers")
    assert back.dtype == array.dtype
    assert back.tobytes() == array.tobytes()


def test_an_array_that_is_not_there_is_the_caller_s_mistake(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        read(write_archive(tmp_path / "one.npz", {"numbers": NUMBERS}), "other")


@pytest.mark.parametrize("packing", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_unpack_without_a_bound_are_refused(packing: int, tmp_path: Path) -> None:
    path = write_archive(tmp_path / "one.npz", {"numbers": NUMBERS}, packing)
    with pytest.raises(FileError, match="packed in a way that NumPy does not use"):
        read(path)


def test_an_encrypted_member(tmp_path: Path) -> None:
    path = mark_encrypted(write_archive(tmp_path / "one.npz", {"numbers": NUMBERS}))
    with pytest.raises(FileError, match=r"“numbers” in “.*one\.npz” is damaged \(it is encrypted\)"):
        read(path)


def test_what_zlib_says_is_told(tmp_path: Path) -> None:
    path = break_packing(write_archive(tmp_path / "one.npz", {"numbers": NUMBERS}), "numbers")
    with pytest.raises(FileError, match=r"“numbers” in “.*one\.npz” is damaged \(Error -3 .*invalid block type\)"):
        read(path)


class Evil:
    """Something that, unpickled, writes a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., object], tuple[object, ...]]:
        return os.mkdir, (str(self.path),)


def test_nothing_is_unpickled(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "one.npz", {"numbers": np.array([Evil(tmp_path / "was here")], object)})
    with pytest.raises(FileError, match="Python objects"):
        read(path)
    assert not (tmp_path / "was here").exists()


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        (npy_header((30, 10**5)), r"claims to hold 0\.0 GB"),
        (npy_header((10**30, 3)), "claims to hold"),
        (npy_header((3, -4)), r"its shape is \(3, -4\)"),
        (npy_header((3, 4)), "0 bytes instead of 48"),
        (npy_header((3, 4)) + bytes(49), "more than the 48 bytes"),
        (npy_header((3, 4), padding=50_000), "its header is too long"),
        (npy_header((3, 4), version=2, padding=50_000), "its header is too long"),
        (npy_header((3, 4), version=3), "version 3.0"),
        (npy_header((3, 4))[:40], "its header is cut off"),
        (npy_header((3, 4))[:5], "its header is cut off"),
        (npy_header((3, 4)).replace(b"(3, 4)", b"((3,4)"), "is damaged"),
        (b"\x93NUMPY\x01\x00\x10\x27" + b"(" * 9999 + b"\n", "is damaged"),
        (b"\x93NUMPY\x01\x00\x10\x27" + b"-" * 9999 + b"\n", "is damaged"),
    ],
    ids=range(13),
)
def test_headers_that_lie_cost_no_memory(member: bytes, sentence: str, tmp_path: Path) -> None:
    path = write_archive(tmp_path / "one.npz", {"numbers": member})
    with little_memory(5e6), pytest.raises(FileError, match=sentence) as refused:
        read(path)
    assert "one.npz" in str(refused.value)


@pytest.mark.parametrize(
    ("header", "sentence"),
    [
        (npy_header((15_000_000,)), "claims to hold"),
        (npy_header((3, 4)), "more than the 48 bytes"),
        (b"\x93NUMPY\x02\x00" + (60_000_000).to_bytes(4, "little"), "its header is too long"),
    ],
    ids=["array", "tail", "header"],
)
def test_a_zip_bomb_costs_no_memory(header: bytes, sentence: str, tmp_path: Path) -> None:
    """Sixty megabytes of zeros in sixty kilobytes."""
    path = write_archive(tmp_path / "one.npz", {"numbers": header + bytes(60_000_000)})
    assert path.stat().st_size < 100_000
    with little_memory(5e6), pytest.raises(FileError, match=sentence):
        read(path)


def test_a_bomb_in_the_list_of_contents_costs_no_memory(tmp_path: Path) -> None:
    path = tmp_path / "one.npz"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("numbers.npy", b"")
    content = path.read_bytes()
    entry = content[content.index(b"PK\x01\x02") : content.index(b"PK\x05\x06")]
    end = bytearray(content[-22:])
    count = 60_000
    end[8:10] = end[10:12] = count.to_bytes(2, "little")
    end[12:16] = (count * len(entry)).to_bytes(4, "little")
    path.write_bytes(content[: content.index(b"PK\x01\x02")] + entry * count + end)
    with zipfile.ZipFile(path) as archive:
        assert len(archive.namelist()) == count, "zipfile would read them all"
    with little_memory(5e6), pytest.raises(FileError, match=r"no \.npz file"):
        read(path)


def test_what_does_not_fit_into_the_free_memory_is_told_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Memory:
        available = 10**9

    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    path = write_archive(
        tmp_path / "one.npz", {"fits": npy_header((199_000_000,)), "large": npy_header((201_000_000,))}
    )
    with open_npz(path, 10**10) as file:
        with pytest.raises(FileError, match=r"“large” in .*one\.npz” takes 0\.8 GB of memory, and 1\.0 GB are free"):
            file.read("large")
        with pytest.raises(FileError, match="is damaged"):  # its values are missing
            file.read("fits")


def test_arrays_that_are_too_large_together(tmp_path: Path) -> None:
    path = write_archive(tmp_path / "one.npz", {"a": NUMBERS, "b": NUMBERS})
    with open_npz(path, 250) as file:
        file.check_size(["a"])
        with pytest.raises(FileError, match=r"“a, b” in .* claims to hold"):
            file.check_size(["a", "b"])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04cut", b"words" * 99, bz2.compress(b"words")])
def test_files_of_another_kind(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "one.npz"
    path.write_bytes(content)
    with pytest.raises(FileError, match=r"“.*one\.npz” is no \.npz file, or its end is missing"):
        read(path)


@pytest.mark.parametrize("kind", ["folder", "pipe", "device", "link to a folder"])
def test_what_is_no_ordinary_file_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "one.npz"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        if not hasattr(os, "mkfifo"):
            pytest.skip("no pipes with a name here")
        os.mkfifo(path)
    elif kind == "device":
        path = Path("/dev/zero")
        if not path.exists():
            pytest.skip("no such device here")
    else:
        path.symlink_to(tmp_path)
    with pytest.raises(FileError, match="is no ordinary file"):
        read(path)


def test_a_link_to_a_file_is_followed(tmp_path: Path) -> None:
    write_archive(tmp_path / "real.npz", {"numbers": NUMBERS})
    (tmp_path / "link.npz").symlink_to(tmp_path / "real.npz")
    assert np.array_equal(read(tmp_path / "link.npz"), NUMBERS)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_regular(tmp_path / "none")
