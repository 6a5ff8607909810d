"""Zip files whose bytes follow from their contents alone: no times, no user, no packing that a library may change."""

import hashlib
import io
import zipfile
from collections.abc import Mapping
from typing import BinaryIO

import numpy as np
from numpy.lib import format as npy
from numpy.typing import NDArray

from mnist_lab.lab_file.parts import ListedPart

_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3


class Packer:
    """Writes the members of a zip file one after the other; a context manager.

    Attributes:
        parts: what was written, by its name.
    """

    def __init__(self, file: BinaryIO) -> None:
        self.parts: dict[str, ListedPart] = {}
        self._archive = zipfile.ZipFile(file, "w", zipfile.ZIP_STORED)

    def __enter__(self) -> "Packer":
        return self

    def __exit__(self, *_: object) -> None:
        self._archive.close()

    def add(self, name: str, content: bytes | memoryview) -> None:
        """Write a member."""
        self.parts[name] = ListedPart(len(content), hashlib.sha256(content).hexdigest())
        _add(self._archive, name, content)


def npz_bytes(arrays: Mapping[str, NDArray[np.generic]]) -> bytes:
    """Arrays as `numpy.load` reads them, in their order; little-endian, each as C has it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, array in arrays.items():
            content = io.BytesIO()
            npy.write_array(content, np.asarray(array, array.dtype.newbyteorder("<"), order="C"), allow_pickle=False)
            _add(archive, f"{name}.npy", content.getvalue())
    return stream.getvalue()


def _add(archive: zipfile.ZipFile, name: str, content: bytes | memoryview) -> None:
    member = zipfile.ZipInfo(name)  # of 1980, as zip cannot leave a time out
    member.external_attr, member.create_system = _ORDINARY_FILE, _UNIX
    archive.writestr(member, content)
