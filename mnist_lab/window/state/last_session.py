"""The last session: the window comes back as it was left, and what it is like now is kept for the next time.

The form, the digits, the pages and the drawing are there at once; the run that was looked at is opened when the digits
are there, unless something else was begun meanwhile.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from mnist_lab.data import session_file
from mnist_lab.data.session_file import Session, SessionError
from mnist_lab.experiment import Experiment
from mnist_lab.files.atomic import rename_aside
from mnist_lab.window import translation
from mnist_lab.window.state.background import Job
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.lab import Lab

_logger = logging.getLogger(__name__)

_LOOK_MILLISECONDS = 3000
"""How often it is looked whether anything has changed: a crash loses no more."""


class LastSession(QObject):
    """Reads one session and keeps the next.

    Signals:
        problem(str): why something of last time is not there, or of this time cannot be kept.
    """

    problem = Signal(str)

    def __init__(self, path: Path, parent: QObject) -> None:
        """Read the file `path`; it need not exist."""
        super().__init__(parent)
        self._path = path
        self._kept, self._error = session_file.read(path)
        self._run_id = self._kept.run_id  # of the run that is still to be opened, or that nobody has turned away from
        self._lab: Lab | None = None
        self._page: Callable[[], str] = str
        self._writing: Job | None = None
        self._has_failed = False
        self._is_list_whole = False
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self._look)

    @property
    def page(self) -> str:
        """The objectName of the page that was in view; "" where nothing is known."""
        return self._kept.page

    def experiment(self, named: Experiment | None) -> Experiment:
        """What the form is to show: what is `named` now, else what it showed, else the chapter's network."""
        return named or self._kept.experiment or Experiment()

    def data_choice(self, named: str | None) -> str:
        """The digits to load: those that are `named` now, else those that were in use, else the best that are here."""
        return named or self._kept.data_choice or "auto"

    def restore(self, lab: Lab, page: Callable[[], str]) -> None:
        """Bring back what pages and `lab` are to begin with, before a page is made; `page` tells which is in view."""
        self._lab, self._page = lab, page
        lab.views.restore(self._kept.views)
        lab.opener.expect(self._run_id)
        lab.own_digits.set_used(self._kept.uses_own_digits)
        if self._kept.slow_motion is not None:
            lab.live.set_slow_motion(self._kept.slow_motion)

    def begin(self) -> None:
        """Tell what is not to be had, open the run as soon as it can be, and keep what changes from now on."""
        if self._error is not None:
            self.problem.emit(translation.sentence(self._error))
        if self._run_id:
            self.open_run(self._run_id)
        self._timer.start()

    def open_run(self, run_id: str) -> None:
        """Open a run as soon as there are digits and it is in the list, unless another is looked at or trained then."""
        if self._lab is None:
            raise RuntimeError("there is no lab to open a run in")
        self._run_id, self._is_list_whole = run_id, False
        if not self._lab.look.source_id:
            self._lab.opener.expect(run_id)
        self._lab.changed.connect(self._open_run)
        self._lab.shelf.checked.connect(self._on_shelf_checked)

    def set_aside(self) -> Callable[[], None]:
        """Rename the file, so that it outlasts what comes; returns how to let go of it once all of it is back."""
        try:
            kept = rename_aside(self._path)
        except OSError:  # there is none yet, or nothing can be kept here: the latter was told
            return lambda: None
        return lambda: kept.unlink(missing_ok=True)

    def end(self) -> None:
        """Keep the session as it is now; where that fails, the terminal is told: the window goes."""
        self._timer.stop()
        if self._writing is not None:
            self._writing.end()
        try:
            self._write(self._to_keep())
        except SessionError as error:
            _logger.warning("%s", error)

    def session(self) -> Session:
        """The session as it is now."""
        lab = self._lab
        if lab is None:
            return self._kept
        live = lab.live
        return Session(
            experiment=lab.draft.experiment,
            data_choice=lab.supply.choice or self._kept.data_choice,
            run_id=lab.look.source_id or self._run_id,
            page=self._page(),
            slow_motion=None if live.is_slowed_first else live.slow_motion,
            uses_own_digits=lab.own_digits.is_used,
            views=lab.views.to_keep(),
        )

    def _to_keep(self) -> Session:
        """The session as the next one is to find it: a lesson is left when the window is closed."""
        session = self.session()
        before = None if self._lab is None else coach_of(self._lab).before_lesson
        if before is None:
            return session
        experiment, data_choice = before
        return replace(session, experiment=experiment, data_choice=data_choice or self._kept.data_choice)

    @Slot()
    def _on_shelf_checked(self) -> None:
        """The list is whole: a run that is not in it now is not kept any more."""
        self._is_list_whole = True
        self._open_run()

    @Slot()
    def _open_run(self) -> None:
        """Open the run that was looked at, once there are digits and it is in the list."""
        lab = self._lab
        if lab is None or lab.digits is None:
            return
        is_there = any(row.id == self._run_id and row.error is None for row in lab.shelf.rows)
        has_begun = bool(lab.look.source_id) or lab.live.is_training
        if is_there and not has_begun:
            lab.open_run(self._run_id)
        if is_there or has_begun or self._is_list_whole:
            lab.changed.disconnect(self._open_run)
            lab.shelf.checked.disconnect(self._on_shelf_checked)
            self._run_id = self._run_id if is_there else ""
            if has_begun or not is_there:
                lab.opener.expect()

    @Slot()
    def _look(self) -> None:
        """Write what has changed, off the window's thread."""
        session = self._to_keep()
        if self._writing is None and session != self._kept:
            self._writing = Job(self, lambda _handle: self._write(session), self._on_written, self._on_failed)
            self._writing.start()

    def _write(self, session: Session) -> Session:
        session_file.write(self._path, session_file.serialised(session))
        return session

    def _on_written(self, session: Session) -> None:
        self._writing, self._kept, self._has_failed = None, session, False

    def _on_failed(self, error: Exception) -> None:
        self._writing = None
        if not self._has_failed:  # once: the next look tries again
            self.problem.emit(translation.sentence(error))
        self._has_failed = True
