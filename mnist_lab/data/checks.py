"""From four arrays as a file holds them to checked `Digits`, or to one sentence that says what is wrong."""

from collections.abc import Mapping
from dataclasses import dataclass
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


@dataclass(frozen=True)
class _Wanted:
    """Which whole numbers from 0 an array may hold.

    Attributes:
        largest: of them.
        template: says what is wrong with a `value` in the array `name` of the file `path`.
    """

    largest: int
    template: str

    def refusal(self, value: object, name: str, path: Path) -> DataError:
        """The sentence for a value that is none of them."""
        return DataError(self.template, name=name, path=path, value=value)


_PIXELS = _Wanted(
    255,
    QT_TRANSLATE_NOOP(
        "errors",
        "“{name}” in “{path}” holds the value {value}: its values must be whole numbers from 0 to 255, "
        "not yet divided by 255.",
    ),
)
_LABELS = _Wanted(
    9,
    QT_TRANSLATE_NOOP(
        "errors", "“{name}” in “{path}” holds the label {value}: labels must be digits, whole numbers from 0 to 9."
    ),
)


def make_digits(arrays: Mapping[str, RawArray], kind: Kind, path: Path, origin: str) -> Digits:
    """Check the four arrays and put them together.

    Pixels of 0 and 1 alone become 0 and 255: left as they are, they would be as good as blank.

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
    largest = {"x_train": int(train_images.max()), "x_test": int(test_images.max())}
    if 1 not in largest.values():
        return Digits(train_images, train_labels, test_images, test_labels, kind, origin)
    if max(largest.values()) > 1:
        raise _mixed(largest, path)
    scale = np.uint8(255)
    return Digits(train_images * scale, train_labels, test_images * scale, test_labels, kind, origin, was_binary=True)


def _mixed(largest: Mapping[str, int], path: Path) -> DataError:
    binary = min(largest, key=largest.__getitem__)
    full = max(largest, key=largest.__getitem__)
    return DataError(
        QT_TRANSLATE_NOOP(
            "errors",
            "“{path}” has no pixel above 1 in “{binary}”, but pixels up to {largest} in “{full}”: both must have the "
            "same black, 1 or 255.",
        ),
        path=path,
        binary=binary,
        largest=largest[full],
        full=full,
    )


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
    return _as_bytes(array, name, path, _PIXELS).reshape(-1, 28, 28)


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
    return _as_bytes(array, name, path, _LABELS)


def _check_not_empty(array: RawArray, name: str, path: Path) -> None:
    if len(array) == 0:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{name}” in “{path}” is empty: training and test set need at least one image each."
            ),
            name=name,
            path=path,
        )


def _as_bytes(array: RawArray, name: str, path: Path, wanted: _Wanted) -> NDArray[np.uint8]:
    """The same numbers as contiguous uint8, if they are what is wanted."""
    if array.dtype == np.uint8:
        result = np.ascontiguousarray(array, dtype=np.uint8)
        if int(result.max()) > wanted.largest:
            raise wanted.refusal(result.max(), name, path)
        return result
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
        with np.errstate(invalid="ignore"):
            odd = ~((rows >= 0) & (rows <= wanted.largest) & (rows == np.floor(rows)))  # so that NaN is odd, too
        if odd.any():
            raise wanted.refusal(rows[odd][0], name, path)
        result[start : start + _ROWS_AT_ONCE] = rows
    return result
