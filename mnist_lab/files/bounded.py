"""Reading files that nobody vouches for without taking more memory or time than they are worth."""

import io
import os
import stat
from pathlib import Path
from typing import Protocol

from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.words import QT_TRANSLATE_NOOP

_PIECE = 16 * 1024**2
_SMALL = 100 * 1000**2
"""Bytes that any computer which runs the lab has."""
_SHARE_OF_FREE = 0.8


class Readable(Protocol):
    """An open file, packed or not."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end."""
        ...


def open_regular(path: Path) -> io.BufferedReader:
    """Open an ordinary file, or the one that a link leads to; never wait for what a pipe or a device may send.

    Raises:
        FileError: it is no ordinary file: a folder, a pipe, a device.
        OSError: it cannot be opened.
    """
    try:
        file = open(path, "rb", opener=_open_at_once)  # noqa: SIM115 - the caller closes it
    except IsADirectoryError as error:
        raise _not_ordinary(path) from error
    except PermissionError as error:
        if path.is_dir():  # what Windows says of a folder
            raise _not_ordinary(path) from error
        raise
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _not_ordinary(path)
    return file


def check_size(name: str, size: int, most_bytes: int, path: Path) -> None:
    """Refuse `size` bytes beyond `most_bytes`, or beyond the memory that is free, before any is taken for them.

    Raises:
        FileError: it is too much.
    """
    if size > most_bytes:
        raise FileError(
            QT_TRANSLATE_NOOP(
                "errors", "“{name}” in “{path}” claims to hold {size:,.1f} GB: {most:,.1f} GB is the most it may have."
            ),
            name=name,
            path=path,
            size=size / 1e9,
            most=most_bytes / 1e9,
        )
    if size > _SMALL and size > _SHARE_OF_FREE * (free := _free_memory()):
        raise FileError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{name}” in “{path}” takes {size:,.1f} GB of memory, and {free:,.1f} GB are free: close other "
                "programs, or choose a smaller file.",
            ),
            name=name,
            path=path,
            size=size / 1e9,
            free=free / 1e9,
        )


def _free_memory() -> int:
    import psutil  # here: few files are so large

    return int(psutil.virtual_memory().available)


def read_exactly(stream: Readable, size: int) -> bytearray:
    """Read `size` bytes up to the end of `stream`, piece by piece.

    So memory grows with what is there, not with what a header claims; and a compressed stream, read to its end,
    compares its checksum.

    Raises:
        DamageError: there is less, or more; at most one byte of that is read.
    """
    data = bytearray()
    while piece := stream.read(min(_PIECE, size + 1 - len(data))):
        data += piece
    if len(data) < size:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "{found:,} bytes instead of {size:,}"), found=len(data), size=size
        )
    if len(data) > size:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "more than the {size:,} bytes that its header speaks of"), size=size
        )
    return data


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _not_ordinary(path: Path) -> FileError:
    return FileError(
        QT_TRANSLATE_NOOP("errors", "“{path}” is no ordinary file: put a file in its place, or remove it."), path=path
    )
