"""Why a file cannot be used, in words for a learner."""

from mnist_lab.words import LabError


class FileError(LabError):
    """A file that cannot be used: one sentence that names it and says why."""


class DamageError(LabError):
    """What is wrong with the bytes of a file: a few words, to stand in the `{reason}` of a sentence that names it."""
