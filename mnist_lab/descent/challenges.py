"""Challenges on the curve: a task each, and a judgement from what the balls really did. One entry in `CHALLENGES` each.

What theory knows of the best answer stands apart from the judgement, so that it can be kept back until it is asked for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from mnist_lab.descent.challenge_judges import (
    ChallengeResult,
    escape_theory,
    judge_escape,
    judge_rate,
    judge_steps,
    limit_theory,
    one_step_theory,
    parabola_theory,
)
from mnist_lab.descent.functions import Function, function_of
from mnist_lab.descent.path import Descent
from mnist_lab.descent.sentences import Sentence
from mnist_lab.descent.update_rules import RULES
from mnist_lab.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True, eq=False)
class Challenge:
    """One task.

    Attributes:
        identifier: its name in tests.
        label: words for the choice.
        task: what to do.
        function: the curve.
        start: where all balls begin.
        rules: identifiers of the optimizers that count.
        no_rule: what to say while none of these runs.
        best: how to tell the best `{number}` so far.
        is_fewer_better: whether a smaller number is the better one.
        judge_ball: judges one ball that is on this curve, from this start, by a rule that counts, without batches, and
            has made a step.
        theory: what is known of the best answer.
    """

    identifier: str
    label: str
    task: str
    function: Function
    start: float
    rules: tuple[str, ...]
    no_rule: str
    best: str
    is_fewer_better: bool
    judge_ball: Callable[[Descent], ChallengeResult]
    theory: Callable[[], Sentence]

    def judge(self, balls: Mapping[str, Descent]) -> ChallengeResult:
        """The best that any ball achieved which counts.

        Args:
            balls: by the identifier of the rule; none, or other rules, are fine.
        """
        counting = [ball for name, ball in balls.items() if name in self.rules]
        if not counting:
            return ChallengeResult(False, Sentence(self.no_rule))
        return max((self._judge(ball) for ball in counting), key=self._rank)

    def is_better(self, number: float, than: float | None) -> bool:
        """Whether a number beats the best so far; any number beats None."""
        return than is None or (number < than if self.is_fewer_better else number > than)

    def _rank(self, judgement: ChallengeResult) -> tuple[bool, float]:
        if judgement.number is None:
            return judgement.is_solved, -np.inf
        return judgement.is_solved, -judgement.number if self.is_fewer_better else judgement.number

    def _judge(self, ball: Descent) -> ChallengeResult:
        path = ball.path
        if ball.function is not self.function or path.x[0] != self.start:
            return ChallengeResult(False, Sentence(_OTHER_GROUND))
        if path.is_noisy or ball.batches is not None:
            return ChallengeResult(False, Sentence(_NOISY))
        if not path.steps:
            return ChallengeResult(False, Sentence(_NOT_STARTED))
        return self.judge_ball(ball)


_OTHER_GROUND = QT_TRANSLATE_NOOP("descent", "This is another curve or another start: “Begin again” leads back.")
_NOISY = QT_TRANSLATE_NOOP("descent", "With mini-batch noise luck would count: switch it off and restart.")
_NOT_STARTED = QT_TRANSLATE_NOOP("descent", "Not started: set what you think is right, then run or step.")
_STEPS = QT_TRANSLATE_NOOP("descent", "Fewest steps of this session: {number:.0f}")
_RATE = QT_TRANSLATE_NOOP("descent", "Largest rate of this session: η = {number:.4g}")
_TICK_ANY = QT_TRANSLATE_NOOP("descent", "Every optimizer counts: tick one.")
_TICK_SGD = QT_TRANSLATE_NOOP("descent", "Only plain SGD counts: tick it.")
_ALL = tuple(rule.identifier for rule in RULES)
_BOWL, _WALLS, _WELLS, _FIT = (function_of(name) for name in ("bowl", "steep_walls", "double_well", "line_fit"))
_WELL_START = 3.1

CHALLENGES: tuple[Challenge, ...] = (
    Challenge(
        "fewest_bowl",
        QT_TRANSLATE_NOOP("descent", "Fewest steps: bowl"),
        QT_TRANSLATE_NOOP("descent", "Get |slope| below 0.001 with at most 5 steps. Every optimizer counts."),
        _BOWL,
        2.5,
        _ALL,
        _TICK_ANY,
        _STEPS,
        True,
        partial(judge_steps, allowed=5),
        partial(parabola_theory, _BOWL, 2.5),
    ),
    Challenge(
        "fewest_walls",
        QT_TRANSLATE_NOOP("descent", "Fewest steps: steep walls"),
        QT_TRANSLATE_NOOP("descent", "Get |slope| below 0.001 with at most 10 steps. Every optimizer counts."),
        _WALLS,
        2.0,
        _ALL,
        _TICK_ANY,
        _STEPS,
        True,
        partial(judge_steps, allowed=10),
        partial(one_step_theory, _WALLS, 2.0),
    ),
    Challenge(
        "escape",
        QT_TRANSLATE_NOOP("descent", "Out of the shallow well"),
        QT_TRANSLATE_NOOP(
            "descent",
            "Plain SGD with a small rate ends in the shallow well. "
            "From the same start, bring SGD with momentum to rest in the deeper one.",
        ),
        _WELLS,
        _WELL_START,
        ("sgd_momentum",),
        QT_TRANSLATE_NOOP("descent", "Only SGD with momentum counts: tick it."),
        _STEPS,
        True,
        judge_escape,
        partial(escape_theory, _WELLS, _WELL_START),
    ),
    Challenge(
        "largest_bowl",
        QT_TRANSLATE_NOOP("descent", "Largest rate: bowl"),
        QT_TRANSLATE_NOOP(
            "descent",
            "Find the largest learning rate with which plain SGD still converges; nine tenths of the limit are enough.",
        ),
        _BOWL,
        2.5,
        ("sgd",),
        _TICK_SGD,
        _RATE,
        False,
        judge_rate,
        partial(limit_theory, _BOWL),
    ),
    Challenge(
        "largest_fit",
        QT_TRANSLATE_NOOP("descent", "Largest rate: line"),
        QT_TRANSLATE_NOOP(
            "descent",
            "The same on the real loss of a line through 40 points: the largest learning rate with which plain SGD "
            "converges.",
        ),
        _FIT,
        -1.0,
        ("sgd",),
        _TICK_SGD,
        _RATE,
        False,
        judge_rate,
        partial(limit_theory, _FIT),
    ),
)
"""In the order of the choice."""
