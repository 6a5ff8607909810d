"""What a step of the course is. Its words are in `resources/course`, found by its id."""

from collections.abc import Callable
from dataclasses import dataclass

from mnist_lab.course.actions import Action, Open
from mnist_lab.course.goals import Goal
from mnist_lab.course.state import LabState
from mnist_lab.course.texts import PartText

Outcome = Callable[[LabState, LabState], float | str | None]
"""What really happened, of the state at entry and the state now: a number, or the id of an option; None for not yet."""

_STOP_PAGE = "trainPage"


@dataclass(frozen=True)
class Prediction:
    """What a learner is asked to guess before the outcome; never scored.

    Attributes:
        outcome: what it is laid beside, once the goal is reached.
        options: ids of the answers to choose from, in order, with their words in the text; empty for a number.
        minimum: the least number that can be guessed.
        maximum: the largest.
        decimals: of the number.
        is_share: whether the number is a share of one, shown in per cent.
        plot: objectName of the plot on which a guessed number is drawn as a ghost mark, along its y axis; "" for none.
    """

    outcome: Outcome
    options: tuple[str, ...] = ()
    minimum: float = 0.0
    maximum: float = 1.0
    decimals: int = 2
    is_share: bool = False
    plot: str = ""


@dataclass(frozen=True)
class Step:
    """One step: why, what to do, what happened.

    Attributes:
        id: stable; its part's name, a point, its own name.
        place: where it is done.
        lights: objectNames of the controls and pictures that it speaks of, the most important first.
        goal: what it waits for; None for a step that is only read.
        actions: what *Do it for me* does; empty without a goal.
        prediction: what is asked before; None for nothing.
        counted: the parts of the goal where it has several: it is told how many of them are reached.
        asks: whether it is the page of questions on its part, which ends the part.
        needs_new_run: whether it speaks of the first batch of a run: one that is looked at is laid aside for it.
        needs_stop: whether a run that waits is to be stopped first, as its text says then.
    """

    id: str
    place: Open
    lights: tuple[str, ...]
    goal: Goal | None = None
    actions: tuple[Action, ...] = ()
    prediction: Prediction | None = None
    counted: tuple[Goal, ...] = ()
    asks: bool = False
    needs_new_run: bool = False
    needs_stop: bool = False

    def lit(self, now: LabState) -> tuple[str, ...]:
        """The objectNames of what is to be lit up: `lights`, or first of all the way to Stop."""
        if not self.needs_stop or now.run is None or now.run.state != "paused":
            return self.lights
        return ("stopButton",) if self.place.page == _STOP_PAGE else ("stopButton", _STOP_PAGE)


def questions_step(part: str, place: Open) -> Step:
    """The last step of a part: a recap, and questions with explained answers; nothing waits for an answer."""
    return Step(f"{part}.questions", place, (), asks=True)


@dataclass(frozen=True)
class Part:
    """A part of the course, which follows a section of the chapter.

    Attributes:
        id: stable; also the name of its text file.
        section: the number of the section in the chapter that it follows.
        steps: in order.
        text: its words; None for those in its text file.
    """

    id: str
    section: str
    steps: tuple[Step, ...]
    text: PartText | None = None
