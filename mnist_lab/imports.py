"""Files from outside that become kept runs and networks: one ending, one reader.

The readers are loaded when the first file comes: the window opens without them.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

if TYPE_CHECKING:
    from mnist_lab.inspection.weights import NetworkWeights
    from mnist_lab.lab_file.importing import Imported
    from mnist_lab.runs.store import RunStore

Wanted = Callable[[], bool]


class ImportFileError(LabError):
    """A file that is nothing to be taken in: one sentence that says what would be."""


def _lab(store: "RunStore", path: Path, is_wanted: Wanted) -> "Imported":
    from mnist_lab.lab_file.importing import import_lab_file

    return import_lab_file(store, path, is_wanted)


def _keras(store: "RunStore", path: Path, is_wanted: Wanted) -> "Imported":
    from mnist_lab.network.keras_file import read_keras

    return _kept(store, path, read_keras(path, is_wanted))


def _npz(store: "RunStore", path: Path, _is_wanted: Wanted) -> "Imported":
    from mnist_lab.inspection.network_file import read_network

    return _kept(store, path, read_network(path))


def _kept(store: "RunStore", path: Path, weights: "NetworkWeights") -> "Imported":
    """A network, kept under the name of its file."""
    from mnist_lab.lab_file.importing import Imported, ImportedRun, note_on
    from mnist_lab.runs.adopting import keep_once

    run_id, here = keep_once(store, path.stem, weights)
    return Imported((ImportedRun(run_id, here, note_on(here, path)),))


IMPORTS: Mapping[str, Callable[["RunStore", Path, Wanted], "Imported"]] = {
    ".lab": _lab,
    ".keras": _keras,
    ".npz": _npz,
    ".h5": _keras,  # which says why not
    ".hdf5": _keras,
}
"""What is taken in, by the ending of the file's name."""

ENDINGS = (".lab", ".keras", ".npz")


def import_file(store: "RunStore", path: Path, is_wanted: Wanted = lambda: True) -> "Imported":
    """Take in the runs of a .lab file, or the network of a .keras file or of an .npz file that the lab has written.

    It takes its time: never call it in the window's thread.

    Args:
        store: where they are kept from then on.
        path: the file.
        is_wanted: whether anybody still waits for it; asked now and then.

    Raises:
        ImportFileError: it is none of these.
        LabError: it is damaged, or cannot be kept: one sentence.
        Cancelled: nobody waits for it any more.
    """
    read = IMPORTS.get(path.suffix.lower())
    if read is None:
        raise ImportFileError(
            QT_TRANSLATE_NOOP(
                "errors", "“{path}” is nothing that can be taken in: name a file that ends in {endings}."
            ),
            path=path,
            endings=Listing(", ".join(ENDINGS)),
        )
    return read(store, path, is_wanted)
