"""Lets a challenge take over the bench, and gives it back as the learner had left it."""

from PySide6.QtCore import QObject, Signal, Slot

from mnist_lab.descent.challenge_judges import without_answer
from mnist_lab.descent.challenges import Challenge
from mnist_lab.descent.path import Descent
from mnist_lab.descent.verdicts import Verdict, judge
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.window.pages.descent.curve.bench_memory import BenchMemory
from mnist_lab.window.pages.descent.curve.curve_controls import CurveControls


class ChallengeDesk(QObject):
    """Between the card, the bench and the controls.

    Signals:
        bench_changed(): another curve, start and balls; the controls show them already.
        theory_shown(): what was kept back may be shown.
    """

    bench_changed = Signal()
    theory_shown = Signal()

    def __init__(self, bench: CurveBench, controls: CurveControls, parent: QObject) -> None:
        super().__init__(parent)
        self._bench, self._controls, self._card = bench, controls, controls.challenges
        self._memory: BenchMemory | None = None
        self._card.begun.connect(self._on_begun)
        self._card.left.connect(self._on_left)
        self._card.theory_shown.connect(self.theory_shown)

    @property
    def keeps_theory_back(self) -> bool:
        """Whether nothing may give the answer away."""
        return self._card.keeps_theory_back

    def verdict(self, ball: Descent) -> Verdict:
        """What came of a ball, without what would give the answer away."""
        verdict = judge(ball)
        return without_answer(verdict) if self.keeps_theory_back else verdict

    def judge(self) -> None:
        """Judge what the balls did, if a challenge runs."""
        if self._card.running is not None:
            self._card.show_judgement(self._card.running.judge(self._bench.balls.balls))

    @Slot(object)
    def _on_begun(self, challenge: Challenge) -> None:
        if self._memory is None:
            self._memory = BenchMemory.of(self._bench)
        self._bench.set_batches(None)
        self._bench.function = challenge.function
        self._bench.set_start(challenge.start)
        self._show()

    @Slot()
    def _on_left(self) -> None:
        if self._memory is not None:
            self._memory.bring_back(self._bench)
            self._memory = None
            self._show()

    def _show(self) -> None:
        self._controls.walk.pause()
        self._controls.show_bench(self._bench)
        self.bench_changed.emit()
