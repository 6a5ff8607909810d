"""The four arrays of a set from a Keras-style .npz file."""

from pathlib import Path

from mnist_lab.data.checks import ARRAYS, MOST_BYTES
from mnist_lab.data.digits import DataError
from mnist_lab.files.errors import FileError
from mnist_lab.files.npz import NpzFile, RawArray, open_npz
from mnist_lab.words import QT_TRANSLATE_NOOP


def read_npz(path: Path) -> dict[str, RawArray]:
    """The four arrays of `checks.ARRAYS` as `path` holds them; `checks.make_digits` judges what is in them.

    Raises:
        DataError: the file is damaged, holds no such arrays, Python objects, or more than `checks.MOST_BYTES`.
        OSError: the file itself cannot be opened.
        MemoryError: they do not fit into memory.
    """
    try:
        with open_npz(path, MOST_BYTES) as file:
            _check_complete(file)
            file.check_size(ARRAYS)
            return {name: file.read(name) for name in ARRAYS}
    except FileError as error:
        raise DataError(error.template, **error.values) from error


def _check_complete(file: NpzFile) -> None:
    for name in ARRAYS:
        if name not in file:
            raise DataError(
                QT_TRANSLATE_NOOP(
                    "errors", "“{path}” holds no array “{name}”: a set has x_train, y_train, x_test and y_test."
                ),
                path=file.path,
                name=name,
            )
