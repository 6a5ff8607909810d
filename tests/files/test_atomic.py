"""A file is replaced whole or not at all, through links, and a killed process leaves nothing for ever."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mnist_lab.files.atomic import DOCUMENT, remove_left_overs, write_atomically


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.mark.parametrize("content", [b"", b"new", memoryview(b"new")], ids=["empty", "bytes", "memory"])
def test_the_content_is_there_and_nothing_else(content: bytes | memoryview, tmp_path: Path) -> None:
    path = tmp_path / "deep" / "own.json"
    write_atomically(path, b"old and longer")
    write_atomically(path, content)
    assert path.read_bytes() == content
    assert names(path.parent) == ["own.json"]


@pytest.mark.parametrize("broken", ["fsync", "replace"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt(), ValueError()])
def test_any_error_leaves_the_old_content_and_no_rubbish(
    broken: str, error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "own.json"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(os, broken, fail)
    with pytest.raises(type(error)):
        write_atomically(path, b"new")
    assert path.read_bytes() == b"old"
    assert names(tmp_path) == ["own.json"]


def test_the_bytes_are_on_disk_before_the_name_and_the_name_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    fsync, replace = os.fsync, os.replace

    def note_fsync(descriptor: int) -> None:
        calls.append("folder" if os.path.isdir(f"/proc/self/fd/{descriptor}") else "file")
        fsync(descriptor)

    def note_replace(source: str, target: Path) -> None:
        calls.append("replace")
        assert Path(source).parent == target.parent, "on the same disk"
        assert Path(source).read_bytes() == b"new", "nothing waits in a buffer"
        replace(source, target)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "replace", note_replace)
    write_atomically(tmp_path / "own.json", b"new")
    expected = ["file", "replace", "folder"] if os.path.isdir("/proc/self/fd") else calls
    assert calls == expected


def test_where_a_folder_cannot_be_synced_the_file_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def refuse_folders(path: str | Path, flags: int, *rest: int, **named: int) -> int:
        if os.path.isdir(path):
            raise PermissionError(13, "Permission denied")
        return opened(path, flags, *rest, **named)

    monkeypatch.setattr(os, "open", refuse_folders)
    write_atomically(tmp_path / "own.json", b"new")
    assert (tmp_path / "own.json").read_bytes() == b"new"


@pytest.mark.parametrize("is_there", [True, False])
def test_a_link_stays_and_leads_to_the_new_content(is_there: bool, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere" / "real.json"
    real.parent.mkdir()
    if is_there:
        real.write_bytes(b"old")
    link = tmp_path / "own.json"
    link.symlink_to(real)
    write_atomically(link, b"new")
    assert link.is_symlink()
    assert real.read_bytes() == b"new"
    assert not real.is_symlink()
    assert names(real.parent) == ["real.json"]


def test_a_link_to_itself_is_refused(tmp_path: Path) -> None:
    link = tmp_path / "own.json"
    link.symlink_to(link)
    with pytest.raises(OSError, match=r"own\.json"):
        write_atomically(link, b"new")
    assert link.is_symlink()


def test_the_longest_name_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / ("𠀀" * 60 + ".npz")
    write_atomically(path, b"new")
    assert path.read_bytes() == b"new"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no umask")
@pytest.mark.parametrize(
    ("umask", "mode", "made"), [(0o027, DOCUMENT, 0o640), (0o022, DOCUMENT, 0o644), (0, 0o600, 0o600)]
)
def test_a_new_file_has_the_mode_that_the_umask_leaves_and_a_replaced_one_keeps_its_own(
    umask: int, mode: int, made: int, tmp_path: Path
) -> None:
    path, shared = tmp_path / "new.md", tmp_path / "shared.md"
    shared.write_bytes(b"old")
    shared.chmod(0o664)
    before = os.umask(umask)
    try:
        write_atomically(path, b"new", mode)
        write_atomically(shared, b"new", mode)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == made
    assert shared.stat().st_mode & 0o777 == 0o664


def age(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_what_a_killed_process_left_goes_after_an_hour(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, sys\n"
        "from mnist_lab.files.atomic import write_atomically\n"
        "os.replace = lambda *_: os._exit(9)\n"
        "write_atomically(pathlib.Path(sys.argv[1]), b'half')\n"
    )
    path = tmp_path / "own.json"
    killed = subprocess.run([sys.executable, "-c", program, str(path)], cwd=Path(__file__).parents[2], check=False)
    assert killed.returncode == 9
    (left,) = tmp_path.iterdir()
    assert left.name.startswith("own.json.")
    remove_left_overs(tmp_path)
    assert left.exists(), "another window may be writing it just now"
    age(left, 3700)
    write_atomically(tmp_path / "another.npz", b"new")
    assert names(tmp_path) == ["another.npz"]


def test_what_is_not_the_lab_s_own_stays(tmp_path: Path) -> None:
    (tmp_path / "folder.json.abcd1234.part").mkdir()
    for name in ("own.json.original", "own.json.part", "abcd1234.part", "own.json.abcd1234", "own.kept-1.json"):
        (tmp_path / name).write_bytes(b"mine")
    (tmp_path / "link.json.abcd1234.part").symlink_to(tmp_path / "own.json.original")
    for entry in tmp_path.iterdir():
        if not entry.is_symlink():
            age(entry, 10_000)
    before = names(tmp_path)
    remove_left_overs(tmp_path)
    assert names(tmp_path) == before


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    remove_left_overs(tmp_path / "none")
    assert not names(tmp_path)
