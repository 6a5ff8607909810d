"""What can be wrong with a program that was asked for."""

from mnist_lab.words import LabError


class MirrorError(LabError):
    """No program leads to the network that was asked for, or it cannot be written there."""
