"""Kept runs read whole, for comparing: off the window's thread, and each only once as long as it stays as it is."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from mnist_lab.runs.comparing_curves import prepare_curves
from mnist_lab.runs.facts import KeptRun, RunRow
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.work import JobHandle


class WholeRuns(QObject):
    """Reads runs with all their numbers.

    Signals:
        loaded(list[KeptRun]): those that were asked for last.
        problem(str): why one of them cannot be read, as a sentence.
    """

    loaded = Signal(list)
    problem = Signal(str)

    def __init__(self, store: RunStore, parent: QObject) -> None:
        super().__init__(parent)
        self._store = store
        self._known: dict[str, KeptRun] = {}
        self._loading: Job | None = None

    def load(self, rows: Sequence[RunRow]) -> None:
        """Read these runs; a later call replaces an earlier one."""
        if self._loading is not None:
            self._loading.cancel()
        known = self._known

        def work(handle: JobHandle) -> dict[str, KeptRun]:
            kept = {}
            for row in rows:
                handle.check()
                before = known.get(row.id)
                is_same = before is not None and _stamp(before) == _stamp(row)
                kept[row.id] = before if before is not None and is_same else self._store.load(row.id)
                prepare_curves(kept[row.id])
            return kept

        self._loading = Job(self, work, self._on_loaded, self._on_failed)
        self._loading.start()

    def _on_loaded(self, kept: dict[str, KeptRun]) -> None:
        self._loading = None
        self._known = kept
        self.loaded.emit(list(kept.values()))

    def _on_failed(self, error: Exception) -> None:
        self._loading = None
        self.problem.emit(translation.sentence(error))


def _stamp(run: RunRow | KeptRun) -> tuple[object, ...]:
    """What is another once there is more of a run."""
    return run.state, run.updates, run.name, run.note, run.experiment
