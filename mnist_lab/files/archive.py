"""Zip files that nobody vouches for: everything is judged by the list of contents before any of it is unpacked.

zipfile trusts a file: it reads a list of contents of any length, gives names that lead out of a folder, and unpacks
what is there, as large as it is. Whoever reads here says how much there may be; nothing is ever written to a disk.
"""

import contextlib
import io
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from mnist_lab.files.bounded import check_size, open_regular, read_exactly
from mnist_lab.files.errors import DamageError
from mnist_lab.words import QT_TRANSLATE_NOOP

DAMAGE = (
    DamageError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    ValueError,
    LookupError,
    RuntimeError,  # NotImplementedError: a feature of zip that zipfile lacks
    EOFError,
    OSError,
)
"""What zipfile and its decompressor raise on bytes that somebody mangled."""

PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""Of others zipfile unpacks without a bound."""

_ENCRYPTED = 0x1
_MOST_TIMES = 100
_FEW_BYTES = 64 * 1024**2
"""A file may unpack to so many times its size, and to this whatever its size: weights that are all zero pack well."""


class NotZipError(DamageError):
    """A file that is no zip file at all."""


@dataclass(frozen=True)
class Bounds:
    """How much an archive may hold.

    Attributes:
        members: how many.
        bytes: of all of them, unpacked.
        directory_bytes: of its list of contents; in memory each entry takes ten times its bytes.
    """

    members: int
    bytes: int
    directory_bytes: int = 1024**2


class Archive:
    """An open zip file whose list of contents is as it should be; `open_archive` makes it.

    Attributes:
        path: the file.
        names: of its members, in order; folders are left out.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path, size: int, bounds: Bounds) -> None:
        """See `open_archive`; the file has `size` bytes."""
        self.path = path
        members = [member for member in archive.infolist() if not _is_folder(member)]
        _check_bounds(members, size, bounds, path)
        for member in members:
            _check_member(member)
        self._members = {member.filename: member for member in members}
        if len(self._members) < len(members):
            names = [member.filename for member in members]
            twice = next(name for index, name in enumerate(names) if name in names[:index])
            raise DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” stands in it twice"), name=twice)
        self.names = tuple(self._members)
        self._archive = archive

    def size(self, name: str) -> int:
        """Bytes of a member, unpacked, as the list of contents has it.

        Raises:
            KeyError: there is no such member.
        """
        return self._members[name].file_size

    def read(self, name: str, most_bytes: int) -> bytearray:
        """A member as a whole, with the checksum that the archive has for it.

        Raises:
            DamageError: it is damaged.
            FileError: it has more than `most_bytes`, or does not fit into memory.
            KeyError: there is no such member.
        """
        member = self._members[name]
        check_size(name, member.file_size, most_bytes, self.path)
        try:
            with self._archive.open(member) as stream:
                return read_exactly(stream, member.file_size)
        except DAMAGE as error:
            raise DamageError(
                QT_TRANSLATE_NOOP("errors", "“{name}” is damaged: {reason}"), name=name, reason=reason_of(error)
            ) from error


@contextlib.contextmanager
def open_archive(path: Path, bounds: Bounds) -> Iterator[Archive]:
    """Open a zip file that holds what it may hold, by its list of contents.

    Raises:
        DamageError: it is no zip file (`NotZipError`), or holds what it may not.
        FileError: it is no ordinary file, or holds too much.
        OSError: it cannot be opened.
    """
    with open_regular(path) as file, listed(file, bounds.directory_bytes) as archive:
        file.seek(0, io.SEEK_END)
        yield Archive(archive, path, file.tell(), bounds)


@contextlib.contextmanager
def listed(file: IO[bytes], directory_bytes: int) -> Iterator[zipfile.ZipFile]:
    """An open file as zipfile's, unless its list of contents has more than so many bytes.

    Raises:
        NotZipError: it is no zip file.
    """
    source = _Source(file, directory_bytes)
    try:
        archive = zipfile.ZipFile(cast(IO[bytes], source))
    except (*DAMAGE, MemoryError) as error:
        raise NotZipError(QT_TRANSLATE_NOOP("errors", "it is no zip file, or its end is missing")) from error
    source.is_listed = True
    with archive:
        yield archive


def check_packing(member: zipfile.ZipInfo) -> None:
    """See that a member can be unpacked, piece by piece.

    Raises:
        DamageError: it cannot.
    """
    if member.flag_bits & _ENCRYPTED:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it is encrypted"))
    if member.compress_type not in PACKINGS:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it is packed in a way that NumPy does not use"))


def reason_of(error: BaseException) -> object:
    """What to say of it: the lab's own words can be translated, the libraries' stand as they are."""
    return error if isinstance(error, DamageError) else str(error) or type(error).__name__


class _Source:
    """A file as zipfile reads it; until its list of contents is known, a piece is as long as that may be.

    zipfile reads that list as one piece, as long as the file says; each entry costs ten times its bytes.
    """

    def __init__(self, file: IO[bytes], directory_bytes: int) -> None:
        self.is_listed = False
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable
        self._file = file
        self._most = directory_bytes

    def read(self, size: int = -1, /) -> bytes:
        if self.is_listed:
            return self._file.read(size)
        if size < 0:
            size = self._most + 1
        piece = self._file.read(min(size, self._most + 1))
        if len(piece) > self._most:
            raise zipfile.BadZipFile("a list of contents that is too long")
        return piece


def _is_folder(member: zipfile.ZipInfo) -> bool:
    """Whether it is an entry without bytes that some programs write for each folder."""
    return member.filename.endswith("/") and not member.file_size


def _check_bounds(members: Sequence[zipfile.ZipInfo], size: int, bounds: Bounds, path: Path) -> None:
    if len(members) > bounds.members:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "it holds {count:,} parts, and {most:,} is the most"),
            count=len(members),
            most=bounds.members,
        )
    unpacked = sum(member.file_size for member in members)
    if unpacked > max(_FEW_BYTES, _MOST_TIMES * size):
        raise DamageError(
            QT_TRANSLATE_NOOP(
                "errors", "it would unpack to {size:,.1f} GB, more than {times} times its own size: nothing here does"
            ),
            size=unpacked / 1e9,
            times=_MOST_TIMES,
        )
    if unpacked > bounds.bytes:
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "it would unpack to {size:,.1f} GB, and {most:,.1f} GB is the most"),
            size=unpacked / 1e9,
            most=bounds.bytes / 1e9,
        )


def _check_member(member: zipfile.ZipInfo) -> None:
    name, written = member.filename, member.orig_filename
    parts = written.split("/")
    if any(part in ("", ".", "..") for part in parts) or any(letter in written for letter in "\\:\0"):
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "the name “{name}” could lead out of it"), name=written.replace("\0", "␀")
        )
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” is a link, or no ordinary file"), name=name)
    try:
        check_packing(member)
    except DamageError as error:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "“{name}”: {reason}"), name=name, reason=error) from error
