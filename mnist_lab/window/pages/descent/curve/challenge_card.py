"""Challenges on the curve: one is chosen and begun, judged with every step, and left again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mnist_lab.descent.challenges import CHALLENGES
from mnist_lab.descent.sentences import Sentence
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.pages.descent.curve.challenge_progress import ChallengeProgress
from mnist_lab.window.pages.kept_controls import shows_state
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.disclosure import Disclosure
from mnist_lab.window.widgets.basic.drop_down import DropDown
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.least_height import reserve_lines
from mnist_lab.window.widgets.basic.notice import Notice

_TASK_LINES = 3
_JUDGEMENT_LINES = 3


class ChallengeCard(Disclosure):
    """Opens under its heading, and is closed at first.

    Signals:
        begun(): bring the chosen challenge's curve and start, again if it runs already.
        left(): bring back what was there before.
        theory_shown(): what theory says need not be kept back any more.
    """

    begun = Signal()
    left = Signal()
    theory_shown = Signal()

    def __init__(self, progress: ChallengeProgress, parent: QWidget | None = None) -> None:
        self._progress = progress
        super().__init__(self.tr("Challenges"), self._make_content(), parent)
        self.button.setObjectName("descentChallenges")
        self.button.setToolTip(self.tr("Tasks on the curve, judged by what the balls really do."))
        self._choice.currentIndexChanged.connect(self._on_choice)
        self._begin.clicked.connect(self.begun)
        self._leave.clicked.connect(self._on_leave)
        self._ask.clicked.connect(self._on_ask)
        self.refresh()

    def judge(self) -> None:
        """Say what came of the running challenge so far, if there is one."""
        result = self._progress.judge()
        if result is None:
            return
        self._notice.show_message(looks.words(result.sentence), "good" if result.is_solved else "info")
        self._show_best()
        if result.is_best and self._progress.keeps_theory_back:
            self._on_ask()

    def _make_content(self) -> QWidget:
        content = QWidget()
        self._choice = DropDown()
        shows_state(self._choice)
        self._choice.setObjectName("descentChallenge")
        self._choice.setAccessibleName(self.tr("Challenge"))
        self._choice.setToolTip(self.tr("Choose a task; another one leaves the one that runs."))
        for challenge in CHALLENGES:
            self._choice.addItem(translate("descent", challenge.label))
        self._choice.setCurrentIndex(CHALLENGES.index(self._progress.chosen))
        self._task = paragraph("descentChallengeTask")
        reserve_lines(self._task, _TASK_LINES)
        self._begin = named_button(
            "descentChallengeBegin", "ph.flag", self.tr("Begin"), self.tr("Bring the task's curve and start.")
        )
        self._leave = named_button(
            "descentChallengeLeave",
            "ph.sign-out",
            self.tr("Leave"),
            self.tr("Bring back your own curve, settings and steps."),
        )
        self._notice = Notice()
        self._notice.setObjectName("descentChallengeNotice")
        self._notice.reserve_lines(_JUDGEMENT_LINES)
        self._best_words = paragraph("descentChallengeBest", caption=True)
        self._ask = named_button(
            "descentChallengeTheory",
            "ph.lightbulb",
            self.tr("Show what theory says"),
            self.tr("Tell the best answer that is known."),
        )
        self._theory = paragraph("descentChallengeTheoryWords", caption=True)
        buttons = QGridLayout()
        buttons.setSpacing(theme.GAP)
        buttons.addWidget(self._begin, 0, 0)
        buttons.addWidget(self._leave, 0, 1)
        layout = QVBoxLayout(content)
        layout.setContentsMargins(0, 0, 0, theme.GAP)
        layout.setSpacing(theme.GAP)
        layout.addWidget(self._choice)
        layout.addWidget(self._task)
        layout.addLayout(buttons)
        for part in (self._notice, self._best_words, self._ask, self._theory):
            layout.addWidget(part)
        return content

    # What happens

    @Slot(int)
    def _on_choice(self, place: int) -> None:
        self._progress.chosen = CHALLENGES[place]
        self._on_leave()
        self.refresh()

    @Slot()
    def _on_leave(self) -> None:
        """End the running challenge, if there is one."""
        if self._progress.running is None:
            return
        if self._leave.hasFocus():
            self._begin.setFocus()
        self.left.emit()

    @Slot()
    def _on_ask(self) -> None:
        self._progress.show_theory()
        if self._ask.hasFocus():
            self._choice.setFocus()
        self.refresh()
        self.theory_shown.emit()

    # Showing

    def refresh(self) -> None:
        """Show how far the learner is."""
        challenge, is_running = self._progress.chosen, self._progress.running is not None
        is_known = self._progress.is_known(challenge)
        self._task.setText(translate("descent", challenge.task))
        words = self.tr("Begin again") if is_running else self.tr("Begin")
        self._begin.setText(words)
        self._begin.setAccessibleName(words)
        self._leave.setEnabled(is_running)
        if not is_running:
            self._notice.clear()
        self._ask.setVisible(not is_known)
        self._theory.setVisible(is_known)
        self._theory.setText(looks.words(challenge.theory()) if is_known else "")
        self._show_best()

    def _show_best(self) -> None:
        challenge = self._progress.chosen
        best = self._progress.best(challenge)
        none = self.tr("Nothing reached in this session yet.")
        self._best_words.setText(none if best is None else looks.words(Sentence(challenge.best, {"number": best})))
