"""Reading a folder of MNIST's own IDX files, gzipped or not, whatever they are called; sizes are judged by the headers.

An IDX file is two zero bytes, a code for the type, the number of dimensions, each dimension as a big-endian
32-bit integer, and then the numbers, row by row.
"""

import gzip
import math
import struct
import zlib
from pathlib import Path
from typing import BinaryIO

import numpy as np

from mnist_lab.data.checks import MOST_BYTES
from mnist_lab.data.digits import DataError
from mnist_lab.files.bounded import Readable, check_size, open_regular, read_exactly
from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.files.npz import RawArray
from mnist_lab.words import QT_TRANSLATE_NOOP

_STEMS = {
    "x_train": ("train-images", "idx3-ubyte"),
    "y_train": ("train-labels", "idx1-ubyte"),
    "x_test": ("t10k-images", "idx3-ubyte"),
    "y_test": ("t10k-labels", "idx1-ubyte"),
}

_TYPES = {0x08: "u1", 0x09: "i1", 0x0B: ">i2", 0x0C: ">i4", 0x0D: ">f4", 0x0E: ">f8"}

_MOST_DIMENSIONS = 4

_GZIP = b"\x1f\x8b"


def is_idx_name(name: str) -> bool:
    """Whether a file is called as one of MNIST's four IDX files are."""
    return any(name in _names(array) for array in _STEMS)


def read_idx_folder(folder: Path) -> dict[str, RawArray]:
    """The four arrays of `checks.ARRAYS` from the four files in `folder`.

    Raises:
        DataError: files are missing or damaged, or claim more than `checks.MOST_BYTES`.
        OSError: the folder or a file in it cannot be opened.
        MemoryError: they do not fit into memory.
    """
    return {array: read_idx(file) for array, file in idx_files(folder).items()}


def idx_files(folder: Path) -> dict[str, Path]:
    """The file of each array of `checks.ARRAYS` in `folder`.

    Raises:
        DataError: one is missing.
        OSError: the folder cannot be opened.
    """
    present = {entry.name for entry in folder.iterdir()}
    return {array: _find(folder, present, array) for array in _STEMS}


def is_packed(path: Path) -> bool:
    """Whether a file is gzipped, whatever its name says: browsers unpack some, and leave them their names.

    Raises:
        OSError: it cannot be opened.
    """
    with open_regular(path) as file:
        return file.read(len(_GZIP)) == _GZIP


def header_bytes(dimensions: int) -> int:
    """How long the header of an array of so many dimensions is."""
    return 4 + 4 * dimensions


def read_idx(path: Path) -> RawArray:
    """The array in one IDX file.

    Raises:
        DataError: the file is damaged or claims more than `checks.MOST_BYTES`.
        OSError: it cannot be opened.
    """
    try:
        with open_regular(path) as file:
            return _read_file(file, path)
    except FileError as error:
        raise DataError(error.template, **error.values) from error


def _read_file(file: BinaryIO, path: Path) -> RawArray:
    try:
        begins_packed = file.read(len(_GZIP)) == _GZIP
        file.seek(0)
        if begins_packed:
            with gzip.open(file) as stream:
                return _read_array(stream, path)
        return _read_array(file, path)
    except (DamageError, ValueError, EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{path}” is damaged ({reason}): get the file again."),
            path=path,
            reason=error if isinstance(error, DamageError) else str(error) or type(error).__name__,
        ) from error


def _names(array: str) -> list[str]:
    stem, ending = _STEMS[array]
    return [
        f"{stem}{joint}{ending}{packed}"
        for packed in ("", ".gz")
        for joint in ("-", ".")  # both spellings are about
    ]


def _find(folder: Path, present: set[str], array: str) -> Path:
    names = _names(array)
    for name in names:
        # A folder may bear the name too: some archives unpack each file into a folder called like it.
        if name in present and (folder / name).is_file():
            return folder / name
    if any(name in present for name in names):
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{name}” in “{folder}” is no file: put MNIST's four IDX files there themselves."
            ),
            name=next(name for name in names if name in present),
            folder=folder,
        )
    raise DataError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{folder}” has no file “{name}”: choose a folder with MNIST's four IDX files, gzipped (.gz) or not.",
        ),
        folder=folder,
        name=names[0],
    )


def _read_array(stream: Readable, path: Path) -> RawArray:
    zeros, code, dimensions = struct.unpack(">HBB", _take(stream, 4))
    if zeros != 0 or code not in _TYPES or not 1 <= dimensions <= _MOST_DIMENSIONS:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” is no IDX file: it begins with {magic}, where the images of MNIST begin with 00000803 "
                "and its labels with 00000801.",
            ),
            path=path,
            magic=struct.pack(">HBB", zeros, code, dimensions).hex(),
        )
    shape = struct.unpack(f">{dimensions}I", _take(stream, 4 * dimensions))
    dtype = np.dtype(_TYPES[code])
    size = math.prod(shape) * dtype.itemsize
    check_size(path.name, size, MOST_BYTES, path.parent)
    return np.ndarray(shape, dtype, buffer=read_exactly(stream, size))


def _take(stream: Readable, size: int) -> bytes:
    taken = stream.read(size)
    if len(taken) != size:
        raise EOFError(f"{len(taken)} bytes of a header instead of {size}")
    return taken
