"""Archives that NumPy would not write: headers that lie, members that are packed or marked in other ways."""

import io
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np

CENTRAL = b"PK\x01\x02"
LOCAL = b"PK\x03\x04"


def npy_bytes(array: np.ndarray) -> bytes:
    stream = io.BytesIO()
    np.save(stream, array, allow_pickle=True)
    return stream.getvalue()


def npy_header(shape: tuple[int, ...], descr: str = "<f4", version: int = 1, padding: int = 0) -> bytes:
    text = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode() + b" " * padding + b"\n"
    return b"\x93NUMPY" + bytes([version, 0]) + struct.pack("<H" if version == 1 else "<I", len(text)) + text


def write_archive(path: Path, members: Mapping[str, bytes | np.ndarray], packing: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(f"{name}.npy", npy_bytes(content) if isinstance(content, np.ndarray) else content)
    return path


def data_offset(path: Path, name: str) -> int:
    """Where the packed bytes of a member begin."""
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo(f"{name}.npy").header_offset
    name_length, extra_length = struct.unpack("<HH", path.read_bytes()[start + 26 : start + 30])
    return start + 30 + int(name_length) + int(extra_length)


def break_packing(path: Path, name: str) -> Path:
    """Make the first packed byte of a member one that zlib knows no meaning of."""
    content = bytearray(path.read_bytes())
    content[data_offset(path, name)] = 0xFF
    path.write_bytes(content)
    return path


def mark_encrypted(path: Path) -> Path:
    """Say of the first member that it is encrypted, at both places."""
    content = bytearray(path.read_bytes())
    content[content.index(LOCAL) + 6] |= 1
    content[content.index(CENTRAL) + 8] |= 1
    path.write_bytes(content)
    return path
