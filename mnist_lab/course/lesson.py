"""A lesson: steps of one's own, with what the lab is to be like for them. `lesson_file.py` reads one."""

from dataclasses import dataclass

from mnist_lab.course.steps import Part
from mnist_lab.experiment import Experiment


@dataclass(frozen=True)
class Lesson:
    """What a teacher has prepared.

    Attributes:
        part: its steps, with their words; its title is the lesson's.
        experiment: what the form is to show; None: what it shows.
        data: the digits to use, "starter", "full" or "auto"; "" for those in use.
        page: objectName of the page that is shown first; "" for that of the first step.
        hidden_pages: objectNames of the pages that are left out of the list.
    """

    part: Part
    experiment: Experiment | None = None
    data: str = ""
    page: str = ""
    hidden_pages: frozenset[str] = frozenset()
