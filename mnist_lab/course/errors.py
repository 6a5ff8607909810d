"""What can be wrong with texts and files of the course."""

from mnist_lab.words import LabError


class CourseError(LabError):
    """A text or a file of the course that cannot be used, with the reason in one sentence."""
