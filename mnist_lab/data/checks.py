"""From four arrays as a file holds them to checked `Digits`, or to one sentence that says what is wrong."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.digits import DataError, Digits, Images, Kind, Labels
from mnist_lab.files.npz import RawArray
from mnist_lab.words import QT_TRANSLATE_NOOP

ARRAYS = ("x_train", "y_train", "x_test", "y_test")
"""The four arrays of a set, by Keras's names."""

MOST_BYTES = 2 * 1024**3
"""How large one set may be, unpacked, as its file holds it: MNIST in float64 is a fifth of that."""

_ROWS_AT_ONCE = 4096


def make_digits(arrays: Mapping[str, RawArray], kind: Kind, path: Path, origin: str) -> Digits:
    """Check the four arrays and put them together.

    Args:
        arrays: each of `ARRAYS`. Images are (n, 28, 28), (n, 784) or (n, 28, 28, 1), labels (n,); uint8, or
            integers or floats that are whole numbers of uint8's range.
        kind: what to call the set.
        path: the file or folder they come from, for sentences about what is wrong.
        origin: what `Digits.origin` shall say.

    Raises:
        DataError: the arrays are no set of labelled 28×28 images.
    """
    train_images, train_labels = _labelled(arrays, "x_train", "y_train", path)
    test_images, test_labels = _labelled(arrays, "x_test", "y_test", path)
    return Digits(train_images, train_labels, test_images, test_labels, kind, origin)


def _labelled(arrays: Mapping[str, RawArray], images_name: str, labels_name: str, path: Path) -> tuple[Images, Labels]:
    images = _checked_images(arrays[images_name], images_name, path)
    labels = _checked_labels(arrays[labels_name], labels_name, path)
    if len(images) != len(labels):
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” has {images:,} images in “{images_name}” but {labels:,} labels in “{labels_name}”: "
                "each image needs one label.",
            ),
            path=path,
            images=len(images),
            images_name=images_name,
            labels=len(labels),
            labels_name=labels_name,
        )
    return images, labels


def _checked_images(array: RawArray, name: str, path: Path) -> Images:
    if array.ndim == 0 or array.shape[1:] not in {(28, 28), (784,), (28, 28, 1)}:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{name}” in “{path}” has the shape {shape}: images must have the shape (n, 28, 28), "
                "(n, 784) or (n, 28, 28, 1).",
            ),
            name=name,
            path=path,
            shape=array.shape,
        )
    _check_not_empty(array, name, path)
    return _as_bytes(array, name, path).reshape(-1, 28, 28)


def _checked_labels(array: RawArray, name: str, path: Path) -> Labels:
    if array.ndim != 1:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{name}” in “{path}” has the shape {shape}: labels must have the shape (n,), "
                "one digit for each image.",
            ),
            name=name,
            path=path,
            shape=array.shape,
        )
    _check_not_empty(array, name, path)
    labels = _as_bytes(array, name, path)
    largest = int(labels.max())
    if largest > 9:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{name}” in “{path}” holds the label {label}: labels must be digits from 0 to 9."
            ),
            name=name,
            path=path,
            label=largest,
        )
    return labels


def _check_not_empty(array: RawArray, name: str, path: Path) -> None:
    if len(array) == 0:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{name}” in “{path}” is empty: training and test set need at least one image each."
            ),
            name=name,
            path=path,
        )


def _as_bytes(array: RawArray, name: str, path: Path) -> NDArray[np.uint8]:
    """The same numbers as contiguous uint8, if they are whole numbers from 0 to 255."""
    if array.dtype == np.uint8:
        return np.ascontiguousarray(array, dtype=np.uint8)
    if array.dtype.kind not in "uif":
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{name}” in “{path}” holds values of type {type}: it must hold whole numbers (uint8)."
            ),
            name=name,
            path=path,
            type=array.dtype,
        )
    numbers: NDArray[np.number] = array  # type: ignore[assignment]  # u, i and f are numbers
    result = np.empty(array.shape, np.uint8)
    for start in range(0, len(numbers), _ROWS_AT_ONCE):  # in pieces: float64 masks of a whole set are large
        rows = numbers[start : start + _ROWS_AT_ONCE]
        _check_whole(rows, name, path)
        result[start : start + _ROWS_AT_ONCE] = rows
    return result


def _check_whole(rows: NDArray[np.number], name: str, path: Path) -> None:
    with np.errstate(invalid="ignore"):
        odd = ~((rows >= 0) & (rows <= 255) & (rows == np.floor(rows)))  # so that NaN is odd, too
    if odd.any():
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{name}” in “{path}” holds the value {value}: its values must be whole numbers from 0 to 255, "
                "not yet divided by 255.",
            ),
            name=name,
            path=path,
            value=rows[odd][0],
        )
