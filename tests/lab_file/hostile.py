"""Files that the lab would not write: a good one taken apart, changed, and put together again."""

import hashlib
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from mnist_lab.files.json_text import json_bytes
from tests.lab_file.homes import json_in

Parts = dict[str, bytes]


def taken_apart(path: Path) -> Parts:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def put_together(path: Path, parts: Mapping[str, bytes], packing: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", packing) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def listed_again(parts: Parts) -> Parts:
    """The same with a manifest that tells the truth of the others: whoever changes a part can change it, too."""
    others = {name: content for name, content in parts.items() if name != "manifest.json"}
    manifest = json_in(parts["manifest.json"])
    manifest["parts"] = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} for name, content in others.items()
    }
    return others | {"manifest.json": json_bytes(manifest)}


def with_json(parts: Parts, name: str, change: Callable[[dict[str, Any]], object]) -> Parts:
    told = json_in(parts[name])
    change(told)
    changed = parts | {name: json_bytes(told)}
    return changed if name == "manifest.json" else listed_again(changed)


def with_arrays(parts: Parts, name: str, change: Callable[[dict[str, np.ndarray]], object]) -> Parts:
    with np.load(io.BytesIO(parts[name]), allow_pickle=False) as file:
        arrays = dict(file)
    change(arrays)
    stream = io.BytesIO()
    np.savez(stream, allow_pickle=True, **arrays)
    return listed_again(parts | {name: stream.getvalue()})
