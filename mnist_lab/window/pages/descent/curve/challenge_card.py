"""Challenges on the curve: one is chosen and begun, judged with every step, and left again."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from mnist_lab.descent.challenge_judges import ChallengeResult
from mnist_lab.descent.challenges import CHALLENGES, Challenge
from mnist_lab.descent.sentences import Sentence
from mnist_lab.window import theme
from mnist_lab.window.pages.descent import looks
from mnist_lab.window.translation import translate
from mnist_lab.window.widgets.basic.disclosure import Disclosure
from mnist_lab.window.widgets.basic.icon_button import named_button
from mnist_lab.window.widgets.basic.layouts import paragraph
from mnist_lab.window.widgets.basic.notice import Notice

_TASK_LINES = 3
_JUDGEMENT_LINES = 3


class ChallengeCard(Disclosure):
    """Opens under its heading, and is closed at first.

    Attributes:
        running: the challenge that was begun and not left; None: none.

    Signals:
        begun(object): a `Challenge`: bring its curve and start, again if it runs already.
        left(): bring back what was there before.
        theory_shown(): what theory says need not be kept back any more.
    """

    begun = Signal(object)
    left = Signal()
    theory_shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        self.running: Challenge | None = None
        self._best: dict[str, float] = {}
        self._known: set[str] = set()
        super().__init__(self.tr("Challenges"), self._make_content(), parent)
        self.button.setObjectName("descentChallenges")
        self.button.setToolTip(self.tr("Tasks on the curve, judged by what the balls really do."))
        self._choice.currentIndexChanged.connect(self._on_choice)
        self._begin.clicked.connect(self._on_begin)
        self._leave.clicked.connect(self.leave)
        self._ask.clicked.connect(self._on_ask)
        self._show()

    @property
    def chosen(self) -> Challenge:
        """The challenge that is described."""
        return CHALLENGES[self._choice.currentIndex()]

    @property
    def keeps_theory_back(self) -> bool:
        """Whether a challenge runs whose answer has not been shown."""
        return self.running is not None and self.running.identifier not in self._known

    def best(self, challenge: Challenge) -> float | None:
        """The best number of this session; None before there is any."""
        return self._best.get(challenge.identifier)

    def show_judgement(self, judgement: ChallengeResult) -> None:
        """Say what came of the running challenge so far, and keep the best."""
        challenge = self.running
        if challenge is None:
            return
        number = judgement.number
        if number is not None and challenge.is_better(number, self.best(challenge)):
            self._best[challenge.identifier] = number
        self._notice.show_message(looks.words(judgement.sentence), "good" if judgement.is_solved else "info")
        self._show_best()
        if judgement.is_best and self.keeps_theory_back:
            self._on_ask()

    def _make_content(self) -> QWidget:
        content = QWidget()
        self._choice = QComboBox()
        self._choice.setObjectName("descentChallenge")
        self._choice.setAccessibleName(self.tr("Challenge"))
        self._choice.setToolTip(self.tr("Choose a task; another one leaves the one that runs."))
        for challenge in CHALLENGES:
            self._choice.addItem(translate("descent", challenge.label))
        self._task = paragraph("descentChallengeTask")
        self._task.setMinimumHeight(_TASK_LINES * self._task.fontMetrics().lineSpacing())
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

    @Slot()
    def _on_choice(self) -> None:
        self.leave()
        self._show()

    @Slot()
    def _on_begin(self) -> None:
        self.running = self.chosen
        self._show()
        self.begun.emit(self.running)

    @Slot()
    def leave(self) -> None:
        """End the running challenge, if there is one."""
        if self.running is None:
            return
        self.running = None
        if self._leave.hasFocus():
            self._begin.setFocus()
        self._show()
        self.left.emit()

    @Slot()
    def _on_ask(self) -> None:
        self._known.add(self.chosen.identifier)
        if self._ask.hasFocus():
            self._choice.setFocus()
        self._show()
        self.theory_shown.emit()

    # Showing

    def _show(self) -> None:
        challenge, is_running = self.chosen, self.running is not None
        is_known = challenge.identifier in self._known
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
        best = self.best(self.chosen)
        none = self.tr("Nothing reached in this session yet.")
        self._best_words.setText(none if best is None else looks.words(Sentence(self.chosen.best, {"number": best})))
