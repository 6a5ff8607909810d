"""Of which run the numbers are that the course tells: a learner may look at another one than when a step was done."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from mnist_lab.course.course import Course
from mnist_lab.course.state import LabState
from mnist_lab.window.run_names import run_in_sentence
from mnist_lab.window.shell.course.words import with_numbers
from mnist_lab.window.words import fill, spell_whole


def is_of_run(told: Callable[[LabState], object], now: LabState) -> bool:
    """Whether what is `told` of the lab would be something else without the run that is looked at."""
    run = now.run
    return run is not None and run.number is not None and told(now) != told(replace(now, run=None))


def outcome_words(text: str, course: Course, now: LabState) -> str:
    """What happened, with the numbers of now; where the step was done with another run, that is said, too."""
    entry = course.entry or LabState()
    words, done_with = with_numbers(text, entry, now), course.progress.runs.get(course.step.id)
    if now.run is None or now.run.number is None or done_with is None or done_with == now.run.number:
        return words
    if not is_of_run(lambda state: with_numbers(text, entry, state), now):
        return words
    note = QCoreApplication.translate(
        "WhoseNumbers", "The numbers are of {run}, which you look at now. You did this step with {other}."
    )
    return f"{words}\n\n*{fill(note, run=run_in_sentence(now.run.number), other=run_in_sentence(done_with))}*"


def whose_numbers(now: LabState) -> str:
    """A sentence on the numbers that stand in questions; "" where no run is looked at."""
    run = now.run
    if run is None or run.number is None:
        return ""
    words = QCoreApplication.translate(
        "WhoseNumbers", "The numbers of a network here are those of {run}, after {update} updates."
    )
    return fill(words, run=run_in_sentence(run.number), update=spell_whole(run.updates))
