"""Reading every byte of a run's file, and saying what is wrong with it."""

from pathlib import Path

from mnist_lab.files.errors import DamageError
from mnist_lab.network.snapshot import SnapshotError
from mnist_lab.runs.errors import StoreError, store_errors
from mnist_lab.runs.run_file import RunFile
from mnist_lab.runs.run_reader import read_run
from mnist_lab.runs.snapshots import network_of, read_snapshot


def problems_of(path: Path) -> list[str]:
    """Sentences on what is wrong with a run's file; none where it is whole."""
    try:
        with store_errors(path), RunFile(path) as file:
            kept = read_run(file)
            with file.reading():
                for snapshot in kept.snapshots:
                    network_of(read_snapshot(file, snapshot), kept.facts.activation)
                for problem in file.problems():
                    raise file.damaged(DamageError("{problem}", problem=problem))
    except (StoreError, SnapshotError) as error:
        return [str(error)]
    return []
