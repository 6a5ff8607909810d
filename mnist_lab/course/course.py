"""The way through the course: which step is in hand, and whether its goal is reached. No Qt."""

from collections.abc import Sequence

from mnist_lab.course.progress import CourseProgress, Guess
from mnist_lab.course.state import LabState
from mnist_lab.course.steps import Part, Step


class Course:
    """A walk through parts of steps, which can be left at any moment and gone on with.

    Attributes:
        parts: in order; at least one step in all.
        progress: how far the learner is; replaced, never edited.
        entry: the lab when the step in hand was entered; None while none is.
    """

    def __init__(self, parts: Sequence[Part], progress: CourseProgress | None = None) -> None:
        self.parts = tuple(parts)
        self.progress = progress or CourseProgress()
        self.entry: LabState | None = None
        self._steps = [step for part in self.parts for step in part.steps]
        ids = [step.id for step in self._steps]
        self._index = ids.index(self.progress.step) if self.progress.step in ids else 0

    @property
    def step(self) -> Step:
        """The step in hand; before the first was entered, that one."""
        return self._steps[self._index]

    @property
    def part(self) -> Part:
        """The part that the step in hand belongs to."""
        return next(part for part in self.parts if self.step in part.steps)

    @property
    def place(self) -> tuple[int, int]:
        """Which step of its part is in hand, from 1, and how many the part has."""
        steps = self.part.steps
        return steps.index(self.step) + 1, len(steps)

    @property
    def is_first(self) -> bool:
        """Whether there is no step before."""
        return self._index == 0

    @property
    def is_last(self) -> bool:
        """Whether there is no step after."""
        return self._index == len(self._steps) - 1

    @property
    def is_reached(self) -> bool:
        """Whether the goal of the step in hand was reached, now or earlier; False for a step without a goal."""
        return self.step.id in self.progress.reached

    @property
    def may_go_on(self) -> bool:
        """Whether the goal is reached, or there is none."""
        return self.step.goal is None or self.is_reached

    def counted(self, state: LabState) -> tuple[int, int] | None:
        """How many parts of the goal are reached, and how many it has; None for a goal that is one."""
        parts, entry = self.step.counted, self.entry
        if entry is None or not parts:
            return None
        return (len(parts) if self.is_reached else sum(goal(entry, state) for goal in parts)), len(parts)

    def enter(self, state: LabState) -> None:
        """Begin with the step in hand: from now on its goal can be reached."""
        self.entry = state
        self.progress = self.progress.changed(step=self.step.id)

    def look(self, state: LabState) -> bool:
        """See whether the goal is reached by now; whether it just was."""
        step = self.step
        if self.entry is None or step.goal is None or self.is_reached or not step.goal(self.entry, state):
            return False
        changes: dict[str, object] = {"reached": (*self.progress.reached, step.id)}
        happened = None if step.prediction is None else step.prediction.outcome(self.entry, state)
        if happened is not None:
            changes["outcomes"] = self.progress.outcomes | {step.id: happened}
        if state.run is not None and state.run.number is not None:
            changes["runs"] = self.progress.runs | {step.id: state.run.number}
        self.progress = self.progress.changed(**changes)
        return True

    def go_on(self, state: LabState) -> None:
        """Enter the next step, if there is one; the goal of this one need not be reached."""
        self._go(min(self._index + 1, len(self._steps) - 1), state)

    def go_back(self, state: LabState) -> None:
        """Enter the step before, if there is one."""
        self._go(max(self._index - 1, 0), state)

    def go_to(self, step_id: str, state: LabState) -> None:
        """Enter any step.

        Raises:
            ValueError: there is none of that id.
        """
        self._go([step.id for step in self._steps].index(step_id), state)

    def again(self, state: LabState) -> None:
        """Enter the step in hand as if its goal had never been reached; what was guessed stays."""
        self.progress = self.progress.changed(
            reached=tuple(one for one in self.progress.reached if one != self.step.id)
        )
        self.enter(state)

    def _go(self, index: int, state: LabState) -> None:
        self._index = index
        self.enter(state)

    # What the learner says

    def guess(self, guess: Guess | None) -> None:
        """Keep what is predicted for the step in hand; None takes it back. Once the outcome is there, it stays."""
        step_id = self.step.id
        if step_id in self.progress.outcomes:
            return
        others = {step: one for step, one in self.progress.guesses.items() if step != step_id}
        self.progress = self.progress.changed(guesses=others if guess is None else others | {step_id: guess})

    def tell(self, words: str) -> None:
        """Keep what the learner has seen in the step in hand."""
        others = {step: one for step, one in self.progress.seen.items() if step != self.step.id}
        self.progress = self.progress.changed(seen=others | {self.step.id: words} if words.strip() else others)
