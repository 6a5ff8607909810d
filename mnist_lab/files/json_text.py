"""JSON from files that nobody vouches for, and JSON as every program reads it."""

import json
import math
from collections.abc import Sequence
from typing import Any

from pydantic import JsonValue

from mnist_lab.files.errors import DamageError
from mnist_lab.words import QT_TRANSLATE_NOOP


def parse_json(content: bytes | bytearray) -> JsonValue:
    """What JSON says, as the standard has it: no NaN, no name twice in one object, only text that is text.

    Raises:
        DamageError: it is no such JSON.
    """
    try:
        value: JsonValue = json.loads(content.decode(), parse_constant=_refuse, object_pairs_hook=_object)
        json.dumps(value, ensure_ascii=False).encode()  # an escape may have written half a character
    except RecursionError as error:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "brackets stand within brackets without end")) from error
    except UnicodeError as error:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it is no UTF-8 text")) from error
    except ValueError as error:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it is no JSON ({reason})"), reason=error) from error
    return value


def json_bytes(value: JsonValue) -> bytes:
    """`value` as text for people and programs alike; the same for the same value."""
    return (json.dumps(_plain(value), ensure_ascii=False, allow_nan=False, indent=1) + "\n").encode()


def _plain(value: Any) -> Any:
    """The same without numbers that JSON has no word for: “NaN” and “Infinity” as texts."""
    match value:
        case float() if not math.isfinite(value):
            return "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        case dict():
            return {name: _plain(one) for name, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
    return value


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no number")


def _object(pairs: Sequence[tuple[str, JsonValue]]) -> dict[str, JsonValue]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        raise ValueError(f"{next(name for name in names if names.count(name) > 1)!r} stands twice in one object")
    return found
