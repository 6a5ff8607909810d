"""Reading .npz files that nobody vouches for: arrays are judged by their headers first, and nothing is unpickled.

NumPy's own `load` trusts the file: it unpacks whatever is there, as large as it is, and lets the errors of three
libraries through. Here whoever reads says how much a file may hold, looks at the headers, and reads the arrays that
are right; whatever is wrong with a file is a `FileError`.
"""

import contextlib
import io
import math
import tokenize
import zipfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_lab.files.archive import DAMAGE, check_packing, listed, reason_of
from mnist_lab.files.bounded import Readable, check_size, open_regular, read_exactly
from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.words import QT_TRANSLATE_NOOP

RawArray = NDArray[np.generic]

# What else NumPy's header parser raises on bytes that somebody mangled.
_DAMAGE = (
    *DAMAGE,
    tokenize.TokenError,
    SyntaxError,
    TypeError,
    ArithmeticError,
)

_MOST_DIRECTORY_BYTES = 1024**2
_MOST_HEADER_BYTES = 10_000  # NumPy's own limit, which it looks at once it has read the header


@dataclass(frozen=True)
class ArrayHeader:
    """What an array claims to be.

    Attributes:
        shape: its lengths, none below 0.
        dtype: the type of its values; no Python objects.
        is_fortran: whether the first axis runs fastest.
    """

    shape: tuple[int, ...]
    dtype: np.dtype[np.generic]
    is_fortran: bool

    @property
    def size(self) -> int:
        """Bytes of its values."""
        return math.prod(self.shape) * self.dtype.itemsize


class NpzFile:
    """An open .npz file; `open_npz` makes it.

    Attributes:
        path: the file.
        most_bytes: how much it may hold, unpacked.
    """

    def __init__(self, archive: zipfile.ZipFile, path: Path, most_bytes: int) -> None:
        self.path = path
        self.most_bytes = most_bytes
        self._archive = archive
        self._names = frozenset(archive.namelist())

    @property
    def names(self) -> frozenset[str]:
        """Of its arrays."""
        return frozenset(name.removesuffix(".npy") for name in self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names or f"{name}.npy" in self._names

    def header(self, name: str) -> ArrayHeader:
        """What the array `name` claims to be; its values are not read.

        Raises:
            FileError: it is damaged, too large, or holds Python objects.
            KeyError: there is no such array.
        """
        with self._open(name) as stream:
            return self._header(stream, name)

    def check_size(self, names: Collection[str]) -> None:
        """Refuse arrays that hold more than `most_bytes` together, by the list of contents.

        Raises:
            FileError: they do.
            KeyError: one of them is not there.
        """
        size = sum(self._member(name).file_size for name in names)
        check_size(", ".join(names), size, self.most_bytes, self.path)

    def read(self, name: str) -> RawArray:
        """The array `name`.

        Raises:
            FileError: it is damaged, too large, or holds Python objects.
            KeyError: there is no such array.
            MemoryError: it does not fit into memory.
        """
        with self._open(name) as stream:
            header = self._header(stream, name)
            data = read_exactly(stream, header.size)
            return np.ndarray(header.shape, header.dtype, buffer=data, order="F" if header.is_fortran else "C")

    def _member(self, name: str) -> zipfile.ZipInfo:
        filename = f"{name}.npy"  # as `numpy.load` looks them up
        return self._archive.getinfo(filename if filename in self._names else name)

    @contextlib.contextmanager
    def _open(self, name: str) -> Iterator[IO[bytes]]:
        member = self._member(name)
        try:
            check_packing(member)
            with self._archive.open(member) as stream:
                yield stream
        except _DAMAGE as error:
            raise FileError(
                QT_TRANSLATE_NOOP(
                    "errors", "“{name}” in “{path}” is damaged ({reason}): put a good copy of the file in its place."
                ),
                name=name,
                path=self.path,
                reason=reason_of(error),
            ) from error

    def _header(self, stream: IO[bytes], name: str) -> ArrayHeader:
        header = _read_header(stream)
        if header.dtype.hasobject:
            raise FileError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{name}” in “{path}” holds Python objects, which could run a program when read: "
                    "save it as an array of numbers.",
                ),
                name=name,
                path=self.path,
            )
        check_size(name, header.size, self.most_bytes, self.path)
        return header


@contextlib.contextmanager
def open_npz(path: Path, most_bytes: int) -> Iterator[NpzFile]:
    """Open an .npz file whose arrays hold `most_bytes` at most.

    Raises:
        FileError: it is no .npz file, or no ordinary file at all.
        OSError: it cannot be opened.
    """
    with open_regular(path) as file, npz_in(file, path, most_bytes) as npz:
        yield npz


@contextlib.contextmanager
def npz_in(file: IO[bytes], path: Path, most_bytes: int) -> Iterator[NpzFile]:
    """The same of an open file, or of bytes in memory; `path` is what sentences call it.

    Raises:
        FileError: it is no .npz file.
    """
    with contextlib.ExitStack() as stack:
        try:
            archive = stack.enter_context(listed(file, _MOST_DIRECTORY_BYTES))
        except DamageError as error:
            raise FileError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{path}” is no .npz file, or its end is missing: put a good copy in its place, or save it with "
                    "numpy.savez.",
                ),
                path=path,
            ) from error
        yield NpzFile(archive, path, most_bytes)


def _read_header(stream: Readable) -> ArrayHeader:
    start = _take(stream, npy.MAGIC_LEN)
    version = npy.read_magic(io.BytesIO(start))
    if version not in ((1, 0), (2, 0)):
        # 3.0 exists for field names beyond Latin-1 only, and neither images nor weights have fields.
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "version {major}.{minor} of the npy format"), major=version[0], minor=version[1]
        )
    length = _take(stream, 2 if version == (1, 0) else 4)
    if int.from_bytes(length, "little") > _MOST_HEADER_BYTES:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "its header is too long"))
    text = io.BytesIO(length + _take(stream, int.from_bytes(length, "little")))
    read = npy.read_array_header_1_0 if version == (1, 0) else npy.read_array_header_2_0
    try:
        shape, is_fortran, dtype = read(text)
    except MemoryError as error:  # what Python's parser says of brackets in brackets
        raise DamageError(QT_TRANSLATE_NOOP("errors", "its header cannot be read")) from error
    if any(length < 0 for length in shape):
        raise DamageError(QT_TRANSLATE_NOOP("errors", "its shape is {shape}"), shape=shape)
    return ArrayHeader(shape, dtype, is_fortran)


def _take(stream: Readable, size: int) -> bytes:
    taken = stream.read(size)
    if len(taken) < size:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "its header is cut off"))
    return taken
