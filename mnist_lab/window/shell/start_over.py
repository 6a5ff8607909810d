"""Help › Start over: the lab as it was when it was first opened. Nothing is deleted, and all of it can be had back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.data.session_file import Session
from mnist_lab.data.settings_file import SettingsError, SettingsFile
from mnist_lab.experiment import Experiment
from mnist_lab.window import dialogs, translation
from mnist_lab.window.shell.appearance import Appearance
from mnist_lab.window.state.coach import coach_of
from mnist_lab.window.state.drawing import Drawing
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.last_session import LastSession
from mnist_lab.window.state.offer import Offer
from mnist_lab.window.state.views import Views


@dataclass(eq=False)
class _Before:
    """How to have everything back.

    Attributes:
        session: the form, the digits, the run that was looked at, the page.
        views: how the pages were looked at, with the drawing and its past.
        drawing: as the network received it.
        theme: one of `menus.THEMES`.
        text_size: in percent.
        run_ids: of the runs and networks that went to the bin.
        settings: brings back the file.
        file: lets go of the file of the session, which is whole without it.
        own_digits: brings the learner's own digits back; None where there were none, or as long as they are put aside.
        is_undone: whether all of it was wanted back.
    """

    session: Session
    views: Views
    drawing: Drawing | None
    theme: str
    text_size: int
    run_ids: tuple[str, ...]
    settings: Callable[[], None]
    file: Callable[[], None]
    own_digits: Callable[[], None] | None = None
    is_undone: bool = False


class StartOver(QObject):
    """Sets aside what was done in this lab, and brings it back until the window is closed.

    Signals:
        rebuilding(): the pages are to be built anew, from other views.
        page_wanted(str): the objectName of the page to be shown.
        changed(): whether it can be undone is another now.
    """

    rebuilding = Signal()
    page_wanted = Signal(str)
    changed = Signal()

    def __init__(self, lab: Lab, last: LastSession, settings: SettingsFile, appearance: Appearance, parent: QWidget):
        super().__init__(parent)
        self._lab = lab
        self._last = last
        self._settings = settings
        self._appearance = appearance
        self._before: _Before | None = None

    @property
    def can_undo(self) -> bool:
        """Whether the lab was started over in this window, and not had back."""
        return self._before is not None

    @Slot()
    def ask_for_next_class(self) -> None:
        """The same for who teaches: the lesson begins again, theme and text size stay."""
        self._ask(keeps_lesson=True)

    @Slot()
    def ask(self) -> None:
        """Say what goes, and let it go if that is wanted."""
        self._ask(keeps_lesson=False)

    def _ask(self, *, keeps_lesson: bool) -> None:
        lab = self._lab
        if lab.is_taken:
            words = self.tr("A run is going on: stop it first, then start over.")
            lab.hinder(Hindrance(lab.why_not_now or words, lambda: lab.is_taken))
            return
        rows, parent = lab.shelf.rows, cast(QWidget, self.parent())
        runs = sum(row.kind == "run" for row in rows)
        counts = (runs, len(rows) - runs, len(lab.own_digits.own))
        if dialogs.ask_to_start_over(parent, *counts, loses_run=self._loses_run, keeps_lesson=keeps_lesson):
            self.do(keeps_lesson=keeps_lesson)

    @property
    def _loses_run(self) -> bool:
        """Whether the run that was trained last is kept nowhere, or not all of it."""
        live = self._lab.live
        return live.run is not None and live.run.updates > 0 and not live.is_kept

    def do(self, *, keeps_lesson: bool = False) -> None:
        """Let everything be as new; `keeps_lesson`: but for theme and text size, with the lesson at its beginning."""
        lab = self._lab
        lesson = coach_of(lab).lesson if keeps_lesson else None
        try:
            settings = self._settings.set_aside()
        except SettingsError as error:
            lab.problem.emit(translation.sentence(error))
            return
        ids, loses_run = tuple(row.id for row in lab.shelf.rows), self._loses_run
        self._before = before = _Before(
            self._last.session(),
            lab.views,
            lab.drawing,
            self._appearance.theme,
            self._appearance.text_size,
            ids,
            settings,
            self._last.set_aside(),
        )
        if ids:
            lab.shelf.delete(ids)
        if len(lab.own_digits.own):
            lab.own_digits.set_aside(lambda restore: _note_own_digits(before, restore))
        lab.look_at_nothing()
        lab.sweep.forget()
        self._show(Session(experiment=Experiment(), data_choice="auto", page="trainPage"), Views(), None)
        if keeps_lesson:
            self._appearance.keep()
        else:
            self._appearance.begin_anew()
        if lesson is not None:
            coach_of(lab).open_lesson(lesson)
        self.changed.emit()
        self._offer_undo(loses_run=loses_run)

    def _offer_undo(self, *, loses_run: bool) -> None:
        words = self.tr(
            "You started over: the lab is as it was at first. Until you close it, Undo brings everything back; "
            "it is in the Help menu, too."
        )
        if loses_run:
            words = self.tr(
                "You started over: the lab is as it was at first. Until you close it, Undo brings everything back but "
                "the run that could not be kept; it is in the Help menu, too."
            )
        self._lab.offered.emit(
            Offer(
                words,
                self.tr("&Undo"),
                self.tr("Bring back the runs, your own digits, the drawing and all settings."),
                self.undo,
                lambda: self.can_undo,
            )
        )

    @Slot()
    def undo(self) -> None:
        """Have everything back."""
        before, self._before = self._before, None
        if before is None:
            return
        before.is_undone = True
        lab = self._lab
        try:
            before.settings()
        except SettingsError as error:
            lab.problem.emit(translation.sentence(error))
        listed = {row.id for row in lab.shelf.rows}
        gone = [run_id for run_id in before.run_ids if run_id not in listed]
        if gone:
            lab.shelf.restore(gone)
        if before.own_digits is not None:
            before.own_digits()
        self._show(before.session, before.views, before.drawing)
        self._appearance.choose_theme(before.theme)
        if not self._appearance.is_projected:
            self._appearance.set_text_size(before.text_size)
        before.file()
        if before.session.run_id:
            self._last.open_run(before.session.run_id)
        self.changed.emit()

    def _show(self, session: Session, views: Views, drawing: Drawing | None) -> None:
        """Let the form, the digits and the pages be so."""
        lab = self._lab
        lab.draft.set_experiment(session.experiment or Experiment())
        lab.own_digits.set_used(session.uses_own_digits)
        lab.live.set_slow_motion(session.slow_motion)
        if session.data_choice != lab.supply.choice:
            lab.supply.load(session.data_choice or "auto")
        lab.views = views
        self.rebuilding.emit()
        lab.set_drawing(drawing)
        self.page_wanted.emit(session.page)


def _note_own_digits(before: _Before, restore: Callable[[], None]) -> None:
    if before.is_undone:  # while they were put aside
        restore()
    else:
        before.own_digits = restore
