"""The hints for the run that is looked at, in one line, with what can be done about each."""

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.experiment import Experiment, ExperimentError
from mnist_lab.runs.run import Run
from mnist_lab.window import translation
from mnist_lab.window.pages.hint_words import HintWords
from mnist_lab.window.state.hinting import Hint, hinting_of
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.state.navigator import CellToOpen
from mnist_lab.window.state.range_offer import open_range_test
from mnist_lab.window.state.until_run import UntilRun
from mnist_lab.window.widgets.basic.hint_strip import HintStrip


class RunHints(HintStrip):
    """Shows the weightiest of them; the run is measured for it while it is watched."""

    def __init__(self, lab: Lab, name: str, parent: QWidget | None = None, *, is_of_course: bool = False) -> None:
        """One `is_of_course` shows those about the step in hand, another one the others."""
        super().__init__(name, parent, is_narrow=is_of_course)
        self._lab = lab
        self._hinting = hinting_of(lab)
        self._words = HintWords(self)
        self._is_of_course = is_of_course
        self._passed: set[tuple[str, str]] = set()  # run and hint after which the next was asked for
        self._is_watching = False
        self._hint: Hint | None = None
        self._hinting.changed.connect(self.refresh)
        lab.draft.changed.connect(self.refresh)
        self.acted.connect(self._on_acted)
        self.put_away.connect(self._on_put_away)
        self.next_wanted.connect(self._on_next_wanted)
        self.refresh()

    def watch(self, watch: bool) -> None:
        """Have the run measured, or no more."""
        if watch != self._is_watching:
            self._is_watching = watch
            self._hinting.watch(watch)

    @Slot()
    def refresh(self) -> None:
        """Show what holds now."""
        lab = self._lab
        run_id = "" if lab.run is None else lab.run.id
        hinting = self._hinting
        hints = [hint for hint in hinting.hints if (hint.id in hinting.of_course) == self._is_of_course]
        if all((run_id, hint.id) in self._passed for hint in hints):
            self._passed.clear()
        left = [(place, hint) for place, hint in enumerate(hints, 1) if (run_id, hint.id) not in self._passed]
        place, self._hint = left[0] if left else (0, None)
        line = None
        if self._hint is not None:
            line = self._words.line(self._hint, lab.draft.experiment, place, len(hints), is_live=self._is_live)
        self.show_hint(line)

    @property
    def _is_live(self) -> bool:
        """Whether the run looked at goes on: then another learning rate is its own at once, as one that is typed."""
        return self._lab.run is not None and self._lab.run.is_live

    @Slot()
    def _on_acted(self) -> None:
        hint, draft, lab = self._hint, self._lab.draft, self._lab
        if hint is None:
            return
        if hint.id == "class_confusion":
            lab.choose_network(None)  # a kept one may be looked at instead of the run
            lab.navigator.open("evaluatePage", CellToOpen(round(hint.values["digit"]), round(hint.values["answer"])))
            return
        if hint.id == "range_test":
            open_range_test(lab)
            return
        entered = draft.commit()
        if entered is None:
            lab.problem.emit(draft.problem)
            return
        try:
            applied = entered.changed(**hint.changes)
        except ExperimentError as error:
            lab.problem.emit(translation.sentence(error))
            return
        run = lab.run
        self._put(applied, run)
        undo, is_before_next_run = partial(self._put, entered, run), UntilRun(lab.live)
        lab.offered.emit(self._words.offer(hint, undo, lambda: draft.experiment == applied and is_before_next_run()))

    def _put(self, experiment: Experiment, run: Run | None) -> None:
        """Have it in the form, and its learning rate in the run that the hint is about, as long as that one goes on."""
        draft = self._lab.draft
        goes_on = run is not None and run is self._lab.live.run and run.is_live
        (draft.set_experiment if goes_on else draft.bring_back)(experiment)

    @Slot()
    def _on_put_away(self) -> None:
        if self._hint is not None and self._lab.run is not None:
            self._hinting.put_away(self._lab.run.id, self._hint)

    @Slot()
    def _on_next_wanted(self) -> None:
        if self._hint is not None and self._lab.run is not None:
            self._passed.add((self._lab.run.id, self._hint.id))
            self.refresh()
