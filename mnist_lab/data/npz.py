"""Reading Keras-style .npz files that nobody vouches for: sizes are judged by the headers, nothing is unpickled."""

import lzma
import math
import tokenize
import zipfile
import zlib
from pathlib import Path
from typing import IO

import numpy as np
from numpy.lib import format as npy

from mnist_lab.data.bounded import check_size, read_exactly
from mnist_lab.data.checks import ARRAYS, RawArray
from mnist_lab.data.digits import DataError
from mnist_lab.words import QT_TRANSLATE_NOOP

# What zipfile, its decompressors and NumPy's header parser raise on bytes that somebody mangled.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    tokenize.TokenError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    RuntimeError,  # an encrypted member; NotImplementedError: an unknown compression
    EOFError,
    OSError,
)


def read_npz(path: Path) -> dict[str, RawArray]:
    """The four arrays of `checks.ARRAYS` as `path` holds them.

    Raises:
        DataError: the file is damaged, holds no such arrays, Python objects, or more than `bounded.MOST_BYTES`.
        OSError: the file itself cannot be opened.
        MemoryError: they do not fit into memory.
    """
    with path.open("rb") as file:
        try:
            archive = zipfile.ZipFile(file)
        except _DAMAGE as error:
            raise DataError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "“{path}” is no .npz file, or its end is missing: get it again, or save it with numpy.savez.",
                ),
                path=path,
            ) from error
        with archive:
            members = {name: _member(archive, name, path) for name in ARRAYS}
            check_size(", ".join(ARRAYS), sum(member.file_size for member in members.values()), path)
            return {name: _read_member(archive, member, name, path) for name, member in members.items()}


def _member(archive: zipfile.ZipFile, name: str, path: Path) -> zipfile.ZipInfo:
    for filename in (f"{name}.npy", name):  # as `numpy.load` looks them up
        if filename in archive.namelist():
            return archive.getinfo(filename)
    raise DataError(
        QT_TRANSLATE_NOOP("errors", "“{path}” holds no array “{name}”: a set has x_train, y_train, x_test and y_test."),
        path=path,
        name=name,
    )


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, path: Path) -> RawArray:
    try:
        with archive.open(member) as stream:
            shape, fortran_order, dtype = _read_header(stream)
            if dtype.hasobject:
                raise _objects_refused(name, path)
            size = math.prod(shape) * dtype.itemsize
            check_size(name, size, path)
            data = read_exactly(stream, size)
        return np.ndarray(shape, dtype, buffer=data, order="F" if fortran_order else "C")
    except _DAMAGE as error:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{name}” in “{path}” is damaged ({reason}): get the file again."),
            name=name,
            path=path,
            reason=str(error) or type(error).__name__,
        ) from error


def _read_header(stream: IO[bytes]) -> tuple[tuple[int, ...], bool, np.dtype[np.generic]]:
    version = npy.read_magic(stream)
    if version == (1, 0):
        shape, fortran_order, dtype = npy.read_array_header_1_0(stream)
    elif version == (2, 0):
        shape, fortran_order, dtype = npy.read_array_header_2_0(stream)
    else:
        # 3.0 exists for field names beyond Latin-1 only, and a set of images has no fields.
        raise ValueError(f"version {version[0]}.{version[1]} of the npy format")
    if any(length < 0 for length in shape):
        raise ValueError(f"shape {shape}")
    return shape, fortran_order, dtype


def _objects_refused(name: str, path: Path) -> DataError:
    return DataError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{name}” in “{path}” holds Python objects, which could run a program when read: "
            "save it as an array of whole numbers (uint8).",
        ),
        name=name,
        path=path,
    )
