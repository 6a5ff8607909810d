"""The list of its parts that stands in a .lab file, and files that are none."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from pydantic import JsonValue, ValidationError

from mnist_lab.files.archive import Archive
from mnist_lab.files.bounded import open_regular
from mnist_lab.files.errors import DamageError
from mnist_lab.files.json_text import parse_json
from mnist_lab.lab_file.errors import newer
from mnist_lab.lab_file.parts import FORMAT, MANIFEST, MOST_MANIFEST_BYTES, OWN_DIGITS, VERSION, Manifest
from mnist_lab.runs.run_reader import adapter
from mnist_lab.words import QT_TRANSLATE_NOOP

_T = TypeVar("_T")


def read_manifest(archive: Archive) -> Manifest:
    """What a .lab file says of itself, if its parts are these and no others.

    Raises:
        DamageError: it is no .lab file, or has other parts.
        LabFileError: a newer lab wrote it.
    """
    if MANIFEST not in archive.names:
        raise _without_manifest(archive.names)
    told = parse_json(archive.read(MANIFEST, MOST_MANIFEST_BYTES))
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "another program made it"))
    version = told.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it does not say of which version it is"))
    if version > VERSION:
        raise newer(archive.path, told.get("lab"), version)
    manifest = valid(Manifest, told, MANIFEST)
    listed, there = {MANIFEST, *manifest.parts}, set(archive.names)
    if there - listed:
        raise additional(min(there - listed))
    if listed - there:
        raise missing(min(listed - there))
    if len(set(manifest.runs)) < len(manifest.runs) or not (manifest.runs or OWN_DIGITS in manifest.parts):
        raise DamageError(QT_TRANSLATE_NOOP("errors", "it holds no run, or one twice"))
    return manifest


def _without_manifest(names: Sequence[str]) -> DamageError:
    if "config.json" in names:
        return DamageError(QT_TRANSLATE_NOOP("errors", "it is a Keras model: let its name end in .keras"))
    if names and all(name.endswith(".npy") for name in names):
        return DamageError(QT_TRANSLATE_NOOP("errors", "it holds arrays of NumPy: let its name end in .npz"))
    return DamageError(QT_TRANSLATE_NOOP("errors", "it is a zip file of another program"))


def other_kind(path: Path) -> DamageError | None:
    """What a file is that is no zip file, where its first bytes tell."""
    with open_regular(path) as file:
        start = file.read(16)
    if start.startswith(b"SQLite format 3"):
        return DamageError(
            QT_TRANSLATE_NOOP("errors", "it is the lab's own file of a run: export the run as .lab where it is kept")
        )
    if start.startswith(b"\x89HDF"):
        return DamageError(QT_TRANSLATE_NOOP("errors", "it is an HDF5 file, which the lab does not open"))
    return None


def valid(type_: type[_T], fields: JsonValue, name: str) -> _T:
    """Fields of JSON as a dataclass; `name` is the part that they stand in.

    Raises:
        DamageError: they are none.
    """
    try:
        return adapter(type_).validate_python(fields)
    except (ValidationError, RecursionError) as error:
        first = error.errors(include_url=False)[0] if isinstance(error, ValidationError) else None
        place = "" if first is None else " › ".join(map(str, first["loc"]))
        raise DamageError(
            QT_TRANSLATE_NOOP("errors", "“{place}” in “{name}” makes no sense"), place=place, name=name
        ) from error


def missing(name: str) -> DamageError:
    """What to say of a part that is not there."""
    return DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” is missing"), name=name)


def additional(name: str) -> DamageError:
    """What to say of a part that belongs to nothing."""
    return DamageError(QT_TRANSLATE_NOOP("errors", "it holds “{name}”, which no .lab file has"), name=name)


def changed(name: str) -> DamageError:
    """What to say of a part whose bytes are others than those listed."""
    return DamageError(QT_TRANSLATE_NOOP("errors", "“{name}” is not what was written"), name=name)
