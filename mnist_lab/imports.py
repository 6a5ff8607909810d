"""Files from outside that become kept runs and networks: one ending, one reader."""

from collections.abc import Callable, Mapping
from pathlib import Path

from mnist_lab.inspection.network_file import read_network
from mnist_lab.inspection.weights import NetworkWeights
from mnist_lab.lab_file import parts
from mnist_lab.lab_file.importing import Imported, ImportedRun, import_lab_file, note_on
from mnist_lab.network.keras_file import H5_SUFFIXES, SUFFIX, read_keras
from mnist_lab.runs.adopting import keep_once
from mnist_lab.runs.store import RunStore
from mnist_lab.words import QT_TRANSLATE_NOOP, LabError, Listing

Wanted = Callable[[], bool]


class ImportFileError(LabError):
    """A file that is nothing to be taken in: one sentence that says what would be."""


def _taken_in(read: Callable[[Path, Wanted], NetworkWeights]) -> Callable[[RunStore, Path, Wanted], Imported]:
    """A reader of one network, which is kept under the name of its file."""

    def take_in(store: RunStore, path: Path, is_wanted: Wanted) -> Imported:
        run_id, here = keep_once(store, path.stem, read(path, is_wanted))
        return Imported((ImportedRun(run_id, here, note_on(here, path)),))

    return take_in


_keras = _taken_in(read_keras)

IMPORTS: Mapping[str, Callable[[RunStore, Path, Wanted], Imported]] = {
    parts.SUFFIX: import_lab_file,
    SUFFIX: _keras,
    ".npz": _taken_in(lambda path, _is_wanted: read_network(path)),
    **dict.fromkeys(H5_SUFFIXES, _keras),  # it says why not
}
"""What is taken in, by the ending of the file's name."""

ENDINGS = (parts.SUFFIX, SUFFIX, ".npz")


def import_file(store: RunStore, path: Path, is_wanted: Wanted = lambda: True) -> Imported:
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
