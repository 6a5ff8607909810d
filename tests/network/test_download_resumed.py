"""What a download keeps for the next one, and how it gets on with another at the same time and with left-overs."""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from mnist_lab.network import download
from mnist_lab.network.download import DownloadCancelled, DownloadError
from tests.network.downloads import Progress, fetch, files_beside
from tests.network.mnist_server import CONTENT, HALF, Server

HOUR = 3600


def test_after_a_cut_only_the_rest_is_fetched(server: Server, target: Path, part: Path) -> None:
    with pytest.raises(DownloadError, match="hung up"):
        fetch(server, "torn", target)
    assert part.read_bytes() == CONTENT[:HALF]
    progress = Progress()

    fetch(server, "torn", target, progress)

    assert server.ranges == [None, f"bytes={HALF}-"]
    assert target.read_bytes() == CONTENT
    assert files_beside(target) == {"mnist.npz"}
    assert progress.told[0][0] == HALF


def test_after_a_cancel_only_the_rest_is_fetched(server: Server, target: Path, part: Path) -> None:
    progress = Progress()
    with pytest.raises(DownloadCancelled):
        fetch(server, "in_two_parts", target, progress, progress.half.is_set)
    assert part.read_bytes() == CONTENT[:HALF]

    fetch(server, "in_two_parts", target)

    assert server.ranges == [None, f"bytes={HALF}-"]
    assert target.read_bytes() == CONTENT


def test_after_a_kill_only_the_rest_is_fetched(server: Server, target: Path, part: Path) -> None:
    script = (
        "import pathlib, sys\n"
        "from mnist_lab.network.download import download_full\n"
        "path, origin = sys.argv[1:]\n"
        "progress = lambda received, total: print(received, flush=True)\n"
        "download_full(pathlib.Path(path), progress, lambda: False, origin=origin, sha256='')\n"
    )
    lab = [sys.executable, "-c", script, str(target), server.address("in_two_parts")]
    with subprocess.Popen(lab, stdout=subprocess.PIPE, text=True) as process:
        assert any(int(line) == HALF for line in process.stdout)
        process.kill()

    fetch(server, "in_two_parts", target)

    assert server.ranges == [None, f"bytes={HALF}-"]
    assert target.read_bytes() == CONTENT


@pytest.mark.parametrize(
    ("path", "ranges"),
    [
        ("without_ranges", [f"bytes={HALF}-"]),
        ("with_another_range", [f"bytes={HALF}-", None]),
        ("elsewhere", [f"bytes={HALF}-", f"bytes={HALF}-"]),
    ],
)
def test_a_server_may_send_another_part_than_the_rest(
    server: Server, target: Path, part: Path, path: str, ranges: list[str | None]
) -> None:
    part.write_bytes(CONTENT[:HALF])
    fetch(server, path, target)
    assert target.read_bytes() == CONTENT
    assert server.ranges == ranges


def test_a_part_that_is_too_long_is_thrown_away(server: Server, target: Path, part: Path) -> None:
    part.write_bytes(CONTENT + b"more")
    fetch(server, "whole", target)
    assert target.read_bytes() == CONTENT
    assert server.ranges == [f"bytes={len(CONTENT) + 4}-", None]


def test_a_damaged_part_is_fetched_anew_once(server: Server, target: Path, part: Path) -> None:
    part.write_bytes(bytes(HALF))
    fetch(server, "whole", target)
    assert target.read_bytes() == CONTENT
    assert server.ranges == [f"bytes={HALF}-", None]


def test_a_part_of_another_file_is_fetched_anew_once_and_refused(server: Server, target: Path, part: Path) -> None:
    part.write_bytes(CONTENT[:HALF])
    with pytest.raises(DownloadError, match="checksum"):
        fetch(server, "whole", target, sha256="0" * 64)
    assert server.ranges == [f"bytes={HALF}-", None]
    assert files_beside(target) == set()


def test_a_part_that_is_whole_needs_no_server(server: Server, target: Path, part: Path) -> None:
    part.write_bytes(CONTENT)
    fetch(server, "lost", target)
    assert target.read_bytes() == CONTENT
    assert server.ranges == []


def test_a_part_outlives_a_server_that_has_no_file(server: Server, target: Path, part: Path) -> None:
    part.write_bytes(CONTENT[:HALF])
    with pytest.raises(DownloadError, match="404"):
        fetch(server, "lost", target)
    assert part.read_bytes() == CONTENT[:HALF]


def test_two_downloads_never_write_together(
    server: Server, target: Path, part: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "LOCK_SECONDS", 0.1)
    progress = Progress()
    with ThreadPoolExecutor(1) as executor:
        first = executor.submit(fetch, server, "in_two_parts", target, progress)
        try:
            assert progress.half.wait(60)
            with pytest.raises(DownloadError, match="Another window of the lab"):
                fetch(server, "whole", target)
            assert part.read_bytes() == CONTENT[:HALF]
        finally:
            server.go_on.set()
        assert first.result() == target
    assert target.read_bytes() == CONTENT
    assert server.ranges == [None]


def test_waiting_for_another_download_can_be_cancelled(server: Server, target: Path) -> None:
    progress = Progress()
    with ThreadPoolExecutor(1) as executor:
        first = executor.submit(fetch, server, "in_two_parts", target, progress)
        try:
            assert progress.half.wait(60)
            with pytest.raises(DownloadCancelled):
                fetch(server, "whole", target, is_cancelled=lambda: True)
        finally:
            server.go_on.set()
        first.result()


def left_over(folder: Path, age: float) -> Path:
    """What a killed download of an earlier version left."""
    (folder / "datasets").mkdir(parents=True)
    (folder / "datasets" / "mnist.npz").write_bytes(b"half")
    return make_older(folder, age)


def make_older(path: Path, age: float) -> Path:
    os.utime(path, (time.time() - age,) * 2)
    return path


def test_left_overs_of_earlier_versions_are_removed(server: Server, target: Path, part: Path) -> None:
    gone = [left_over(target.parent / "download-ab1_cd2e", 2 * HOUR), target.parent / "download-00000000"]
    gone[1].mkdir()
    make_older(gone[1], 2 * HOUR)
    fetch(server, "whole", target)
    assert files_beside(target) == {"mnist.npz"}


def test_nothing_else_is_removed(server: Server, target: Path, part: Path, tmp_path: Path) -> None:
    own = left_over(target.parent / "download-pictures", 2 * HOUR)
    (own / "datasets" / "my.npz").touch()
    elsewhere = left_over(tmp_path / "download-elsewher", 2 * HOUR)
    kept = [
        left_over(target.parent / "download-ab1_cd2e", HOUR / 2),
        left_over(target.parent / "download-ab1_cd2e_", 2 * HOUR),
        left_over(target.parent / "upload-ab1_cd2e", 2 * HOUR),
        left_over(target.parent / "more" / "download-ab1_cd2e", 2 * HOUR),
        elsewhere,
    ]
    (target.parent / "download-link0000").symlink_to(elsewhere)
    inside = target.parent / "download-link1111"
    inside.mkdir()
    (inside / "datasets").symlink_to(elsewhere / "datasets")
    make_older(inside, 2 * HOUR)
    file = target.parent / "download-00000000"
    file.touch()
    make_older(file, 2 * HOUR)

    fetch(server, "whole", target)

    assert all((folder / "datasets" / "mnist.npz").exists() for folder in kept)
    assert (own / "datasets" / "my.npz").exists()
    assert file.exists()
    assert inside.exists()
