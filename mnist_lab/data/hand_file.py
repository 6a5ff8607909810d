"""Digits that a person wrote, in a file: JSON, a list of `{"label": 0-9, "strokes": [[[x, y], …], …]}`.

y points down, the unit may be any, other keys are ignored. The file is nobody's word: it is read within bounds, and
what is wrong with it is told in one sentence that says where.
"""

import math
from pathlib import Path
from typing import Any

import numpy as np
from pydantic_core import from_json

from mnist_lab.data.digits import DataError
from mnist_lab.data.hand_digit import HandDigit, Stroke, written
from mnist_lab.data.own_digits import MOST_DIGITS, MOST_POINTS
from mnist_lab.data.own_digits_json import MOST_BYTES, MOST_VALUES
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import FileError
from mnist_lab.words import QT_TRANSLATE_NOOP


def read_hand(path: Path) -> tuple[HandDigit, ...]:
    """The digits of a file, prepared exactly as drawings on the pad are; one at least.

    Raises:
        DataError: one sentence on what is wrong with the file, and what would be right.
    """
    try:
        content = _content(path)
    except FileError as error:
        raise DataError(error.template, **error.values) from error
    except (OSError, ValueError) as error:  # a name that no file can have is a ValueError
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{path}” cannot be read ({reason}): name a JSON file of digits as strokes."),
            path=path,
            reason=getattr(error, "strerror", None) or error,
        ) from error
    try:
        listed = from_json(content, allow_inf_nan=False)
    except (ValueError, RecursionError) as error:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "“{path}” is no JSON ({reason}): it must be a list of digits, each with “label” and “strokes”.",
            ),
            path=path,
            reason=error,
        ) from error
    if not isinstance(listed, list) or not listed:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” holds no digits: it must be a list of digits, each with “label” and “strokes”."
            ),
            path=path,
        )
    if len(listed) > MOST_DIGITS:
        raise DataError(
            QT_TRANSLATE_NOOP("errors", "“{path}” has {count:,} digits, {most:,} is the most: leave some out."),
            path=path,
            count=len(listed),
            most=MOST_DIGITS,
        )
    return tuple(_digit(path, number, told) for number, told in enumerate(listed, start=1))


def _content(path: Path) -> bytes:
    """All of the file, unless that is too much."""
    with open_regular(path) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES or sum(map(content.count, b"[{,")) > MOST_VALUES:
        raise FileError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” is too large for digits as strokes: {most:,.0f} MB is the most; leave some out."
            ),
            path=path,
            most=MOST_BYTES / 1e6,
        )
    return content


def _digit(path: Path, number: int, told: Any) -> HandDigit:
    """The digit that the file tells of as its `number`th, from 1."""
    if not isinstance(told, dict):
        raise _wrong(path, number, QT_TRANSLATE_NOOP("errors", "must be an object with “label” and “strokes”"))
    label = told.get("label")
    if isinstance(label, bool) or not isinstance(label, int) or not 0 <= label <= 9:
        raise _wrong(path, number, QT_TRANSLATE_NOOP("errors", "needs a “label”, a whole number from 0 to 9"))
    strokes = told.get("strokes")
    if not isinstance(strokes, list) or not all(isinstance(stroke, list) for stroke in strokes):
        raise _wrong(path, number, QT_TRANSLATE_NOOP("errors", "needs “strokes”, a list of lists of points [x, y]"))
    if sum(map(len, strokes)) > MOST_POINTS:
        raise _wrong(path, number, QT_TRANSLATE_NOOP("errors", "may have {most:,} points at most"), most=MOST_POINTS)
    digit = written(label, [_stroke(path, number, stroke) for stroke in strokes])
    if digit is None:
        raise _wrong(path, number, QT_TRANSLATE_NOOP("errors", "has no points: nothing is drawn"))
    return digit


def _stroke(path: Path, number: int, points: list[Any]) -> Stroke:
    """(k, 2) float64."""
    if not all(isinstance(point, list) and len(point) == 2 and all(map(_is_number, point)) for point in points):
        raise _wrong(
            path, number, QT_TRANSLATE_NOOP("errors", "has a point that is none: each is [x, y], two finite numbers")
        )
    return np.array(points, np.float64).reshape(-1, 2)


def _is_number(value: Any) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return abs(value) <= _LARGEST if isinstance(value, int) else math.isfinite(value)


_LARGEST = 2**1000
"""Of a whole number: larger ones may be none of float64's."""


def _wrong(path: Path, number: int, problem: str, **values: object) -> DataError:
    return DataError(
        QT_TRANSLATE_NOOP("errors", "“{path}”: digit {number:,} of it {problem}."),
        path=path,
        number=number,
        problem=DataError(problem, **values),
    )
