"""One own digit as a row of the file: its image as 784 bytes, its strokes as two arrays, little-endian."""

import numpy as np

from mnist_lab.data.own_digits import LONGEST_IDENTIFIER, MOST_POINTS, OwnDigit, Stroke

_SIDE = 28


def row_of(digit: OwnDigit) -> tuple[object, ...]:
    """Identifier, label, image, how many points each stroke has (uint32), and all points (float64), x and y."""
    head = digit.identifier, int(digit.label), digit.image.tobytes()
    if digit.strokes is None:
        return *head, None, None
    lengths = np.array([len(stroke) for stroke in digit.strokes], "<u4")
    points = np.concatenate([np.zeros((0, 2)), *digit.strokes]).astype("<f8")
    return *head, lengths.tobytes(), points.tobytes()


def digit_of(identifier: object, label: object, image: object, lengths: object, points: object) -> OwnDigit:
    """The digit of a row, whoever wrote that.

    Raises:
        ValueError: it is none.
    """
    if not isinstance(identifier, str) or not 1 <= len(identifier) <= LONGEST_IDENTIFIER:
        raise ValueError("its identifier is none")
    if not isinstance(label, int) or not isinstance(image, bytes) or len(image) != _SIDE * _SIDE:
        raise ValueError("its label or its image is none")
    return OwnDigit(np.frombuffer(image, np.uint8).reshape(_SIDE, _SIDE), label, _strokes(lengths, points), identifier)


def _strokes(lengths: object, points: object) -> tuple[Stroke, ...] | None:
    """Raises ValueError for what are no strokes."""
    if lengths is None and points is None:
        return None
    if not isinstance(lengths, bytes) or not isinstance(points, bytes):
        raise ValueError("its strokes are none")
    ends = np.cumsum(np.frombuffer(lengths, "<u4"), dtype=np.int64)
    flat = np.frombuffer(points, "<f8").astype(np.float64).reshape(-1, 2)
    if (ends[-1] if len(ends) else 0) != len(flat) or len(flat) > MOST_POINTS or not np.isfinite(flat).all():
        raise ValueError("its strokes are none")
    return tuple(np.split(flat, ends[:-1])) if len(ends) else ()
