"""The own digits of earlier versions of the lab, a JSON file with a version: read to be taken over, never written."""

from pathlib import Path
from typing import Annotated, Literal

import numpy as np
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError, model_validator

from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits import LONGEST_IDENTIFIER, MOST_DIGITS, MOST_POINTS, OwnDigit, OwnDigits
from mnist_lab.data.own_digits_sentences import UnusableError, damaged, newer, too_large, unreadable
from mnist_lab.files.atomic import rename_aside
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_BYTES = 64 * 1024**2
"""How large the file may be: ten thousand digits with their strokes take two thirds of it."""

MOST_VALUES = 6_000_000
"""Lists, objects and commas in it: as many as the strokes of so large a file have. Each costs fifty times its byte."""

_SIDE = 28
_VERSION: Literal[1] = 1


def read(path: Path) -> OwnDigits:
    """The digits in the JSON file `path`.

    A file that is damaged, too large, or of a newer lab is set aside: renamed, so that it is not met again.

    Raises:
        FileNotFoundError: there is none.
        DataError: one sentence on why it cannot be read and where it is now.
    """
    try:
        return _parse(_content(path))
    except FileNotFoundError:
        raise
    except FileError as error:
        raise DataError(error.template, **error.values) from error
    except UnusableError as error:
        raise error.told(path, rename_aside) from error
    except OSError as error:
        raise unreadable(path, error.strerror or error) from error


_Coordinate = Annotated[float, Field(allow_inf_nan=False)]


class _DigitRecord(BaseModel):
    """One digit as the file holds it: the 784 bytes of its image in base64."""

    model_config = ConfigDict(extra="forbid")

    identifier: Annotated[str, Field(min_length=1, max_length=LONGEST_IDENTIFIER)]
    label: Annotated[int, Field(ge=0, le=9, strict=True)]
    image: Annotated[Base64Bytes, Field(min_length=_SIDE * _SIDE, max_length=_SIDE * _SIDE)]
    strokes: list[list[tuple[_Coordinate, _Coordinate]]] | None

    @model_validator(mode="after")
    def _check_points(self) -> "_DigitRecord":
        if sum(map(len, self.strokes or ())) > MOST_POINTS:
            raise ValueError(f"more than {MOST_POINTS:,} points")
        return self


class _Header(BaseModel):
    """What every version of the file begins with."""

    format: Literal["mnist-lab own digits"]
    version: Annotated[int, Field(ge=1, strict=True)]


class _File(BaseModel):
    """The whole file."""

    model_config = ConfigDict(extra="forbid")

    format: Literal["mnist-lab own digits"] = "mnist-lab own digits"
    version: Literal[1] = _VERSION
    digits: Annotated[list[_DigitRecord], Field(max_length=MOST_DIGITS)]

    @model_validator(mode="after")
    def _check_identifiers(self) -> "_File":
        if len({digit.identifier for digit in self.digits}) != len(self.digits):
            raise ValueError("two digits have the same identifier")
        return self


def _content(path: Path) -> bytes:
    with open_regular(path) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise too_large(MOST_BYTES)
    if sum(map(content.count, b"[{,")) > MOST_VALUES:
        raise damaged(DamageError(QT_TRANSLATE_NOOP("errors", "it lists more than digits and strokes have")))
    return content


def _parse(content: bytes) -> OwnDigits:
    try:
        header = _Header.model_validate_json(content)
        if header.version > _VERSION:
            raise newer(header.version, _VERSION)
        records = _File.model_validate_json(content).digits
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = ": ".join([".".join(map(str, first["loc"])), first["msg"]]) if first["loc"] else first["msg"]
        raise damaged(reason) from error
    return OwnDigits(tuple(_digit(record) for record in records))


def _digit(record: _DigitRecord) -> OwnDigit:
    image = np.frombuffer(record.image, np.uint8).reshape(_SIDE, _SIDE)
    strokes = record.strokes
    if strokes is not None:
        arrays = tuple(np.array(stroke, np.float64).reshape(-1, 2) for stroke in strokes)
        return OwnDigit(image, record.label, arrays, record.identifier)
    return OwnDigit(image, record.label, None, record.identifier)
