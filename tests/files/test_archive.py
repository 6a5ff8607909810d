"""Whatever lies in the place of a zip file: the member that is asked for, or one sentence; no memory, no waiting."""

import io
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from mnist_lab.files.archive import Bounds, open_archive
from mnist_lab.files.errors import DamageError, FileError
from tests.files.archives import mark_encrypted
from tests.files.test_npz import little_memory

BOUNDS = Bounds(members=4, bytes=100_000_000)


def member(
    name: str, content: bytes = b"words", packing: int = zipfile.ZIP_STORED, mode: int = 0
) -> Callable[[zipfile.ZipFile], None]:
    def write(archive: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo(name)
        info.compress_type = packing
        info.external_attr = mode << 16
        archive.writestr(info, content)

    return write


def archive_of(path: Path, *members: Callable[[zipfile.ZipFile], None]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for write in members:
            write(archive)
    return path


def refusal(path: Path, bounds: Bounds = BOUNDS) -> str:
    with pytest.raises(DamageError) as refused, open_archive(path, bounds):
        pass
    return str(refused.value)


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_members_are_read_in_order_and_folders_are_left_out(packing: int, tmp_path: Path) -> None:
    path = archive_of(
        tmp_path / "one.zip",
        member("b.txt", b"first", packing),
        member("a/", b""),
        member("a/c.txt", b"second" * 999, packing, stat.S_IFREG | 0o644),
    )
    with open_archive(path, BOUNDS) as archive:
        assert archive.names == ("b.txt", "a/c.txt")
        assert archive.size("a/c.txt") == 5994
        assert archive.read("a/c.txt", 5994) == b"second" * 999
        with pytest.raises(FileError, match=r"“a/c.txt” in .* claims to hold"):
            archive.read("a/c.txt", 5993)
        with pytest.raises(KeyError):
            archive.read("a/", 1)


@pytest.mark.parametrize(
    "name",
    ["../a.txt", "a/../../b", "/etc/passwd", "a//b", "./a", "a\\b", "..\\a", "C:\\a", "c:a", "a/./b", "nul\0.txt", "/"],
)
def test_names_that_could_lead_out_of_it_are_refused(name: str, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    archive_of(path, member("x" * len(name)))
    path.write_bytes(path.read_bytes().replace(b"x" * len(name), name.encode()))  # zipfile mends some as it writes
    assert "could lead out of it" in refusal(path)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFDIR])
def test_links_and_devices_are_refused(kind: int, tmp_path: Path) -> None:
    path = archive_of(tmp_path / "one.zip", member("a", b"/etc/passwd", mode=kind | 0o777))
    assert refusal(path) == "“a” is a link, or no ordinary file"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_stands_twice(tmp_path: Path) -> None:
    assert refusal(archive_of(tmp_path / "one.zip", member("a"), member("b"), member("a"))) == "“a” stands in it twice"


def test_what_cannot_be_unpacked_piece_by_piece(tmp_path: Path) -> None:
    for packing in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        path = archive_of(tmp_path / "one.zip", member("a", packing=packing))
        assert refusal(path) == "“a”: it is packed in a way that NumPy does not use"
    path = mark_encrypted(archive_of(tmp_path / "two.zip", member("a")))
    assert refusal(path) == "“a”: it is encrypted"


def test_more_parts_than_there_may_be(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "one.zip", *(member(str(number)) for number in range(5)))
    assert refusal(path) == "it holds 5 parts, and 4 is the most"


def test_bombs_cost_no_memory(tmp_path: Path) -> None:
    zeros = bytes(70_000_000)
    path = archive_of(tmp_path / "one.zip", member("a", zeros, zipfile.ZIP_DEFLATED))
    much = archive_of(tmp_path / "two.zip", member("a", zeros))
    inner = archive_of(tmp_path / "inner.zip", member("a", zeros[:60_000_000], zipfile.ZIP_DEFLATED)).read_bytes()
    nested = archive_of(tmp_path / "three.zip", member("a.zip", inner, zipfile.ZIP_DEFLATED))
    with little_memory(5e6):
        assert refusal(path).startswith("it would unpack to 0.1 GB, more than 100 times its own size")
        assert refusal(much, Bounds(4, 60_000_000)).startswith("it would unpack to 0.1 GB, and 0.1 GB is the most")
        with open_archive(nested, BOUNDS) as archive:
            assert len(archive.read("a.zip", 10**6)) < 10**5, "what is in it is packed as it was"


def test_a_member_that_is_longer_than_it_says(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "one.zip", member("a", bytes(60_000_000), zipfile.ZIP_DEFLATED))
    lying = path.read_bytes().replace((60_000_000).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    path.write_bytes(lying)
    with little_memory(5e6), open_archive(path, BOUNDS) as archive, pytest.raises(DamageError, match="“a” is damaged"):
        archive.read("a", 1000)


def test_a_changed_byte_is_found(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "one.zip", member("a", b"words and words"))
    path.write_bytes(path.read_bytes().replace(b"words and words", b"words and swords"[:15]))
    with open_archive(path, BOUNDS) as archive, pytest.raises(DamageError, match="“a” is damaged: Bad CRC-32"):
        archive.read("a", 100)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04cut", b"words" * 99, b"SQLite format 3\0" + bytes(99)])
def test_files_of_another_kind_are_no_zip(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "one.zip"
    path.write_bytes(content)
    assert refusal(path) == "it is no zip file, or its end is missing"


def test_a_list_of_contents_that_is_too_long(tmp_path: Path) -> None:
    path = archive_of(tmp_path / "one.zip", *(member("n" * 900 + str(number)) for number in range(3)))
    assert refusal(path, Bounds(9, 99, directory_bytes=2000)) == "it is no zip file, or its end is missing"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(FileError, match="is no ordinary file"), open_archive(tmp_path, BOUNDS):
        pass


def test_bytes_in_memory_are_an_npz_as_well() -> None:
    import numpy as np

    from mnist_lab.files.npz import npz_in

    stream = io.BytesIO()
    np.savez(stream, numbers=np.arange(3))
    with npz_in(stream, Path("inner.npz"), 1000) as file:
        assert file.names == {"numbers"}
        assert file.read("numbers").tolist() == [0, 1, 2]
    with (
        pytest.raises(FileError, match=r"“inner\.npz” is no \.npz file"),
        npz_in(io.BytesIO(b"odd"), Path("inner.npz"), 9),
    ):
        pass
