"""A person's own digits as a part of a .lab file: arrays that NumPy reads."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_lab.data.own_digits import LONGEST_IDENTIFIER, MOST_DIGITS, MOST_POINTS, OwnDigit, OwnDigits, Stroke
from mnist_lab.files.errors import DamageError
from mnist_lab.files.npz import ArrayHeader, NpzFile
from mnist_lab.lab_file.packing import npz_bytes
from mnist_lab.words import QT_TRANSLATE_NOOP

_SIDE = 28
_LONGEST = 4 * LONGEST_IDENTIFIER
_MOST_STROKES = 1_000_000
_NAMES = frozenset({"identifiers", "labels", "images", "strokes", "points", "xy"})
_NO_STROKES = -1
"""The number of strokes of a digit that came as a picture."""


def packed_own(own: OwnDigits) -> bytes:
    """The part's bytes: identifiers, labels and images of n digits, and their strokes one after the other.

    Arrays: `identifiers` (n,) UTF-8 bytes; `labels` (n,) uint8; `images` (n, 28, 28) uint8; `strokes` (n,) int32, how
    many each has; `points` (s,) int32, how many each stroke has; `xy` (p, 2) float64.
    """
    strokes = [stroke for digit in own for stroke in digit.strokes or ()]
    return npz_bytes(
        {
            "identifiers": np.array([digit.identifier.encode() for digit in own], f"S{_LONGEST}"),
            "labels": own.labels,
            "images": own.images,
            "strokes": np.array([_NO_STROKES if d.strokes is None else len(d.strokes) for d in own], np.int32),
            "points": np.array([len(stroke) for stroke in strokes], np.int32),
            "xy": np.concatenate([np.zeros((0, 2)), *strokes]),
        }
    )


def unpacked_own(file: NpzFile) -> OwnDigits:
    """What `packed_own` wrote.

    Raises:
        DamageError: its arrays are no such digits.
        FileError: it is damaged, or too large.
    """
    if file.names != _NAMES:
        raise _odd()
    file.check_size(sorted(_NAMES))
    headers = {name: file.header(name) for name in _NAMES}
    count = headers["labels"].shape[0] if headers["labels"].shape else -1
    if not 0 <= count <= MOST_DIGITS or not _fits(headers, count):
        raise _odd()
    try:
        return _digits({name: file.read(name) for name in _NAMES})
    except ValueError as error:  # a label above 9, an identifier that is no text or stands twice
        raise _odd() from error


def _fits(headers: Mapping[str, ArrayHeader], count: int) -> bool:
    """Whether they have the shapes and dtypes of so many digits."""
    shapes = {"labels": (count,), "images": (count, _SIDE, _SIDE), "strokes": (count,), "identifiers": (count,)}
    dtypes = {"labels": np.uint8, "images": np.uint8, "strokes": np.int32, "points": np.int32, "xy": np.float64}
    points, identifiers = headers["points"].shape, headers["identifiers"].dtype
    return (
        all(headers[name].shape == shape for name, shape in shapes.items())
        and all(headers[name].dtype == dtype for name, dtype in dtypes.items())
        and (identifiers.kind == "S" and 1 <= identifiers.itemsize <= _LONGEST)
        and (len(points) == 1 and points[0] <= _MOST_STROKES)
        and (len(headers["xy"].shape) == 2 and headers["xy"].shape[1] == 2)
    )


def _digits(arrays: Mapping[str, NDArray[np.generic]]) -> OwnDigits:
    """Raises ValueError for what is no own digit."""
    xy, points, strokes = arrays["xy"].astype(np.float64), arrays["points"].astype(int), arrays["strokes"].astype(int)
    counts = np.maximum(strokes, 0)
    if (points < 0).any() or (strokes < _NO_STROKES).any() or not np.isfinite(xy).all():
        raise ValueError("strokes")
    if points.sum() != len(xy) or counts.sum() != len(points):
        raise ValueError("numbers of strokes or points")
    every = np.split(xy, np.cumsum(points)[:-1]) if len(points) else []
    ends = np.cumsum(counts).tolist()
    return OwnDigits(
        tuple(
            OwnDigit(image.copy(), label, _strokes(every[end - max(count, 0) : end], count), identifier.decode())
            for image, label, count, end, identifier in zip(
                arrays["images"].astype(np.uint8),
                arrays["labels"].tolist(),
                strokes.tolist(),
                ends,
                arrays["identifiers"].tolist(),
                strict=True,
            )
        )
    )


def _strokes(own: Sequence[Stroke], count: int) -> tuple[Stroke, ...] | None:
    if count == _NO_STROKES:
        return None
    if sum(map(len, own)) > MOST_POINTS:
        raise ValueError("more points than a drawing has")
    return tuple(stroke.copy() for stroke in own)


def _odd() -> DamageError:
    return DamageError(QT_TRANSLATE_NOOP("errors", "its own digits make no sense"))
