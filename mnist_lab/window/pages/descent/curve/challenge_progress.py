"""How far the learner is with the challenges: which is chosen, which runs, the best of each. Knows no widget."""

from mnist_lab.descent.challenge_judges import ChallengeResult, without_answer
from mnist_lab.descent.challenges import CHALLENGES, Challenge
from mnist_lab.descent.path import Descent
from mnist_lab.descent.verdict import Verdict
from mnist_lab.descent.verdicts import judge
from mnist_lab.studies.curve_bench import CurveBench
from mnist_lab.window.pages.descent.curve.bench_snapshot import BenchSnapshot


class ChallengeProgress:
    """Puts a challenge on the bench; when it is left, the bench is restored.

    Attributes:
        chosen: the challenge that is described.
        running: the one that was begun and not left; None: none.
    """

    def __init__(self, bench: CurveBench) -> None:
        self._bench = bench
        self.chosen: Challenge = CHALLENGES[0]
        self.running: Challenge | None = None
        self._snapshot: BenchSnapshot | None = None
        self._best: dict[str, float] = {}
        self._known: set[str] = set()

    @property
    def keeps_theory_back(self) -> bool:
        """Whether a challenge runs whose answer has not been shown."""
        return self.running is not None and not self.is_known(self.running)

    def best(self, challenge: Challenge) -> float | None:
        """The best number of this session; None before there is any."""
        return self._best.get(challenge.identifier)

    def is_known(self, challenge: Challenge) -> bool:
        """Whether what theory says of it has been shown."""
        return challenge.identifier in self._known

    def show_theory(self) -> None:
        """Keep back no more what theory says of the chosen one."""
        self._known.add(self.chosen.identifier)

    def begin(self) -> None:
        """Bring curve and start of the chosen one, again if it runs already; the learner's own bench is kept."""
        self.running = self.chosen
        if self._snapshot is None:
            self._snapshot = BenchSnapshot.take(self._bench)
        self._bench.set_batches(None)
        self._bench.function = self.running.function
        self._bench.set_start(self.running.start)

    def leave(self) -> None:
        """Bring the learner's own bench back."""
        self.running = None
        if self._snapshot is not None:
            self._snapshot.restore(self._bench)
            self._snapshot = None

    def judge(self) -> ChallengeResult | None:
        """What came of the running challenge so far, its number kept if it is the best; None while none runs."""
        challenge = self.running
        if challenge is None:
            return None
        result = challenge.judge(self._bench.balls.balls)
        if result.number is not None and challenge.is_better(result.number, self.best(challenge)):
            self._best[challenge.identifier] = result.number
        return result

    def verdict(self, ball: Descent) -> Verdict:
        """What came of a ball, without what would give the answer away."""
        verdict = judge(ball)
        return without_answer(verdict) if self.keeps_theory_back else verdict
