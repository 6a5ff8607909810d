"""Reading files that nobody vouches for without taking more memory than they are worth."""

from pathlib import Path
from typing import Protocol

from mnist_lab.data.digits import DataError
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_BYTES = 2 * 1024**3
"""How large one set may be, unpacked, as its file holds it: MNIST in float64 is a fifth of that."""

_PIECE = 16 * 1024**2


class Readable(Protocol):
    """An open file, packed or not."""

    def read(self, size: int, /) -> bytes:
        """Up to `size` bytes; none at the end."""
        ...


def check_size(name: str, size: int, path: Path) -> None:
    """Refuse `size` bytes beyond `MOST_BYTES` before any memory is taken for them.

    Raises:
        DataError: it is too much.
    """
    if size > MOST_BYTES:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{name}” in “{path}” claims to hold {size:,.1f} GB: a set may have {most:,.1f} GB at most.",
            ),
            name=name,
            path=path,
            size=size / 1e9,
            most=MOST_BYTES / 1e9,
        )


def read_exactly(stream: Readable, size: int) -> bytearray:
    """Read `size` bytes up to the end of `stream`, piece by piece.

    So memory grows with what is there, not with what a header claims; and a compressed stream, read to its end,
    compares its checksum.

    Raises:
        EOFError: there is less.
        ValueError: there is more; at most one byte of that is read.
    """
    data = bytearray()
    while piece := stream.read(min(_PIECE, size + 1 - len(data))):
        data += piece
    if len(data) < size:
        raise EOFError(f"{len(data):,} bytes instead of {size:,}")
    if len(data) > size:
        raise ValueError(f"more than the {size:,} bytes that its header speaks of")
    return data
