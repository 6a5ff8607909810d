"""Exports of kept runs, off the window's thread: they tell when they are done, and can be given up."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from mnist_lab.runs.facts import RunRow
from mnist_lab.runs.store import RunStore
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.export_words import ExportWords
from mnist_lab.words import LabError
from mnist_lab.work import JobHandle

if TYPE_CHECKING:  # all forms stand behind them, and the window opens without
    from mnist_lab.exports.material import Exported
    from mnist_lab.network.control import Control
    from mnist_lab.window.export_choice import ExportChoice

_PATIENCE_MILLISECONDS = 400
"""So long nothing is said of an export that goes on: most are done by then."""


class RunExports(QObject):
    """Writes runs for other programs.

    Signals:
        offered(Offer): what was exported, and where it is; or what still goes on, and can be given up.
        problem(str): why it was not.
    """

    offered = Signal(object)
    problem = Signal(str)

    def __init__(self, store: RunStore, control_to_ask: "Callable[[], Control | None]", parent: QObject) -> None:
        """`control_to_ask` gives the control of what is live, to be asked for turns with Keras."""
        super().__init__(parent)
        self._store, self._control_to_ask = store, control_to_ask
        self._words = ExportWords(self)

    def title(self, choice: "ExportChoice") -> str:
        """What is exported, in words."""
        return self._words.title(choice)

    def write(self, choice: "ExportChoice", kind: str, place: Path) -> None:
        """Write runs in a form, by its key, to a file or into a folder that was chosen by a person."""
        in_the_way = choice.in_the_way(kind, place)
        if in_the_way is not None:
            self.problem.emit(self._words.in_the_way(in_the_way, is_folder=choice.needs_folder(kind)))
            return
        going = _Going(choice, place)
        work = partial(_written, self._store, choice, kind, place, self._control_to_ask())
        job = Job(self, work, partial(self._on_written, going), partial(self._on_failed, going))
        going.give_up = job.cancel
        waiting = QTimer(job, singleShot=True, interval=_PATIENCE_MILLISECONDS)
        waiting.timeout.connect(partial(self._tell_waiting, going))
        waiting.start()
        job.start()

    def _tell_waiting(self, going: "_Going") -> None:
        if not going.is_over:
            self.offered.emit(self._words.waiting(going.choice, going.place, going.end, lambda: not going.is_over))

    def _on_failed(self, going: "_Going", error: Exception) -> None:
        going.is_over = True
        self.problem.emit(translation.sentence(error))

    def _on_written(self, going: "_Going", outcome: "_Outcome") -> None:
        going.is_over, choice = True, going.choice
        if outcome.exported:
            written, failed = outcome.exported, outcome.failed
            self.offered.emit(self._words.written(choice, going.place, written, failed, self.problem.emit))
        else:
            self.problem.emit(self._words.failed(choice, outcome.failed))


@dataclass
class _Going:
    """An export that goes on; it may be asked about when its job is long gone."""

    choice: "ExportChoice"
    place: Path
    give_up: Callable[[], object] = lambda: None
    is_over: bool = False

    def end(self) -> None:
        """Give it up, unless it is over."""
        if not self.is_over:
            self.is_over = True
            self.give_up()


@dataclass
class _Outcome:
    """What was written, and which runs could not be."""

    exported: list["Exported"] = field(default_factory=list)
    failed: list[tuple[RunRow, Exception]] = field(default_factory=list)


def _written(
    store: RunStore, choice: "ExportChoice", kind: str, place: Path, control: "Control | None", handle: JobHandle
) -> _Outcome:
    """Write all of it, as far as it can be, in a job's thread.

    Raises:
        Cancelled: nobody waits for it any more.
    """
    from mnist_lab.exports.formats import export
    from mnist_lab.exports.lab_files import export_together
    from mnist_lab.exports.report import export_report

    outcome, ids = _Outcome(), [row.id for row in choice.rows]
    asked: dict[str, Any] = {"is_wanted": lambda: not handle.is_cancelled}
    if choice.is_together(kind) and kind == "lab":
        outcome.exported.append(export_together(store, ids, place, **asked))
        return outcome
    asked |= {"control": control, "translated": translation.translate}
    if choice.is_together(kind):
        outcome.exported.append(export_report(store, ids, place, **asked))
        return outcome
    for row, path in choice.targets(kind, place):
        handle.check()
        try:
            outcome.exported.append(export(store, row.id, path, update=choice.moment(kind), kind=kind, **asked))
        except LabError as error:  # told with the others; one that cannot be written hinders none
            outcome.failed.append((row, error))
    return outcome
