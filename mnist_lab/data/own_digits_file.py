"""The file of a person's own digits: JSON with a version, replaced as a whole; what cannot be read is set aside.

So nothing that was once saved is ever overwritten by something that did not know it.
"""

import base64
import json
import os
from pathlib import Path
from typing import Annotated, Literal
from weakref import WeakKeyDictionary

import numpy as np
from pydantic import Base64Bytes, BaseModel, ConfigDict, Field, ValidationError, model_validator

from mnist_lab.data.digits import DataError
from mnist_lab.data.own_digits import LONGEST_IDENTIFIER, MOST_DIGITS, MOST_POINTS, OwnDigit, OwnDigits
from mnist_lab.data.places import lab_home
from mnist_lab.files.atomic import remove_left_overs, rename_aside, write_atomically
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import DamageError, FileError
from mnist_lab.words import QT_TRANSLATE_NOOP

MOST_BYTES = 64 * 1024**2
"""How large the file may be: ten thousand digits with their strokes take two thirds of it."""

MOST_VALUES = 6_000_000
"""Lists, objects and commas in it: as many as the strokes of so large a file have. Each costs fifty times its byte."""

_SIDE = 28
_VERSION: Literal[1] = 1


def usual_path() -> Path:
    """Where the lab keeps the own digits."""
    return lab_home() / "own_digits.json"


def read(path: Path) -> OwnDigits:
    """The digits that `write` put into `path`; none if there is no such file.

    A file that is damaged, too large, or of a newer lab is set aside: renamed, so that the next `write` keeps it.

    Raises:
        DataError: one sentence on why it cannot be read and where it is now.
    """
    remove_left_overs(path.parent)
    try:
        return _parse(_content(path))
    except FileNotFoundError:
        return OwnDigits()
    except FileError as error:
        raise DataError(error.template, **error.values) from error
    except _UnusableError as error:
        raise _set_aside(path, error) from error
    except OSError as error:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "Your own digits in “{path}” cannot be read ({reason}): allow it, and start the lab again."
            ),
            path=path,
            reason=error.strerror or error,
        ) from error


Stamp = tuple[int, ...]
"""What tells one state of a file from another, without reading it."""


def stamp(path: Path) -> Stamp | None:
    """The file's stamp; None where there is none, or nothing can be said of it."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_dev, status.st_ino, status.st_mtime_ns, status.st_size


def write(path: Path, own: OwnDigits, known: Stamp | None = None) -> None:
    """Replace the file in one go: whatever happens, either the old or the new digits are there.

    Where the file that is there cannot be read, it is set aside first, as `read` does. With the stamp `known` of a
    file that could be read it is not read again.

    Raises:
        DataError: one sentence on why they are not saved.
    """
    content = _serialised(own)
    if len(content) > MOST_BYTES:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors",
                "Your own digits take {size:,.0f} MB, {most:,.0f} MB is the most: remove some to save the others.",
            ),
            size=len(content) / 1e6,
            most=MOST_BYTES / 1e6,
        )
    try:
        if known is None or known != stamp(path):
            _keep_unusable(path)
        write_atomically(path, content)
    except OSError as error:
        raise DataError(
            QT_TRANSLATE_NOOP(
                "errors", "Your own digits cannot be saved in “{path}” ({reason}): free some room there, or allow it."
            ),
            path=path,
            reason=error.strerror or error,
        ) from error


class _UnusableError(Exception):
    """A file that holds no digits this lab can read: a template with the place `{kept}`, and what else stands in it."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template)
        self.template = template
        self.values = values


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


_SERIALISED: WeakKeyDictionary[OwnDigit, bytes] = WeakKeyDictionary()
"""Each digit as the file holds it: a digit never changes, and all of them are written whenever one is kept."""


def _serialised(own: OwnDigits) -> bytes:
    header = _json({"format": "mnist-lab own digits", "version": _VERSION})
    records = b",".join(_serialised_digit(digit) for digit in own)
    return b"%b,%b[%b]}" % (header[:-1], b'"digits":', records)


def _serialised_digit(digit: OwnDigit) -> bytes:
    record = _SERIALISED.get(digit)
    if record is None:
        record = _json(
            {
                "identifier": digit.identifier,
                "label": int(digit.label),
                "image": base64.b64encode(digit.image.tobytes()).decode(),
                "strokes": None if digit.strokes is None else [stroke.tolist() for stroke in digit.strokes],
            }
        )
        _SERIALISED[digit] = record
    return record


def _json(values: dict[str, object]) -> bytes:
    return json.dumps(values, allow_nan=False, separators=(",", ":")).encode()


def _content(path: Path) -> bytes:
    with open_regular(path) as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise _UnusableError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The file of your own digits is larger than {most:,.0f} MB, which no collection is: it is kept as "
                "“{kept}”, and the collection begins anew; put a copy in its place if you have one.",
            ),
            most=MOST_BYTES / 1e6,
        )
    if sum(map(content.count, b"[{,")) > MOST_VALUES:
        raise _damaged(DamageError(QT_TRANSLATE_NOOP("errors", "it lists more than digits and strokes have")))
    return content


def _damaged(reason: object) -> _UnusableError:
    return _UnusableError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The file of your own digits is damaged ({reason}): it is kept as “{kept}”, and the collection begins "
            "anew; put a copy in its place if you have one.",
        ),
        reason=reason,
    )


def _parse(content: bytes) -> OwnDigits:
    try:
        header = _Header.model_validate_json(content)
        if header.version > _VERSION:
            raise _UnusableError(
                QT_TRANSLATE_NOOP(
                    "errors",
                    "The file of your own digits is of a newer MNIST Lab (its version is {version}, this lab reads "
                    "{known}): it is kept as “{kept}”, and the collection begins anew; use the newer lab to open it.",
                ),
                version=header.version,
                known=_VERSION,
            )
        records = _File.model_validate_json(content).digits
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        reason = ": ".join([".".join(map(str, first["loc"])), first["msg"]]) if first["loc"] else first["msg"]
        raise _damaged(reason) from error
    return OwnDigits(tuple(_digit(record) for record in records))


def _digit(record: _DigitRecord) -> OwnDigit:
    image = np.frombuffer(record.image, np.uint8).reshape(_SIDE, _SIDE)
    strokes = record.strokes
    if strokes is not None:
        arrays = tuple(np.array(stroke, np.float64).reshape(-1, 2) for stroke in strokes)
        return OwnDigit(image, record.label, arrays, record.identifier)
    return OwnDigit(image, record.label, None, record.identifier)


def _keep_unusable(path: Path) -> None:
    """Set the file aside unless it holds digits that were read, or could be."""
    try:
        _parse(_content(path))
    except FileNotFoundError:
        return
    except (_UnusableError, FileError, OSError):
        rename_aside(path)


def _set_aside(path: Path, error: _UnusableError) -> DataError:
    try:
        kept = rename_aside(path)
    except OSError:
        kept = path  # in a folder where nothing can be renamed, nothing can be overwritten either
    return DataError(error.template, **error.values, kept=kept)
