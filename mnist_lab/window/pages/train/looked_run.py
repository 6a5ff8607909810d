"""A plain line where a run is looked at that is not the last one, not the one in the form, or only here: ways on."""

from html import escape

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from mnist_lab.experiment import FIELD_NAMES, Experiment
from mnist_lab.optimizers import optimizer_spec
from mnist_lab.runs.run import Run
from mnist_lab.window import translation
from mnist_lab.window.pages.run_words import RunWords
from mnist_lab.window.run_names import run_in_sentence
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.notice import Notice
from mnist_lab.window.words import fill, spell_setting, spell_whole

_BACK, _COPY, _RUN = "back", "copy", "run"


class LookedRun(Notice):
    """Says that a kept run was opened, and its settings where the form has others; links lead back and copy them.

    While a kept network was chosen, it says that this page shows the run all the same: a link lets all pages show it.

    Signals:
        copy_wanted(): the form is to get the settings of the run.
    """

    copy_wanted = Signal()

    def __init__(self, lab: Lab, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("lookedRun")
        self.setToolTip(self.tr("Which run the pages show, while another one goes on or was trained last."))
        self._lab = lab
        self._run_words = RunWords(self)
        self.link_activated.connect(self._on_link)

    @Slot(str)
    def _on_link(self, address: str) -> None:
        if address == _COPY:
            self.copy_wanted.emit()
        elif address == _RUN:
            self._lab.choose_network(None)
        else:
            self._lab.live.look_here()

    def refresh(self) -> None:
        """Show it as it is now."""
        run, live, chosen = self._lab.run, self._lab.live, self._lab.look.chosen
        if run is None:
            self.clear()
            return
        if chosen is not None:
            said = self.tr("Curves and units are of {run}. Network and other pages show the kept network “{name}”.")
            named = self.tr("the run") if run.number is None else self._name(run)
            words = escape(fill(said, run=named, name=chosen.name))
            self.show_message(f"{words}\u2002{_link(_RUN, self.tr('Show the run on all pages'))}", has_links=True)
            return
        parts = []
        is_elsewhere = live.run is not None and not live.is_looked_at
        is_other = self._lab.look.opened is not None and run.experiment != self._lab.draft.experiment
        if is_other:
            said = fill(self.tr("{run}: {settings}."), run=self._name(run), settings=self._settings(run.experiment))
            parts = [escape(said[0].upper() + said[1:]), _link(_COPY, self.tr("Copy to the form"))]
        elif is_elsewhere:
            parts = [escape(fill(self.tr("You look at {run}."), run=self._name(run)))]
        if is_elsewhere:
            parts.append(_link(_BACK, self._back()))
        self.show_message("\u2002".join(parts), has_links=True)

    def _back(self) -> str:
        live = self._lab.live
        if live.is_training:
            return self.tr("Back to the run that goes on")
        if live.run is None or live.run.number is None:
            return self.tr("Back to the run that was trained last")
        return fill(self.tr("Back to run {number}"), number=spell_whole(live.run.number))

    def _name(self, run: Run) -> str:
        if run.number is None:
            return self.tr("another run")
        return run_in_sentence(run.number, run.name)

    def _settings(self, experiment: Experiment) -> str:
        """Those that matter most, and the names of others that the form has otherwise."""
        told = (
            fill(self.tr("hidden units {units}"), units=", ".join(map(spell_whole, experiment.hidden_units))),
            translation.translate("optimizers", optimizer_spec(experiment.optimizer).label),
            fill(self.tr("rate {rate}"), rate=spell_setting(experiment.learning_rate)),
            fill(self.tr("batch size {size}"), size=spell_whole(experiment.batch_size)),
            fill(self.tr("epochs {epochs}"), epochs=spell_whole(experiment.epochs)),
            fill(self.tr("seed {seed}"), seed=spell_whole(experiment.seed)),
        )
        names = {translation.translate("fields", FIELD_NAMES[name]) for name in _TOLD}
        others = self._run_words.differing(experiment, self._lab.draft.experiment)
        rest = (fill(self.tr("other {setting}"), setting=name) for name in others if name not in names)
        return " · ".join((*told, *rest))


_TOLD = ("hidden_units", "optimizer", "learning_rate", "batch_size", "epochs", "seed")


def _link(address: str, words: str) -> str:
    return f'<a href="{address}">{escape(words)}</a>'
