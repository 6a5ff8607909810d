"""A program written to a file, as Python or as a notebook, with what it reads beside it."""

from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mnist_lab.files.atomic import DOCUMENT, write_atomically
from mnist_lab.mirror.errors import MirrorError
from mnist_lab.mirror.lines import Program
from mnist_lab.mirror.notebook import notebook
from mnist_lab.words import QT_TRANSLATE_NOOP

ENDINGS = (".py", ".ipynb")
"""A program and a notebook."""

Files = Mapping[Path, Mapping[str, NDArray[Any]]]
"""What a program reads: for each path arrays by their names, in the order in which they are to stand there."""


def save_program(path: Path, made: Program, files: Files, translated: Callable[[str], str] = str) -> None:
    """Write a program and its files; the last is the program, so that it is never there without them.

    Args:
        path: where to; its ending says what is written.
        made: the program.
        files: what it reads.
        translated: see `notebook`.

    Raises:
        MirrorError: the path has another ending.
        OSError: it cannot be written.
    """
    check_ending(path)
    text = notebook(made, translated) if path.suffix.lower() == ".ipynb" else made.text
    write_files(files)
    write_atomically(path, text.encode(), mode=DOCUMENT)


def check_ending(path: Path) -> None:
    """See that a program can be written there.

    Raises:
        MirrorError: it has another ending.
    """
    if path.suffix.lower() not in ENDINGS:
        raise MirrorError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” does not say what is to be written: let its name end in .py or .ipynb."
            ),
            path=path,
        )


def write_files(files: Files) -> None:
    """Write what a program reads.

    Raises:
        OSError: it cannot be written.
    """
    for path, arrays in files.items():
        write_atomically(path, npz(arrays), mode=DOCUMENT)


def npz(arrays: Mapping[str, NDArray[Any]]) -> bytes:
    """Arrays as the bytes of an .npz file; the same arrays give the same bytes."""
    content = BytesIO()
    np.savez_compressed(content, allow_pickle=False, **arrays)
    return content.getvalue()
