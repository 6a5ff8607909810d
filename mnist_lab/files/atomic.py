"""Replacing a file in one go: whatever happens, power cuts included, either the old or the new content is there."""

import contextlib
import errno
import itertools
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import BinaryIO

DOCUMENT = 0o666
"""The mode of a file that others may read, as far as the user's umask lets them."""

_LEFT_OVER_SECONDS = 3600
_LEFT_OVER = re.compile(r".+\.[a-z0-9_]{8}\.part", re.DOTALL)  # `tempfile.mkstemp` named those of earlier versions
_LONGEST_PREFIX = 200  # bytes: with what follows, the 255 that file systems allow a name are enough


def write_atomically(path: Path, content: bytes | memoryview, mode: int = 0o600) -> None:
    """Make `content` the content of `path`, as `replaced_atomically` does.

    Args:
        path: of the file.
        content: all that is to stand in it.
        mode: of a new file, see there.

    Raises:
        OSError: it cannot be written; what was there before is untouched, and nothing else is left.
    """
    with replaced_atomically(path, mode) as file:
        file.write(content)


@contextlib.contextmanager
def replaced_atomically(path: Path, mode: int = 0o600) -> Iterator[BinaryIO]:
    """An empty file to write into, which becomes `path` when the `with` block ends well, and else goes.

    A link stays, and the file that it leads to is replaced. The folder need not exist. What killed processes have left
    in it is removed.

    Args:
        path: of the file.
        mode: of a new file, of which the umask is taken off; one that is replaced keeps its own.

    Raises:
        OSError: it cannot be written; what was there before is untouched, and nothing else is left.
    """
    target = Path(os.path.realpath(path))
    if target.is_symlink():  # a link that leads back to itself
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    target.parent.mkdir(parents=True, exist_ok=True)
    remove_left_overs(target.parent)
    prefix = os.fsencode(target.name)[:_LONGEST_PREFIX].decode(errors="ignore")
    name = target.with_name(f"{prefix}.{secrets.token_hex(4)}.part")
    file = open(name, "xb", opener=partial(os.open, mode=mode))  # noqa: SIM115 - closed before it is renamed
    try:
        with file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        _keep_mode(target, name)
        os.replace(name, target)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(target.parent)


def _keep_mode(target: Path, name: Path) -> None:
    """Give the new file the mode of the one that it replaces, where there is one."""
    with contextlib.suppress(OSError):  # there is none, or the disk knows no such rights
        name.chmod(stat.S_IMODE(target.stat().st_mode))


def name_aside(path: Path) -> Path:
    """“name.kept-1.json” for “name.json”, or with the first number that is free."""
    for number in itertools.count(1):
        kept = path.with_name(f"{path.stem}.kept-{number}{path.suffix}")
        if not os.path.lexists(kept):
            return kept
    raise AssertionError("there is always a free number")


def rename_aside(path: Path) -> Path:
    """Rename “name.json” as `name_aside` says, so that nothing overwrites it, and give that name.

    Raises:
        OSError: it cannot be renamed.
    """
    kept = name_aside(path)
    path.rename(kept)
    return kept


def remove_left_overs(folder: Path) -> None:
    """Remove the temporary files in `folder` that a killed `write_atomically` left there more than an hour ago."""
    before = time.time() - _LEFT_OVER_SECONDS
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if _LEFT_OVER.fullmatch(entry.name):
                with contextlib.suppress(OSError):
                    _remove_if_old(entry, before)


def _remove_if_old(entry: os.DirEntry[str], before: float) -> None:
    if entry.is_file(follow_symlinks=False) and entry.stat(follow_symlinks=False).st_mtime < before:
        os.unlink(entry.path)


def _sync_folder(folder: Path) -> None:
    """Have the new name written to disk, too, where the system can: the file itself is in place already."""
    with contextlib.suppress(OSError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
