"""Networks that earlier versions of the lab kept, each in an .npz of its own: taken over into the store, one by one.

A file that was taken over is renamed and stays; one that cannot be read stays as it is and hides none of the others.
Taking over twice is the same as once: a network's id follows from its name and its weights.
"""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

from mnist_lab.data.places import lab_home
from mnist_lab.files.aside import mark_taken_over
from mnist_lab.files.atomic import remove_left_overs
from mnist_lab.inspection.errors import InspectionError
from mnist_lab.inspection.network_file import SUFFIX, read_network
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.runs.changing import LONGEST_NAME
from mnist_lab.runs.errors import StoreError
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError


def networks_folder() -> Path:
    """Where earlier versions kept them."""
    return lab_home() / "networks"


def take_over_networks(
    folder: Path, store: RunStore, is_cancelled: Callable[[], bool] = lambda: False
) -> tuple[int, list[LabError]]:
    """Take over every network in `folder` that can be read; gives how many came, and a sentence for each other file."""
    try:
        names = sorted(name for name in os.listdir(folder) if name.endswith(SUFFIX))
    except FileNotFoundError:
        return 0, []
    except OSError as error:
        return 0, [_unlisted(folder, error)]
    remove_left_overs(folder)
    count, problems = 0, list[LabError]()
    for name in names:
        if is_cancelled():
            break
        try:
            count += _take_over(folder / name, store)
        except LabError as error:
            problems.append(error)
    return count, problems


def _take_over(path: Path, store: RunStore) -> bool:
    """Take over one file; returns whether its network is new to the store.

    Raises:
        InspectionError: it cannot be read, or what was kept of it before is damaged.
        StoreError: it cannot be kept.
    """
    weights = read_network(path)
    name = path.stem.encode(errors="replace").decode()[:LONGEST_NAME]
    run_id = _id(name, weights)
    is_new = not _has(store, run_id)
    if is_new and any(row.id == run_id for row in store.rows()):
        raise _damaged(path)
    if is_new:
        try:
            store.keep_network(name, weights, run_id=run_id)
        except StoreError:
            if os.path.lexists(path):
                raise
            return False  # another window has taken it over meanwhile
    try:
        mark_taken_over(path)
    except OSError as error:
        raise InspectionError(
            QT_TRANSLATE_NOOP(
                "errors",
                "The network in “{path}” is among your runs now, but the file cannot be renamed ({reason}): allow it, "
                "or remove the file.",
            ),
            path=path,
            reason=error.strerror or error,
        ) from error
    return is_new


def _id(name: str, weights: NetworkWeights) -> str:
    digest = hashlib.sha256(repr((name, weights.activation, weights.updates)).encode())
    for layer in weights.layers:
        digest.update(layer.kernel.tobytes())
        digest.update(layer.bias.tobytes())
    return digest.hexdigest()[:32]


def _has(store: RunStore, run_id: str) -> bool:
    """Whether it is whole in the store, or in its bin: whoever deleted it does not want it back."""
    try:
        return not store.check(run_id)
    except StoreError:
        return False


def _damaged(path: Path) -> InspectionError:
    return InspectionError(
        QT_TRANSLATE_NOOP(
            "errors",
            "The network in “{path}” is among your runs, but damaged there: delete it from the list, and start the lab "
            "again, which takes it over anew.",
        ),
        path=path,
    )


def _unlisted(folder: Path, error: OSError) -> InspectionError:
    return InspectionError(
        QT_TRANSLATE_NOOP(
            "errors", "The kept networks in “{path}” cannot be read ({reason}): allow it, and start the lab again."
        ),
        path=folder,
        reason=error.strerror or error,
    )
