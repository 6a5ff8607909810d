"""Where the learner pastes what the program has printed, or lets the lab run it, to compare every bit."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from mnist_lab.experiment import Experiment
from mnist_lab.mirror.running import hash_in
from mnist_lab.window import theme
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.pages.train.program.bits_work import Bits, BitsWork
from mnist_lab.window.pages.train.program.program_source import FoundDigits, ProgramSource
from mnist_lab.window.pages.train.program.start_or_stop import show_start_or_stop
from mnist_lab.window.state.hindrance import Hindrance
from mnist_lab.window.state.lab import Lab
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.notice import Notice, Severity
from mnist_lab.window.widgets.basic.scroll_column import ScrollColumn
from mnist_lab.window.words import fill, spell_whole

_LONGEST = 2**20
"""Signs of a line that is pasted: the history of thousands of epochs."""
_SHOWN = 12
"""Signs of a hash that are shown."""


class BitsView(QWidget):
    """What to do, a line for what was printed, and what came of it.

    Signals:
        left(): the program is wanted again.
    """

    left = Signal()

    def __init__(self, lab: Lab, source: ProgramSource, work: BitsWork, parent: QWidget | None = None) -> None:
        """Show `work`, which may be going on."""
        super().__init__(parent)
        self._lab, self._source, self._work = lab, source, work
        self._make_parts()
        self._lay_out()
        self._pasted.returnPressed.connect(self._on_pasted)
        self._pasted.textChanged.connect(self._on_text)
        self._run.clicked.connect(self._on_run)
        self._back.clicked.connect(self.left)
        work.changed.connect(self.refresh)

    def _make_parts(self) -> None:
        self._words = QLabel(self)
        self._words.setObjectName("bitsWords")
        self._words.setWordWrap(True)
        self._words.setText(
            self.tr(
                "Save the program with its checks, run it in a terminal (python mnist_network.py), and paste the last"
                " line that it prints; or let the lab run it. It is compared with the lab's own run without XLA."
            )
        )
        theme.set_role(self._words, "caption")
        self._pasted = QLineEdit(self)
        self._pasted.setObjectName("programPasted")
        self._pasted.setMaxLength(_LONGEST)
        self._pasted.setPlaceholderText(self.tr("the last line of the program"))
        self._pasted.setAccessibleName(self.tr("Last line of the program"))
        self._pasted.setToolTip(self.tr("Paste what the program has printed, or the hash of its weights."))
        shows_state(self._pasted)  # of no use for another program
        self._run = named_button("programRunButton", "ph.play-fill", self.tr("Run it here"), self._why_run(), self)
        self._back = named_button(
            "bitsBackButton", "ph.arrow-left", self.tr("Program"), self.tr("Show the program again."), self
        )
        self._verdict = Notice(self)
        self._verdict.setObjectName("programVerdict")
        self._verdict.reserve_lines(2)

    def _lay_out(self) -> None:
        line = QWidget(self)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SMALL_GAP)
        row.addWidget(self._pasted, 1)
        row.addWidget(self._run)
        row.addWidget(self._back)
        column = ScrollColumn("bitsColumn", self._words, line, self._verdict, parent=self)
        column.show_ground_below()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(column)

    def take_keyboard(self) -> None:
        """Let what one does here have it."""
        self._pasted.setFocus()

    # What happens

    @Slot()
    def _on_text(self) -> None:
        """Take a hash as soon as it is there: what is pasted needs no Return."""
        if hash_in(self._pasted.text()) is not None:
            self._on_pasted()

    @Slot()
    def _on_pasted(self) -> None:
        text = self._pasted.text().strip()
        found = hash_in(text)
        if text and found is None:
            self._verdict.show_message(
                self.tr(
                    "There is no hash of 64 signs in it: the last line of a program with checks has one, behind"
                    " “weights_sha256”."
                ),
                "warning",
            )
        elif found is not None and (settled := self._settled()) is not None:
            self._work.compare(*settled, found)

    @Slot()
    def _on_run(self) -> None:
        if self._work.is_running:
            self._work.stop()
        elif (settled := self._settled()) is not None:
            self._pasted.clear()
            self._work.run(*settled)

    def _settled(self) -> tuple[Experiment, FoundDigits] | None:
        """The settings, with what is still being typed, and their digits; None where they cannot be trained now."""
        lab, found = self._lab, self._source.found
        experiment = lab.draft.commit()
        if lab.is_taken:
            lab.hinder(Hindrance(self._why_not(), lambda: lab.is_taken))
        elif experiment is None:
            lab.problem.emit(lab.draft.problem)
        elif found is not None:
            return experiment, found
        return None

    # What is shown

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show how it stands, if anybody sees it."""
        if not self.isVisible():
            return
        is_running, is_taken = self._work.is_running, self._lab.is_taken
        start, stop = self.tr("Run it here"), self.tr("Stop")
        show_start_or_stop(self._run, start, stop, is_running=is_running, can_start=not is_taken)
        why_run = self.tr("End it.") if is_running else self._why_run()
        self._run.setToolTip(self._why_not() if is_taken and not is_running else why_run)
        self._verdict.show_message(*self._told())

    def _why_run(self) -> str:
        return self.tr(
            "Run the program with the Python that the lab runs in, in a process of its own, and train the same settings"
            " here without XLA; neither is kept. All of MNIST is read from the lab's own copy."
        )

    def _why_not(self) -> str:
        words = self.tr("A run goes on, and one thread trains: stop it first, or wait for its end.")
        return self._lab.why_not_now or words

    def _told(self) -> tuple[str, Severity]:
        bits = self._work.bits
        if self._work.problem:
            return self._work.problem, "error"
        if self._work.is_running:
            if bits is not None and bits.theirs:
                return self.tr("The lab trains the same settings without XLA …"), "info"
            return self.tr("The program starts, imports Keras and trains; so does the lab, without XLA …"), "info"
        if bits is None or bits.is_same is None:
            return "", "info"
        text, severity = self._judged(bits)
        if bits.experiment != self._lab.draft.experiment:
            text += " " + self.tr("The form has other settings now.")
        return text, severity

    def _judged(self, bits: Bits) -> tuple[str, Severity]:
        if bits.is_same:
            words = self.tr(
                "The same bits: all {parameters} weights and biases of the program's network are those of the lab's, to"
                " the last bit. Both have the hash {hash}…"
            )
            severity: Severity = "good"
        elif not bits.can_be_same:
            words = self.tr(
                "Other last bits, {hash}… and {ours}…: with silu, dropout and a short last batch Keras multiplies in"
                " another order. About six digits of each weight agree."
            )
            severity = "info"
        else:
            words = self.tr(
                "Other bits: the program's hash is {hash}…, the lab's {ours}… Was it the program with checks, with the"
                " same settings and digits, on this computer?"
            )
            severity = "warning"
        return (
            fill(
                words,
                parameters=spell_whole(bits.experiment.parameters()),
                hash=bits.theirs[:_SHOWN],
                ours=bits.ours[:_SHOWN],
            ),
            severity,
        )
