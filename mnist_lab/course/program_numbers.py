"""What the Keras program on Train tells, for the places in the texts of the course."""

from mnist_lab.course.number import Number, Reading, told
from mnist_lab.course.state import LabState

_SHOWN = 12
"""Signs of a hash that are shown."""


def _hash(name: str) -> Reading:
    def read(_entry: LabState, now: LabState) -> Number | None:
        value = now.fact(name)
        return Number(value[:_SHOWN], "text") if isinstance(value, str) else None

    return read


OF_MIRROR: dict[str, Reading] = {
    "changed_lines": told("trainPage.programChangedLines"),
    "program_hash": _hash("trainPage.programHash"),
    "lab_hash": _hash("trainPage.labHash"),
}
"""A number of the learner's, and where it is read from; the numbers themselves stand in `numbers`."""
